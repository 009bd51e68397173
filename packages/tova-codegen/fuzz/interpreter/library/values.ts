// Values of any type → their kind, length, text and number (spec 14).

// biome-ignore lint/suspicious/noExplicitAny: programs call the library with anything.
export type Any = any;

/** Functions by their names in Tova. */
export type Library = Readonly<Record<string, (...args: Any[]) => Any>>;

/** The items of anything iterable. @throws TypeError for other values */
export function listOf(items: Any): Any[] {
  if (Array.isArray(items)) return items;
  const made: Any[] = [];
  for (const item of items) made.push(item);
  return made;
}

/** Whether one value comes before another. */
export const less = (left: Any, right: Any): boolean => left < right;

const isNil = (value: Any): boolean => value === null || value === undefined;

const numberOrNil = (value: number): number | null => (Number.isNaN(value) ? null : value);

function tagOf(value: Any): string | undefined {
  const tag = isNil(value) ? undefined : value.__tag;
  return typeof tag === "string" ? tag : undefined;
}

function textOf(value: Any): string {
  if (isNil(value)) return "nil";
  const tag = tagOf(value);
  if (tag === undefined) return String(value);
  const names = Object.keys(value).filter((name) => name !== "__tag");
  return names.length === 0
    ? tag
    : `${tag}(${names.map((name) => textOf(value[name])).join(", ")})`;
}

function typeOf(value: Any): string {
  if (isNil(value)) return "Nil";
  switch (typeof value) {
    case "number":
      return value % 1 === 0 ? "Int" : "Float";
    case "boolean":
      return "Bool";
    case "string":
      return "String";
    case "function":
      return "Function";
    default:
      return Array.isArray(value) ? "List" : (tagOf(value) ?? "Object");
  }
}

function lengthOf(value: Any): number {
  if (isNil(value)) return 0;
  if (value instanceof Map || value instanceof Set) return value.size;
  if (tagOf(value) === "Seq") return value.count();
  return typeof value === "string" || Array.isArray(value)
    ? value.length
    : Object.keys(value).length;
}

function toInt(value: Any): number | null {
  if (isNil(value)) return null;
  return numberOrNil(typeof value === "string" ? Number.parseInt(value, 10) : Math.trunc(value));
}

const toFloat = (value: Any): number | null => (isNil(value) ? null : numberOrNil(Number(value)));

export const values: Library = {
  int: toInt,
  to_int: toInt,
  float: toFloat,
  to_float: toFloat,
  string: textOf,
  to_string: textOf,
  to_bool: (value) => !["", "0", "false"].includes(value) && Boolean(value),
  type_of: typeOf,
  len: lengthOf,
  is_empty: (value) => lengthOf(value) === 0,
  includes: (whole, value) =>
    typeof whole === "string" ? whole.includes(String(value)) : listOf(whole).includes(value),
  contains: (whole, value) => values.includes?.(whole, value),
  index_of(whole, value) {
    const at =
      typeof whole === "string" ? whole.indexOf(String(value)) : listOf(whole).indexOf(value);
    return at === -1 ? null : at;
  },
  json_stringify: (value) => JSON.stringify(value),
  json_pretty: (value) => JSON.stringify(value, null, 2),
  assert(condition, message = "Assertion failed") {
    if (!condition) throw new Error(message);
  },
  identity: (value) => value,
};
