// A Lezer tree and its source text to the typed syntax tree.
import type { Tree } from "@lezer/common";
import type { SourceFile, TopItem } from "../ast";
import { firstTooDeep } from "../depth";
import { NodeReader } from "./cursor";
import { readEdgeBlock, readSecurityBlock } from "./edge";
import { readStatements, readStatementsAt } from "./statement";

/**
 * Reads a tree made by `parser` from `source`. Never throws: where the tree has an error, a
 * `Missing` expression or an empty block stands. Of a tree that is nested too deeply it reads
 * nothing, since its recursion is as deep as the tree.
 */
export function read(tree: Tree, source: string): SourceFile {
  const r = new NodeReader(tree.cursor(), source);
  const items: TopItem[] = [];
  const file = { kind: "SourceFile", from: 0, to: source.length, items } as const;
  if (firstTooDeep(tree) !== null) return file;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "EdgeBlock") items.push(readEdgeBlock(r));
    else if (type === "SecurityBlock") items.push(readSecurityBlock(r));
    else if (type === "SharedBlock") items.push(readSharedBlock(r));
    else items.push(...readStatementsAt(r));
  }
  return file;
}

function readSharedBlock(r: NodeReader): TopItem {
  const { from, to } = r;
  let body: ReturnType<typeof readStatements> = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "MemberBody") body = readStatements(r);
  }
  return { kind: "SharedBlock", from, to, body };
}
