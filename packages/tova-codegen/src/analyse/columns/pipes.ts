// A file → what stands on the right side of its pipes, where `.name` and first arguments mean something else.
import type { ast } from "tova-parser";
import { isColumn } from "./column";
import { walk } from "./map-tree";

/** The right sides of pipes, by what they begin with. */
export interface PipedParts {
  /** Each `.name` that is a member of the left side, no column. */
  readonly heads: ReadonlySet<object>;
  /** Where the names of functions start that the left side is the first argument of. */
  readonly callees: ReadonlySet<number>;
}

/** Finds what the right sides of pipes begin with. */
export function pipedParts(file: ast.SourceFile): PipedParts {
  const heads = new Set<object>();
  const callees = new Set<number>();
  for (const node of walk(file)) {
    if (node.kind !== "Pipe") continue;
    const start = startOf((node as ast.Pipe).right);
    if (isColumn(start)) heads.add(start);
    else callees.add(start.from);
  }
  return { heads, callees };
}

/** What a chain of members, calls and elements begins with. */
function startOf(node: ast.Expression): ast.Expression {
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
