// The structure of a file in the typed tree: edge and security blocks (spec 10-12).
import type { Expression, StringLiteral } from "./expression";
import type { Name, Node, SourceRange } from "./node";
import type { Block, FunctionDeclaration } from "./statement";
import type { Statement, TypeExpression } from "./type";

/** `key: value` of an edge block, a binding, `cors { }`. */
export interface ConfigEntry extends Node<"ConfigEntry"> {
  readonly key: Name;
  readonly value: Expression;
}
export interface BindingMember extends Node<"BindingMember"> {
  readonly binding: "kv" | "sql" | "storage" | "queue";
  readonly name: Name;
  readonly config: readonly ConfigEntry[];
}
export interface EnvMember extends Node<"EnvMember"> {
  readonly name: Name;
  readonly fallback: Expression | null;
}
export interface SecretMember extends Node<"SecretMember"> {
  readonly name: Name;
}
export interface CorsMember extends Node<"CorsMember"> {
  readonly config: readonly ConfigEntry[];
}
export interface HealthMember extends Node<"HealthMember"> {
  readonly path: StringLiteral;
  readonly checks: readonly Name[];
}
export interface OnErrorMember extends Node<"OnErrorMember"> {
  readonly handler: Expression;
}
export interface MiddlewareMember extends Node<"MiddlewareMember"> {
  readonly declaration: FunctionDeclaration;
}
export interface RouteMember extends Node<"RouteMember"> {
  readonly method: Name;
  readonly path: StringLiteral;
  readonly bodyType: TypeExpression | null;
  readonly decorators: readonly Name[];
  readonly handler: Expression;
}
export interface RouteGroup extends Node<"RouteGroup"> {
  readonly prefix: StringLiteral;
  readonly members: readonly EdgeMember[];
}
export interface ScheduleMember extends Node<"ScheduleMember"> {
  readonly name: StringLiteral;
  readonly cron: StringLiteral;
  readonly body: Block;
}
export interface ConsumeMember extends Node<"ConsumeMember"> {
  readonly queue: Name;
  readonly config: readonly ConfigEntry[];
  readonly handler: Expression;
}
export type EdgeMember =
  | ConfigEntry
  | BindingMember
  | EnvMember
  | SecretMember
  | CorsMember
  | HealthMember
  | OnErrorMember
  | MiddlewareMember
  | RouteMember
  | RouteGroup
  | ScheduleMember
  | ConsumeMember
  | Statement;
export interface SharedBlock extends Node<"SharedBlock"> {
  readonly body: readonly Statement[];
}
export interface EdgeBlock extends Node<"EdgeBlock"> {
  readonly name: StringLiteral | null;
  readonly members: readonly EdgeMember[];
  /** The header: `edge "api"`. */
  readonly header: SourceRange;
}
export interface SecurityRule extends Node<"SecurityRule"> {
  readonly rule: Name;
  /** `jwt`, `Editor`, `"/admin/*"`, `Account.iban`. */
  readonly subject: string | null;
  readonly config: readonly ConfigEntry[];
  readonly flag: boolean | null;
}
export interface SecurityBlock extends Node<"SecurityBlock"> {
  readonly rules: readonly SecurityRule[];
}
export type TopItem = SharedBlock | EdgeBlock | SecurityBlock | Statement;

/** A whole source file. */
export interface SourceFile extends Node<"SourceFile"> {
  readonly items: readonly TopItem[];
}
