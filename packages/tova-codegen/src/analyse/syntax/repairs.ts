// What is changed in a text whose brackets or strings have no partners, so that they have.
import type { Tree } from "tova-parser";

/** A text as it was given, and its tree. */
export interface Given {
  readonly tree: Tree;
  readonly source: string;
}

/** One change to a text. */
export interface Repair {
  /** Offset in the text as it was given. */
  readonly at: number;
  /** What is put in there; nothing where the character there is left out. */
  readonly insert: string;
  /** What has no partner: the bracket or quote that is told of. */
  readonly told: number;
}
