// Statements → whether control ever reaches what follows, and the values a body ends with.
import type { ast } from "tova-parser";
import { children, type Node } from "../children";

/** Calls that give no implicit value (spec 4). */
const valueless = new Set(["print", "assert", "assert_eq", "assert_ne"]);

/** How the paths through a body end. */
export interface Ends {
  /** Expressions that the body's value is, on one path each. */
  readonly values: readonly ast.Expression[];
  /** True when a path runs off the end without a value. */
  readonly empty: boolean;
}

/** The same while it is being read. */
interface Found {
  readonly values: ast.Expression[];
  empty: boolean;
}

/** How a body ends by the rules of the implicit return (spec 4). */
export function endsOf(block: ast.Block): Ends {
  const found: Found = { values: [], empty: false };
  readBlock(block, found);
  return found;
}

/** How the branches of an expression end, or the expression itself as the end of a body. */
export function endsOfExpression(node: ast.Expression): Ends {
  const found: Found = { values: [], empty: false };
  readExpression(node, found);
  return found;
}

function readBlock({ body }: ast.Block, found: Found): void {
  const last = body.at(-1);
  for (const statement of body) if (statement !== last && leaves(statement)) return;
  if (last?.kind === "ExpressionStatement") readExpression(last.expression, found);
  else if (!last || !leaves(last)) found.empty = true;
}

function readExpression(node: ast.Expression, found: Found): void {
  if (node.kind === "If") {
    if (!node.otherwise) found.empty = true;
    else {
      for (const { body } of node.branches) readBlock(body, found);
      readBlock(node.otherwise, found);
    }
  } else if (node.kind === "Match") {
    for (const { body } of node.arms) {
      if (body.kind === "Block") readBlock(body, found);
      else found.values.push(body);
    }
  } else if (isSilent(node)) found.empty = true;
  else found.values.push(node);
}

const isSilent = (node: ast.Expression): boolean =>
  node.kind === "Call" && node.callee.kind === "Identifier" && valueless.has(node.callee.name);

/** True when control certainly does not go on after a statement. */
export function leaves(node: ast.Statement): boolean {
  switch (node.kind) {
    case "Return":
    case "Throw":
    case "Break":
    case "Continue":
      return true;
    case "ExpressionStatement":
      return leavesExpression(node.expression);
    case "Try":
      if (node.finalizer && leavesBlock(node.finalizer)) return true;
      return leavesBlock(node.body) && (!node.handler || leavesBlock(node.handler));
    case "While":
      return isEndless(node.test) && !breaks(node.body);
    case "With":
      return leavesBlock(node.body);
    default:
      return false;
  }
}

const isEndless = (test: ast.Expression | null): boolean =>
  test === null || (test.kind === "Boolean" && test.value);

const leavesBlock = (block: ast.Block): boolean => block.body.some(leaves);

function leavesExpression(node: ast.Expression): boolean {
  if (node.kind !== "If" || !node.otherwise) return false;
  return leavesBlock(node.otherwise) && node.branches.every(({ body }) => leavesBlock(body));
}

/** Whether a `break` stands in a loop's body; one of an inner loop counts too, to be on the safe side. */
const breaks = (node: Node): boolean =>
  node.kind === "Break" || (!isFunction(node) && children(node).some(breaks));

const isFunction = (node: Node): boolean => node.kind === "Function" || node.kind === "Lambda";
