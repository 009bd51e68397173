// Objects → their parts, and new objects; keys like `__proto__` stay ordinary ones (spec 14).

type Dict<T = unknown> = Readonly<Record<string, T>>;

/** A map; headers, a query or a form too. */
interface MapLike<T> extends Iterable<[string, T]> {
  keys(): Iterable<string>;
  values(): Iterable<T>;
  entries(): Iterable<[string, T]>;
}

type Keyed<T> = Dict<T> | MapLike<T>;

/** Whether a value tells its keys by methods; lists and objects have fields. */
function isMapLike<T>(object: Keyed<T>): object is MapLike<T> {
  const { entries } = object as MapLike<T>;
  return typeof entries === "function" && Symbol.iterator in object && !Array.isArray(object);
}

/** A member of a value; what every object inherits, such as `constructor`, is none. */
export function memberOf(value: unknown, name: string): unknown {
  if (name in Object.prototype && !Object.hasOwn(Object(value), name)) return undefined;
  return (value as Dict)[name];
}

/** The names of an object's fields, or the keys of a map. */
export function keys(object: Keyed<unknown>): string[] {
  return isMapLike(object) ? [...object.keys()] : Object.keys(object);
}

/** The values of an object's fields, or those of a map. */
export function values<T>(object: Keyed<T>): T[] {
  return isMapLike(object) ? [...object.values()] : Object.values(object);
}

/** Name and value of each field of an object, or of each key of a map. */
export function entries<T>(object: Keyed<T>): [string, T][] {
  return isMapLike(object) ? [...object.entries()] : Object.entries(object);
}

/** An object of `[name, value]` pairs. */
export function fromEntries<T>(pairs: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries(pairs);
}

/** One object of all fields, later objects first; nil adds none. */
export function merge(...objects: (Keyed<unknown> | null | undefined)[]): Record<string, unknown> {
  return Object.fromEntries(objects.flatMap((object) => (object ? entries(object) : [])));
}

/** Names one by one, or in lists. */
type Names = (string | readonly string[])[];

/** Only the named fields, as far as they are there. */
export function pick(object: Dict, ...names: Names): Record<string, unknown> {
  const present = names.flat().filter((name) => Object.hasOwn(object, name));
  return Object.fromEntries(present.map((name) => [name, object[name]]));
}

/** All but the named fields. */
export function omit(object: Dict, ...names: Names): Record<string, unknown> {
  const left = names.flat();
  return Object.fromEntries(Object.entries(object).filter(([name]) => !left.includes(name)));
}

/** The object with each value changed. */
export function mapValues<T, U>(
  object: Keyed<T>,
  change: (value: T, name: string) => U,
): Record<string, U> {
  return Object.fromEntries(entries(object).map(([name, value]) => [name, change(value, name)]));
}

/** Whether the object itself has a field, or a map the key. */
export function hasKey(object: unknown, name: string | number): boolean {
  if (object instanceof Map) return object.has(name);
  return object != null && Object.hasOwn(object, name);
}

/** The value at a dotted path or a place, or the fallback (null without one) where there is nothing. */
export function get(
  object: unknown,
  path: string | number | readonly (string | number)[],
  fallback: unknown = null,
): unknown {
  let value = object;
  for (const name of typeof path === "string" ? path.split(".") : [path].flat()) {
    if (!hasKey(value, name)) return fallback;
    value = value instanceof Map ? value.get(name) : (value as Dict)[name];
  }
  return value ?? fallback;
}

/** Makes an object's own fields unchangeable, and gives it back. */
export function freeze<T>(object: T): Readonly<T> {
  return Object.freeze(object);
}

/** A collection of this library; `__empty` makes one with the same default, limit and methods. */
interface Collection extends Iterable<unknown> {
  readonly __empty?: () => Map<unknown, unknown> | { push_back(value: unknown): unknown };
}

/** True for what keeps all it has to itself, such as a sequence. */
const isClosed = (value: object): boolean =>
  Object.keys(value).length === 0 &&
  ![Object.prototype, null].includes(Object.getPrototypeOf(value));

function cloneInto(value: unknown, copies: Map<unknown, unknown>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (copies.has(value)) return copies.get(value);
  if (value instanceof Date) return new Date(value);
  const add = <T>(copy: T): T => {
    copies.set(value, copy);
    return copy;
  };
  const { __empty: empty } = value as Collection;
  if (value instanceof Map || typeof empty === "function") {
    const copy = add(empty ? empty.call(value) : new Map());
    for (const inner of value as Iterable<unknown>) {
      const one = cloneInto(inner, copies);
      if (copy instanceof Map) copy.set(...(one as [unknown, unknown]));
      else copy.push_back(one);
    }
    return copy;
  }
  if (value instanceof Set) {
    const copy = add(new Set());
    for (const inner of value) copy.add(cloneInto(inner, copies));
    return copy;
  }
  const plain = /^\[object (Object|Array)\]$/.test(Object.prototype.toString.call(value));
  if (!plain || (!Array.isArray(value) && isClosed(value))) return value;
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

/** A copy at every depth of lists, objects, records, collections, sets and dates; the rest is shared. */
export function clone<T>(value: T): T {
  return cloneInto(value, new Map()) as T;
}
