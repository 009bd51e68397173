// Source text → its edge blocks as they stand in the text, for edits.
import { type ast, parse, read } from "tova-parser";
import { plainText } from "../analyse/literal";
import { syntaxErrors } from "../analyse/syntax-errors";
import { hasErrors } from "../diagnostics/diagnostic";
import { isBlockName } from "../model/block-name";
import { kebab } from "../model/kebab";

/** An edge block of a source without syntax errors; several may have one name (spec 11). */
export interface SourceBlock {
  /** Null for `edge { … }`. */
  readonly name: string | null;
  readonly node: ast.EdgeBlock;
}

/** Null when the source does not parse: an edit of it could mean anything. */
export function readSourceBlocks(source: string): readonly SourceBlock[] | null {
  const { tree } = parse(source);
  if (hasErrors(syntaxErrors(tree, source))) return null;
  return read(tree, source).items.flatMap((item) =>
    item.kind === "EdgeBlock"
      ? [{ name: item.name === null ? null : plainText(item.name), node: item }]
      : [],
  );
}

/** Why a block cannot be called so, given the others of its file; null when it can. */
export function nameProblem(name: string, blocks: readonly SourceBlock[]): string | null {
  if (!isBlockName(name)) {
    return `"${name}" cannot name an edge block: use letters, digits, spaces, - and _, as in "order-api".`;
  }
  const clash = blocks.find((block) => block.name !== null && kebab(block.name) === kebab(name));
  if (clash === undefined) return null;
  return clash.name === name
    ? `There is an edge block "${name}" already.`
    : `"${name}" and the edge block "${clash.name}" would both be the worker ${kebab(name)}.`;
}
