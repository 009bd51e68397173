// Rules behind the types of fields (spec 6) → what they say of the values of a body.
import type { FieldRule } from "./body";
import { isEmail, isUrl, isUuid } from "./checks";

/** nil is the business of the field's type, and of `required`. */
const unless =
  (message: string, holds: (value: unknown) => boolean): FieldRule =>
  (value) =>
    value == null || holds(value) ? null : message;

/** A text that is empty is as good as none. */
export const ruleRequired: FieldRule = (value) =>
  value == null || value === "" ? "is required" : null;

/** How much there is of a value, and how to say so. */
function amountOf(value: unknown): readonly [amount: number, verb: string, unit: string] {
  if (typeof value === "string") return [value.length, "have", " characters"];
  if (Array.isArray(value)) return [value.length, "have", " items"];
  return [Number(value), "be", ""];
}

/** The least of a number, or of the length of a text or list. */
export const ruleMin =
  (least: number): FieldRule =>
  (value) => {
    const [amount, verb, unit] = amountOf(value);
    return value == null || amount >= least ? null : `must ${verb} at least ${least}${unit}`;
  };

/** The most of it. */
export const ruleMax =
  (most: number): FieldRule =>
  (value) => {
    const [amount, verb, unit] = amountOf(value);
    return value == null || amount <= most ? null : `must ${verb} at most ${most}${unit}`;
  };

/** The length of a text or list. */
export const ruleLength =
  (length: number): FieldRule =>
  (value) => {
    const [amount, verb, unit] = amountOf(value);
    return value == null || amount === length ? null : `must ${verb} ${length}${unit}`;
  };

/** A text that a regular expression finds itself in. */
export const rulePattern = (pattern: RegExp): FieldRule =>
  unless(`must match ${pattern}`, (value) => String(value).search(pattern) >= 0);

/** One of some values. */
export const ruleOneOf = (...values: unknown[]): FieldRule =>
  unless(`must be one of ${values.join(", ")}`, (value) => values.includes(value));

export const ruleEmail: FieldRule = unless("must be an email address", isEmail);
export const ruleUrl: FieldRule = unless("must be a URL", isUrl);
export const ruleUuid: FieldRule = unless("must be a UUID", isUuid);

/** The condition of a refined type. */
export const ruleWhere =
  (name: string, type: { readonly __where: (value: unknown) => boolean }): FieldRule =>
  (value) =>
    type.__where(value) ? null : `must be a valid ${name}`;
