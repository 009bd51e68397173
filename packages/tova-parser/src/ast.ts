// The typed syntax tree: what `read` makes of a Lezer tree and every later stage works on.

/** A half-open range of UTF-16 offsets in the source text. */
export interface SourceRange {
  readonly from: number;
  readonly to: number;
}

interface Node<Kind extends string> extends SourceRange {
  readonly kind: Kind;
}

// ── Names ──────────────────────────────────────────────────────────

/** A name in the source: a definition, a property, a label. */
export interface Name extends Node<"Name"> {
  readonly name: string;
}

/** A use of a variable. */
export interface Identifier extends Node<"Identifier"> {
  readonly name: string;
}

// ── Expressions (spec 2, 5) ────────────────────────────────────────

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

// ── Patterns (spec 3, 7) ───────────────────────────────────────────

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

// ── Statements (spec 3, 4, 8, 9) ───────────────────────────────────

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
  readonly body: Block;
  readonly async: boolean;
  readonly decorators: readonly string[];
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
export type ForBinding = readonly [Name | BindingPattern] | readonly [Name, Name];
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
}

// ── Types (spec 6) ─────────────────────────────────────────────────

export interface TypeExpression extends Node<"Type"> {
  /** Source text, without what surrounds it. */
  readonly text: string;
  /** The name of a plain named type, or null. */
  readonly name: string | null;
}
export interface Field extends Node<"Field"> {
  readonly name: string;
  readonly type: TypeExpression | null;
}
export interface Variant extends Node<"Variant"> {
  readonly name: string;
  readonly fields: readonly Field[];
}
export interface TypeDeclaration extends Node<"TypeDeclaration"> {
  readonly name: Name;
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

// ── Program structure (spec 10-12) ─────────────────────────────────

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
