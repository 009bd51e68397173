// Lists (anything iterable) → what a program asks of them, never changing the list (spec 14).
import { memberOf } from "./objects";

/** What `map`, `filter` and their like call with a value. */
export type Each<T, U> = (value: T, index: number, list: readonly T[]) => U;

/** The values as an array; arrays as they are. @throws TypeError for what has no values */
export function listOf<T>(values: Iterable<T>): readonly T[] {
  return Array.isArray(values) ? values : [...values];
}

/** A sequence of `Seq`, whose own steps are lazy; not named by its class, which only `Seq` carries. */
interface Lazy<T> {
  map<U>(change: Each<T, U>): U[];
  filter(test: Each<T, unknown>): T[];
  flat_map<U>(change: Each<T, U | readonly U[]>): U[];
  take(n: number): T[];
  drop(n: number): T[];
  enumerate(): [number, T][];
  zip(...others: Iterable<unknown>[]): unknown[][];
}

/** Functions with a lazy step of the same name leave a sequence lazy. */
const isLazy = <T>(values: unknown): values is Lazy<T> =>
  (values as { __tag?: unknown } | null | undefined)?.__tag === "Seq";

/** The numbers from `start` up to but without `end`, or down; `range(n)` starts at 0. */
export function range(start: number, end?: number, step?: number): number[] {
  const from = end === undefined ? 0 : start;
  const to = end ?? start;
  const by = Math.abs(step ?? 1) * (from > to ? -1 : 1);
  if (!by || !Number.isFinite(to - from)) {
    throw new RangeError(`A range needs numbers at both ends and a step other than 0`);
  }
  return Array.from({ length: Math.ceil((to - from) / by) }, (_, i) => from + i * by);
}

/** Each value changed. */
export function map<T, U>(values: Iterable<T>, change: Each<T, U>): U[] {
  return (isLazy<T>(values) ? values : listOf(values)).map(change);
}

/** The values that pass a test. */
export function filter<T>(values: Iterable<T>, test: Each<T, unknown>): T[] {
  return (isLazy<T>(values) ? values : listOf(values)).filter(test);
}

/** All values folded into one. @throws TypeError for an empty list without a first value */
export function reduce<T, U>(
  values: Iterable<T>,
  fold: (folded: U, value: T, index: number) => U,
  ...first: [U?]
): U {
  const list = listOf(values) as readonly unknown[] as readonly U[];
  const step = fold as unknown as (folded: U, value: U, index: number) => U;
  return first.length > 0 ? list.reduce(step, first[0] as U) : list.reduce(step);
}

/** The first value that passes, or null. */
export function find<T>(values: Iterable<T>, test: Each<T, unknown>): T | null {
  let index = 0;
  for (const value of values) {
    if (test(value, index++, values as readonly T[])) return value ?? null;
  }
  return null;
}

/** The place of the first value that passes, or null. */
export function findIndex<T>(values: Iterable<T>, test: Each<T, unknown>): number | null {
  let index = 0;
  for (const value of values) {
    if (test(value, index, values as readonly T[])) return index;
    index++;
  }
  return null;
}

/** Whether a value passes; without a test, whether one is truthy. */
export function any<T>(values: Iterable<T>, test: Each<T, unknown> = Boolean): boolean {
  let index = 0;
  for (const value of values) {
    if (test(value, index++, values as readonly T[])) return true;
  }
  return false;
}

/** Whether every value passes; without a test, whether each is truthy. */
export function all<T>(values: Iterable<T>, test: Each<T, unknown> = Boolean): boolean {
  let index = 0;
  for (const value of values) {
    if (!test(value, index++, values as readonly T[])) return false;
  }
  return true;
}

/** Each value changed to a list, the lists as one. */
export function flatMap<T, U>(values: Iterable<T>, change: Each<T, U | readonly U[]>): U[] {
  if (isLazy<T>(values)) return values.flat_map(change);
  return listOf(values).flatMap(change as (value: T, index: number) => U | readonly U[]);
}

/** How many values pass; without a test, how many there are. */
export function count<T>(values: Iterable<T>, test?: Each<T, unknown>): number {
  const list = listOf(values);
  return test ? list.filter(test).length : list.length;
}

/** The first value, or null. */
export function first<T>(values: Iterable<T>): T | null {
  for (const value of values) return value ?? null;
  return null;
}

/** The last value, or null. */
export function last<T>(values: Iterable<T>): T | null {
  return listOf(values).at(-1) ?? null;
}

/** The first `n` values; no more are asked for, so that there may be endlessly many. */
export function take<T>(values: Iterable<T>, n: number): T[] {
  if (isLazy<T>(values)) return values.take(n);
  const taken: T[] = [];
  if (n >= 1) {
    for (const value of values) if (taken.push(value) > n - 1) break;
  }
  return taken;
}

/** All but the first `n` values. */
export function drop<T>(values: Iterable<T>, n: number): T[] {
  return isLazy<T>(values) ? values.drop(n) : listOf(values).slice(Math.max(0, n));
}

/** The list backwards. */
export function reversed<T>(values: Iterable<T>): T[] {
  return listOf(values).toReversed();
}

/** The list without repetitions. */
export function unique<T>(values: Iterable<T>): T[] {
  return [...new Set(values)];
}

/** The list without nil. */
export function compact<T>(values: Iterable<T>): T[] {
  return listOf(values).filter((value) => value != null);
}

/** The list with every list inside it opened, at any depth. */
export function flatten(values: Iterable<unknown>): unknown[] {
  return listOf(values).flat(Number.POSITIVE_INFINITY);
}

/** The list in lists of `size`, the last one shorter. @throws RangeError when size is below 1 */
export function chunk<T>(values: Iterable<T>, size: number): T[][] {
  if (!(size >= 1)) throw new RangeError(`chunk needs a size of at least 1, not ${size}`);
  const list = listOf(values);
  const whole = Math.trunc(size);
  return Array.from({ length: Math.ceil(list.length / whole) }, (_, i) =>
    list.slice(i * whole, (i + 1) * whole),
  );
}

/** Values at the same places together, as far as the shortest list goes; others may be endless. */
export function zip(...lists: Iterable<unknown>[]): unknown[][] {
  const [first, ...others] = lists;
  if (isLazy(first)) return first.zip(...others);
  const zipped: unknown[][] = [];
  const iterators = lists.map((list) => list[Symbol.iterator]());
  while (iterators.length > 0) {
    const steps = iterators.map((iterator) => iterator.next());
    if (steps.some(({ done }) => done)) break;
    zipped.push(steps.map(({ value }) => value));
  }
  for (const iterator of iterators) iterator.return?.();
  return zipped;
}

/** Each value with its place: `[[0, a], [1, b]]`. */
export function enumerate<T>(values: Iterable<T>): [number, T][] {
  return isLazy<T>(values) ? values.enumerate() : [...listOf(values).entries()];
}

/** Two lists: the values that pass, and the others. */
export function partition<T>(values: Iterable<T>, test: Each<T, unknown>): [T[], T[]] {
  const passed: T[] = [];
  const failed: T[] = [];
  listOf(values).forEach((value, i, list) => {
    (test(value, i, list) ? passed : failed).push(value);
  });
  return [passed, failed];
}

/** The values in lists by what `key` gives for them, or by their field of that name. */
export function groupBy<T>(
  values: Iterable<T>,
  key: Each<T, unknown> | string,
): Record<string, T[]> {
  const keyOf: Each<T, unknown> = typeof key === "string" ? (value) => memberOf(value, key) : key;
  const groups = new Map<string, T[]>();
  listOf(values).forEach((value, i, list) => {
    const name = String(keyOf(value, i, list) ?? null);
    const group = groups.get(name);
    if (group) group.push(value);
    else groups.set(name, [value]);
  });
  return Object.fromEntries(groups);
}

/** Whether a list has a value, or a string a text. */
export function includes(values: string | Iterable<unknown>, value: unknown): boolean {
  return typeof values === "string"
    ? values.includes(String(value))
    : listOf(values).includes(value);
}

/** The place of a value in a list, or of a text in a string; null when it is not there. */
export function indexOf(values: string | Iterable<unknown>, value: unknown): number | null {
  const at =
    typeof values === "string" ? values.indexOf(String(value)) : listOf(values).indexOf(value);
  return at < 0 ? null : at;
}
