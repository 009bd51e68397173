// A Lezer tree → where it is nested too deeply for the recursive stages after the parser.
import type { NodeType, SyntaxNode, SyntaxNodeRef, Tree } from "@lezer/common";
import { parser } from "./generated/parser";

/** Nesting of brackets, blocks and strings allowed by the language (spec section 15, E010). */
const maxNesting = 200;
/** Depth of tree nodes in all. */
const maxDepth = 1200;
/**
 * `a + b + c …` and `a.b().c() …` are left-nested, a level an operator. The Lezer parser breaks
 * such a chain off with an error mark, at 300 levels at the earliest.
 */
const maxChain = 280;

const opening = new Set(["(", "[", "{", "StringStart"]);
const closing = new Set([")", "]", "}", "StringEnd"]);

const plain = 0;
const opener = 1;
const closer = 2;
/** An error mark, or what is left out for being nested too deeply. */
const mark = 3;

function kindOf({ name, isError }: NodeType): number {
  if (opening.has(name)) return opener;
  if (closing.has(name)) return closer;
  return isError || name === "TooDeep" ? mark : plain;
}

/** By the id of a type. */
const kinds: readonly number[] = parser.nodeSet.types.map(kindOf);

/** What one walk over a tree tells of it. */
export interface Survey {
  /** The offset where it is nested too deeply for the recursive stages, or null. */
  readonly tooDeep: number | null;
  /** Levels of nodes, as far as the walk came. */
  readonly depth: number;
  /** Whether the walk came by an error mark. */
  readonly broken: boolean;
}

const known = new WeakMap<Tree, Survey>();

/** The offset where the text is nested too deeply, or null. Takes time linear in the tree, once. */
export const firstTooDeep = (tree: Tree): number | null => survey(tree).tooDeep;

/** What to do at a node; the second argument is what {@link survey} was given. */
export type Visitor<T> = (node: SyntaxNodeRef, context: T) => void;

/** Visitors by the id of a type, made by {@link visitorsOf}. */
export type Visitors<T> = readonly (Visitor<T> | undefined)[];

/** Takes visitors by the name of a type. */
export function visitorsOf<T>(byName: ReadonlyMap<string, Visitor<T>>): Visitors<T> {
  return parser.nodeSet.types.map(({ name }) => byName.get(name));
}

/**
 * Surveys a tree; without visitors only the first time. The walk ends where the tree is too deep, so
 * that no visitor comes there.
 */
export function survey(tree: Tree): Survey;
export function survey<T>(tree: Tree, visitors: Visitors<T>, context: T): Survey;
export function survey<T>(tree: Tree, visitors?: Visitors<T>, context?: T): Survey {
  const earlier = known.get(tree);
  if (earlier && !visitors) return earlier;
  const found = look(tree, visitors ?? [], context as T);
  known.set(tree, found);
  return found;
}

function look<T>(tree: Tree, visitors: Visitors<T>, context: T): Survey {
  const cursor = tree.cursor();
  let nesting = 0;
  let level = 0;
  let depth = 0;
  let broken = false;
  for (;;) {
    const { type } = cursor;
    const kind = kinds[type.id];
    if (kind !== plain) {
      if (kind === opener) nesting++;
      else if (kind === closer) nesting--;
      else broken = true;
      const tooDeep = type.name === "TooDeep" || nesting > maxNesting;
      if (tooDeep || (type.isError && endsChain(cursor.node))) {
        return { tooDeep: cursor.from, depth, broken };
      }
    }
    visitors[type.id]?.(cursor, context);
    if (cursor.firstChild()) {
      level++;
      if (level > depth) depth = level;
      if (level > maxDepth) return { tooDeep: cursor.from, depth, broken };
      continue;
    }
    while (!cursor.nextSibling()) {
      if (!cursor.parent()) return { tooDeep: null, depth, broken };
      level--;
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
