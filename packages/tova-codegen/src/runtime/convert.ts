// Values of any type → numbers, strings, truth values and type names (spec 14).

/** A whole number: a string's leading digits, any other cut off at the point; null when there is none. */
export function int(value: unknown): number | null {
  if (value == null) return null;
  const number = typeof value === "string" ? Number.parseInt(value, 10) : Math.trunc(Number(value));
  return Number.isNaN(number) ? null : number;
}

/** A number; null when the value is none. */
export function float(value: unknown): number | null {
  const number = value == null ? Number.NaN : Number(value);
  return Number.isNaN(number) ? null : number;
}
