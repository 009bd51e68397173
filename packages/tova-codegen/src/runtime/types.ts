// What types derive, refine and take from traits (spec 6).

/**
 * A function that gives back what passes: a value of the base whose condition holds. `__test` tells
 * of any value, `__where` of one that is known to be of the base.
 */
export function refined<T>(
  name: string,
  base: (value: unknown) => boolean,
  where: (value: unknown) => boolean,
): (value: T) => T {
  const test = (value: unknown) => base(value) && where(value);
  const check = (value: T): T => {
    if (test(value)) return value;
    const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
    throw new TypeError(`${shown} is not a valid ${name}.`);
  };
  return Object.assign(check, { __test: test, __where: where });
}

/** `value is name` for what a variable holds: a refinement, a class, or the maker of a variant. */
export function isOf(value: unknown, type: unknown, name: string): boolean {
  const test = (type as { __test?: (value: unknown) => boolean } | null | undefined)?.__test;
  if (test) return test(value);
  if ((value as { __tag?: unknown } | null | undefined)?.__tag === name) return true;
  // The constant of another module is no type.
  if (typeof type !== "function") return type != null && value === type;
  return typeof type.prototype === "object" && value instanceof type;
}

type Fields = Readonly<Record<string, unknown>>;

/** Whether two records have the same values in all fields. */
export function sameFields(fields: readonly string[], left: Fields, right: Fields): boolean {
  return fields.every((field) => left[field] === right[field]);
}

/** A variant without fields that stands for its type too, so that methods and functions are put on it. */
export function unitVariant(tag: string): object {
  const prototype = {};
  const fields = {
    __tag: { value: tag, enumerable: true },
    prototype: { value: prototype },
  };
  return Object.freeze(Object.create(prototype, fields));
}

/** A record as `Name(field: value, …)`, the values as JSON. */
export function showFields(name: string, fields: readonly string[], value: Fields): string {
  return `${name}(${fields.map((field) => `${field}: ${JSON.stringify(value[field])}`).join(", ")})`;
}

interface Tagged {
  readonly __tag: string;
  readonly [field: string]: unknown;
}

const fieldsOf = (value: Tagged): string[] => Object.keys(value).filter((key) => key !== "__tag");

/** Whether two variants are the same one with the same values. */
export function sameVariant(left: Tagged, right: Tagged): boolean {
  return left.__tag === right.__tag && sameFields(fieldsOf(left), left, right);
}

/** A variant as `Name(field: value, …)`, or as its name alone. */
export function showVariant(value: Tagged): string {
  const fields = fieldsOf(value);
  return fields.length > 0 ? showFields(value.__tag, fields, value) : value.__tag;
}

/** A value as JSON. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value);
}

/**
 * A record from the JSON of an object; other members of it are left out.
 * @throws SyntaxError when the text is no JSON
 */
export function recordFromJson<T>(
  type: new (...values: unknown[]) => T,
  fields: readonly string[],
  text: string,
): T {
  const value = JSON.parse(text) as Fields;
  return new type(
    ...fields.map((field) => (Object.hasOwn(value, field) ? value[field] : undefined)),
  );
}

interface Type {
  readonly prototype: object;
}

/** Gives a type the methods and functions of a trait that it does not have itself. */
export function inherit(type: Type, trait: Type): void {
  const take = (to: object, from: object): void => {
    for (const name of Object.keys(from)) {
      if (hasItself(to, name)) continue;
      const value: unknown = Reflect.get(from, name);
      Object.defineProperty(to, name, {
        value,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  };
  take(type.prototype, trait.prototype);
  // A variant that is its own type has all on its prototype.
  take(typeof type === "function" ? type : type.prototype, trait);
}

/** Whether an object has a member that is more than what every function has. */
function hasItself(object: object, name: string): boolean {
  const isPlain = typeof object === "function" && (name === "name" || name === "length");
  if (isPlain) return Object.keys(object).includes(name);
  return Object.hasOwn(object, name);
}
