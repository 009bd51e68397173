// Numbers → geometry, whole-number arithmetic, chance and texts in other bases (spec 14).
import { listOf } from "./lists";
import { randomInt } from "./numbers";

export const pi = Math.PI;
export const euler = Math.E;
export const infinity = Number.POSITIVE_INFINITY;
export const sin = Math.sin;
export const cos = Math.cos;
export const tan = Math.tan;
export const asin = Math.asin;
export const acos = Math.acos;
export const atan = Math.atan;
export const atan2 = Math.atan2;
export const ln = Math.log;
export const log2 = Math.log2;
export const log10 = Math.log10;
export const exp = Math.exp;
export const sign = Math.sign;
export const trunc = Math.trunc;
export const hypot = Math.hypot;
export const finite = Number.isFinite;

/** The number so far on the way from one to the other: 0 is `from`, 1 is `to`. */
export function lerp(from: number, to: number, way: number): number {
  return from + (to - from) * way;
}

/** Quotient and remainder, the remainder with the sign of the divisor. */
export function divmod(value: number, divisor: number): [number, number] {
  const quotient = Math.floor(value / divisor);
  return [quotient, value - quotient * divisor];
}

/** Whether two numbers differ by no more than rounding does. */
export function isClose(left: number, right: number, tolerance = 1e-9): boolean {
  const largest = Math.max(Math.abs(left), Math.abs(right), 1);
  return left === right || Math.abs(left - right) <= tolerance * largest;
}

/** Degrees as radians. */
export function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** Radians as degrees. */
export function toDegrees(radians: number): number {
  return (radians * 180) / Math.PI;
}

/** The greatest common divisor. */
export function gcd(left: number, right: number): number {
  let [a, b] = [Math.abs(left), Math.abs(right)];
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

/** The least common multiple. */
export function lcm(left: number, right: number): number {
  return left === 0 || right === 0 ? 0 : Math.abs(left * right) / gcd(left, right);
}

/** @throws RangeError for what is no whole number from 0 up */
export function factorial(n: number): number {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`factorial of ${n}`);
  let result = 1;
  for (let factor = 2; factor <= n && Number.isFinite(result); factor++) result *= factor;
  return result;
}

/** A random number from `low` up to but without `high`. */
export function randomFloat(low = 0, high = 1): number {
  return low + Math.random() * (high - low);
}

/** A random value of a list; null when it is empty. */
export function choice<T>(values: Iterable<T>): T | null {
  const list = listOf(values);
  return list[randomInt(0, list.length - 1)] ?? null;
}

/** The list in random order. */
export function shuffle<T>(values: Iterable<T>): T[] {
  const list = [...values];
  for (let i = list.length - 1; i > 0; i--) {
    const other = randomInt(0, i);
    [list[i], list[other]] = [list[other] as T, list[i] as T];
  }
  return list;
}

/** `n` random values of a list, each place at most once. */
export function sample<T>(values: Iterable<T>, n = 1): T[] {
  return shuffle(values).slice(0, Math.max(0, n));
}

/** Hexadecimal, without a prefix. */
export function toHex(value: number): string {
  return value.toString(16);
}

/** Binary, without a prefix. */
export function toBinary(value: number): string {
  return value.toString(2);
}

/** Octal, without a prefix. */
export function toOctal(value: number): string {
  return value.toString(8);
}

/** With so many decimals, as text. */
export function toFixed(value: number, decimals = 0): string {
  return value.toFixed(decimals);
}
