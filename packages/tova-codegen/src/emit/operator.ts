// Operators of spec section 2 → JavaScript, with parentheses so that its precedence never matters.
import type { ast } from "tova-parser";
import { type Context, enterBlock, freshName, given, helper, temporary } from "./context";
import { emitExpression, emitOperand } from "./expression";
import { hoists, isStable } from "./hoisting";
import { emitString } from "./literal";
import { emitInOrder } from "./order";
import { braces, type Code, join } from "./writer";

const logical: Readonly<Record<string, string>> = { and: "&&", or: "||" };

/** A binary operator, the chained comparisons aside. */
export function emitBinary(cx: Context, node: ast.Binary): Code {
  const { operator, left, right } = node;
  const lazy = operator === "and" || operator === "or" || operator === "??";
  if (lazy && hoists(cx, right)) return emitLazily(cx, node);
  if (operator === "??") return emitNullish(cx, node);
  if (lazy) return [emitOperand(cx, left), ` ${logical[operator]} `, emitOperand(cx, right)];
  if (operator === "++") return emitString(cx, { ...node, kind: "String", parts: [left, right] });
  if (operator === "*" && !(isNumeric(cx, left) && isNumeric(cx, right)))
    return emitTimes(cx, node);
  return join(operands(cx, [left, right]), ` ${operator} `);
}

const operands = (cx: Context, nodes: readonly ast.Expression[]): Code[] =>
  emitInOrder(cx, nodes, emitOperand);

/** The right side runs only when it is needed, although it takes statements. */
function emitLazily(cx: Context, node: ast.Binary): Code {
  const name = freshName(cx);
  cx.out.push(["let ", name, " = ", emitExpression(cx, node.left), ";"]);
  const inside = enterBlock(cx);
  inside.out.push([name, " = ", emitExpression(inside, node.right), ";"]);
  const tests: Readonly<Record<string, string>> = { and: name, or: `!${name}` };
  const test = tests[node.operator] ?? missing(name);
  cx.out.push(["if (", test, ") ", braces(inside.out)]);
  return name;
}

/** `??` replaces NaN too (spec 2). */
const missing = (name: Code): Code => [name, " == null || ", name, " !== ", name];

function emitNullish(cx: Context, node: ast.Binary): Code {
  const { left, right } = node;
  if (left.kind === "Identifier" && isStable(cx, left)) {
    const name = emitExpression(cx, left);
    return [missing(name), " ? ", emitOperand(cx, right), " : ", name];
  }
  const value = emitExpression(cx, left);
  const name = temporary(cx);
  const test = ["(", name, " = ", value, ") == null || ", name, " !== ", name];
  return [...test, " ? ", emitOperand(cx, right), " : ", name];
}

const numericOperators = new Set(["-", "/", "%", "**", "&", "|", "^", "<<", ">>", ">>>"]);

/** True when an expression is surely a number. */
export function isNumeric(cx: Context, node: ast.Expression): boolean {
  if (node.kind === "Number") return true;
  if (node.kind === "Unary") return node.operator !== "not";
  if (node.kind !== "Binary") return false;
  if (numericOperators.has(node.operator)) return true;
  const plain = node.operator === "+" || node.operator === "*";
  return plain && isNumeric(cx, node.left) && isNumeric(cx, node.right);
}

/** `*` repeats a string (spec 2); where neither side is known, the operands decide at run time. */
function emitTimes(cx: Context, node: ast.Binary): Code {
  const [left = "", right = ""] = emitInOrder(cx, [node.left, node.right]);
  if (node.left.kind === "String") return [helper(cx, "repeatText"), "(", left, ", ", right, ")"];
  if (node.right.kind === "String") return [helper(cx, "repeatText"), "(", right, ", ", left, ")"];
  return [helper(cx, "repeatOr"), "(", left, ", ", right, ")"];
}

/** `a < b < c`: every operand once, in order, the later ones only while it holds. */
export function emitComparison(cx: Context, node: ast.Comparison): Code {
  const { operands: nodes, operators } = node;
  const late = nodes.findIndex((operand, i) => i >= 2 && hoists(cx, operand));
  if (late < 0) return emitChain(cx, nodes, operators).test;
  const before = emitChain(cx, nodes.slice(0, late), operators.slice(0, late - 1), true);
  const result = freshName(cx);
  cx.out.push(["let ", result, " = ", before.test, ";"]);
  const inside = enterBlock(cx);
  const left = given(inside, before.last, node);
  const rest = [left, ...nodes.slice(late)];
  const remaining: ast.Comparison = {
    ...node,
    operands: rest,
    operators: operators.slice(late - 1),
  };
  inside.out.push([result, " = ", emitComparison(inside, remaining), ";"]);
  cx.out.push(["if (", result, ") ", braces(inside.out)]);
  return result;
}

/**
 * The tests of neighbours, joined.
 * @param keep gives the last operand a name too, for a test that follows
 */
function emitChain(
  cx: Context,
  nodes: readonly ast.Expression[],
  operators: readonly string[],
  keep = false,
): { readonly test: Code; readonly last: Code } {
  const parts = operands(cx, nodes);
  const tests: Code[] = [];
  let left = parts[0] ?? "";
  operators.forEach((operator, i) => {
    const last = i === operators.length - 1 && !keep;
    const right = nodes[i + 1] as ast.Expression;
    const stable = last || isStable(cx, right);
    const name = stable ? (parts[i + 1] ?? "") : temporary(cx);
    const value = stable ? name : ["(", name, " = ", parts[i + 1] ?? "", ")"];
    tests.push(["(", left, ` ${operator} `, value, ")"]);
    left = name;
  });
  return { test: join(tests, " && "), last: left };
}
