// Type declarations → constructors, variants, aliases and refinements (spec 6).
import type { ast } from "tova-parser";
import { defineDerived } from "./derive";
import { fieldNames } from "./library/results";
import { refinementOf } from "./refinement";
import { define, type Scope } from "./scope";

/** What is known of a record, a variant or a type of variants. */
export interface Fields {
  readonly names: readonly string[];
  /** The tag of a variant's values; null where values are known by their prototype. */
  readonly tag: string | null;
}

const knownFields = new WeakMap<object, Fields>(
  fieldNames.map(({ make, tag, names }) => [make, { names, tag }]),
);

/** The fields of a record's constructor, a variant's constructor or a variant without fields. */
export function fieldsOf(value: unknown): Fields | undefined {
  const isKey = (typeof value === "object" && value !== null) || typeof value === "function";
  return isKey ? knownFields.get(value) : undefined;
}

/** A name for other types, and where these are looked up. */
export class Alias {
  constructor(
    readonly node: ast.TypeDeclaration,
    readonly scope: Scope,
  ) {}
}

const builtIn = new Set(
  "String Int Float Bool List Map Set Option Result Any Nil Void Number Array Object Promise Tuple".split(
    " ",
  ),
);

const isCapital = ({ name, form }: ast.TypeExpression): boolean =>
  form.kind === "name" && name !== null && /^\p{Lu}/u.test(name) && !builtIn.has(name);

/** Defines a type with its variants and what it derives; `declared` has the program's types. */
export function defineType(
  scope: Scope,
  node: ast.TypeDeclaration,
  declared: ReadonlySet<string>,
): void {
  const { alias, variants, fields, name, refinement } = node;
  const isEnum =
    alias.length > 1 && alias.every((each) => isCapital(each) && !declared.has(each.name ?? ""));
  if (refinement) define(scope, name.name, refinementOf(scope, node), { from: -1 });
  else if (variants.length > 0 || isEnum) {
    const type = makeType(name.name);
    define(scope, name.name, type, { from: -1 });
    for (const variant of variants) defineVariant(scope, type, variant.name, namesOf(variant));
    for (const each of isEnum ? alias : []) defineVariant(scope, type, each.name ?? "", []);
    defineDerived(scope, node, null);
  } else if (alias.length > 0) define(scope, name.name, new Alias(node, scope), { from: -1 });
  else {
    const names = fields.map((field) => field.name);
    const record = makeRecord(name.name, names);
    define(scope, name.name, record, { from: -1 });
    defineDerived(scope, node, record);
  }
}

/** A constructor, or the functions of a type. */
export type Constructor = ((...args: unknown[]) => unknown) & {
  prototype: object;
  [name: string]: unknown;
};

const namesOf = ({ fields }: ast.Variant): string[] =>
  fields.map(({ name }, i) => {
    const twice = fields.filter((field) => field.name === name).length > 1;
    return twice || name === "" ? `_${i}` : name;
  });

const setOwn = (object: object, name: string, value: unknown) =>
  Object.defineProperty(object, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });

function makeRecord(name: string, names: readonly string[]): Constructor {
  function Record(...args: unknown[]): unknown {
    return fill(Object.create(Record.prototype), names, args);
  }
  Object.defineProperty(Record, "name", { value: name });
  knownFields.set(Record, { names, tag: null });
  return Record as Constructor;
}

function fill(value: object, names: readonly string[], args: readonly unknown[]): object {
  for (const [i, name] of names.entries()) setOwn(value, name, args[i]);
  return value;
}

function makeType(name: string): Constructor {
  function Type(): void {}
  Object.defineProperty(Type, "name", { value: name });
  knownFields.set(Type, { names: [], tag: null });
  return Type as unknown as Constructor;
}

function defineVariant(
  scope: Scope,
  type: Constructor,
  name: string,
  names: readonly string[],
): void {
  const tagged = () => setOwn(Object.create(type.prototype), "__tag", name);
  function make(...args: unknown[]): object {
    return fill(tagged(), names, args);
  }
  const variant = names.length === 0 ? tagged() : make;
  // Of the type's own name it stands for the type too, whose functions its value then has.
  if (type.name === name) {
    if (names.length > 0) make.prototype = type.prototype;
    else Object.defineProperty(variant, "prototype", { value: type.prototype });
  }
  if (names.length === 0) Object.freeze(variant);
  knownFields.set(variant, { names, tag: name });
  define(scope, name, variant, { from: -1 });
  type[name] = variant;
}
