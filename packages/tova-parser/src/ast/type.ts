// Types of the typed tree (spec 6).
import type { Expression } from "./expression";
import type { Name, Node } from "./node";
import type {
  Assignment,
  Block,
  CompoundAssignment,
  Defer,
  Export,
  ExpressionStatement,
  Extern,
  For,
  Foreign,
  FunctionDeclaration,
  Guard,
  Import,
  Jump,
  Parameter,
  Return,
  Throw,
  Try,
  Unsupported,
  VarDeclaration,
  While,
  With,
} from "./statement";

export interface TypeExpression extends Node<"Type"> {
  /** Source text, without what surrounds it. */
  readonly text: string;
  /** The name of a plain named type, or null. */
  readonly name: string | null;
  readonly form: TypeForm;
}
/** What a type expression is made of. */
export type TypeForm =
  /** `Name` and `Name<A, B>`; `nil` is named `Nil`. */
  | { readonly kind: "name"; readonly name: string; readonly args: readonly TypeExpression[] }
  | { readonly kind: "array"; readonly element: TypeExpression | null }
  | { readonly kind: "tuple" | "union"; readonly members: readonly TypeExpression[] }
  | { readonly kind: "function" };
export interface Field extends Node<"Field"> {
  readonly name: string;
  readonly type: TypeExpression | null;
  /** Of `{ required, min(2) }` behind the type. */
  readonly rules: readonly FieldRule[];
}
/** `required`, `min(2)` or `min: 2`. */
export interface FieldRule extends Node<"FieldRule"> {
  /** Empty for anything else. */
  readonly name: string;
  readonly args: readonly Expression[];
}
export interface Variant extends Node<"Variant"> {
  readonly name: string;
  readonly fields: readonly Field[];
}
export interface TypeDeclaration extends Node<"TypeDeclaration"> {
  readonly name: Name;
  /** `T` of `type Box<T>`. */
  readonly params: readonly Name[];
  readonly fields: readonly Field[];
  readonly variants: readonly Variant[];
  /** The members of `= A | B`; the single name of an alias; empty for a body. */
  readonly alias: readonly TypeExpression[];
  readonly refinement: Block | null;
  readonly derives: readonly Name[];
}
export interface Method extends Node<"Method"> {
  readonly name: Name;
  readonly params: readonly Parameter[];
  /** After `->`. */
  readonly returns: TypeExpression | null;
  /** Null for a signature. */
  readonly body: Block | null;
  readonly async: boolean;
}
export interface Impl extends Node<"Impl"> {
  readonly type: Name;
  readonly trait: Name | null;
  readonly methods: readonly Method[];
}
export interface Trait extends Node<"Trait"> {
  readonly name: Name;
  readonly methods: readonly Method[];
}

export type Statement =
  | ExpressionStatement
  | Assignment
  | CompoundAssignment
  | VarDeclaration
  | FunctionDeclaration
  | TypeDeclaration
  | Impl
  | Trait
  | Return
  | Throw
  | Jump
  | For
  | While
  | Guard
  | Try
  | Defer
  | With
  | Import
  | Export
  | Foreign
  | Extern
  | Unsupported;
