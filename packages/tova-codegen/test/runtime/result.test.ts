// Result and Option: JSON shapes, tags and methods.
import { Err, filterErr, filterOk, None, Ok, Some } from "../../src/runtime/result";

const boom = () => {
  throw new Error("must not be called");
};

test("JSON shows no tag, except None's", () => {
  expect(JSON.stringify([Ok(1), Err("e"), Some(null), None])).toBe(
    '[{"value":1},{"error":"e"},{"value":null},{"__tag":"None"}]',
  );
});

test("tags are there all the same, off the value itself", () => {
  expect([Ok(1), Err(1), Some(1), None].map((value) => value.__tag)).toEqual([
    "Ok",
    "Err",
    "Some",
    "None",
  ]);
  expect(Object.keys(Ok(1))).toEqual(["value"]);
  expect(Object.isFrozen(None)).toBe(true);
});

test("Ok", () => {
  const ok = Ok(2);
  expect([ok.isOk(), ok.isErr()]).toEqual([true, false]);
  expect(ok.map((n) => n + 1)).toEqual(Ok(3));
  expect(ok.flatMap((n) => Err(n))).toEqual(Err(2));
  expect(ok.andThen((n) => Ok(n * 2)).unwrap()).toBe(4);
  expect((ok.mapErr as (f: unknown) => unknown)(boom)).toBe(ok);
  expect((ok.context as (text: string) => unknown)("x")).toBe(ok);
  expect(ok.and(Err("e"))).toEqual(Err("e"));
  expect([ok.or(), ok.unwrap(), ok.unwrapOr(), ok.expect()]).toEqual([ok, 2, 2, 2]);
  expect(() => ok.unwrapErr()).toThrow("unwrapErr of Ok(2)");
});

test("Err", () => {
  const err = Err("disk full");
  expect([err.isOk(), err.isErr()]).toEqual([false, true]);
  for (const method of ["map", "flatMap", "andThen", "and"] as const) {
    expect((err[method] as (f: unknown) => unknown)(boom)).toBe(err);
  }
  expect(err.mapErr((text) => text.length)).toEqual(Err(9));
  expect(err.context("saving")).toEqual(Err("saving: disk full"));
  expect(Err(new Error("inner")).context("outer").error).toBe("outer: inner");
  expect(err.or(Ok(1))).toEqual(Ok(1));
  expect([err.unwrapOr(7), err.unwrapErr()]).toEqual([7, "disk full"]);
  expect(() => err.unwrap()).toThrow("unwrap of Err(disk full)");
  const lost = { __tag: "Lost", id: 7 };
  expect(() => Err(lost).unwrap()).toThrow('unwrap of Err({"__tag":"Lost","id":7})');
  expect(Err({ lost, self: [1n] }).context("saving").error).toBe("saving: [object Object]");
  expect(() => err.expect("no disk")).toThrow("no disk");
  const cause = new Error("inner");
  expect(() => Err(cause).unwrap()).toThrow(expect.objectContaining({ cause }));
});

test("Some", () => {
  const some = Some(3);
  expect([some.isSome(), some.isNone()]).toEqual([true, false]);
  expect(some.map(String)).toEqual(Some("3"));
  expect(some.flatMap(() => None)).toBe(None);
  expect(some.andThen((n) => Some(n + 1)).unwrap()).toBe(4);
  expect(some.filter((n) => n > 2)).toBe(some);
  expect(some.filter((n) => n > 3)).toBe(None);
  expect(some.and(None)).toBe(None);
  expect([some.or(), some.unwrap(), some.unwrapOr(), some.expect()]).toEqual([some, 3, 3, 3]);
});

test("None", () => {
  expect([None.isSome(), None.isNone()]).toEqual([false, true]);
  for (const method of ["map", "flatMap", "andThen", "filter", "and"] as const) {
    expect((None[method] as (f: unknown) => unknown)(boom)).toBe(None);
  }
  expect([None.or(Some(1)), None.unwrapOr(5)]).toEqual([Some(1), 5]);
  expect(() => None.unwrap()).toThrow("unwrap of None");
  expect(() => None.expect("nobody")).toThrow("nobody");
});

test("filter_ok and filter_err", () => {
  const all = [Ok(1), Err("a"), Some(2), None, Err("b")];
  expect(filterOk(all)).toEqual([1, 2]);
  expect(filterErr(all)).toEqual(["a", "b"]);
});
