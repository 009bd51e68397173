// Sorting, extremes and totals.
import * as order from "../../src/runtime/order";

const rows = [
  { id: "a", n: 10 },
  { id: "b", n: 9 },
  { id: "c", n: 10 },
];

test("sorted: numbers by size, texts by <, the list unchanged", () => {
  expect(order.sorted(Object.freeze([10, 9, -1]))).toEqual([-1, 9, 10]);
  expect(order.sorted(["b", "B", "a"])).toEqual(["B", "a", "b"]);
  expect(order.sorted(rows, (row) => row.n).map((row) => row.id)).toEqual(["b", "a", "c"]);
  expect(order.sorted(rows, (row) => -row.n).map((row) => row.id)).toEqual(["a", "c", "b"]);
  expect(order.sorted([2, undefined, 1])).toEqual([1, 2, undefined]);
});

test("sorted asks for each key once", () => {
  const key = jest.fn((n: number) => n);
  order.sorted([3, 1, 2], key);
  expect(key).toHaveBeenCalledTimes(3);
});

test("extremes", () => {
  expect([order.min([10, 9]), order.max([9, 10]), order.min([]), order.max([])]).toEqual([
    9,
    10,
    null,
    null,
  ]);
  expect([order.min(["b", "a"]), order.max(["b", "a"])]).toEqual(["a", "b"]);
  expect([order.minBy(rows, (r) => r.n)?.id, order.maxBy(rows, (r) => r.n)?.id]).toEqual([
    "b",
    "a",
  ]);
  expect(order.max([0])).toBe(0);
});

test("totals", () => {
  expect([order.sum([1, 2]), order.sum([]), order.avg([1, 2]), order.avg([])]).toEqual([
    3, 0, 1.5, 0,
  ]);
  expect([order.sumBy(rows, (r) => r.n), order.product([2, 3]), order.product([])]).toEqual([
    29, 6, 1,
  ]);
});

test("is_sorted and binary_search", () => {
  expect([order.isSorted([1, 1, 2]), order.isSorted([2, 1]), order.isSorted([])]).toEqual([
    true,
    false,
    true,
  ]);
  const list = [1, 3, 5, 7];
  expect(list.map((n) => order.binarySearch(list, n))).toEqual([0, 1, 2, 3]);
  expect([0, 4, 8].map((n) => order.binarySearch(list, n))).toEqual([null, null, null]);
});

test("compare and compare_by", () => {
  expect([order.compare(1, 2), order.compare("a", "a"), order.compare(2, 1)]).toEqual([
    order.Less,
    order.Equal,
    order.Greater,
  ]);
  expect(order.Less).toEqual({ __tag: "Less" });
  expect(order.compareBy<{ n: number }>((r) => r.n)({ n: 1 }, { n: 0 })).toBe(order.Greater);
});
