// Objects → their parts, and new objects; keys like `__proto__` stay ordinary ones (spec 14).

type Dict<T = unknown> = Readonly<Record<string, T>>;

/** The names of an object's fields. */
export function keys(object: object): string[] {
  return Object.keys(object);
}

/** The values of an object's fields. */
export function values<T>(object: Dict<T>): T[] {
  return Object.values(object);
}

/** Name and value of each field. */
export function entries<T>(object: Dict<T>): [string, T][] {
  return Object.entries(object);
}

/** An object of `[name, value]` pairs. */
export function fromEntries<T>(pairs: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries(pairs);
}

/** One object of all fields, later objects first; nil adds none. */
export function merge(...objects: (object | null | undefined)[]): Record<string, unknown> {
  return Object.fromEntries(objects.flatMap((object) => Object.entries(object ?? {})));
}

/** Only the named fields, as far as they are there. */
export function pick(object: Dict, names: readonly string[]): Record<string, unknown> {
  const present = names.filter((name) => Object.hasOwn(object, name));
  return Object.fromEntries(present.map((name) => [name, object[name]]));
}

/** All but the named fields. */
export function omit(object: Dict, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** The object with each value changed. */
export function mapValues<T, U>(
  object: Dict<T>,
  change: (value: T, name: string) => U,
): Record<string, U> {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, change(value, name)]),
  );
}

/** Whether the object itself has a field. */
export function hasKey(object: unknown, name: string): boolean {
  return object != null && Object.hasOwn(object, name);
}

/** The value at a dotted path, or the fallback (null without one) where there is nothing. */
export function get(
  object: unknown,
  path: string | readonly string[],
  fallback: unknown = null,
): unknown {
  let value = object;
  for (const name of typeof path === "string" ? path.split(".") : path) {
    if (!hasKey(value, name)) return fallback;
    value = (value as Dict)[name];
  }
  return value ?? fallback;
}

/** Makes an object's own fields unchangeable, and gives it back. */
export function freeze<T>(object: T): Readonly<T> {
  return Object.freeze(object);
}

function cloneInto(value: unknown, copies: Map<unknown, unknown>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (copies.has(value)) return copies.get(value);
  if (value instanceof Date) return new Date(value);
  const add = <T>(copy: T): T => {
    copies.set(value, copy);
    return copy;
  };
  if (value instanceof Map) {
    const copy = add(new Map());
    for (const [key, inner] of value) copy.set(cloneInto(key, copies), cloneInto(inner, copies));
    return copy;
  }
  if (value instanceof Set) {
    const copy = add(new Set());
    for (const inner of value) copy.add(cloneInto(inner, copies));
    return copy;
  }
  const plain = /^\[object (Object|Array)\]$/.test(Object.prototype.toString.call(value));
  if (!plain) return value;
  const copy = add(Array.isArray(value) ? [] : Object.create(Object.getPrototypeOf(value)));
  for (const [name, inner] of Object.entries(value)) {
    Object.defineProperty(copy, name, {
      value: cloneInto(inner, copies),
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  return copy;
}

/** A copy at every depth of lists, objects, records, maps, sets and dates; the rest is shared. */
export function clone<T>(value: T): T {
  return cloneInto(value, new Map()) as T;
}
