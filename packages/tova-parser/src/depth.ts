// How deep a tree may be before the recursive stages after the parser would overflow the stack.
import type { Tree } from "@lezer/common";

/** Nesting of brackets, blocks and strings allowed by the language (spec section 15, E010). */
export const maxNesting = 200;
/** Depth of tree nodes in all. */
const maxDepth = 2000;
/**
 * Nodes that start at one place: `a + b + c …` and `a.b().c() …` are left-nested, a level an
 * operator. The Lezer parser breaks off such a chain at about 650.
 */
const maxChain = 500;

const opening = new Set(["(", "[", "{", "StringStart"]);
const closing = new Set([")", "]", "}", "StringEnd"]);

/** The offset where the text is nested too deeply for the stages after the parser, or null. */
export function firstTooDeep(tree: Tree): number | null {
  const cursor = tree.cursor();
  let nesting = 0;
  let depth = 0;
  let chain = 0;
  for (;;) {
    if (opening.has(cursor.name)) nesting++;
    else if (closing.has(cursor.name)) nesting--;
    if (nesting > maxNesting || depth > maxDepth || chain > maxChain) return cursor.from;
    const { from } = cursor;
    if (cursor.firstChild()) {
      depth++;
      chain = cursor.from === from ? chain + 1 : 0;
      continue;
    }
    while (!cursor.nextSibling()) {
      if (!cursor.parent()) return null;
      depth--;
    }
    chain = 0;
  }
}
