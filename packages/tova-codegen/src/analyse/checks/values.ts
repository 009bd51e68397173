// Values and where they go → certain mistakes of type (E100, E102, W204, W209), foreign words (W206).
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import type { Variable } from "../scope";
import { type Checks, type Facts, variableOf } from "./facts";
import { describe, differs, infer, inferSum, inferType, losesFraction } from "./infer";

interface Slot {
  readonly name: string;
  readonly type: ast.TypeExpression | null;
}

/** What a call's arguments go to, in order; null when that is not known. */
function slotsOf(facts: Facts, variable: Variable): readonly Slot[] | null {
  if (variable.kind === "record") return facts.types.get(variable.name)?.fields ?? null;
  if (variable.kind === "variant") {
    const declaration = facts.types.get(variable.variantOf?.name ?? "");
    return declaration?.variants.find(({ name }) => name === variable.name)?.fields ?? null;
  }
  const declaration = variable.function && facts.functions.get(variable.function);
  if (!declaration || declaration.params.some(({ rest }) => rest)) return null;
  return declaration.params.map(({ target, type }) => ({
    name: target.kind === "Name" ? target.name : "",
    type,
  }));
}

function checkSlot(facts: Facts, slot: Slot, value: ast.Expression): void {
  const expected = slot.type && inferType(facts, slot.type);
  const actual = expected && infer(facts, value);
  if (!expected || !actual || !slot.type) return;
  if (differs(expected, actual)) {
    const sentence = { name: slot.name, type: slot.type.text, found: describe(actual) };
    facts.findings.report(value, codes.argumentType(sentence));
  } else if (losesFraction(expected, actual)) {
    facts.findings.report(value, codes.floatIntoInt({ what: `\`${slot.name}\` is` }));
  }
}

function checkArguments(facts: Facts, node: ast.Call): void {
  const variable = node.callee.kind === "Identifier" ? variableOf(facts, node.callee) : undefined;
  const slots = variable && slotsOf(facts, variable);
  if (!variable || !slots) return;
  const constructs = variable.kind === "record" || variable.kind === "variant";
  const before = facts.piped.has(node) ? 1 : 0;
  for (const [index, argument] of node.args.entries()) {
    if (argument.kind === "Spread" || facts.resolution.implicit.has(argument)) return;
    if (argument.kind !== "NamedArgument") {
      const slot = slots[index + before];
      if (slot) checkSlot(facts, slot, argument);
      continue;
    }
    if (!constructs) return;
    const slot = slots.find(({ name }) => name === argument.name);
    if (slot) checkSlot(facts, slot, argument.value);
  }
}

/** @param adds whether the value is added to what the variable holds */
function checkVariable(
  facts: Facts,
  target: ast.Expression,
  value: ast.Expression,
  adds = false,
): void {
  const variable = target.kind === "Identifier" ? variableOf(facts, target) : undefined;
  const first = variable?.kind === "var" ? facts.values.get(variable) : undefined;
  const expected = first ? infer(facts, first) : null;
  const given = infer(facts, value);
  const actual = adds ? inferSum(expected, given) : given;
  if (!variable || !expected || !actual || !differs(expected, actual)) return;
  const sentence = { name: variable.name, first: describe(expected), found: describe(actual) };
  facts.findings.report(value, codes.assignedType(sentence));
}

const isPlain = ({ kind }: ast.Expression | ast.Spread): boolean =>
  kind === "Number" || kind === "Boolean" || kind === "String";

/** Rows such as `["a", 1]` inside a list or call are tuples, and so are those in parentheses. */
function checkList(facts: Facts, node: ast.Expression): void {
  if (node.kind !== "Array" || facts.source[node.from] !== "[") return;
  const values = node.elements.filter(({ kind }) => kind !== "Nil");
  if (!values.every(isPlain) || new Set(values.map(({ kind }) => kind)).size < 2) return;
  facts.findings.report(node, codes.mixedList({}));
}

export const valueChecks: Checks = {
  Call: checkArguments,
  Assignment(facts, node) {
    node.targets.forEach((target, index) => {
      const value = node.values[index];
      if (!value || target.kind === "ObjectPattern" || target.kind === "ArrayPattern") return;
      checkList(facts, value);
      if (node.values.length === node.targets.length) checkVariable(facts, target, value);
    });
  },
  Var(facts, node) {
    for (const value of node.values) checkList(facts, value);
  },
  CompoundAssignment(facts, node) {
    if (node.operator === "+=") checkVariable(facts, node.target, node.value, true);
  },
  Throw(facts, node) {
    if (!/^throw\s*\(/.test(facts.source.slice(node.from, node.from + 40))) return;
    const word = { from: node.from, to: node.from + "throw".length };
    facts.findings.report(word, codes.foreignThrow({}));
  },
};
