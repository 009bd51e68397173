// Expressions of the typed tree (spec 2, 5).
import type { Identifier, Name, Node } from "./node";
import type { MatchPattern } from "./pattern";
import type { Assignment, Block, CompoundAssignment, ForBinding, Parameter } from "./statement";

export interface NumberLiteral extends Node<"Number"> {
  /** JavaScript text of the number: separators removed. */
  readonly text: string;
}
export interface StringLiteral extends Node<"String"> {
  /** Decoded text and interpolated expressions, in order; adjacent texts are joined. */
  readonly parts: readonly (string | Expression)[];
}
export interface BooleanLiteral extends Node<"Boolean"> {
  readonly value: boolean;
}
export type NilLiteral = Node<"Nil">;
export interface RegExpLiteral extends Node<"RegExp"> {
  readonly text: string;
}
export interface ArrayLiteral extends Node<"Array"> {
  readonly elements: readonly (Expression | Spread)[];
}
export interface ObjectLiteral extends Node<"Object"> {
  readonly properties: readonly (Property | Spread)[];
}
export interface Property extends Node<"Property"> {
  /** A name, a quoted or numeric key (both as text), or a computed key. */
  readonly key: Name | StringLiteral | NumberLiteral | Expression;
  readonly computed: boolean;
  /** Null for the shorthand `{ a }`. */
  readonly value: Expression | null;
}
export interface Spread extends Node<"Spread"> {
  readonly argument: Expression;
}
export interface Conditional extends Node<"If"> {
  readonly branches: readonly { readonly test: Expression; readonly body: Block }[];
  readonly otherwise: Block | null;
}
export interface Match extends Node<"Match"> {
  readonly subject: Expression;
  readonly arms: readonly MatchArm[];
}
export interface MatchArm extends Node<"MatchArm"> {
  readonly pattern: MatchPattern;
  readonly guard: Expression | null;
  readonly body: Block | Expression;
}
export interface Lambda extends Node<"Lambda"> {
  readonly params: readonly Parameter[];
  /** A statement only for `fn(x) total += x` (spec 3). */
  readonly body: Block | Expression | Assignment | CompoundAssignment;
  readonly async: boolean;
}
export interface Unary extends Node<"Unary"> {
  readonly operator: "not" | "-" | "~";
  readonly operand: Expression;
}
export interface Await extends Node<"Await"> {
  readonly argument: Expression;
}
export interface Yield extends Node<"Yield"> {
  readonly argument: Expression | null;
  readonly delegate: boolean;
}
export interface Binary extends Node<"Binary"> {
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}
/** `a < b <= c`: each operand is evaluated once (spec 2). */
export interface Comparison extends Node<"Comparison"> {
  readonly operands: readonly Expression[];
  readonly operators: readonly string[];
}
export interface Membership extends Node<"Membership"> {
  readonly left: Expression;
  readonly right: Expression;
  readonly negated: boolean;
}
export interface TypeTest extends Node<"TypeTest"> {
  readonly value: Expression;
  readonly type: string;
  readonly negated: boolean;
}
export interface Range extends Node<"Range"> {
  readonly start: Expression;
  readonly end: Expression;
  readonly inclusive: boolean;
}
export interface Pipe extends Node<"Pipe"> {
  readonly left: Expression;
  readonly right: Expression;
}
export interface Member extends Node<"Member"> {
  /** Null for `.name`, which stands for a member of a pipe's left side (spec 5.4). */
  readonly object: Expression | null;
  readonly property: Name;
  readonly optional: boolean;
}
export interface Call extends Node<"Call"> {
  readonly callee: Expression;
  readonly args: readonly Argument[];
  /** True for `f?.(x)`, which gives nothing where `f` is nil. */
  readonly optional: boolean;
}
export type Argument = Expression | Spread | NamedArgument;
export interface NamedArgument extends Node<"NamedArgument"> {
  readonly name: string;
  readonly value: Expression;
}
export interface Index extends Node<"Index"> {
  readonly object: Expression;
  readonly index: Expression;
  readonly optional: boolean;
}
export interface Slice extends Node<"Slice"> {
  readonly object: Expression;
  readonly start: Expression | null;
  readonly end: Expression | null;
  readonly step: Expression | null;
}
export interface Propagate extends Node<"Propagate"> {
  readonly operand: Expression;
}
export interface Comprehension extends Node<"Comprehension"> {
  /** Null for an array comprehension. */
  readonly key: Expression | null;
  readonly value: Expression;
  readonly binding: ForBinding;
  readonly iterable: Expression;
  readonly condition: Expression | null;
}
/** Stands where an expression is missing; a syntax error has been reported there. */
export type Missing = Node<"Missing">;

export type Expression =
  | Identifier
  | NumberLiteral
  | StringLiteral
  | BooleanLiteral
  | NilLiteral
  | RegExpLiteral
  | ArrayLiteral
  | ObjectLiteral
  | Conditional
  | Match
  | Lambda
  | Unary
  | Await
  | Yield
  | Binary
  | Comparison
  | Membership
  | TypeTest
  | Range
  | Pipe
  | Member
  | Call
  | Index
  | Slice
  | Propagate
  | Comprehension
  | Missing;
