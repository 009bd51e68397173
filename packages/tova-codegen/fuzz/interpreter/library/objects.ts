// Objects → what the library's functions for them give (spec 14).
import { type Any, type Library, listOf } from "./values";

const has = (object: Any, name: Any): boolean => {
  if (object === null || object === undefined) return false;
  return isMap(object) ? object.has(name) : Object.hasOwn(object, name);
};

/** An object of pairs, whatever the names are. */
const built = (pairs: Iterable<[PropertyKey, Any]>): Any => {
  const made = {};
  for (const [name, value] of pairs) {
    const all = { value, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(made, name, all);
  }
  return made;
};

function copied(value: Any): Any {
  if (Array.isArray(value)) return value.map(copied);
  if (typeof value !== "object" || value === null) return value;
  const pairs = Object.entries(value).map(([name, each]): [string, Any] => [name, copied(each)]);
  return Object.setPrototypeOf(built(pairs), Object.getPrototypeOf(value));
}

const isMap = (object: Any): boolean =>
  object instanceof Map || object instanceof Headers || object instanceof URLSearchParams;

/** Pairs of an object's names or of a map's keys with their values. */
const pairsOf = (object: Any): [string, Any][] =>
  isMap(object) ? [...object] : Object.keys(object).map((name) => [name, object[name]]);

export const objects: Library = {
  keys: (object) => pairsOf(object).map(([name]) => name),
  values: (object) => pairsOf(object).map(([, value]) => value),
  entries: pairsOf,
  from_entries: (pairs) => built(listOf(pairs) as [string, Any][]),
  merge: (...all) => built(all.flatMap((each) => pairsOf(each ?? {}))),
  pick: (object, ...names) =>
    built(
      names
        .flat()
        .filter((name: Any) => has(object, name))
        .map((name: Any) => [name, object[name]]),
    ),
  omit: (object, ...names) =>
    built(Object.entries(object).filter(([name]) => !names.flat().includes(name))),
  map_values: (object, change) =>
    built(pairsOf(object).map(([name, value]) => [name, change(value, name)])),
  has_key: has,
  get(object, path, fallback = null) {
    let found = object;
    for (const name of typeof path === "string" ? path.split(".") : [path].flat()) {
      if (!has(found, name)) return fallback;
      found = isMap(found) ? found.get(name) : found[name];
    }
    return found ?? fallback;
  },
  clone: copied,
  freeze: (object) => Object.freeze(object),
};
