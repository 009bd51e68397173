// Operands → values of Tova's operators (spec 2). Written for the tests from the specification.
import { Unknown } from "./steps";

/** Null, undefined or NaN: what `??` replaces. */
export function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

// biome-ignore lint/suspicious/noExplicitAny: JavaScript's own operators decide for any operands.
type Operand = any;

const repeated = (text: string, times: Operand): string =>
  Array(Math.max(0, Math.trunc(Number(times)) || 0))
    .fill(text)
    .join("");

/** `*`; `quoted` tells on which sides a string is written. */
export function times(left: Operand, right: Operand, quoted: readonly [boolean, boolean]): unknown {
  if (quoted[0]) return repeated(String(left), right);
  if (quoted[1]) return repeated(String(right), left);
  const product = left * right;
  if (!Number.isNaN(product)) return product;
  if (typeof left === "string" && typeof right === "number") return repeated(left, right);
  if (typeof right === "string" && typeof left === "number") return repeated(right, left);
  return product;
}

const binary: Readonly<Record<string, (left: Operand, right: Operand) => unknown>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "**": (a, b) => a ** b,
  "|": (a, b) => a | b,
  "^": (a, b) => a ^ b,
  "&": (a, b) => a & b,
  "<<": (a, b) => a << b,
  ">>": (a, b) => a >> b,
  ">>>": (a, b) => a >>> b,
  "++": (a, b) => `${a}${b}`,
};

/** An operator that evaluates both of its sides. */
export function calculate(operator: string, left: unknown, right: unknown): unknown {
  const operation = binary[operator];
  return operation ? operation(left, right) : compare(operator, left, right);
}

/** One comparison of a chain; `==` is loose. */
export function compare(operator: string, left: Operand, right: Operand): boolean {
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "==":
      // biome-ignore lint/suspicious/noDoubleEquals: the language compares loosely (spec 2).
      return left == right;
    case "!=":
      return !compare("==", left, right);
    default:
      throw new Unknown(`comparison ${operator}`);
  }
}

/** `value in collection`. */
export function isIn(value: unknown, collection: unknown): boolean {
  if (Array.isArray(collection)) return collection.includes(value);
  if (typeof collection === "string") return collection.includes(String(value));
  if (collection instanceof Map || collection instanceof Set) return collection.has(value);
  if (typeof collection !== "object" || collection === null) return false;
  return (value as PropertyKey) in collection;
}

/** `start..end`, counting down where it starts above its end. @throws RangeError without numbers */
export function rangeOf(start: unknown, end: unknown, inclusive: boolean): number[] {
  const [from, to] = [Number(start), Number(end)];
  if (!Number.isFinite(from) || !Number.isFinite(to)) throw new RangeError("range");
  const result: number[] = [];
  if (from <= to) for (let i = from; inclusive ? i <= to : i < to; i++) result.push(i);
  else for (let i = from; inclusive ? i >= to : i > to; i--) result.push(i);
  return result;
}

/** `value[start:end:step]` (spec 2). @throws RangeError when the step is 0 */
export function sliceOf(
  value: string | readonly unknown[],
  [start, end, step]: readonly (number | null | undefined)[],
): unknown {
  if (step === null || step === undefined) return value.slice(start ?? 0, end ?? value.length);
  if (Math.trunc(step) === 0) throw new RangeError("step");
  const by = Math.trunc(step);
  const { length } = value;
  const place = (bound: number, low: number, high: number) =>
    Math.max(low, Math.min(high, bound < 0 ? bound + length : bound));
  const result: unknown[] = [];
  if (by > 0) {
    const last = end == null ? length : place(Math.trunc(end), 0, length);
    let at = start == null ? 0 : place(Math.trunc(start), 0, length);
    for (; at < last; at += by) result.push(value[at]);
  } else {
    const last = end == null ? -1 : place(Math.trunc(end), -1, length - 1);
    let at = start == null ? length - 1 : place(Math.trunc(start), -1, length - 1);
    for (; at > last; at += by) result.push(value[at]);
  }
  return result;
}

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === "string",
  Number: (value) => typeof value === "number",
  Bool: (value) => value === true || value === false,
  Function: (value) => typeof value === "function",
  Int: (value) => Number.isInteger(value),
  Float: (value) => typeof value === "number" && !Number.isInteger(value),
  Nil: (value) => value === null || value === undefined,
  Array: (value) => Array.isArray(value),
  List: (value) => Array.isArray(value),
  Result: (value) => tagOf(value) === "Ok" || tagOf(value) === "Err",
  Option: (value) => tagOf(value) === "Some" || tagOf(value) === "None",
  Any: () => true,
  Void: (value) => value === null || value === undefined,
};

/** `value is name`, for a name the program does not define. */
export function isOfType(value: unknown, name: string): boolean {
  const test = types[name];
  if (test) return test(value);
  if (tagOf(value) === name) return true;
  const host = (globalThis as Record<string, unknown>)[name];
  return typeof host === "function" && value instanceof host;
}

/** The tag of a variant, a result or an option. */
export function tagOf(value: unknown): unknown {
  return value === null || value === undefined ? undefined : (value as { __tag?: unknown }).__tag;
}
