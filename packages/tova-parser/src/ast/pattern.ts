// Patterns of the typed tree: of bindings (spec 3) and of match arms (spec 7).
import type { Expression, StringLiteral } from "./expression";
import type { Name, Node } from "./node";

export interface ObjectPattern extends Node<"ObjectPattern"> {
  readonly entries: readonly ObjectPatternEntry[];
}
export interface ObjectPatternEntry extends Node<"ObjectPatternEntry"> {
  /** Null for `...rest`. */
  readonly key: string | null;
  readonly binding: Name;
  readonly fallback: Expression | null;
}
export interface ArrayPattern extends Node<"ArrayPattern"> {
  readonly entries: readonly ArrayPatternEntry[];
}
export interface ArrayPatternEntry extends Node<"ArrayPatternEntry"> {
  readonly binding: Name;
  readonly rest: boolean;
  readonly fallback: Expression | null;
}
/** A flat pattern of a binding, parameter or loop variable. */
export type BindingPattern = ObjectPattern | ArrayPattern;

export interface NamePattern extends Node<"NamePattern"> {
  readonly name: string;
}
export interface VariantPattern extends Node<"VariantPattern"> {
  /** What stands first in `Shape.Circle(r)`: a type, or the namespace of a module. */
  readonly owner: Name | null;
  /** Names between the first and the last of a longer path. */
  readonly through: readonly string[];
  readonly name: string;
  readonly fields: readonly (MatchPattern | RestPattern)[];
}
export interface LiteralPattern extends Node<"LiteralPattern"> {
  readonly value: Expression;
}
export interface RangePattern extends Node<"RangePattern"> {
  readonly start: Expression;
  readonly end: Expression;
  readonly inclusive: boolean;
}
export interface PrefixPattern extends Node<"PrefixPattern"> {
  readonly prefix: StringLiteral;
  readonly rest: Name;
}
export interface ListPattern extends Node<"ListPattern"> {
  readonly elements: readonly (MatchPattern | RestPattern)[];
}
export interface RestPattern extends Node<"RestPattern"> {
  readonly binding: Name;
}
export interface AlternativePattern extends Node<"AlternativePattern"> {
  readonly options: readonly MatchPattern[];
}
export type MatchPattern =
  | NamePattern
  | VariantPattern
  | LiteralPattern
  | RangePattern
  | PrefixPattern
  | ListPattern
  | AlternativePattern;
