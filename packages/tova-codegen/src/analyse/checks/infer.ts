// Expressions and annotations → what is certain about the values' types; null when nothing is.
import type { ast } from "tova-parser";
import type { FunctionScope, Variable } from "../scope";
import { constantValue, type Facts, variableOf } from "./facts";
import { givesPromise } from "./gives-promise";
import type { Known } from "./known";

const number: Known = { kind: "number", whole: null };
const cases = new Set(["Ok", "Err", "Some"]);
const arithmetic = new Set(["-", "/", "%", "**", "<<", ">>", ">>>", "&", "|", "^"]);
const comparisons = new Set(["==", "!=", "<", "<=", ">", ">="]);
/** How far one immutable name may stand for the next, as each is a level of recursion. */
const maxSteps = 100;

/** What is certain about an expression's value. */
export function infer(facts: Facts, node: ast.Expression, steps = 0): Known | null {
  switch (node.kind) {
    case "Nil":
      return { kind: "nil" };
    case "Boolean":
    case "Comparison":
    case "Membership":
    case "TypeTest":
      return { kind: "truth" };
    case "String":
      return { kind: "text" };
    case "Number":
      return { kind: "number", whole: Number.isInteger(Number(node.text)) };
    case "Array":
    case "Range":
      return { kind: "list" };
    case "Object":
      return { kind: "object" };
    case "Lambda":
      return { kind: "function" };
    case "Unary":
      if (node.operator === "not") return { kind: "truth" };
      return node.operator === "-" ? numberOnly(infer(facts, node.operand, steps)) : number;
    case "Binary":
      return inferBinary(facts, node, steps);
    case "Identifier":
      return steps > maxSteps ? null : inferName(facts, node, steps + 1);
    case "Call":
      return inferCall(facts, node, steps);
    default:
      return null;
  }
}

const numberOnly = (known: Known | null): Known | null => (known?.kind === "number" ? known : null);

function inferBinary(facts: Facts, node: ast.Binary, steps: number): Known | null {
  if (comparisons.has(node.operator)) return { kind: "truth" };
  if (arithmetic.has(node.operator)) return number;
  if (node.operator === "++") return { kind: "text" };
  if (node.operator !== "+") return null;
  return inferSum(infer(facts, node.left, steps), infer(facts, node.right, steps));
}

/** What `+` makes of two values: a text as soon as one is a text or list, as JavaScript does. */
export function inferSum(left: Known | null, right: Known | null): Known | null {
  const kinds = [left?.kind, right?.kind];
  if (kinds.includes("text") || kinds.includes("list")) return { kind: "text" };
  return kinds.every((kind) => kind === "number" || kind === "truth") ? number : null;
}

function inferName(facts: Facts, node: ast.Identifier, steps: number): Known | null {
  const variable = variableOf(facts, node);
  if (!variable) return node.name === "None" ? { kind: "case", name: "None" } : null;
  if (variable.kind === "variant") {
    return variable.fields.length === 0 ? { kind: "variant", of: variable } : null;
  }
  const annotation = facts.annotations.get(variable);
  if (annotation) return inferType(facts, annotation);
  const value = constantValue(facts, variable);
  return value ? inferOnce(facts, variable, value, steps) : null;
}

/** A name may be asked for at every use, and its value may be made of many such names. */
function inferOnce(facts: Facts, variable: Variable, value: ast.Expression, steps: number) {
  const earlier = facts.inferred.get(variable);
  if (earlier !== undefined) return earlier;
  const found = infer(facts, value, steps);
  facts.inferred.set(variable, found);
  return found;
}

/** A function that awaits gives a promise (spec 4.1). */
function inferCall(facts: Facts, { callee }: ast.Call, steps: number): Known | null {
  if (givesPromise(facts, callee)) return { kind: "promise" };
  if (callee.kind !== "Identifier") return null;
  const variable = variableOf(facts, callee);
  if (!variable) return cases.has(callee.name) ? { kind: "case", name: callee.name } : null;
  if (variable.kind === "record" || variable.kind === "variant") {
    return { kind: variable.kind, of: variable };
  }
  const scope = calledScope(facts, variable);
  if (scope?.async) return { kind: scope.generator ? "asyncValues" : "promise" };
  const declaration = variable.function && facts.functions.get(variable.function);
  if (!declaration?.returns || variable.function?.generator || steps > maxSteps) return null;
  return inferType(facts, declaration.returns);
}

/** The function that a name stands for; undefined where that is not certain. */
export function calledScope(facts: Facts, variable: Variable): FunctionScope | undefined {
  const value = constantValue(facts, variable);
  const lambda = value?.kind === "Lambda" ? facts.resolution.functions.get(value) : undefined;
  return variable.function ?? lambda;
}

/** What an annotation promises; null for what the program does not declare, and for aliases. */
export function inferType(facts: Facts, type: ast.TypeExpression): Known | null {
  const { name, text } = type;
  if (name === null) return /^\[.*\]$/s.test(text) ? { kind: "list" } : null;
  const declaration = facts.types.get(name);
  if (declaration) {
    const of = variableOf(facts, declaration.name);
    if (!of || declaration.refinement) return null;
    if (of.kind === "record") return { kind: "record", of };
    return declaration.variants.length > 0 || isEnum(facts, declaration)
      ? { kind: "variants", of }
      : null;
  }
  switch (name) {
    case "String":
      return { kind: "text" };
    case "Int":
      return { kind: "number", whole: true };
    case "Float":
    case "Number":
      return number;
    case "Bool":
      return { kind: "truth" };
    default:
      return null;
  }
}

const isEnum = (facts: Facts, { alias }: ast.TypeDeclaration): boolean =>
  alias.length > 0 && alias.every((member) => variableOf(facts, member)?.kind === "variant");

/** What two values of one type share; null when that is not certain. */
function category(known: Known): string | null {
  switch (known.kind) {
    case "text":
    case "truth":
    case "number":
    case "list":
      return known.kind;
    case "record":
    case "variants":
      return `type ${known.of.range.from}`;
    case "variant":
      return `type ${(known.of.variantOf ?? known.of).range.from}`;
    default:
      return null;
  }
}

/** True when a value can certainly not be of a type; nil and plain objects may be of any. */
export function differs(expected: Known, actual: Known): boolean {
  const [a, b] = [category(expected), category(actual)];
  return a !== null && b !== null && a !== b;
}

/** True for a number with a fraction where a whole one is wanted. */
export const losesFraction = (expected: Known, actual: Known): boolean =>
  expected.kind === "number" && expected.whole === true && actual.kind === "number"
    ? actual.whole === false
    : false;

const words: Partial<Record<Known["kind"], string>> = {
  text: "a String",
  truth: "a Bool",
  number: "a number",
  list: "a list",
  nil: "nil",
  function: "a function",
  object: "an object",
  asyncValues: "an asynchronous generator",
};

/** A type in a sentence. */
export function describe(known: Known): string {
  if ("of" in known) return `a \`${known.of.name}\``;
  return known.kind === "case" ? `\`${known.name}\`` : (words[known.kind] ?? known.kind);
}
