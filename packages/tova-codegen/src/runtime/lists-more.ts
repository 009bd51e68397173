// Lists → lists made by place, in combination or in counts (spec 14).
import { listOf } from "./lists";

/** A list of `n` times the value. */
export function filled<T>(n: number, value: T): T[] {
  return Array.from({ length: Math.max(0, n) }, () => value);
}

/** A list of the value, `n` times over. */
export function repeatValue<T>(value: T, n: number): T[] {
  return filled(n, value);
}

/** Every run of `size` neighbours. @throws RangeError when size is below 1 */
export function slidingWindow<T>(values: Iterable<T>, size: number): T[][] {
  if (!(size >= 1)) throw new RangeError(`sliding_window needs a size of at least 1, not ${size}`);
  const list = listOf(values);
  const length = Math.max(0, list.length - size + 1);
  return Array.from({ length }, (_, i) => list.slice(i, i + size));
}

/** Every two neighbours. */
export function pairwise<T>(values: Iterable<T>): T[][] {
  return slidingWindow(values, 2);
}

/** What `reduce` gives after each value; without a start, the first value is the first result. */
export function scan<T, U>(
  values: Iterable<T>,
  fold: (folded: U, value: T) => U,
  ...start: [U?]
): U[] {
  let folded = start[0] as U;
  let begun = start.length > 0;
  return Array.from(values, (value) => {
    folded = begun ? fold(folded, value) : (value as unknown as U);
    begun = true;
    return folded;
  });
}

/** Every choice of `size` values, in the list's order. */
export function combinations<T>(values: Iterable<T>, size: number): T[][] {
  if (size <= 0) return size < 0 ? [] : [[]];
  return listOf(values).flatMap((value, i, list) =>
    combinations(list.slice(i + 1), size - 1).map((rest) => [value, ...rest]),
  );
}

/** Every order of all values, or of `size` of them. */
export function permutations<T>(values: Iterable<T>, size?: number): T[][] {
  const list = listOf(values);
  const length = size ?? list.length;
  if (length <= 0) return [[]];
  return list.flatMap((value, i) =>
    permutations(list.toSpliced(i, 1), length - 1).map((rest) => [value, ...rest]),
  );
}

/** The list with a value between each two. */
export function intersperse<T>(values: Iterable<T>, between: T): T[] {
  return listOf(values).flatMap((value, i) => (i === 0 ? [value] : [between, value]));
}

/** A value of each list in turn, until all are used up. */
export function interleave<T>(...lists: Iterable<T>[]): T[] {
  const all = lists.map(listOf);
  const length = Math.max(0, ...all.map((list) => list.length));
  return Array.from({ length }, (_, i) =>
    all.filter((list) => i < list.length).map((list) => list[i] as T),
  ).flat(1) as T[];
}

/** The list with its first `n` values moved to the end. */
export function rotate<T>(values: Iterable<T>, n: number): T[] {
  const list = listOf(values);
  const at = list.length === 0 ? 0 : ((n % list.length) + list.length) % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

/** The list with a value put in at a place. */
export function insertAt<T>(values: Iterable<T>, index: number, value: T): T[] {
  return listOf(values).toSpliced(index, 0, value);
}

/** The list without the value at a place. */
export function removeAt<T>(values: Iterable<T>, index: number): T[] {
  return listOf(values).toSpliced(index, 1);
}

/** The list with another value at a place, which a function may make of the old one. */
export function updateAt<T>(values: Iterable<T>, index: number, value: T | ((old: T) => T)): T[] {
  const list = [...values];
  const place = index < 0 ? index + list.length : index;
  const change = typeof value === "function" ? (value as (old: T) => T) : () => value;
  return list.map((old, i) => (i === place ? change(old) : old));
}

/** `join` of the values at the same places, as far as the shorter list goes. */
export function zipWith<T, U, V>(
  left: Iterable<T>,
  right: Iterable<U>,
  join: (left: T, right: U) => V,
): V[] {
  const others = listOf(right);
  return listOf(left)
    .slice(0, others.length)
    .map((value, i) => join(value, others[i] as U));
}

/** How often each value is there, by its text. */
export function frequencies(values: Iterable<unknown>): Record<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** The values that are in both lists. */
export function intersection<T>(left: Iterable<T>, right: Iterable<T>): T[] {
  const others = new Set(right);
  return [...new Set(left)].filter((value) => others.has(value));
}

/** The values of the left list that are not in the right one. */
export function difference<T>(left: Iterable<T>, right: Iterable<T>): T[] {
  const others = new Set(right);
  return [...new Set(left)].filter((value) => !others.has(value));
}

/** The values that are in one of the lists only. */
export function symmetricDifference<T>(left: Iterable<T>, right: Iterable<T>): T[] {
  const [a, b] = [listOf(left), listOf(right)];
  return [...difference(a, b), ...difference(b, a)];
}

/** The values that are in either list. */
export function union<T>(left: Iterable<T>, right: Iterable<T>): T[] {
  return [...new Set([...left, ...right])];
}

/** Whether the right list has every value of the left one. */
export function isSubset<T>(left: Iterable<T>, right: Iterable<T>): boolean {
  return difference(left, right).length === 0;
}

/** Whether the left list has every value of the right one. */
export function isSuperset<T>(left: Iterable<T>, right: Iterable<T>): boolean {
  return isSubset(right, left);
}
