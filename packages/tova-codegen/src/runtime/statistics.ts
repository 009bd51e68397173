// Lists of numbers → measures of them; of an empty list null (spec 14).
import { listOf } from "./lists";
import { sorted, sum } from "./order";

/** The arithmetic mean. */
export function mean(values: Iterable<number>): number | null {
  const list = listOf(values);
  return list.length === 0 ? null : sum(list) / list.length;
}

/** The value that so many percent of the values are at most, between neighbours in proportion. */
export function percentile(values: Iterable<number>, percent: number): number | null {
  const list = sorted(values);
  if (list.length === 0) return null;
  const place = (Math.min(Math.max(percent, 0), 100) / 100) * (list.length - 1);
  const low = list[Math.floor(place)] ?? Number.NaN;
  const high = list[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

/** The value in the middle. */
export function median(values: Iterable<number>): number | null {
  return percentile(values, 50);
}

/** The most frequent value, of several the first. */
export function mode<T>(values: Iterable<T>): T | null {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: [T | null, number] = [null, 0];
  for (const entry of counts) if (entry[1] > best[1]) best = entry;
  return best[0];
}

/** The variance of a whole population. */
export function variance(values: Iterable<number>): number | null {
  const list = listOf(values);
  const middle = mean(list);
  return middle === null ? null : mean(list.map((value) => (value - middle) ** 2));
}

/** The standard deviation of a whole population. */
export function stdev(values: Iterable<number>): number | null {
  const square = variance(values);
  return square === null ? null : Math.sqrt(square);
}
