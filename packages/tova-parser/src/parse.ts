// Source text → its Lezer tree, given up early where the text is nothing like a program.
import type { Tree } from "@lezer/common";
import { parser } from "./generated/parser";

/**
 * Steps the parser may take while it recovers from errors: some hundred mistakes, far more than are
 * reported. Each such step is slow, so that a file of nothing but brackets would take seconds.
 */
const patience = 3000;

/** What a parse tells about itself besides its public interface: above 0 after an error. */
interface Recovery {
  readonly recovering?: number;
}

/** Parses a text. After very many errors the rest of the text is left out of the tree. */
export function parse(source: string): Tree {
  const progress = parser.startParse(source);
  let steps = 0;
  for (;;) {
    const tree = progress.advance();
    if (tree) return tree;
    if (!(progress as Recovery).recovering || progress.stoppedAt !== null) continue;
    if (++steps > patience) progress.stopAt(progress.parsedPos);
  }
}
