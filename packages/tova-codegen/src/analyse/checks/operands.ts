// Calls, loops and arithmetic → arguments, values and operands that are certainly wrong (E103-E105).
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import { arities, builtins } from "../../generated/runtime";
import { type Checks, type Facts, variableOf } from "./facts";
import { describe, infer } from "./infer";
import type { Known } from "./known";

/** More arguments than a function of the program or library, or a constructor, has places for. */
function checkCount(facts: Facts, node: ast.Call): void {
  const { callee, args } = node;
  if (callee.kind !== "Identifier") return;
  const variable = variableOf(facts, callee);
  const takes = variable ? placesOf(facts, variable) : placesOfBuiltin(callee.name);
  if (takes === null || args.some(({ kind }) => kind === "Spread" || kind === "NamedArgument")) {
    return;
  }
  const given = args.length + (facts.piped.has(node) ? 1 : 0);
  const extra = args[takes - (given - args.length)] ?? args.at(-1);
  if (given <= takes || !extra) return;
  const sentence = { name: callee.name, takes, given, isOwn: variable !== undefined };
  facts.findings.report(extra, codes.tooManyArguments(sentence));
}

/** Null for a name that is none of the library's, and for what takes any number. */
function placesOfBuiltin(name: string): number | null {
  const helper = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
  return (helper && arities[helper]?.[1]) ?? null;
}

function placesOf(facts: Facts, variable: NonNullable<ReturnType<typeof variableOf>>) {
  if (variable.kind === "record" || variable.kind === "variant") {
    return variable.family === null && !variable.ownNew ? variable.fields.length : null;
  }
  const declaration = variable.function && facts.functions.get(variable.function);
  if (!declaration || declaration.params.some(({ rest }) => rest)) return null;
  return declaration.params.length;
}

const arithmetic = new Set(["-", "/", "%", "**"]);

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

const uncallable = new Set<Known["kind"]>(["nil", "text", "truth", "number", "list", "object"]);
const single = new Set<Known["kind"]>(["nil", "truth", "number", "function"]);

/** Reports what is called and is certainly no function. */
export function checkCallable(facts: Facts, callee: ast.Expression): void {
  const known = infer(facts, callee);
  if (!known || !uncallable.has(known.kind)) return;
  facts.findings.report(callee, codes.notAFunction({ found: describe(known) }));
}

function checkIterable(facts: Facts, { iterable }: ast.For | ast.Comprehension): void {
  const known = infer(facts, iterable);
  if (!known || !single.has(known.kind)) return;
  facts.findings.report(iterable, codes.notIterable({ found: describe(known) }));
}

export const operandChecks: Checks = {
  Call(facts, node) {
    checkCount(facts, node);
    if (node.callee.kind !== "Member" && !node.optional) checkCallable(facts, node.callee);
  },
  Binary(facts, { operator, left, right }) {
    if (!arithmetic.has(operator)) return;
    checkOperand(facts, operator, left);
    checkOperand(facts, operator, right);
  },
  Range(facts, { start, end, inclusive }) {
    checkOperand(facts, inclusive ? "..=" : "..", start);
    checkOperand(facts, inclusive ? "..=" : "..", end);
  },
  For: checkIterable,
  Comprehension: checkIterable,
};
