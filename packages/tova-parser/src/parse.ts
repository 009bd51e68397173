// Source text, and the parse of an earlier version of it → its Lezer tree. A text with mistakes is
// parsed a second time, by a parser that knows what may be missing, and given up early where it is nothing
// like a program.
import { type Input, type Tree, TreeFragment } from "@lezer/common";
import type { LRParser, ParserConfig } from "@lezer/lr";
import { survey } from "./depth";
import { parser, quickParser } from "./generated/parser";
import { placesOf, samePlaces } from "./places";
import { contextual, forgiving } from "./tokens";

/** A text and its tree. */
export interface Parsed {
  readonly source: string;
  readonly tree: Tree;
  /** Whether the parser had to recover from mistakes. */
  readonly recovered: boolean;
  /** The last version before without mistakes, which an edit of this one starts from if it has some. */
  readonly earlier: Parsed | null;
}

/** The two parsers of the language. Their trees have the same nodes, and types of their own. */
export interface Parsers {
  /** For correct texts, and parts of trees of correct texts. */
  readonly quick: LRParser;
  /** For texts with mistakes, always as a whole. */
  readonly forgiving: LRParser;
}

const tokenizers = [{ from: contextual, to: forgiving }];

/** The parser of correct texts is not made by `configure`: it would take a third more time. */
export const parsers: Parsers = { quick: quickParser, forgiving: parser.configure({ tokenizers }) };

/** The same parsers, configured; for tests. */
export function parsersWith(config: ParserConfig): Parsers {
  return { quick: quickParser.configure(config), forgiving: parsers.forgiving.configure(config) };
}

/**
 * Parses a text. After very many errors the rest of the text is left out of the tree.
 * @param previous of an earlier version of the text: what did not change since is not parsed again
 */
export function parse(source: string, previous?: Parsed): Parsed {
  return parseBy(parsers, source, previous);
}

/** As {@link parse}, by other parsers. */
export function parseBy(by: Parsers, source: string, previous?: Parsed): Parsed {
  if (previous?.source === source) return previous;
  const earlier = previous && isSound(previous) ? previous : (previous?.earlier ?? null);
  const correct =
    (earlier && parseEdited(by.quick, earlier, source)) ?? parseCorrect(by.quick, source);
  if (correct) return { source, tree: correct, recovered: false, earlier: null };
  const tree = parseWrong(by.forgiving, source);
  // Versions before that one are of no use any more.
  return { source, tree, recovered: true, earlier: earlier && { ...earlier, earlier: null } };
}

/** Whether a text has no mistake that its tree could hide from an edit. */
const isSound = ({ recovered, tree }: Parsed): boolean =>
  !recovered && survey(tree).tooDeep === null;

/** What a parse tells about itself besides its public interface: above 0 after an error. */
interface Recovery {
  readonly recovering?: number;
}

/** The tree of a text; null at the first mistake. */
function parseCorrect(by: LRParser, source: string): Tree | null {
  const progress = by.startParse(source);
  for (;;) {
    const tree = progress.advance();
    // Asked first: what is missing at the end of the text is made up for in the last step.
    if ((progress as Recovery).recovering) return null;
    if (tree) return tree;
  }
}

/**
 * Steps the parser may take while it recovers from errors: some hundred mistakes, far more than are
 * reported. Each such step is slow, so that a file of nothing but brackets would take seconds.
 */
const patience = 3000;

function parseWrong(by: LRParser, source: string): Tree {
  const input = countedInput(source);
  const progress = by.startParse(input);
  const most = minReads + 4 * Math.ceil(source.length / chunkLength);
  let steps = 0;
  for (;;) {
    const tree = progress.advance();
    if (tree) return tree;
    if (!(progress as Recovery).recovering || progress.stoppedAt !== null) continue;
    if (++steps > patience || input.reads > most) progress.stopAt(progress.parsedPos);
  }
}

/** Characters that the parser is given at once, and how often that may happen. */
const chunkLength = 4096;
const minReads = 500;

/** A text in chunks that count how much of it is read, as what a quote made up by the recovery would begin is. */
function countedInput(source: string): Input & { readonly reads: number } {
  let reads = 0;
  return {
    get reads() {
      return reads;
    },
    length: source.length,
    chunk(from) {
      const behind = from % chunkLength;
      if (behind === 0) reads++;
      return source.slice(from, from + chunkLength - behind);
    },
    lineChunks: false,
    read: (from, to) => source.slice(from, to),
  };
}

/**
 * Chains of operators are cut by their length (see `depth.ts`), which a parse that takes over the
 * beginning of one does not see.
 */
const maxDepth = 250;

/**
 * The tree of an edited text, made with parts of the earlier one. Null where it may differ from what
 * a parse of the whole text gives: the text has mistakes, is nested deeply, or a part that was taken
 * over stood elsewhere in the grammar before, where its words may mean something else.
 */
function parseEdited(by: LRParser, earlier: Parsed, source: string) {
  const edit = editBetween(earlier.source, source);
  const fragments = TreeFragment.applyChanges(TreeFragment.addTree(earlier.tree), [edit]);
  const progress = by.startParse(source, fragments);
  let tree: Tree | null = null;
  while (!tree) {
    tree = progress.advance();
    if ((progress as Recovery).recovering) return null;
  }
  const { tooDeep, depth, broken } = survey(tree);
  if (tooDeep !== null || broken || depth > maxDepth) return null;
  return samePlaces(tree, source, placesOf(earlier.tree, earlier.source)) ? tree : null;
}

/** The shortest stretch that tells the texts apart, in the terms of Lezer. */
function editBetween(a: string, b: string) {
  const shorter = Math.min(a.length, b.length);
  let from = 0;
  while (from < shorter && a.charCodeAt(from) === b.charCodeAt(from)) from++;
  let same = 0;
  const rest = shorter - from;
  while (same < rest && a.charCodeAt(a.length - same - 1) === b.charCodeAt(b.length - same - 1)) {
    same++;
  }
  return { fromA: from, toA: a.length - same, fromB: from, toB: b.length - same };
}
