// Calls, loops and arithmetic → arguments, values and operands that are certainly wrong (E103-E105).
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import { hostGlobals } from "../../generated/globals";
import { arities, type HelperName } from "../../generated/runtime";
import { library, libraryNamespaces } from "../library";
import { isNoFunction } from "../no-function";
import { type Checks, type Facts, variableOf } from "./facts";
import { describe, infer } from "./infer";
import type { Known } from "./known";

/** More arguments than a function of the program or library, or a constructor, has places for. */
function checkCount(facts: Facts, node: ast.Call): void {
  const { callee, args } = node;
  const variable = variableOf(facts, callee);
  const takes = variable ? placesOf(facts, variable) : placesOfHelper(facts, callee);
  if (takes === null || args.some(({ kind }) => kind === "Spread" || kind === "NamedArgument")) {
    return;
  }
  const given = args.length + (facts.piped.has(node) ? 1 : 0);
  const extra = args[takes - (given - args.length)] ?? args.at(-1);
  if (given <= takes || !extra) return;
  const name = facts.source.slice(callee.from, callee.to);
  const sentence = { name, takes, given, isOwn: variable !== undefined };
  facts.findings.report(extra, codes.tooManyArguments(sentence));
}

/** Of `round` and `math.round`; null for what is none of the library's, or takes any number. */
function placesOfHelper(facts: Facts, callee: ast.Expression): number | null {
  const helper = helperOf(facts, callee);
  return (helper && arities[helper]?.[1]) ?? null;
}

function helperOf(facts: Facts, callee: ast.Expression): HelperName | undefined {
  if (callee.kind === "Identifier") return library.get(callee.name);
  if (callee.kind !== "Member" || callee.object?.kind !== "Identifier") return undefined;
  if (variableOf(facts, callee.object)) return undefined;
  return libraryNamespaces.get(callee.object.name)?.get(callee.property.name);
}

function placesOf(facts: Facts, variable: NonNullable<ReturnType<typeof variableOf>>) {
  if (variable.kind === "record" || variable.kind === "variant") {
    return variable.family === null && !variable.ownNew ? variable.fields.length : null;
  }
  const declaration = variable.function && facts.functions.get(variable.function);
  if (!declaration || declaration.params.some(({ rest }) => rest)) return null;
  return declaration.params.length;
}

const arithmetic = new Set(["-", "/", "%", "**", "|", "^", "&", "<<", ">>", ">>>"]);

/** Kinds that no arithmetic makes a number of. */
const noNumber = new Set<Known["kind"]>(["list", "record", "variant", "variants", "function"]);

function checkOperand(facts: Facts, operator: string, node: ast.Expression): void {
  const known = infer(facts, node);
  if (!known) return;
  const literal = node.kind === "String" && node.parts.length === 1 ? node.parts[0] : null;
  const isWord = typeof literal === "string" && Number.isNaN(Number(literal));
  if (!isWord && !(noNumber.has(known.kind) && !hasNumber(facts, known))) return;
  facts.findings.report(node, codes.operandType({ operator, found: describe(known) }));
}

/** A type may say what number its values are. */
const hasNumber = (facts: Facts, known: Known): boolean =>
  "of" in known && (facts.methods.get(known.of.name)?.has("valueOf") ?? false);

const uncallable = new Set<Known["kind"]>([
  ...(["nil", "text", "truth", "number", "list", "object"] as const),
  ...(["record", "variant", "variants", "case", "asyncValues"] as const),
]);
const single = new Set<Known["kind"]>(["nil", "truth", "number", "function"]);

/** Of the platform's names in capitals, those that are no classes or may be called without `new`. */
const noClass = new Set(
  (
    "Array BigInt Boolean Buffer Date Function Number Object RegExp String Symbol Error AggregateError " +
    "EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError Infinity NaN " +
    "Atomics Bun Cloudflare Deno EdgeRuntime Intl JSON Math Reflect Temporal WebAssembly"
  ).split(" "),
);

const isClass = (name: string): boolean =>
  /^[A-Z]/.test(name) && hostGlobals.has(name) && !noClass.has(name);

/** The operator of a whole right side of a pipe that stands in no parentheses. */
function operatorOf({ left, right }: ast.Pipe, source: string): string | null {
  if (source.slice(left.to, right.from).includes("(")) return null;
  switch (right.kind) {
    case "Binary":
      return right.operator;
    case "Comparison":
      return right.operators[0] ?? null;
    case "Membership":
      return right.negated ? "not in" : "in";
    case "TypeTest":
      return "is";
    case "Range":
      return right.inclusive ? "..=" : "..";
    default:
      return null;
  }
}

/** A pipe binds most loosely: `xs |> first ?? 0` calls what `first ?? 0` gives. */
function isPipedOperand(facts: Facts, right: ast.Expression): boolean {
  const isLibrary = (name: ast.Identifier) => !variableOf(facts, name);
  if (isNoFunction(right, isLibrary)) return true;
  if (right.kind !== "Binary") return false;
  const first = right.left;
  if (isNoFunction(first, isLibrary) || isNoFunction(right.right, isLibrary)) return true;
  if (first.kind !== "Call") return helperOf(facts, first) !== undefined;
  const helper = helperOf(facts, first.callee);
  return helper !== undefined && first.args.length < (arities[helper]?.[0] ?? 0);
}

function checkPipe(facts: Facts, node: ast.Pipe): void {
  const { right } = node;
  // What begins with the left side's place or member is reported as that.
  if (
    right.kind === "Call" ||
    /^(_|it)(?![\w$])|^\./.test(facts.source.slice(right.from, right.from + 4))
  )
    return;
  const operator = operatorOf(node, facts.source);
  if (operator !== null && isPipedOperand(facts, right)) {
    facts.findings.report(right, codes.pipedOperand({ operator }));
  } else checkCallable(facts, right);
}

/** Reports what is called and is certainly no function. */
export function checkCallable(facts: Facts, callee: ast.Expression): void {
  const variable = variableOf(facts, callee);
  if (!variable && callee.kind === "Identifier" && isClass(callee.name)) {
    const { name } = callee;
    const isOwn = library.has(name) || facts.elsewhere.has(name);
    if (!isOwn) facts.findings.report(callee, codes.calledClass({ name }));
  }
  // A function may stand above the value that it calls.
  const value = variable && facts.resolution.values.get(variable);
  const known = infer(facts, callee) ?? (value ? infer(facts, value) : null);
  if (!known || !uncallable.has(known.kind)) return;
  facts.findings.report(callee, codes.notAFunction({ found: describe(known) }));
}

interface Loop {
  /** Whether each value is waited for, as in `async for`. */
  readonly waits?: boolean;
  /** Whether it names key and value, and so goes over what an object has. */
  readonly pairs?: boolean;
}

function checkIterable(facts: Facts, node: ast.Expression, { waits, pairs }: Loop = {}): void {
  const known = infer(facts, node);
  if (!known) return;
  const report = (help: "async" | "object" | "count") =>
    facts.findings.report(node, codes.notIterable({ found: describe(known), help }));
  if (known.kind === "asyncValues") {
    if (!waits) report("async");
  } else if (known.kind === "object") {
    // A program may make an object iterable itself.
    if (!pairs && !facts.source.includes("Symbol.")) report("object");
  } else if (single.has(known.kind)) report("count");
}

/** What an operator has on its left; null for what is no operation. */
function leftOf(node: ast.Expression): ast.Expression | null {
  switch (node.kind) {
    case "Binary":
    case "Membership":
    case "Pipe":
      return node.left;
    case "Comparison":
      return node.operands[0] ?? null;
    case "TypeTest":
      return node.value;
    case "Range":
      return node.start;
    default:
      return null;
  }
}

/** `yield` binds closer than any operator: `yield n * n` is `(yield n) * n`. */
function checkYield(facts: Facts, { expression }: ast.ExpressionStatement): void {
  let first = leftOf(expression);
  for (let inner = first; inner; inner = leftOf(inner)) first = inner;
  // In parentheses it would begin behind them.
  if (first?.kind !== "Yield" || !first.argument || first.from !== expression.from) return;
  facts.findings.report(expression, codes.yieldedPart({}));
}

export const operandChecks: Checks = {
  ExpressionStatement: checkYield,
  Call(facts, node) {
    checkCount(facts, node);
    if (node.callee.kind !== "Member" && !node.optional) checkCallable(facts, node.callee);
  },
  Pipe: checkPipe,
  Binary(facts, { operator, left, right }) {
    if (!arithmetic.has(operator)) return;
    checkOperand(facts, operator, left);
    checkOperand(facts, operator, right);
  },
  Range(facts, { start, end, inclusive }) {
    checkOperand(facts, inclusive ? "..=" : "..", start);
    checkOperand(facts, inclusive ? "..=" : "..", end);
  },
  For(facts, { iterable, binding, async }) {
    checkIterable(facts, iterable, { waits: async, pairs: binding.length > 1 });
  },
  Comprehension(facts, { iterable, binding }) {
    checkIterable(facts, iterable, { pairs: binding.length > 1 });
  },
  Array(facts, { elements }) {
    for (const one of elements) if (one.kind === "Spread") checkIterable(facts, one.argument);
  },
};
