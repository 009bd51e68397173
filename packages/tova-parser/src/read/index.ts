// A Lezer tree and its source text to the typed syntax tree.
import type { Tree } from "@lezer/common";
import type { SourceFile, TopItem } from "../ast";
import { NodeReader } from "./cursor";
import { readEdgeBlock, readSecurityBlock } from "./edge";
import { readStatements, readStatementsAt } from "./statement";

/**
 * Reads a tree made by `parser` from `source`. Never throws: where the tree has an error, a
 * `Missing` expression or an empty block stands. Recursion is as deep as the tree (see
 * `checkDepth`).
 */
export function read(tree: Tree, source: string): SourceFile {
  const r = new NodeReader(tree.cursor(), source);
  const items: TopItem[] = [];
  r.each((type) => {
    if (type === "EdgeBlock") items.push(readEdgeBlock(r));
    else if (type === "SecurityBlock") items.push(readSecurityBlock(r));
    else if (type === "SharedBlock") items.push(readSharedBlock(r));
    else items.push(...readStatementsAt(r));
  });
  return { kind: "SourceFile", from: 0, to: source.length, items };
}

function readSharedBlock(r: NodeReader): TopItem {
  const { from, to } = r;
  let body: ReturnType<typeof readStatements> = [];
  r.each((type) => {
    if (type === "MemberBody") body = readStatements(r);
  });
  return { kind: "SharedBlock", from, to, body };
}
