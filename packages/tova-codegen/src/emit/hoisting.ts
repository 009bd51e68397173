// An expression → whether statements must run before it can be written as one in JavaScript.
import type { ast } from "tova-parser";
import { eachChild, type Node } from "../analyse/children";
import type { Context } from "./context";

/** The only statement of a block that is a plain expression; null for any other block. */
export function soleExpression(block: ast.Block): ast.Expression | null {
  const [first] = block.body;
  return block.body.length === 1 && first?.kind === "ExpressionStatement" ? first.expression : null;
}

/**
 * True when an expression is lowered to statements: `match`, `?`, comprehensions, an `if` with more
 * than an expression in a branch, and whatever contains one.
 */
export function hoists(cx: Context, node: Node): boolean {
  if (leaves.has(node.kind)) return false;
  const known = cx.unit.hoisting.get(node);
  if (known !== undefined) return known;
  const result = needsStatements(cx, node);
  cx.unit.hoisting.set(node, result);
  return result;
}

function needsStatements(cx: Context, node: Node): boolean {
  if (cx.unit.resolution.implicit.has(node)) return false;
  switch (node.kind) {
    case "Propagate":
    case "Match":
    case "Comprehension":
      return true;
    case "Lambda":
      return false;
    case "If":
      return !isConditional(cx, node);
    default:
      return someHoists(cx, node);
  }
}

/** Kinds that never need statements. */
const leaves: ReadonlySet<Node["kind"]> = new Set([
  ...(["Identifier", "Number", "Boolean", "Nil", "RegExp", "Missing"] as const),
]);

function someHoists(cx: Context, node: Node): boolean {
  const search = { cx, found: false };
  eachChild(node, searchChild, search);
  return search.found;
}

function searchChild(child: Node, search: { readonly cx: Context; found: boolean }): void {
  if (!search.found) search.found = hoists(search.cx, child);
}

/** True when an `if` can be written as `test ? a : b`. */
export function isConditional(cx: Context, node: ast.Conditional): boolean {
  if (!node.otherwise || !isInline(cx, node.otherwise)) return false;
  return node.branches.every(({ test, body }) => !hoists(cx, test) && isInline(cx, body));
}

/** True for a block that is an expression which needs no statements. */
function isInline(cx: Context, block: ast.Block): boolean {
  const value = soleExpression(block);
  return value !== null && !hoists(cx, value);
}

/** True when evaluating an expression later than written cannot be noticed. */
export function isStable(cx: Context, node: Node): boolean {
  switch (node.kind) {
    case "Number":
    case "Boolean":
    case "Nil":
    case "RegExp":
    case "Lambda":
      return true;
    case "String":
      return node.parts.every((part) => typeof part === "string");
    case "Identifier":
      return cx.unit.given.has(node) || cx.unit.resolution.variables.get(node)?.kind !== "var";
    default:
      return false;
  }
}
