// The state of one walk over a worker's code, and the ways to define and use a name in it.
import type { ast, SourceRange } from "tova-parser";
import type { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import { nodeOnly } from "../generated/runtime";
import type { ModuleLinks } from "../model/modules";
import { isImplicitFunction } from "./implicit";
import { memberForms } from "./member-forms";
import { isForeignWord } from "./name-variables";
import { calledBy, isNoFunction } from "./no-function";
import type { FunctionScope, Scope, Variable } from "./scope";

const camel = (name: string): string =>
  name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Names of the library that no worker has, in both spellings. */
const needsNode = new Set(nodeOnly.flatMap((name) => [name, camel(name)]));

/** What an object pattern gives to a name. */
export interface Part {
  /** The member that it is. */
  readonly key: string;
  /** The object that the pattern takes apart. */
  readonly object: ast.Expression;
}

/** What the walk of one worker carries; `at` is where it stands. */
export interface Walk {
  readonly variables: Map<object, Variable>;
  readonly declares: Set<object>;
  readonly functions: Map<object, FunctionScope>;
  readonly values: Map<Variable, ast.Expression>;
  readonly parts: Map<Variable, Part>;
  readonly implicit: Set<object>;
  readonly free: Set<string>;
  readonly extended: Set<string>;
  readonly uses: Map<ast.Statement | null, Set<Variable>>;
  readonly all: Variable[];
  /** Variables inside the value of another one of the same name. */
  readonly inside: Set<Variable>;
  readonly declarations: Map<Variable, ast.TypeDeclaration>;
  readonly findings: Findings;
  readonly isBuiltin: (name: string) => boolean;
  readonly inWorker: boolean;
  /** Parts of printed texts that are styles. */
  readonly styles: Set<object>;
  /** Unknown decorators reported. */
  readonly decorators: Set<string>;
  readonly modules: ModuleLinks;
  /** Whether the word `it` stands anywhere in the file. */
  readonly mentionsIt: boolean;
  /** Where the names of functions start that a pipe gives their first argument. */
  readonly piped: Set<number>;
  /** Variants that came with the import of their type, by type and tag. */
  readonly companions: Map<Variable, ReadonlyMap<string, Variable>>;
  /** Function bodies wait until the scopes around them are complete. */
  readonly pending: (() => void)[];
  /** The module-level statement being walked; null in the roots. Set by {@link enterTop}. */
  top: ast.Statement | null;
  /** What it uses. */
  used: Set<Variable>;
}

/** Turns to a module-level statement, or with null to the roots. */
export function enterTop(walk: Walk, top: ast.Statement | null): void {
  if (walk.top === top) return;
  walk.top = top;
  const known = walk.uses.get(top);
  walk.used = known ?? new Set();
  if (!known) walk.uses.set(top, walk.used);
}

export interface Place {
  readonly scope: Scope;
  /** Enclosing loops by label; null for one without. */
  readonly loops: readonly (string | null)[];
  /** In a pattern: names that earlier alternatives bind. */
  readonly alternatives?: ReadonlySet<Variable>;
}

export interface Definition {
  readonly name: string;
  readonly kind: Variable["kind"];
  readonly range: SourceRange;
  /** @default in its whole scope */
  readonly since?: number | null;
  readonly fields?: readonly string[];
  readonly variantOf?: Variable | null;
  /** @default the name */
  readonly tag?: string;
  readonly family?: string | null;
  readonly function?: FunctionScope;
}

/**
 * The definition of a name where it stands.
 * @param since from where on it holds; null in its whole scope
 */
export const named = (
  name: ast.Name | ast.Identifier,
  kind: Definition["kind"],
  since: number | null = null,
): Definition => ({ name: name.name, kind, range: name, since });

/** Defines a name in a scope. */
export function define(walk: Walk, scope: Scope, node: object, definition: Definition): Variable {
  const variable: Variable = {
    name: definition.name,
    kind: definition.kind,
    range: definition.range,
    owner: scope.owner,
    js: definition.name,
    hides: scope.find(definition.name),
    since: definition.since ?? null,
    fields: definition.fields ?? [],
    tag: definition.tag ?? definition.name,
    family: definition.family ?? null,
    variantOf: definition.variantOf ?? null,
    function: definition.function ?? null,
    ownNew: false,
    reads: 0,
    asValue: false,
    writes: 0,
  };
  // A definition that lacks its name is a mistake that has been told.
  if (definition.name !== "_" && definition.name !== "") {
    const earlier = scope.names.get(definition.name);
    if (earlier && definition.kind !== "binding") reportTwice(walk, earlier, definition);
    scope.set(definition.name, variable);
  }
  walk.variables.set(node, variable);
  walk.all.push(variable);
  return variable;
}

/** What a kind of variable is called in a sentence. */
const kinds: Readonly<Record<Variable["kind"], string>> = {
  const: "a variable",
  var: "a variable",
  parameter: "a variable",
  binding: "a binding",
  function: "a function",
  extern: "a function",
  import: "imported",
  record: "a type",
  type: "a type",
  alias: "a type",
  test: "a refinement",
  refinement: "a type",
  variant: "a variant",
  trait: "a trait",
};

const isVariable = (kind: Variable["kind"]): boolean => kinds[kind] === kinds.var;

/** Two definitions of one sort are one too many; a variable and something else are a mix-up. */
function reportTwice(walk: Walk, earlier: Variable, { name, kind, range }: Definition): void {
  const sentence = { name, before: kinds[earlier.kind], now: kinds[kind] };
  const mixed = isVariable(earlier.kind) !== isVariable(kind);
  walk.findings.report(
    range,
    mixed ? codes.redefinition(sentence) : codes.duplicateDefinition({ name }),
  );
}

/** Whether a name gets its value only behind the functions around, which run where they stand. */
function isNotYet({ owner, since }: Variable, inside: FunctionScope): boolean {
  let at: number | null = null;
  let around: FunctionScope | null = inside;
  for (; around && around !== owner; around = around.parent) {
    if (around.runsAt === null) return false;
    at = around.runsAt;
  }
  return since !== null && at !== null && at < since;
}

/**
 * What a name stands for; in a function that is an argument of a call what it does there, although
 * the code around gives it another meaning further down: `map(rows, fn(row) len(row))`, then
 * `len = …`. A function of that name may be meant, as the call may keep its argument for later.
 */
function find(walk: Walk, scope: Scope, name: string): Variable | null {
  const variable = scope.find(name);
  if (!variable || !isNotYet(variable, scope.owner)) return variable;
  if (walk.values.get(variable)?.kind === "Lambda") return variable;
  return variable.hides ?? (walk.isBuiltin(name) ? null : variable);
}

/** Notes that a name is used; returns what it stands for. */
export function use(walk: Walk, scope: Scope, node: SourceRange, name: string): Variable | null {
  return note(walk, scope, node, name, find(walk, scope, name));
}

/**
 * Notes that a name is called. What is certainly no function is not meant by functions above it,
 * where something else has its name: `fn g(x) { max(x, 3) }`, then `max = 4`. Nor is what such a
 * function makes.
 */
export function useCalled(walk: Walk, scope: Scope, node: ast.Identifier): void {
  const { name, from } = node;
  const found = find(walk, scope, name);
  const isLater = found !== null && found.since !== null && found.since > from;
  const value = isLater ? walk.values.get(found) : undefined;
  const isOther = found?.hides || walk.isBuiltin(name);
  const isUnmeant =
    value &&
    isOther &&
    (isNoFunction(value, (at) => !walk.variables.has(at)) || isMadeBy(value, scope));
  note(walk, scope, node, name, found && isUnmeant ? found.hides : found);
}

/** Whether a function around makes the value: `fn area(xs) { count(xs) }`, then `count = area(list)`. */
function isMadeBy(value: ast.Expression, scope: Scope): boolean {
  const name = calledBy(value)?.name;
  const maker = name === undefined ? null : (scope.find(name)?.function ?? null);
  let around: FunctionScope | null = maker && scope.owner;
  // Functions that are arguments run where they stand, any other may be kept for later.
  while (around && around !== maker && around.runsAt !== null) around = around.parent;
  return maker !== null && around === maker;
}

function note(
  walk: Walk,
  scope: Scope,
  node: SourceRange,
  name: string,
  variable: Variable | null,
): Variable | null {
  if (!variable) {
    if (isForeignWord(name)) walk.findings.report(node, codes.reservedByHost({ name }));
    if (needsNode.has(name)) walk.findings.report(node, codes.nodeOnly({ name }));
    walk.free.add(name);
    return null;
  }
  if (variable.kind === "binding" && walk.top !== null && scope.owner.parent === null) {
    reportAtLoad(walk, scope, node, name);
  }
  variable.reads++;
  walk.variables.set(node, variable);
  walk.used.add(variable);
  return variable;
}

/** `consume(Q, fn(messages) …)`: the member that the call was to be is told of, once. */
function reportAtLoad(
  { findings, top, isBuiltin }: Walk,
  scope: Scope,
  node: SourceRange,
  name: string,
) {
  const call = top?.kind === "ExpressionStatement" ? top.expression : null;
  const callee = call?.kind === "Call" && call.callee.kind === "Identifier" ? call.callee : null;
  const word = callee?.name ?? "";
  const form = memberForms.get(word);
  if (!callee || form === undefined || scope.find(word) || isBuiltin(word)) {
    return findings.report(node, codes.bindingAtLoad({ name }));
  }
  findings.report(callee, codes.memberAtLoad({ word, name, form }));
}

/** Counts what a part kept as text may use; no worker comes to need it by that. */
export function countMentions(scope: Scope, part: ast.Unsupported): void {
  for (const name of part.mentions) {
    const variable = scope.find(name);
    if (variable) variable.reads++;
  }
}

/** Walks a function's inside later, when all names around it are known. */
export function later(walk: Walk, body: () => void): void {
  const { top } = walk;
  walk.pending.push(() => {
    enterTop(walk, top);
    body();
  });
}

/** Walks what waits, until nothing does. */
export function settle(walk: Walk): void {
  // What waits may add more.
  for (let next = 0; next < walk.pending.length; next++) walk.pending[next]?.();
  walk.pending.length = 0;
}

/** Whether an argument becomes `it => …` here. */
export function becomesFunction(
  walk: Walk,
  scope: Scope,
  call: ast.Call,
  argument: ast.Argument,
): boolean {
  if (!walk.mentionsIt) return false;
  const outer = scope.find("it");
  const within = outer !== null && walk.variables.get(outer.owner) === outer;
  if (outer && !within) return false;
  const isBuiltin = (name: string) => !find(walk, scope, name) && walk.isBuiltin(name);
  return isImplicitFunction(call, argument, { isBuiltin, piped: walk.piped }, { within });
}
