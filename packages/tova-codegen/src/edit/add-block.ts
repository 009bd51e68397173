// Source text and a name → the text with one edge block more; pure.
import type { TargetName } from "../model/program";
import { type Edited, edited, refused } from "./edit";
import { nameProblem, readSourceBlocks } from "./source-blocks";

export interface NewBlock {
  readonly name: string;
  readonly target: TargetName;
  /** Lines of the block after `target`, each indented by levels of `\t`. */
  readonly body: readonly string[];
}

/** As the file itself is written, else two spaces. */
function indentOf(source: string): string {
  return /^edge\b[^\n]*\{[ \t]*\r?\n(?<indent>[ \t]+)\S/m.exec(source)?.groups?.indent ?? "  ";
}

/**
 * Adds an edge block at the end of a source; every character before it stays.
 * @returns a problem when the source does not parse or the name cannot be used
 */
export function addEdgeBlock(source: string, { name, target, body }: NewBlock): Edited {
  const blocks = readSourceBlocks(source);
  if (blocks === null) return refused("The source has syntax errors; correct them first.");
  const problem = nameProblem(name, blocks);
  if (problem !== null) return refused(problem);
  const lineBreak = source.includes("\r\n") ? "\r\n" : "\n";
  const indent = indentOf(source);
  const lines = [
    `edge ${JSON.stringify(name)} {`,
    `\ttarget: ${JSON.stringify(target)}`,
    ...body.map((line) => (line === "" ? "" : `\t${line}`)),
    "}",
    "",
  ].map((line) => line.replace(/^\t+/, (tabs) => indent.repeat(tabs.length)));
  const gap = gapAfter(source, lineBreak);
  return edited(`${source}${gap}${lines.join(lineBreak)}`);
}

/** One empty line, whatever the text ends with. */
function gapAfter(source: string, lineBreak: string): string {
  if (source.replace(/^\uFEFF/, "") === "" || /\n[ \t]*\r?\n$/.test(source)) return "";
  return source.endsWith("\n") ? lineBreak : lineBreak + lineBreak;
}
