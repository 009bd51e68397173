// Calls → code run from text, and SQL or HTML built from values (W_DANGEROUS_API, W_UNSAFE_INTERPOLATION).
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import { type Checks, constantValue, type Facts, isGlobal, variableOf } from "./facts";
import { endsOfExpression } from "./flow";
import { infer } from "./infer";

/** Methods that take SQL: of D1 and of the drivers that speak like it. */
const sqlMethods = new Set(["prepare", "exec", "query", "execute"]);
const sqlStart = /^\s*(select|insert|update|delete|replace|with|create|drop|alter)\b/i;
/** What stands before a value in SQL; elsewhere names and lists of `?` are put in. */
const sqlValue = /(['"%=<>]|\blike|\blimit|\boffset|\bvalues\s*\()\s*$/i;
const htmlStart = /^\s*<(!doctype|[a-z])/i;
/** Functions whose result holds nothing but digits, or no markup. */
const cleaners = new Set(
  (
    "int float to_int to_float toInt toFloat len round floor ceil abs escape_html escapeHtml " +
    "Number parseInt parseFloat"
  ).split(" "),
);

/** Functions whose result is one of their arguments. */
const choosers = new Set(["min", "max", "clamp"]);

/**
 * How many names are followed from one place: each is a level of recursion, and one that is used twice
 * is followed twice.
 */
const maxNames = 200;

interface Budget {
  names: number;
}

const budget = (): Budget => ({ names: maxNames });

/** What an immutable name stands for, or the expression itself. */
function constantOf(facts: Facts, node: ast.Expression, left: Budget): ast.Expression {
  const variable = node.kind === "Identifier" ? variableOf(facts, node) : undefined;
  const value = constantValue(facts, variable);
  return value && left.names-- > 0 ? value : node;
}

type Parts = ast.StringLiteral["parts"];

/** A text, or several joined by `+` or `++`, as what it is made of. */
function partsOf(facts: Facts, node: ast.Expression, left = budget()): Parts {
  const value = constantOf(facts, node, left);
  if (value.kind === "String") return value.parts;
  const joins = value.kind === "Binary" && (value.operator === "+" || value.operator === "++");
  if (!joins) return [node];
  return [...partsOf(facts, value.left, left), ...partsOf(facts, value.right, left)];
}

/** The parts of an argument that begins with text; null for any other. */
function textOf(facts: Facts, node: ast.Argument | undefined, begins: RegExp): Parts | null {
  if (!node || node.kind === "Spread" || node.kind === "NamedArgument") return null;
  const parts = partsOf(facts, node);
  return typeof parts[0] === "string" && begins.test(parts[0]) ? parts : null;
}

/** Operators whose value is one of their operands, or made of nothing but them. */
const joining = new Set(["??", "or", "||", "and", "&&", "+", "++", "*"]);

/** True for text without values, and for values that cannot hold markup or quotes. */
function isSafe(facts: Facts, node: ast.Expression, left = budget()): boolean {
  if (left.names-- <= 0) return true;
  const known = infer(facts, node);
  if (known?.kind === "number" || known?.kind === "truth") return true;
  const value = constantOf(facts, node, left);
  const areSafe = (...parts: readonly (ast.Expression | string)[]) =>
    parts.every((part) => typeof part === "string" || isSafe(facts, part, left));
  switch (value.kind) {
    case "Identifier":
      return value !== node && areSafe(value);
    case "Unary":
      return value.operator === "-";
    case "Binary":
      return joining.has(value.operator) && areSafe(value.left, value.right);
    case "If":
    case "Match":
      return areSafe(...endsOfExpression(value).values);
    case "Pipe": {
      const { right } = value;
      const callee = right.kind === "Call" ? right.callee : right;
      return callee.kind === "Identifier" && cleaners.has(callee.name);
    }
    case "Call":
      return isCleaned(facts, value, left);
    case "String":
      return areSafe(...value.parts);
    default:
      return false;
  }
}

/** Of `min([int(n), 100])` each part must be. */
function isCleaned(facts: Facts, { callee, args }: ast.Call, left: Budget): boolean {
  if (callee.kind === "Member") {
    const { object } = callee;
    return object !== null && ["Math", "Number"].some((name) => isGlobal(facts, object, name));
  }
  if (callee.kind !== "Identifier") return false;
  if (cleaners.has(callee.name)) return true;
  const parts: readonly ast.Argument[] = args.flatMap((one): readonly ast.Argument[] =>
    one.kind === "Array" ? one.elements : [one],
  );
  const areClean = parts.every(
    (part) => part.kind !== "Spread" && part.kind !== "NamedArgument" && isSafe(facts, part, left),
  );
  return choosers.has(callee.name) && areClean;
}

const isQuery = (node: ast.Expression): boolean =>
  node.kind === "Member" && node.property.name === "searchParams";

/**
 * Whether a value comes straight from the request: `params.id`, `url.searchParams.get("q")`, or a
 * name for it that nothing else reads, and so nothing has checked.
 */
function isFromRequest(facts: Facts, node: ast.Expression, left = budget()): boolean {
  switch (node.kind) {
    case "Identifier": {
      const variable = variableOf(facts, node);
      if (variable?.reads !== 1) return false;
      if (facts.parameters.has(variable)) return true;
      const value = constantOf(facts, node, left);
      return value.kind !== "Identifier" && isFromRequest(facts, value, left);
    }
    case "Call":
      return node.callee.kind === "Member" && isFromRequest(facts, node.callee, left);
    case "Binary":
      return node.operator === "??" && isFromRequest(facts, node.left, left);
    case "Member": {
      const { object } = node;
      if (!object || isQuery(node)) return object !== null;
      if (object.kind !== "Identifier") return isFromRequest(facts, object, left);
      return object.name === "params" || isQuery(constantOf(facts, object, left));
    }
    default:
      return false;
  }
}

interface Hole {
  readonly node: ast.Expression;
  /** The text before it. */
  readonly before: string;
}

function holesOf(parts: Parts): readonly Hole[] {
  let before = "";
  return parts.flatMap((part) => {
    if (typeof part === "string") {
      before += part;
      return [];
    }
    const hole = { node: part, before };
    before = "";
    return [hole];
  });
}

function checkSql(facts: Facts, node: ast.Call, method: string): void {
  const text = sqlMethods.has(method) ? textOf(facts, node.args[0], sqlStart) : null;
  if (!text) return;
  const hole = holesOf(text).find(
    ({ node: value, before }) =>
      (sqlValue.test(before) || isFromRequest(facts, value)) && !isSafe(facts, value),
  );
  if (hole) facts.findings.report(hole.node, codes.unsafeSql({}));
}

function checkHtml(facts: Facts, node: ast.Call): void {
  const text = textOf(facts, node.args[0], htmlStart);
  if (!text) return;
  const hole = holesOf(text).find(({ node: value }) => isFromRequest(facts, value));
  if (hole) facts.findings.report(hole.node, codes.unsafeHtml({}));
}

/** The name in `f(…)` or `F.new(…)`; null where the program defines it. */
function calledGlobal(facts: Facts, { callee }: ast.Call): string | null {
  const makes = callee.kind === "Member" && callee.property.name === "new";
  const called = makes ? callee.object : callee;
  return called?.kind === "Identifier" && !variableOf(facts, called) ? called.name : null;
}

const runners = new Set(["eval", "Function"]);
const timers = new Set(["setTimeout", "setInterval"]);
/** What the host has kept for old programs only, and what to use. */
const outdated = new Map([
  ["escape", "url_encode(…)"],
  ["unescape", "url_decode(…)"],
]);

function checkGlobal(facts: Facts, node: ast.Call, name: string): void {
  const { callee, args } = node;
  const [first] = args;
  const instead = outdated.get(name);
  if (runners.has(name)) facts.findings.report(callee, codes.dangerous({ name }));
  else if (instead !== undefined) {
    facts.findings.report(callee, codes.deprecated({ name, instead }));
  } else if (timers.has(name) && first?.kind === "String") {
    facts.findings.report(first, codes.textTimer({ name }));
  } else if (name === "Response") checkHtml(facts, node);
}

export const dangerChecks: Checks = {
  Call(facts, node) {
    const name = calledGlobal(facts, node);
    if (name !== null) checkGlobal(facts, node, name);
    if (node.callee.kind === "Member") checkSql(facts, node, node.callee.property.name);
  },
};
