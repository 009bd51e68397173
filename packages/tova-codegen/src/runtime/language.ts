// Operands of Tova's own operators and statements → their values (spec 2, 5.6, 7, 8).

/** `value in collection`. */
export function contains(value: unknown, collection: unknown): boolean {
  if (typeof collection === "string") return collection.includes(String(value));
  if (Array.isArray(collection)) return collection.includes(value);
  if (collection instanceof Set || collection instanceof Map) return collection.has(value);
  if (typeof collection !== "object" || collection === null) return false;
  if (!(Symbol.iterator in collection) || "has" in collection) {
    return (value as PropertyKey) in collection;
  }
  // One by one, as there may be endlessly many.
  for (const one of collection as Iterable<unknown>) if ([one].includes(value)) return true;
  return false;
}

/**
 * `start..end`, or `start..=end` when inclusive; counts down when the start is above the end.
 * @throws RangeError when an end is no number, or infinite
 */
export function rangeArray(start: number, end: number, inclusive = false): number[] {
  const from = Number(start);
  const to = Number(end);
  if (!Number.isFinite(from) || !Number.isFinite(to)) {
    throw new RangeError(`A range needs numbers at both ends: ${start}..${end}`);
  }
  const step = from > to ? -1 : 1;
  const length = Math.ceil(Math.abs(to - from));
  const extra = inclusive && Number.isInteger(to - from) ? 1 : 0;
  return Array.from({ length: length + extra }, (_, i) => from + i * step);
}

/** A bound of a slice as a place between the values, counted from the end when negative. */
function bound(
  at: number | null | undefined,
  length: number,
  absent: number,
  least: number,
): number {
  if (at == null) return absent;
  const place = Math.trunc(at);
  return Math.min(Math.max(place < 0 ? place + length : place, least), length + least);
}

/**
 * `value[start:end:step]` of an array or string; with a step a string gives an array of characters.
 * @throws RangeError when the step is 0
 */
export function slice(
  value: string | readonly unknown[],
  start?: number | null,
  end?: number | null,
  step?: number | null,
): string | unknown[] {
  if (step == null) return value.slice(start ?? undefined, end ?? undefined);
  const by = Math.trunc(step);
  if (!by) throw new RangeError("The step of a slice cannot be 0");
  const { length } = value;
  const least = by < 0 ? -1 : 0;
  const last = bound(end, length, by < 0 ? -1 : length, least);
  const result: unknown[] = [];
  let at = bound(start, length, by < 0 ? length - 1 : 0, least);
  for (; by < 0 ? at > last : at < last; at += by) result.push(value[at]);
  return result;
}

/** `left * right`: repeats a string where numbers give nothing, so that `"5" * 2` stays 10. */
export function repeatOr(left: unknown, right: unknown): unknown {
  const product = (left as number) * (right as number);
  if (!Number.isNaN(product)) return product;
  if (typeof left === "string" && typeof right === "number") return repeatText(left, right);
  if (typeof right === "string" && typeof left === "number") return repeatText(right, left);
  return product;
}

/** A string so many times; none for a count below 1. */
export function repeatText(text: string, times: number): string {
  return text.repeat(Math.max(0, times));
}

/** `value is name` for a name that the program does not define: a variant's tag or a host class. */
export function isA(value: unknown, name: string): boolean {
  if ((value as { __tag?: unknown } | null | undefined)?.__tag === name) return true;
  const type = (globalThis as Record<string, unknown>)[name];
  return typeof type === "function" && value instanceof type;
}

function* numbered(values: Iterable<unknown>): Generator<[number, unknown]> {
  let index = 0;
  for (const value of values) yield [index++, value];
}

/** What `for key, value in …` goes over: indexes of lists, keys of maps and objects. */
export function entriesOf(values: unknown): Iterable<[unknown, unknown]> {
  if (typeof values === "string" || values instanceof Set) return numbered(values);
  if (!(Symbol.iterator in Object(values))) return Object.entries(values as object);
  const { entries } = values as { entries?: unknown };
  if (typeof entries !== "function") return numbered(values as Iterable<unknown>);
  return (values as Map<unknown, unknown>).entries();
}

/** What `for key, value in x.entries()` goes over: pairs, unless a method of the program gives a list. */
export function ownPairs(values: unknown): Iterable<[unknown, unknown]> {
  return Array.isArray(values) ? values.entries() : (values as Iterable<[unknown, unknown]>);
}

/** What `{ k: v for k, v in … }` goes over: pairs, or the keys and values of an object. */
export function pairsIn(values: unknown): Iterable<[unknown, unknown]> {
  if (!(Symbol.iterator in Object(values))) return Object.entries(values as object);
  return values as Iterable<[unknown, unknown]>;
}

/** The field of a variant or record at a position of a pattern. */
export function fieldAt(value: object, index: number): unknown {
  const names = Object.keys(value).filter((name) => name !== "__tag");
  return (value as Record<string, unknown>)[names[index] ?? ""];
}

/** Whether `?` returns the value from the function: `Err` or `None`. */
export function isFailure(value: unknown): boolean {
  const tag = (value as { __tag?: unknown } | null | undefined)?.__tag;
  return tag === "Err" || tag === "None";
}

/** What `?` makes of a value that is no failure: the inside of `Ok` and `Some`, also the program's. */
export function unwrapped(value: unknown): unknown {
  const tag = (value as { __tag?: unknown } | null | undefined)?.__tag;
  if (tag !== "Ok" && tag !== "Some") return value;
  const good = value as { value?: unknown };
  return "value" in good ? good.value : fieldAt(good, 0);
}

interface Closable {
  close?(): unknown;
  dispose?(): unknown;
  readonly [name: symbol]: (() => unknown) | undefined;
}

/** Ends what `with` opened; gives what its method gave, to be awaited. */
export function close(resource: Closable | null | undefined): unknown {
  if (resource == null) return undefined;
  if (typeof resource.close === "function") return resource.close();
  if (typeof resource.dispose === "function") return resource.dispose();
  const { dispose } = Symbol as { dispose?: symbol };
  return dispose && resource[dispose]?.();
}

/** Runs what was deferred, the last first, all of it even when some throw. */
export function runDeferred(deferred: (() => unknown)[]): void {
  try {
    while (deferred.length > 0) deferred.pop()?.();
  } finally {
    if (deferred.length > 0) runDeferred(deferred);
  }
}

/** {@link runDeferred} for a function that awaits. */
export async function runDeferredAsync(deferred: (() => unknown)[]): Promise<void> {
  try {
    while (deferred.length > 0) await deferred.pop()?.();
  } finally {
    if (deferred.length > 0) await runDeferredAsync(deferred);
  }
}
