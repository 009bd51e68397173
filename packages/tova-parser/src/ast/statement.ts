// Statements of the typed tree (spec 3, 4, 8, 9).
import type { Expression, StringLiteral } from "./expression";
import type { Name, Node } from "./node";
import type { BindingPattern } from "./pattern";
import type { Statement, TypeExpression } from "./type";

export interface Block extends Node<"Block"> {
  readonly body: readonly Statement[];
}
export interface ExpressionStatement extends Node<"ExpressionStatement"> {
  readonly expression: Expression;
}
export interface Assignment extends Node<"Assignment"> {
  /** Names, members, indexes, or one pattern. */
  readonly targets: readonly (Expression | BindingPattern)[];
  readonly values: readonly Expression[];
}
export interface CompoundAssignment extends Node<"CompoundAssignment"> {
  readonly operator: string;
  readonly target: Expression;
  readonly value: Expression;
}
export interface VarDeclaration extends Node<"Var"> {
  readonly targets: readonly (Name | BindingPattern)[];
  readonly values: readonly Expression[];
}
export interface Parameter extends Node<"Parameter"> {
  readonly target: Name | BindingPattern;
  readonly rest: boolean;
  readonly fallback: Expression | null;
  readonly type: TypeExpression | null;
}
export interface FunctionDeclaration extends Node<"Function"> {
  readonly name: Name;
  readonly params: readonly Parameter[];
  /** After `->`. */
  readonly returns: TypeExpression | null;
  readonly body: Block;
  readonly async: boolean;
  /** `@name` before it, the `@` in the range. */
  readonly decorators: readonly Name[];
}
export interface Return extends Node<"Return"> {
  readonly value: Expression | null;
}
export interface Throw extends Node<"Throw"> {
  readonly value: Expression;
}
export interface Jump extends Node<"Break" | "Continue"> {
  readonly label: string | null;
}
export type ForBinding = readonly [Name | BindingPattern] | readonly [Name, Name | BindingPattern];
export interface For extends Node<"For"> {
  readonly label: string | null;
  readonly async: boolean;
  readonly binding: ForBinding;
  readonly iterable: Expression;
  readonly condition: Expression | null;
  readonly body: Block;
  readonly otherwise: Block | null;
}
/** `while test { }`, or `loop { }` where the test is null. */
export interface While extends Node<"While"> {
  readonly label: string | null;
  readonly test: Expression | null;
  readonly body: Block;
}
export interface Guard extends Node<"Guard"> {
  readonly test: Expression;
  readonly otherwise: Block;
}
export interface Try extends Node<"Try"> {
  readonly body: Block;
  readonly error: Name | null;
  readonly handler: Block | null;
  readonly finalizer: Block | null;
}
export interface Defer extends Node<"Defer"> {
  readonly body: Block | Expression;
}
export interface With extends Node<"With"> {
  readonly resource: Expression;
  readonly name: Name;
  readonly body: Block;
}
export interface Import extends Node<"Import"> {
  readonly from_: StringLiteral;
  readonly fallback: Name | null;
  readonly namespace: Name | null;
  readonly names: readonly { readonly imported: Name; readonly local: Name }[];
}
export interface Export extends Node<"Export"> {
  /** `pub fn …`, `export x = …`. */
  readonly declaration: Statement | null;
  /** `export default …`. */
  readonly fallback: Expression | null;
  /** `pub { a as b } [from "m"]`. */
  readonly names: readonly { readonly local: Name; readonly exported: Name }[];
  /** `pub * [as ns] from "m"`. */
  readonly all: boolean;
  readonly namespace: Name | null;
  readonly from_: StringLiteral | null;
}
/** `let`, `mut`: not of the language, read only to explain what to write instead. */
export type Foreign = Node<"Foreign">;
export interface Extern extends Node<"Extern"> {
  readonly name: Name;
}
/** A construct outside this toolchain (spec 10), kept as text. */
export interface Unsupported extends Node<"Unsupported"> {
  /** Its keyword, as written. */
  readonly construct: string;
  /** Names that it would define for the code after it. */
  readonly defines: readonly string[];
  /** Every word in it, as it may use what it does not define. */
  readonly mentions: ReadonlySet<string>;
}
