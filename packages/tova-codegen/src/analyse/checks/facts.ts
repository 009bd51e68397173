// What the checks of one stretch of code know: names, declarations, values of immutable names.
import type { ast } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import type { Nearest } from "../../diagnostics/nearest";
import type { BindingKind } from "../../model/program";
import type { FunctionOf } from "../handler-function";
import type { Resolution } from "../resolve";
import type { FunctionScope, Variable } from "../scope";
import type { Known } from "./known";
import type { Mentions } from "./mentions";

/** The declarations of a program that have no value of their own, by name. */
export interface Declarations {
  readonly types: ReadonlyMap<string, ast.TypeDeclaration>;
  readonly traits: ReadonlyMap<string, ast.Trait>;
  /** Names of methods by the type they are for. */
  readonly methods: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names of methods that an earlier `impl` gave the same type, or the same one. */
  readonly repeated: ReadonlySet<ast.Name>;
  /** How many `impl` these names are from. */
  readonly impls: number;
  /** Whether the file imports, so that types may come from elsewhere. */
  readonly imports: boolean;
  /** Names that mean something in code although no resolution has them: of other blocks, `extern`. */
  readonly elsewhere: ReadonlySet<string>;
}

export interface Facts extends Declarations {
  readonly source: string;
  readonly resolution: Resolution;
  readonly findings: Findings;
  /** What kind of store or queue a binding is. */
  readonly stores: ReadonlyMap<Variable, BindingKind>;
  /** The expression that an immutable name, or at first a `var`, stands for. */
  readonly values: Map<Variable, ast.Expression>;
  /** What is certain of the value of an immutable name; null for nothing. */
  readonly inferred: Map<Variable, Known | null>;
  readonly annotations: Map<Variable, ast.TypeExpression>;
  readonly functions: Map<FunctionScope, ast.FunctionDeclaration>;
  readonly functionOf: FunctionOf;
  /** Definitions that a warning about unused names may be for. */
  readonly defined: Definition[];
  /** Members and places that are assigned to, and so may be new, or of which is asked whether they are. */
  readonly assigned: Set<ast.Expression>;
  /** The names whose parts these are. */
  readonly changed: Set<Variable>;
  /** The requests that handlers and middleware get. */
  readonly requests: Set<Variable>;
  /** Names of a path's parameters in the pattern of a handler. */
  readonly parameters: Set<Variable>;
  /** Calls that get the left side of a pipe as their first argument. */
  readonly piped: Set<ast.Expression>;
  /** Names of immutable values that got parts by keys which are computed. */
  readonly extended: Set<Variable>;
  /** What the text of the whole file says. */
  readonly mentions: Mentions;
  /** The fields of all variants of a type. */
  readonly variantFields: (type: Variable) => readonly string[];
  /** All names that the program defines here. */
  readonly names: () => ReadonlySet<string>;
  /** For a name that nothing defines: the closest one of the program or, of names, a builtin. */
  readonly nearest: { readonly name: Nearest; readonly type: Nearest; readonly trait: Nearest };
}

export interface Definition {
  readonly node: ast.Name | ast.Identifier;
  readonly kind: "variable" | "function" | "import";
}

/** The variable that an identifier, pattern or definition stands for. */
export const variableOf = (facts: Facts, node: object): Variable | undefined =>
  facts.resolution.variables.get(node);

/** What an immutable name stands for, as far as the code before tells. */
export const constantValue = (
  facts: Facts,
  variable: Variable | undefined,
): ast.Expression | undefined =>
  variable?.kind === "const" ? facts.values.get(variable) : undefined;

/** True when an identifier means a name of the library or host, not of the program. */
export function isGlobal(facts: Facts, node: ast.Expression, name: string): boolean {
  return node.kind === "Identifier" && node.name === name && !variableOf(facts, node);
}

/** What a check does at the nodes of a kind. */
export type Checks = { readonly [Kind in NodeKind]?: (facts: Facts, node: NodeOf<Kind>) => void };
type CheckedNode = ast.Expression | ast.Statement | ast.Block;
export type NodeKind = CheckedNode["kind"];
export type NodeOf<Kind extends NodeKind> = Extract<CheckedNode, { readonly kind: Kind }>;
