// `if` as an expression or a statement → a conditional, or `if` statements (spec 5.3, 8).
import type { ast } from "tova-parser";
import { codes } from "../diagnostics/registry";
import { type Context, type Destination, enterBlock, freshName, toVariable } from "./context";
import { emitExpression, emitOperand } from "./expression";
import { hoists, isConditional, soleExpression } from "./hoisting";
import { emitBlockTo } from "./statement";
import { braces, type Code } from "./writer";

/** An `if` whose value is used where it stands. */
export function emitConditional(cx: Context, node: ast.Conditional): Code {
  if (isConditional(cx, node)) return emitTernary(cx, node);
  const name = freshName(cx);
  cx.out.push(["let ", name, ";"]);
  emitIf(cx, node, toVariable(name));
  return name;
}

function emitTernary(cx: Context, node: ast.Conditional): Code {
  const value = (block: ast.Block | null): Code => {
    const expression = block && soleExpression(block);
    return expression ? emitOperand(cx, expression) : "undefined";
  };
  const branches = node.branches.map(
    ({ test, body }): Code => [emitOperand(cx, test), " ? ", value(body), " : "],
  );
  return [...branches, value(node.otherwise)];
}

/** Tests that need statements nest the rest of an `if` in braces; engines have their limits. */
const maxNested = 200;

/** An `if` whose branches give their value to a destination. */
export function emitIf(cx: Context, node: ast.Conditional, destination: Destination): void {
  const nested = node.branches.slice(1).filter(({ test }) => hoists(cx, test));
  const last = nested[maxNested];
  if (last) {
    cx.unit.findings.report(last.test, codes.tooDeep({}));
    return;
  }
  cx.out.push([node.from, emitBranches(cx, node, 0, destination)]);
}

function emitBranches(
  cx: Context,
  node: ast.Conditional,
  index: number,
  destination: Destination,
): Code {
  const branch = node.branches[index];
  if (!branch) return node.otherwise ? emitBlockTo(cx, node.otherwise, destination) : "{}";
  const test = emitExpression(cx, branch.test);
  const body = emitBlockTo(cx, branch.body, destination);
  const head: Code = ["if (", branch.test.from, test, ") ", body];
  const next = node.branches[index + 1];
  if (!next && !node.otherwise) return head;
  return [head, " else ", emitElse(cx, node, index + 1, destination)];
}

/** What a later test must run before it goes inside the `else`. */
function emitElse(
  cx: Context,
  node: ast.Conditional,
  index: number,
  destination: Destination,
): Code {
  const next = node.branches[index];
  if (!next || !hoists(cx, next.test)) return emitBranches(cx, node, index, destination);
  const inside = enterBlock(cx);
  inside.out.push(emitBranches(inside, node, index, destination));
  return braces(inside.out);
}
