// Values → whether they have a form, and assertions (spec 14).
import { tagOf } from "./convert";

const matches = (value: unknown, form: RegExp): boolean =>
  typeof value === "string" && form.test(value);

/** One `@`, a domain with a dot, no blanks; whether the address exists nobody knows. */
export function isEmail(value: unknown): boolean {
  return matches(value, /^[^\s@,;<>"]+@[^\s@.]+(\.[^\s@.]+)+$/);
}

/** An absolute http or https URL. */
export function isUrl(value: unknown): boolean {
  return matches(value, /^https?:\/\//i) && URL.canParse(value as string);
}

/** A finite number, or a string that is one. */
export function isNumeric(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return matches(value, /\S/) && Number.isFinite(Number(value));
}

/** A UUID of any version. */
export function isUuid(value: unknown): boolean {
  return matches(value, /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i);
}

/** Letters of any script, at least one. */
export function isAlpha(value: unknown): boolean {
  return matches(value, /^[\p{L}\p{M}]+$/u);
}

/** Letters and digits of any script, at least one. */
export function isAlphanumeric(value: unknown): boolean {
  return matches(value, /^[\p{L}\p{M}\p{N}]+$/u);
}

/** Hexadecimal digits, at least one. */
export function isHex(value: unknown): boolean {
  return matches(value, /^[\da-f]+$/i);
}

/** The same members, in whatever order. */
function sameSet(left: ReadonlySet<unknown>, right: ReadonlySet<unknown>): boolean {
  const others = [...right];
  return (
    left.size === right.size &&
    [...left].every((value) => {
      const at = others.findIndex((other) => deepEqual(value, other));
      return at >= 0 && others.splice(at, 1).length > 0;
    })
  );
}

const isIterable = (value: object): value is Iterable<unknown> =>
  !Array.isArray(value) && Symbol.iterator in value;

/** Equal in content at every depth; nil is nil, whether null or undefined. */
export function deepEqual(left: unknown, right: unknown): boolean {
  if (left === right || Object.is(left, right) || (left == null && right == null)) return true;
  if (typeof left !== "object" || typeof right !== "object" || !left || !right) return false;
  const kind = Object.prototype.toString.call(left);
  if (kind !== Object.prototype.toString.call(right) || tagOf(left) !== tagOf(right)) return false;
  if (left instanceof Date) return Object.is(left.getTime(), (right as Date).getTime());
  if (left instanceof Map) return deepEqual([...left], [...(right as Map<unknown, unknown>)]);
  if (left instanceof Set) return sameSet(left, right as Set<unknown>);
  if (!/Object|Array/.test(kind)) return false;
  const names = Object.keys(left);
  // What shows no fields may have values: deques and sequences.
  if (names.length === 0 && isIterable(left) && isIterable(right)) {
    return deepEqual([...left], [...right]);
  }
  return (
    names.length === Object.keys(right).length &&
    names.every(
      (name) =>
        Object.hasOwn(right, name) &&
        deepEqual(
          (left as Record<string, unknown>)[name],
          (right as Record<string, unknown>)[name],
        ),
    )
  );
}

/** A value as a message shows it. */
function inMessage(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** @throws Error when the condition does not hold */
export function assert(condition: unknown, message = "Assertion failed"): void {
  if (!condition) throw new Error(message);
}

/** @throws Error when the values differ in content */
export function assertEq(actual: unknown, expected: unknown, message = "Assertion failed"): void {
  if (deepEqual(actual, expected)) return;
  throw new Error(`${message}: ${inMessage(actual)} is not ${inMessage(expected)}`);
}

/** @throws Error when the values are equal in content */
export function assertNe(actual: unknown, other: unknown, message = "Assertion failed"): void {
  if (deepEqual(actual, other)) throw new Error(`${message}: both are ${inMessage(actual)}`);
}
