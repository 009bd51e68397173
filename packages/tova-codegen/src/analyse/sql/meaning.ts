// An expression of a worker → the texts, databases or prepared statements that it may stand for.
import { type ast, type SourceRange, type TextRun, textRuns } from "tova-parser";
import type { Variable } from "../scope";
import { argumentsOf, type SqlFacts, variableOf } from "./facts";

/** Places that a value may come from; more are as good as unknown. */
const most = 64;

/**
 * The expressions that one stands for: through immutable names, branches, and the parameters of
 * functions whose every call is known. Null stands for what cannot be told.
 */
function meaningsOf(facts: SqlFacts, node: ast.Expression): readonly (ast.Expression | null)[] {
  // Most expressions are what they are.
  if (sourcesOf(facts, node) === null) return [node];
  const found = new Set<ast.Expression | null>();
  const pending: (ast.Expression | null)[] = [node];
  const seen = new Set<ast.Expression | null>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (seen.size > most) return [null];
    const sources = next === null ? null : sourcesOf(facts, next);
    if (sources === null) found.add(next);
    else pending.push(...sources.toReversed());
  }
  return [...found];
}

/** Where a value comes from; null when it is what it is. */
function sourcesOf(
  facts: SqlFacts,
  node: ast.Expression,
): readonly (ast.Expression | null)[] | null {
  if (node.kind === "If") return branchesOf(node);
  if (node.kind === "Pipe" && node.right.kind === "Call") return [node.right];
  if (node.kind !== "Identifier") return null;
  const variable = variableOf(facts, node);
  const value = variable && facts.resolution.values.get(variable);
  if (value) return [value];
  const parameter = variable && facts.parameters.get(variable);
  if (!parameter) return null;
  if (facts.unknownCallers.has(parameter.function)) return [null];
  const calls = facts.calls.get(parameter.function) ?? [];
  return calls.map((args) => argumentAt(args, parameter.index));
}

function branchesOf({ branches, otherwise }: ast.Conditional): readonly (ast.Expression | null)[] {
  const bodies = [...branches.map(({ body }) => body), ...(otherwise ? [otherwise] : [])];
  return bodies.map(({ body }) => {
    const last = body.at(-1);
    return last?.kind === "ExpressionStatement" ? last.expression : null;
  });
}

function argumentAt(args: readonly ast.Argument[], index: number): ast.Expression | null {
  if (args.slice(0, index).some(({ kind }) => kind === "Spread")) return null;
  const given = args[index];
  return !given || given.kind === "Spread" || given.kind === "NamedArgument" ? null : given;
}

/** What a method is called on. */
export const objectOf = (facts: SqlFacts, callee: ast.Member): ast.Expression | null =>
  callee.object ?? facts.continued.get(callee) ?? null;

/** The databases that an expression may be, by name and each once; it may be anything else too. */
export function databasesOf(facts: SqlFacts, node: ast.Expression): readonly string[] {
  const names: string[] = [];
  for (const meaning of meaningsOf(facts, node)) {
    for (const name of databasesIn(facts, meaning)) if (!names.includes(name)) names.push(name);
  }
  return names;
}

const none: readonly string[] = [];

function databasesIn(facts: SqlFacts, meaning: ast.Expression | null): readonly string[] {
  if (meaning?.kind === "Identifier") {
    const variable = variableOf(facts, meaning);
    const isBinding = variable?.kind === "binding" && facts.databases.has(variable.name);
    return isBinding ? [variable.name] : none;
  }
  // A session is the database, seen through a bookmark.
  const session = meaning?.kind === "Call" ? methodOf(facts, meaning, "withSession") : null;
  return session ? databasesOf(facts, session) : none;
}

/** What a method of this name is called on; null for any other call. */
function methodOf(facts: SqlFacts, { callee }: ast.Call, name: string): ast.Expression | null {
  if (callee.kind !== "Member" || callee.property.name !== name) return null;
  return objectOf(facts, callee);
}

/** The calls of `prepare` on a database that an expression may be the result of. */
export function preparedBy(facts: SqlFacts, node: ast.Expression): readonly ast.Call[] {
  return meaningsOf(facts, node).filter((meaning): meaning is ast.Call => {
    const object = meaning?.kind === "Call" ? methodOf(facts, meaning, "prepare") : null;
    return object !== null && databasesOf(facts, object).length > 0;
  });
}

/** A text with its places in the source. */
export interface KnownText {
  readonly text: string;
  readonly runs: readonly TextRun[];
  readonly range: SourceRange;
}

/** A text that is only known when the program runs. */
export interface UnknownText {
  /** True unless it begins as a statement does that leaves the tables as they are. */
  readonly mayDefine: boolean;
  /** Null where nothing is known of it. */
  readonly range: SourceRange | null;
}

/** The texts that the first argument of a call may be. */
export function textsOf(facts: SqlFacts, call: ast.Call): readonly (KnownText | UnknownText)[] {
  const first = argumentAt(argumentsOf(facts, call), 0);
  const unknown = { mayDefine: true, range: null };
  if (first === null) return [unknown];
  return meaningsOf(facts, first).map((meaning) => {
    if (meaning === null) return unknown;
    const known = textOf(facts, meaning);
    return known ?? { mayDefine: mayDefine(facts, meaning, new Set()), range: meaning };
  });
}

/** How many constants a text is made of: each is a level of recursion, and may be there twice. */
const maxConstants = 200;

interface Budget {
  constants: number;
}

/** The text of literals, also joined ones and such with constants in them; null for any other. */
function textOf(
  facts: SqlFacts,
  node: ast.Expression,
  left: Budget = { constants: maxConstants },
): KnownText | null {
  const { from, to } = node;
  if (node.kind === "Binary" && (node.operator === "+" || node.operator === "++")) {
    return joined(
      [node.left, node.right].map((side) => constantText(facts, side, left)),
      { from, to },
    );
  }
  if (node.kind !== "String") return null;
  const runs = textRuns(node, facts.source);
  const parts = node.parts.map((part, i): KnownText | null =>
    typeof part === "string"
      ? { text: part, runs: runs[i] ?? [], range: node }
      : constantText(facts, part, left),
  );
  return joined(parts, { from, to });
}

/** The text that a constant stands for, if it is one text only. */
function constantText(facts: SqlFacts, node: ast.Expression, left: Budget): KnownText | null {
  if (node.kind === "Identifier" && left.constants-- <= 0) return null;
  const [meaning, ...others] = meaningsOf(facts, node);
  return meaning && others.length === 0 ? textOf(facts, meaning, left) : null;
}

function joined(parts: readonly (KnownText | null)[], range: SourceRange): KnownText | null {
  let text = "";
  const runs: TextRun[] = [];
  for (const part of parts) {
    if (part === null) return null;
    for (const { at, from } of part.runs) runs.push({ at: text.length + at, from });
    text += part.text;
  }
  return { text, runs, range };
}

/** Statements that leave the tables as they are. */
const harmless = /^\s*(?:select|insert|update|delete|replace|with|pragma|explain|values)\s/i;

/** How many steps the beginning of a text is away, as each is a level of recursion. */
const maxSteps = 500;

/** Looks at how a text begins; what is being looked at already counts no second time. */
function mayDefine(facts: SqlFacts, node: ast.Expression, seen: Set<ast.Expression>): boolean {
  if (seen.has(node)) return false;
  if (seen.size > maxSteps) return true;
  seen.add(node);
  if (node.kind === "Binary") return mayDefine(facts, node.left, seen);
  if (node.kind === "Identifier") {
    const variable = variableOf(facts, node);
    const values = variable && (facts.assigned.get(variable) ?? constantOf(facts, variable));
    return values?.some((value) => mayDefine(facts, value, seen)) ?? true;
  }
  if (node.kind !== "String") return true;
  const [first] = node.parts;
  if (first === undefined) return true;
  return typeof first === "string" ? !harmless.test(first) : mayDefine(facts, first, seen);
}

function constantOf(facts: SqlFacts, variable: Variable): readonly ast.Expression[] | undefined {
  const value = facts.resolution.values.get(variable);
  return value && [value];
}
