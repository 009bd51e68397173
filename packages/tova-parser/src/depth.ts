// A Lezer tree → where it is nested too deeply for the recursive stages after the parser.
import type { SyntaxNode, Tree } from "@lezer/common";

/** Nesting of brackets, blocks and strings allowed by the language (spec section 15, E010). */
export const maxNesting = 200;
/** Depth of tree nodes in all. */
const maxDepth = 1200;
/**
 * `a + b + c …` and `a.b().c() …` are left-nested, a level an operator. The Lezer parser breaks
 * such a chain off with an error mark, at 300 levels at the earliest.
 */
const maxChain = 280;

const opening = new Set(["(", "[", "{", "StringStart"]);
const closing = new Set([")", "]", "}", "StringEnd"]);

const known = new WeakMap<Tree, number | null>();

/** The offset where the text is nested too deeply, or null. Takes time linear in the tree, once. */
export function firstTooDeep(tree: Tree): number | null {
  let found = known.get(tree);
  if (found === undefined) {
    found = findTooDeep(tree);
    known.set(tree, found);
  }
  return found;
}

function findTooDeep(tree: Tree): number | null {
  const cursor = tree.cursor();
  let nesting = 0;
  let depth = 0;
  for (;;) {
    const { name } = cursor;
    if (opening.has(name)) nesting++;
    else if (closing.has(name)) nesting--;
    if (name === "TooDeep" || nesting > maxNesting || depth > maxDepth) return cursor.from;
    if (cursor.type.isError && endsChain(cursor.node)) return cursor.from;
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

/** Is this error mark where the parser broke off a chain that got too long? */
function endsChain({ from, to, parent }: SyntaxNode): boolean {
  if (from !== to) return false;
  let levels = 0;
  for (let node = parent; node; node = node.firstChild) if (++levels > maxChain) return true;
  return false;
}
