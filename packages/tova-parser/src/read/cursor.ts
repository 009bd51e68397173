// A walk over the children of a Lezer node, with the source text at hand.
import type { TreeCursor } from "@lezer/common";
import type { Name, SourceRange } from "../ast";
import { parser } from "../generated/parser";

const triviaNames = new Set([
  ...["LineComment", "DocComment", "BlockComment", "UnterminatedComment", "TooDeep", "⚠"],
]);
/** By the id of a type. */
const trivia: readonly boolean[] = parser.nodeSet.types.map(({ name }) => triviaNames.has(name));

/**
 * A list without spare room: one that grows has room for 17 elements from the first on, and most in
 * a program have one or two.
 */
export const trimmed = <T>(list: T[]): T[] => (list.length === 0 ? list : list.slice());

/** Reads nodes off a tree cursor; each `read*` function leaves the cursor where it found it. */
export class NodeReader {
  constructor(
    private readonly cursor: TreeCursor,
    readonly source: string,
  ) {}

  /** Name of the current node's type. */
  get type(): string {
    return this.cursor.name;
  }

  get from(): number {
    return this.cursor.from;
  }

  get to(): number {
    return this.cursor.to;
  }

  get text(): string {
    return this.source.slice(this.cursor.from, this.cursor.to);
  }

  /** The range of the current node. */
  range(): SourceRange {
    return { from: this.cursor.from, to: this.cursor.to };
  }

  /**
   * Goes to the first child and gives its type; null without one. Comments and error marks are left
   * out. What goes in goes on by {@link next} until that gives null, which is back at the node:
   * `for (let type = r.first(); type; type = r.next())`.
   */
  first(): string | null {
    return this.cursor.firstChild() ? this.settle() : null;
  }

  /** Goes to the next sibling and gives its type; with null, for none, to the parent. */
  next(): string | null {
    return this.cursor.nextSibling() ? this.settle() : this.leave();
  }

  /** The type of the current node, or of the first behind it that is read. */
  private settle(): string | null {
    const { cursor } = this;
    while (trivia[cursor.type.id]) if (!cursor.nextSibling()) return this.leave();
    return cursor.type.name;
  }

  private leave(): null {
    this.cursor.parent();
    return null;
  }

  /** The current node as a name. */
  name(): Name {
    return { kind: "Name", from: this.from, to: this.to, name: this.text };
  }
}
