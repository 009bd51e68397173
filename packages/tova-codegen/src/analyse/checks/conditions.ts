// Conditions → those that always have the same outcome (W202, W203).
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import { type Checks, type Facts, variableOf } from "./facts";

type Literal = number | string;

const compare: Readonly<Record<string, (a: Literal, b: Literal) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

/** Whether a condition always holds or never does; null when it depends. */
function outcome(facts: Facts, node: ast.Expression): boolean | null {
  switch (node.kind) {
    case "Boolean":
      return node.value;
    case "Nil":
      return false;
    case "Number":
      return Number(node.text) !== 0;
    case "String":
      return node.parts.every((part) => typeof part === "string") ? node.parts.length > 0 : null;
    case "Array":
    case "Object":
    case "Lambda":
    case "RegExp":
      return true;
    case "Identifier":
      return variableOf(facts, node)?.kind === "function" ? true : null;
    case "Unary": {
      const operand = node.operator === "not" ? outcome(facts, node.operand) : null;
      return operand === null ? null : !operand;
    }
    case "Binary":
      return Object.hasOwn(compare, node.operator)
        ? ofComparison([node.left, node.right], [node.operator])
        : ofLogic(facts, node);
    case "Comparison":
      return ofComparison(node.operands, node.operators);
    default:
      return null;
  }
}

function ofLogic(facts: Facts, { operator, left, right }: ast.Binary): boolean | null {
  const and = operator === "and" || operator === "&&";
  if (!and && operator !== "or" && operator !== "||") return null;
  const sides = [outcome(facts, left), outcome(facts, right)];
  if (sides.includes(!and)) return !and;
  return sides.includes(null) ? null : and;
}

function ofComparison(
  operands: readonly ast.Expression[],
  operators: readonly string[],
): boolean | null {
  const values = operands.map(literalOf);
  // `"1" == 1` holds: what values of two types come to is not for here.
  if (values.includes(null) || new Set(values.map((value) => typeof value)).size > 1) return null;
  return operators.every(
    (operator, i) => compare[operator]?.(values[i] as Literal, values[i + 1] as Literal) ?? false,
  );
}

function literalOf(node: ast.Expression): Literal | null {
  if (node.kind === "Number") return Number(node.text.replaceAll("_", ""));
  if (node.kind !== "String" || !node.parts.every((part) => typeof part === "string")) return null;
  return node.parts.join("");
}

function check(facts: Facts, test: ast.Expression | null): void {
  const always = test && outcome(facts, test);
  if (test === null || always === null) return;
  facts.findings.report(test, always ? codes.alwaysTrue({}) : codes.alwaysFalse({}));
}

export const conditionChecks: Checks = {
  If: (facts, node) => {
    for (const { test } of node.branches) check(facts, test);
  },
  While(facts, { test }) {
    // `while true` is a way to write `loop`.
    if (test && outcome(facts, test) === false) check(facts, test);
  },
  Guard: (facts, node) => check(facts, node.test),
  For: (facts, node) => check(facts, node.condition),
  Comprehension: (facts, node) => check(facts, node.condition),
  Match: (facts, node) => {
    for (const { guard } of node.arms) check(facts, guard);
  },
};
