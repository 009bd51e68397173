// Values of any type → numbers, strings, truth values and type names (spec 14).

/** A whole number: a string's leading digits, any other cut off at the point; null when there is none. */
export function int(value: unknown): number | null {
  const number = typeof value === "string" ? parseInt(value, 10) : Math.trunc(Number(value ?? NaN));
  return Number.isNaN(number) ? null : number;
}

/** A number; null when the value is none. */
export function float(value: unknown): number | null {
  const number = value == null ? Number.NaN : Number(value);
  return Number.isNaN(number) ? null : number;
}

/** A value's tag when it is a variant, a Result or an Option. */
export function tagOf(value: unknown): string | null {
  const tag = (value as { __tag?: unknown } | null | undefined)?.__tag;
  return typeof tag === "string" ? tag : null;
}

/** Text: `nil` for nothing, `Tag(field, …)` for variants. */
export function asText(value: unknown): string {
  if (value == null) return "nil";
  const tag = tagOf(value);
  if (tag === null) return String(value);
  const fields = Object.entries(value as object).filter(([name]) => name !== "__tag");
  return fields.length === 0
    ? tag
    : `${tag}(${fields.map(([, field]) => asText(field)).join(", ")})`;
}

/** Truth: the strings `""`, `"0"` and `"false"` are false too. */
export function toBool(value: unknown): boolean {
  return Boolean(value) && value !== "0" && value !== "false";
}

/** The name of a value's type, or its tag. */
export function typeOf(value: unknown): string {
  if (value == null) return "Nil";
  if (Array.isArray(value)) return "List";
  if (typeof value === "number") return Number.isInteger(value) ? "Int" : "Float";
  if (typeof value === "object") return tagOf(value) ?? "Object";
  const name = typeof value;
  return name === "boolean" ? "Bool" : name.charAt(0).toUpperCase() + name.slice(1);
}

/** Characters of a string, values of a list, keys of an object, 0 for nil. */
export function len(value: unknown): number {
  if (value == null) return 0;
  const { length, size } = value as { length?: unknown; size?: unknown };
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  if (value instanceof Map || value instanceof Set) return Number(size);
  const counts = typeof length === "number" && Symbol.iterator in Object(value);
  return counts ? length : Object.keys(value).length;
}

/** Whether {@link len} is 0. */
export function isEmpty(value: unknown): boolean {
  return len(value) === 0;
}
