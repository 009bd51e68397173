// Objects: their parts and new objects.
import * as objects from "../../src/runtime/objects";

const hostile = JSON.parse('{"__proto__": {"admin": true}, "a": 1}');

test("keys, values, entries, from_entries", () => {
  const object = { a: 1, b: 2 };
  expect(objects.keys(object)).toEqual(["a", "b"]);
  expect(objects.values(object)).toEqual([1, 2]);
  expect(objects.entries(object)).toEqual([
    ["a", 1],
    ["b", 2],
  ]);
  expect(objects.fromEntries(new Map([["a", 1]]))).toEqual({ a: 1 });
});

test("merge: the later wins, nil adds nothing", () => {
  expect(objects.merge({ a: 1, b: 1 }, null, { b: 2 }, undefined)).toEqual({ a: 1, b: 2 });
  expect(objects.merge()).toEqual({});
});

test("pick, omit and map_values", () => {
  expect(objects.pick({ a: 1, b: 2 }, ["b", "zz", "toString"])).toEqual({ b: 2 });
  expect(objects.omit({ a: 1, b: 2 }, ["b"])).toEqual({ a: 1 });
  expect(objects.mapValues({ a: 1 }, (value, name) => name + value)).toEqual({ a: "a1" });
});

test("a key __proto__ never becomes a prototype", () => {
  for (const made of [
    objects.merge(hostile),
    objects.omit(hostile, []),
    objects.pick(hostile, ["__proto__"]),
    objects.mapValues(hostile, (value) => value),
    objects.clone(hostile),
  ]) {
    expect((made as { admin?: unknown }).admin).toBeUndefined();
    expect(Object.hasOwn(made, "__proto__")).toBe(true);
  }
});

test("has_key", () => {
  expect([objects.hasKey({ a: undefined }, "a"), objects.hasKey({}, "toString")]).toEqual([
    true,
    false,
  ]);
  expect([objects.hasKey(null, "a"), objects.hasKey("abc", "length")]).toEqual([false, true]);
});

test("get follows a path", () => {
  const object = { a: { b: [{ c: 0 }], n: null } };
  expect(objects.get(object, "a.b.0.c")).toBe(0);
  expect(objects.get(object, ["a", "n"], "x")).toBe("x");
  expect(objects.get(object, "a.zz.c", 5)).toBe(5);
  expect([objects.get(object, "zz"), objects.get(null, "a")]).toEqual([null, null]);
  expect(objects.get(object, "constructor.name")).toBeNull();
});

test("freeze", () => {
  const object = { a: 1 };
  expect(objects.freeze(object)).toBe(object);
  expect(Object.isFrozen(object)).toBe(true);
});

test("clone shares nothing that can change", () => {
  class Parcel {
    constructor(readonly tags: string[]) {}
  }
  const run = () => 1;
  const value = {
    list: [{ n: 1 }],
    date: new Date(5),
    map: new Map([["k", { v: 1 }]]),
    set: new Set([1]),
    parcel: new Parcel(["x"]),
    run,
    self: null as unknown,
  };
  value.self = value;
  const copy = objects.clone(value);
  expect(copy.self).toBe(copy);
  expect(copy.parcel).toBeInstanceOf(Parcel);
  expect(copy.run).toBe(run);
  expect({ ...copy, self: null }).toEqual({ ...value, self: null });
  const pairs = [
    [copy.list, value.list],
    [copy.list[0], value.list[0]],
    [copy.date, value.date],
    [copy.map.get("k"), value.map.get("k")],
    [copy.set, value.set],
    [copy.parcel.tags, value.parcel.tags],
  ];
  for (const [one, other] of pairs) expect(one).not.toBe(other);
  expect([objects.clone(null), objects.clone(1)]).toEqual([null, 1]);
});
