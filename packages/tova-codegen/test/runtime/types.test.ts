// What types derive, refine and take from traits.
import {
  inherit,
  isOf,
  recordFromJson,
  refined,
  sameFields,
  sameVariant,
  showFields,
  showVariant,
} from "../../src/runtime/types";

class Point {
  constructor(
    readonly x: unknown,
    readonly y: unknown,
  ) {}
}

describe("a refinement", () => {
  const even = refined<number>(
    "Even",
    () => true,
    (value) => Number(value) % 2 === 0,
  );

  it("gives back what passes", () => expect(even(4)).toBe(4));

  it.each([
    [3, "3 is not a valid Even."],
    ["x", '"x" is not a valid Even.'],
    [undefined, "undefined is not a valid Even."],
  ])("refuses %p", (value, message) => {
    expect(() => even(value as number)).toThrow(new TypeError(message));
  });

  it("tests without throwing", () => {
    expect([isOf(4, even, "Even"), isOf(3, even, "Even")]).toEqual([true, false]);
  });
});

describe("isOf", () => {
  it("knows classes, tags and nothing else", () => {
    const tagged = { __tag: "Dot" };
    expect(isOf(new Point(1, 2), Point, "Point")).toBe(true);
    expect(isOf({}, Point, "Point")).toBe(false);
    expect(isOf(tagged, tagged, "Dot")).toBe(true);
    expect(isOf(null, undefined, "Dot")).toBe(false);
    expect(isOf({}, () => 1, "f")).toBe(false);
  });
});

describe("derived functions", () => {
  it("compare records field by field, by identity", () => {
    const list = [1];
    expect(sameFields(["a", "b"], { a: 1, b: list }, { a: 1, b: list })).toBe(true);
    expect(sameFields(["a", "b"], { a: 1, b: [1] }, { a: 1, b: [1] })).toBe(false);
    expect(sameFields([], { a: 1 }, { a: 2 })).toBe(true);
  });

  it("compare variants by tag and fields", () => {
    expect(sameVariant({ __tag: "A", v: 1 }, { __tag: "A", v: 1 })).toBe(true);
    expect(sameVariant({ __tag: "A", v: 1 }, { __tag: "A", v: 2 })).toBe(false);
    expect(sameVariant({ __tag: "A", v: 1 }, { __tag: "B", v: 1 })).toBe(false);
  });

  it("show names and values", () => {
    expect(showFields("User", ["name", "age"], { name: "Ann", age: 3 })).toBe(
      'User(name: "Ann", age: 3)',
    );
    expect(showVariant({ __tag: "Dot" })).toBe("Dot");
    expect(showVariant({ __tag: "Box", w: 1, h: [2] })).toBe("Box(w: 1, h: [2])");
  });

  it("make a record of JSON", () => {
    const point = recordFromJson(Point, ["x", "y"], '{"y":2,"x":1,"z":3}');
    expect(point).toEqual(new Point(1, 2));
    expect(point).toBeInstanceOf(Point);
    expect(() => recordFromJson(Point, ["x"], "{")).toThrow(SyntaxError);
  });
});

describe("inherit", () => {
  it("gives methods and functions that the type has not", () => {
    class Trait {}
    class Type {}
    const define = (to: object, name: string, value: unknown) => Reflect.set(to, name, value);
    define(Trait.prototype, "toString", () => "trait");
    define(Trait.prototype, "own", () => "trait");
    define(Trait, "make", () => new Type());
    define(Type.prototype, "own", () => "type");
    inherit(Type, Trait);
    const value = new Type() as { own(): string };
    expect([String(value), value.own()]).toEqual(["trait", "type"]);
    expect((Type as unknown as { make(): unknown }).make()).toBeInstanceOf(Type);
  });
});
