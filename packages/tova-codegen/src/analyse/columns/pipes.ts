// A file → what stands on the right side of its pipes, where `.name` and first arguments mean something else.
import type { ast } from "tova-parser";
import { startOf } from "../pipe-start";
import { isColumn } from "./column";
import { walk } from "./map-tree";

/** The right sides of pipes, by what they begin with. */
export interface PipedParts {
  /** Each `.name` that is a member of the left side, no column. */
  readonly heads: ReadonlySet<object>;
  /** Where the names of functions start that the left side is the first argument of. */
  readonly piped: ReadonlySet<number>;
}

/** Finds what the right sides of pipes begin with. */
export function pipedParts(file: ast.SourceFile): PipedParts {
  const heads = new Set<object>();
  const piped = new Set<number>();
  for (const node of walk(file)) {
    if (node.kind !== "Pipe") continue;
    const start = startOf((node as ast.Pipe).right);
    if (isColumn(start)) heads.add(start);
    else piped.add(start.from);
  }
  return { heads, piped };
}
