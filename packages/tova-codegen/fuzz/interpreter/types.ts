// Type declarations and `impl` → constructors, variants and methods (spec 6).
import type { ast } from "tova-parser";
import { makeFunction } from "./functions";
import { define, find, type Scope } from "./scope";
import { Unknown } from "./steps";

interface Fields {
  readonly names: readonly string[];
  /** Whether a value is known by its prototype, not by a tag. */
  readonly record: boolean;
}

const knownFields = new WeakMap<object, Fields>();

/** The fields of a record's constructor, a variant's constructor or a variant without fields. */
export function fieldsOf(value: unknown): Fields | undefined {
  const isKey = (typeof value === "object" && value !== null) || typeof value === "function";
  return isKey ? knownFields.get(value) : undefined;
}

const builtIn = new Set(
  "String Int Float Bool List Map Set Option Result Any Nil Void Number Array Object Promise Tuple".split(
    " ",
  ),
);

/** Defines a type and its variants; an alias defines nothing. */
export function defineType(scope: Scope, node: ast.TypeDeclaration): void {
  const { alias, variants, fields, name } = node;
  const isEnum =
    alias.length > 1 &&
    alias.every((each) => each.name && /^\p{Lu}/u.test(each.name) && !builtIn.has(each.name));
  if (variants.length > 0 || isEnum) {
    const type = makeType(name.name);
    define(scope, name.name, type, { from: -1 });
    for (const variant of variants) defineVariant(scope, type, variant.name, namesOf(variant));
    for (const each of isEnum ? alias : []) defineVariant(scope, type, each.name ?? "", []);
  } else if (alias.length === 0) {
    const names = fields.map((field) => field.name);
    define(scope, name.name, makeRecord(name.name, names), { from: -1 });
  }
}

type Constructor = { prototype: object; [name: string]: unknown };

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

function makeRecord(name: string, names: readonly string[]): unknown {
  function Record(...args: unknown[]): unknown {
    return fill(Object.create(Record.prototype), names, args);
  }
  Object.defineProperty(Record, "name", { value: name });
  knownFields.set(Record, { names, record: true });
  return Record;
}

function fill(value: object, names: readonly string[], args: readonly unknown[]): object {
  for (const [i, name] of names.entries()) setOwn(value, name, args[i]);
  return value;
}

function makeType(name: string): Constructor {
  function Type(): void {}
  Object.defineProperty(Type, "name", { value: name });
  knownFields.set(Type, { names: [], record: true });
  return Type as unknown as Constructor;
}

function defineVariant(
  scope: Scope,
  type: Constructor,
  name: string,
  names: readonly string[],
): void {
  const tagged = () => setOwn(Object.create(type.prototype), "__tag", name);
  const make = (...args: unknown[]) => fill(tagged(), names, args);
  const variant = names.length === 0 ? Object.freeze(tagged()) : make;
  knownFields.set(variant, { names, record: false });
  define(scope, name, variant, { from: -1 });
  type[name] = variant;
}

/** Adds methods to the values of a type, and functions to the type itself. */
export function defineMethods(scope: Scope, node: ast.Impl): void {
  const type = find(scope, node.type.name, node.from)?.value as Constructor | undefined;
  if (!type) throw new Unknown(`impl of ${node.type.name}`);
  for (const { name, params, body, async, ...rest } of node.methods) {
    if (!body) continue;
    const self = params[0]?.target;
    const method = self?.kind === "Name" && self.name === "self";
    const definition = { node: { ...rest, params, body }, async, params, body, method };
    const made = makeFunction(scope, definition);
    (method ? (type.prototype as Constructor) : type)[name.name] = made;
  }
}
