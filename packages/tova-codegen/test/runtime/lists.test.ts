// The library's list functions.
import * as lists from "../../src/runtime/lists";
import { Seq } from "../../src/runtime/seq";

const even = (n: number) => n % 2 === 0;
const nothing: number[] = [];

test.each([
  [[3], [0, 1, 2]],
  [[0], []],
  [[-3], [0, -1, -2]],
  [
    [1, 4],
    [1, 2, 3],
  ],
  [
    [4, 1],
    [4, 3, 2],
  ],
  [
    [0, 10, 4],
    [0, 4, 8],
  ],
  [
    [10, 0, 4],
    [10, 6, 2],
  ],
  [
    [10, 0, -4],
    [10, 6, 2],
  ],
  [[2, 2], []],
])("range(%j)", (args, values) => {
  expect(lists.range(...(args as [number, number?, number?]))).toEqual(values);
});

test("range refuses what has no end", () => {
  expect(() => lists.range(0, 3, 0)).toThrow(RangeError);
  expect(() => lists.range(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  expect(() => lists.range(Number.NaN)).toThrow(RangeError);
});

test("map, filter, flat_map", () => {
  expect(lists.map([1, 2], (n, i) => n * 10 + i)).toEqual([10, 21]);
  expect(lists.map(new Set([1]), String)).toEqual(["1"]);
  expect(lists.filter([1, 2, 4], even)).toEqual([2, 4]);
  expect(lists.flatMap([1, 2], (n) => [n, [n]])).toEqual([1, [1], 2, [2]]);
  expect(() => lists.map(null as never, String)).toThrow(TypeError);
});

test("reduce, with a first value and without", () => {
  const add = (a: number, b: number) => a + b;
  expect(lists.reduce([1, 2], add, 10)).toBe(13);
  expect(lists.reduce([1, 2], add)).toBe(3);
  expect(lists.reduce(nothing, add, 5)).toBe(5);
  expect(lists.reduce([1], (a, b) => [a, b], undefined as unknown)).toEqual([undefined, 1]);
  expect(() => lists.reduce(nothing, add)).toThrow(TypeError);
});

test("find and find_index give nil when there is none", () => {
  expect([lists.find([1, 2, 4], even), lists.find([1], even)]).toEqual([2, null]);
  expect([lists.findIndex([1, 2], even), lists.findIndex([1], even)]).toEqual([1, null]);
});

test("any, all and count, with a test and without", () => {
  expect([lists.any([1, 2], even), lists.any([1], even), lists.any(nothing)]).toEqual([
    true,
    false,
    false,
  ]);
  expect([lists.any([0, 1]), lists.any([0, ""])]).toEqual([true, false]);
  expect([
    lists.all([2], even),
    lists.all([1, 2], even),
    lists.all(nothing),
    lists.all([0]),
  ]).toEqual([true, false, true, false]);
  expect([lists.count([1, 2, 4], even), lists.count([1, 2, 4])]).toEqual([2, 3]);
});

test("first, last, take, drop", () => {
  expect([lists.first([1, 2]), lists.last([1, 2]), lists.first([]), lists.last([])]).toEqual([
    1,
    2,
    null,
    null,
  ]);
  expect([lists.first([0]), lists.first("ab")]).toEqual([0, "a"]);
  expect([lists.take([1, 2, 3], 2), lists.take([1], 5), lists.take([1], -1)]).toEqual([
    [1, 2],
    [1],
    [],
  ]);
  expect([lists.drop([1, 2, 3], 2), lists.drop([1], 5), lists.drop([1], -1)]).toEqual([
    [3],
    [],
    [1],
  ]);
});

test("reversed, unique, compact and flatten leave the list as it was", () => {
  const list = Object.freeze([3, 1, 3, null, [1, [2, [3]]]]);
  expect(lists.reversed(list)).toEqual([[1, [2, [3]]], null, 3, 1, 3]);
  expect(lists.unique([1, 1, Number.NaN, Number.NaN, "1"])).toEqual([1, Number.NaN, "1"]);
  expect(lists.compact([0, "", false, null, undefined])).toEqual([0, "", false]);
  expect(lists.flatten(list)).toEqual([3, 1, 3, null, 1, 2, 3]);
});

test("chunk", () => {
  expect(lists.chunk([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(lists.chunk([], 2)).toEqual([]);
  expect(lists.chunk([1, 2], 1.5)).toEqual([[1], [2]]);
  expect(() => lists.chunk([1], 0)).toThrow(RangeError);
  expect(() => lists.chunk([1], Number.NaN)).toThrow(RangeError);
});

test("zip ends the generators that it leaves in the middle", () => {
  const ended: string[] = [];
  function* letters(name: string) {
    try {
      yield* "abc";
    } finally {
      ended.push(name);
    }
  }
  expect(lists.zip(letters("first"), [1], letters("last"))).toEqual([["a", 1, "a"]]);
  expect(Seq([1]).zip(letters("lazy")).collect()).toEqual([[1, "a"]]);
  expect(ended).toEqual(["first", "last", "lazy"]);
});

test("zip to the shortest, enumerate", () => {
  expect(lists.zip([1, 2, 3], "ab")).toEqual([
    [1, "a"],
    [2, "b"],
  ]);
  expect([lists.zip(), lists.zip([1]), lists.zip([1], [])]).toEqual([[], [[1]], []]);
  expect(lists.enumerate(["a", "b"])).toEqual([
    [0, "a"],
    [1, "b"],
  ]);
});

test("partition and group_by", () => {
  expect(lists.partition([1, 2, 3, 4], even)).toEqual([
    [2, 4],
    [1, 3],
  ]);
  expect(lists.groupBy([1, 2, 3], (n) => (even(n) ? "even" : "odd"))).toEqual({
    even: [2],
    odd: [1, 3],
  });
  const groups = lists.groupBy(["__proto__", "constructor"], (key) => key);
  expect(Object.keys(groups)).toEqual(["__proto__", "constructor"]);
  expect(Object.getPrototypeOf(groups)).toBe(Object.prototype);
});

test("includes and index_of, in lists and strings", () => {
  expect([lists.includes([1, 2], 2), lists.includes("abc", "bc"), lists.includes("a1", 1)]).toEqual(
    [true, true, true],
  );
  expect([lists.includes([1], "1"), lists.includes(new Set([1]), 1)]).toEqual([false, true]);
  expect([lists.indexOf([5, 6], 6), lists.indexOf("abc", "c"), lists.indexOf([], 1)]).toEqual([
    1,
    2,
    null,
  ]);
  expect([lists.indexOf("abc", "a"), lists.indexOf("abc", "z")]).toEqual([0, null]);
});
