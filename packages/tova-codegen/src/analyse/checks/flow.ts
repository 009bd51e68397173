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

const stops: Ends = { values: [], empty: false };
const nothing: Ends = { values: [], empty: true };

const both = (ends: readonly Ends[]): Ends => ({
  values: ends.flatMap(({ values }) => values),
  empty: ends.some(({ empty }) => empty),
});

/** How a body ends by the rules of the implicit return (spec 4). */
export function endsOf(block: ast.Block): Ends {
  const last = block.body.at(-1);
  if (!last) return nothing;
  return block.body.slice(0, -1).some(leaves) ? stops : endsOfStatement(last);
}

function endsOfStatement(node: ast.Statement): Ends {
  if (node.kind === "ExpressionStatement") return endsOfExpression(node.expression);
  return leaves(node) ? stops : nothing;
}

function endsOfExpression(node: ast.Expression): Ends {
  if (node.kind === "If") {
    const blocks = node.branches.map(({ body }) => body);
    if (node.otherwise) return both([...blocks, node.otherwise].map(endsOf));
    return nothing;
  }
  if (node.kind === "Match") {
    return both(
      node.arms.map(({ body }) =>
        body.kind === "Block" ? endsOf(body) : { values: [body], empty: false },
      ),
    );
  }
  const silent =
    node.kind === "Call" && node.callee.kind === "Identifier" && valueless.has(node.callee.name);
  return silent ? nothing : { values: [node], empty: false };
}

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
  return [...node.branches.map(({ body }) => body), node.otherwise].every(leavesBlock);
}

/** Whether a `break` stands in a loop's body; one of an inner loop counts too, to be on the safe side. */
const breaks = (node: Node): boolean =>
  node.kind === "Break" || (!isFunction(node) && children(node).some(breaks));

const isFunction = (node: Node): boolean => node.kind === "Function" || node.kind === "Lambda";
