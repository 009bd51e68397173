// Measures of lists of numbers.
import * as statistics from "../../src/runtime/statistics";

test("mean, median and mode", () => {
  expect(statistics.mean([1, 2, 6])).toBe(3);
  expect([statistics.median([3, 1, 2]), statistics.median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  expect([statistics.mode([1, 2, 2, 1]), statistics.mode(["b", "a"])]).toEqual([1, "b"]);
});

test("variance and stdev of the whole population", () => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  expect([statistics.variance(values), statistics.stdev(values)]).toEqual([4, 2]);
});

test("percentile between neighbours", () => {
  const values = [15, 20, 35, 40, 50];
  expect([0, 40, 100, 150].map((p) => statistics.percentile(values, p))).toEqual([15, 29, 50, 50]);
  expect(statistics.percentile([7], 90)).toBe(7);
});

test("nothing to measure is nil", () => {
  const { mean, median, mode, variance, stdev } = statistics;
  expect([mean, median, mode, variance, stdev].map((measure) => measure([]))).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(statistics.percentile([], 50)).toBeNull();
});
