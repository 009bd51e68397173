// What print puts into the log.
import { print } from "../../src/runtime/print";

const printed = (...values: [unknown, ...unknown[]]) => {
  const log = jest.spyOn(console, "log").mockImplementation(() => {});
  expect(print(...values)).toBeUndefined();
  const [call] = log.mock.calls;
  log.mockRestore();
  return call;
};

test("strings and numbers as they are", () => {
  expect(printed("a {b}")).toEqual(["a {b}"]);
  expect(printed(1)).toEqual([1]);
  expect(printed(null)).toEqual([null]);
});

test("one list or object as indented JSON", () => {
  expect(printed([1, { a: 2 }])).toEqual(['[\n  1,\n  {\n    "a": 2\n  }\n]']);
  class Parcel {
    id = "p";
  }
  expect(printed(new Parcel())).toEqual(['{\n  "id": "p"\n}']);
});

test("several values pass through", () => {
  const list = [1];
  expect(printed("n", list)).toEqual(["n", list]);
});

test("what has no JSON passes through", () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  for (const value of [cycle, { n: 1n }, new Map([[1, 2]]), new Error("e"), new Date(0)]) {
    expect(printed(value)).toEqual([value]);
  }
});
