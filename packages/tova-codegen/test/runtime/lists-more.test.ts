// Lists by place, in combination, as sets.
import * as lists from "../../src/runtime/lists-more";

test("filled and repeat_value", () => {
  expect(lists.filled(2, "x")).toEqual(["x", "x"]);
  expect(lists.repeatValue("x", 2)).toEqual(["x", "x"]);
  expect(lists.filled(-1, 0)).toEqual([]);
});

test("windows of neighbours", () => {
  expect(lists.slidingWindow([1, 2, 3], 2)).toEqual([
    [1, 2],
    [2, 3],
  ]);
  expect(lists.slidingWindow([1], 2)).toEqual([]);
  expect(() => lists.slidingWindow([1], 0)).toThrow(RangeError);
  expect(lists.pairwise("abc")).toEqual([
    ["a", "b"],
    ["b", "c"],
  ]);
});

test("scan", () => {
  expect(lists.scan([1, 2, 3], (a, b) => a + b, 0)).toEqual([1, 3, 6]);
  expect(lists.scan([], (a: number) => a, 1)).toEqual([]);
});

test("combinations and permutations", () => {
  expect(lists.combinations([1, 2, 3], 2)).toEqual([
    [1, 2],
    [1, 3],
    [2, 3],
  ]);
  expect([lists.combinations([1], 2), lists.combinations([1], 0)]).toEqual([[], [[]]]);
  expect(lists.permutations([1, 2, 3])).toHaveLength(6);
  expect(lists.permutations([1, 2], 1)).toEqual([[1], [2]]);
  expect(lists.permutations([])).toEqual([[]]);
});

test("intersperse and interleave", () => {
  expect(lists.intersperse([1, 2, 3], 0)).toEqual([1, 0, 2, 0, 3]);
  expect(lists.intersperse([], 0)).toEqual([]);
  expect(lists.interleave([1, 2, 3], [9], [[0]] as never)).toEqual([1, 9, [0], 2, 3]);
  expect(lists.interleave()).toEqual([]);
});

test("rotate", () => {
  expect(lists.rotate([1, 2, 3], 1)).toEqual([2, 3, 1]);
  expect(lists.rotate([1, 2, 3], -1)).toEqual([3, 1, 2]);
  expect(lists.rotate([1, 2, 3], 7)).toEqual([2, 3, 1]);
  expect(lists.rotate([], 1)).toEqual([]);
});

test("insert_at, remove_at and update_at copy", () => {
  const list = Object.freeze([1, 2, 3]);
  expect(lists.insertAt(list, 1, 9)).toEqual([1, 9, 2, 3]);
  expect(lists.removeAt(list, -1)).toEqual([1, 2]);
  expect(lists.removeAt(list, 7)).toEqual([1, 2, 3]);
  expect(lists.updateAt(list, 0, 9)).toEqual([9, 2, 3]);
  expect(lists.updateAt(list, -1, 9)).toEqual([1, 2, 9]);
  expect(lists.updateAt(list, 3, 9)).toEqual([1, 2, 3]);
});

test("zip_with", () => {
  expect(lists.zipWith([1, 2, 3], [10, 20], (a, b) => a + b)).toEqual([11, 22]);
});

test("frequencies", () => {
  expect(lists.frequencies("hello")).toEqual({ h: 1, e: 1, l: 2, o: 1 });
  expect(Object.keys(lists.frequencies(["__proto__"]))).toEqual(["__proto__"]);
});

test("lists as sets", () => {
  expect(lists.intersection([1, 2, 2, 3], [2, 3, 4])).toEqual([2, 3]);
  expect(lists.difference([1, 2, 2], [2])).toEqual([1]);
  expect(lists.symmetricDifference([1, 2], [2, 3])).toEqual([1, 3]);
  expect(lists.union([1, 2], [2, 3])).toEqual([1, 2, 3]);
  expect([lists.isSubset([1], [1, 2]), lists.isSubset([3], [1]), lists.isSubset([], [])]).toEqual([
    true,
    false,
    true,
  ]);
  expect([lists.isSuperset([1, 2], [1]), lists.isSuperset([1], [2])]).toEqual([true, false]);
});
