// How deep a tree may be before the recursive stages after the parser would overflow the stack.
import type { Tree } from "@lezer/common";

/** Nesting of brackets, blocks and strings allowed by the language (spec section 15, E010). */
export const maxNesting = 200;
/** Depth of tree nodes: long operator chains are left-nested, one level an operator. */
const maxDepth = 2000;

const opening = new Set(["(", "[", "{", "StringStart"]);
const closing = new Set([")", "]", "}", "StringEnd"]);

/** The offset where the text is nested more than 200 deep, or null. */
export function firstTooDeep(tree: Tree): number | null {
  const cursor = tree.cursor();
  let nesting = 0;
  let depth = 0;
  for (;;) {
    if (opening.has(cursor.name)) nesting++;
    else if (closing.has(cursor.name)) nesting--;
    if (nesting > maxNesting || depth > maxDepth) return cursor.from;
    if (cursor.firstChild()) {
      depth++;
      continue;
    }
    while (!cursor.nextSibling()) {
      if (!cursor.parent()) return null;
      depth--;
    }
  }
}
