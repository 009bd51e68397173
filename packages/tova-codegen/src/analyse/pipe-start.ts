// The right side of a pipe → what it begins with: a name, or the `.name` of the left side.
import type { ast } from "tova-parser";

/** What a chain of members, calls and elements begins with. */
export function startOf(node: ast.Expression): ast.Expression {
  switch (node.kind) {
    case "Member":
    case "Index":
    case "Slice":
      return node.object ? startOf(node.object) : node;
    case "Call":
      return startOf(node.callee);
    case "Propagate":
      return startOf(node.operand);
    case "Await":
      return startOf(node.argument);
    default:
      return node;
  }
}
