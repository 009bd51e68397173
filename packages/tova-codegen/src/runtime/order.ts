// Lists of things with an order, numbers above all → sorted lists, extremes and totals (spec 14).
import { listOf } from "./lists";

/** What is compared in place of a value. */
export type Key<T> = (value: T) => unknown;

/** Below, equal or above, by `<`: -1, 0 or 1. */
export function compareValues(left: unknown, right: unknown): number {
  if ((left as number) < (right as number)) return -1;
  return (left as number) > (right as number) ? 1 : 0;
}

/** What a function of two values says of their order: a number, or what `compare` gives. */
type Order = number | { readonly __tag: string };

/** An order as a number, negative where the left value comes first. */
function orderNumber(order: Order): number {
  if (typeof order === "number") return order;
  return Number(order.__tag === "Greater") - Number(order.__tag === "Less");
}

/** True for nil and NaN, which come neither before nor behind anything. */
const hasNoOrder = (value: unknown): boolean => value == null || Number.isNaN(value);

function orderOf(left: unknown, right: unknown): number {
  return Number(hasNoOrder(left)) - Number(hasNoOrder(right)) || compareValues(left, right);
}

/**
 * A sorted copy: numbers by size, others by `<`, nil and NaN last; by what a function of one value
 * gives, or as a function of two says.
 */
export function sorted<T>(values: Iterable<T>, by?: (value: T, other: T) => unknown): T[] {
  const list = listOf(values);
  if (!by) return list.toSorted(orderOf);
  if (by.length === 2) return list.toSorted((left, right) => orderNumber(by(left, right) as Order));
  const key = by as Key<T>;
  return list
    .map((value) => ({ value, key: key(value) }))
    .sort((left, right) => orderOf(left.key, right.key))
    .map(({ value }) => value);
}

/** The value whose key comes first, or last with a sign of -1; of equals the first. */
function extreme<T>(values: Iterable<T>, key: Key<T>, sign: 1 | -1): T | null {
  let best: { value: T; key: unknown } | null = null;
  for (const value of values) {
    const next = { value, key: key(value) };
    if (!best || sign * compareValues(next.key, best.key) < 0) best = next;
  }
  return best ? best.value : null;
}

/** The value that is least by a key, or null in an empty list. */
export function minBy<T>(values: Iterable<T>, key: Key<T>): T | null {
  return extreme(values, key, 1);
}

/** The value that is greatest by a key, or null in an empty list. */
export function maxBy<T>(values: Iterable<T>, key: Key<T>): T | null {
  return extreme(values, key, -1);
}

/** The values of a list, or the numbers given one by one. */
const valuesOf = <T>(values: Iterable<T> | T, more: readonly T[]): Iterable<T> =>
  typeof values === "number" ? [values, ...more] : (values as Iterable<T>);

const itself = <T>(value: T): T => value;

/** The least value of a list or of several numbers, or null in an empty list. */
export function min<T>(values: Iterable<T> | T, ...more: T[]): T | null {
  return extreme(valuesOf(values, more), itself, 1);
}

/** The greatest value of a list or of several numbers, or null in an empty list. */
export function max<T>(values: Iterable<T> | T, ...more: T[]): T | null {
  return extreme(valuesOf(values, more), itself, -1);
}

/** The total; 0 for an empty list. Texts of numbers, as CSV and queries have them, are numbers. */
export function sum(values: Iterable<number | string>): number {
  return sumBy(values, itself);
}

/** The total of what `key` gives. */
export function sumBy<T>(values: Iterable<T>, key: (value: T) => number | string): number {
  return listOf(values).reduce((total, value) => total + Number(key(value)), 0);
}

/** The average; 0 for an empty list. */
export function avg(values: Iterable<number>): number {
  const list = listOf(values);
  return list.length === 0 ? 0 : sum(list) / list.length;
}

/** All values multiplied; 1 for an empty list. */
export function product(values: Iterable<number>): number {
  return listOf(values).reduce((total, value) => total * value, 1);
}

/** Whether no value comes before the one on its left. */
export function isSorted(values: Iterable<unknown>): boolean {
  return listOf(values).every(
    (value, i, list) => i === 0 || compareValues(list[i - 1], value) <= 0,
  );
}

/** The place of a value in a sorted list, or null. */
export function binarySearch<T>(values: Iterable<T>, value: T): number | null {
  const list = listOf(values);
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareValues(list[middle], value) < 0) low = middle + 1;
    else high = middle;
  }
  return low < list.length && compareValues(list[low], value) === 0 ? low : null;
}

/** `compare` gives this when the left side is below. */
export const Less = Object.freeze({ __tag: "Less" });
/** `compare` gives this when the sides are equal. */
export const Equal = Object.freeze({ __tag: "Equal" });
/** `compare` gives this when the left side is above. */
export const Greater = Object.freeze({ __tag: "Greater" });

/** `Less`, `Equal` or `Greater`. */
export function compare(left: unknown, right: unknown): { readonly __tag: string } {
  const order = compareValues(left, right);
  return order < 0 ? Less : order > 0 ? Greater : Equal;
}

/** A function that compares two values by a key. */
export function compareBy<T>(key: Key<T>): (left: T, right: T) => { readonly __tag: string } {
  return (left, right) => compare(key(left), key(right));
}
