// The shape that the JSON of a request's body must have, as data that a worker carries.
import type { ast } from "tova-parser";

/** A built-in type by name, a declared one by its place in the table, or what it is made of. */
export type Schema =
  | string
  | readonly ["type", name: string]
  /** A type of another module, by its name here. */
  | readonly ["import", name: string]
  | readonly ["list" | "map", element: Schema]
  | Members
  | readonly ["record", fields: Fields]
  | readonly ["variants", byTag: Readonly<Record<string, Fields>>]
  /** What a field's `{ required, min(2) }` asks beside its type. */
  | readonly ["rules", of: Schema, rules: readonly Rule[]]
  /** A refined type: what it refines, and its declaration. */
  | readonly ["where", of: Schema, type: ast.TypeDeclaration];

/** `["union", "Int", "Nil"]`, `["tuple", "Int", "String"]`. */
export interface Members extends ReadonlyArray<Schema> {
  readonly 0: "union" | "tuple";
}

/** By name of the field. */
export interface Fields {
  readonly [name: string]: Schema;
}

/** One rule of a field. */
export interface Rule {
  readonly rule: RuleName;
  /** A number, texts, or the source of a regular expression. */
  readonly args: readonly (number | string | boolean | { readonly source: string })[];
}

/** The rules that a field may have. */
export const ruleNames = [
  ...(["required", "min", "max", "length", "pattern", "one_of", "email", "url", "uuid"] as const),
] as const;

export type RuleName = (typeof ruleNames)[number];

/** Made by `analyse/body.ts`, written into the worker by `emit/body.ts`. */
export interface BodySchema {
  readonly root: Schema;
  readonly types: Readonly<Record<string, Schema>>;
  /** The refined types in it: a worker needs their conditions. */
  readonly refined: readonly ast.TypeDeclaration[];
  /** The imported types in it, by the names that imports give them. */
  readonly imported: readonly ast.Name[];
}

/** What a module offers to importers that check bodies against its types. */
export interface BodyExports {
  /** By exported name, of types that the module declares or imports. */
  readonly own: ReadonlyMap<string, BodySchema>;
  /** Of types that it only passes on. */
  readonly passed: readonly {
    readonly specifier: string;
    /** As the other module exports it. */
    readonly name: string;
    readonly exported: string;
  }[];
}
