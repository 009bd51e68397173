// A string node and its source → where in the source each character of its decoded text stands.
import type { SourceRange, StringLiteral } from "../ast";
import { dedentationOf, escapes } from "./string";

/** From `at` in the decoded text on, characters stand side by side from `from` in the source on. */
export interface TextRun {
  readonly at: number;
  readonly from: number;
}

/**
 * The runs of each text among a string's parts; null for an expression, and for a text whose place
 * cannot be told. Escapes and the indentation of triple strings end a run.
 */
export function textRuns(
  node: StringLiteral,
  source: string,
): readonly (readonly TextRun[] | null)[] {
  const isRaw = source[node.from] === "r";
  const isTriple = source.startsWith('"""', node.from) && node.to - node.from >= 6;
  const open = isTriple ? 3 : isRaw ? 2 : 1;
  const whole = { from: node.from + open, to: node.to - (isTriple ? 3 : 1) };
  const regions = textRegions(node, source, whole);
  const kept = isTriple ? dedented(regions, source) : regions.map((region) => [region]);
  const texts = kept
    .map((pieces) => decoded(pieces, source, isRaw))
    .filter(({ text }) => text !== "");
  let next = 0;
  return node.parts.map((part) => {
    if (typeof part !== "string") return null;
    const found = texts[next++];
    return found?.text === part ? found.runs : null;
  });
}

/** The texts before, between and behind the interpolations, also empty ones. */
function textRegions({ parts }: StringLiteral, source: string, { from, to }: SourceRange) {
  const regions: SourceRange[] = [];
  let start = from;
  for (const part of parts) {
    if (typeof part === "string") continue;
    regions.push({ from: start, to: Math.max(start, source.lastIndexOf("{", part.from)) });
    start = Math.max(start, source.indexOf("}", part.to) + 1);
  }
  return [...regions, { from: start, to: Math.max(start, to) }];
}

/** What is left of each text of a triple string, line by line. */
function dedented(regions: readonly SourceRange[], source: string): readonly SourceRange[][] {
  // An expression is anything but text here.
  const hole = { kind: "Missing", from: 0, to: 0 } as const;
  const parts = regions.flatMap(({ from, to }, i) => {
    const text = source.slice(from, to);
    return i === 0 ? [text] : [hole, text];
  });
  const { opening, closing, indent } = dedentationOf(parts);
  return regions.map(({ from, to }, i) => {
    const first = i === 0 ? from + opening : from;
    const end = i === regions.length - 1 ? Math.max(first, to - closing) : to;
    return linesOf({ from: first, to: end }, source, { indent, startsLine: i === 0 });
  });
}

/** The lines of a text, each with its end and without its indentation. */
function linesOf(
  { from, to }: SourceRange,
  source: string,
  { indent, startsLine }: { readonly indent: number; readonly startsLine: boolean },
): SourceRange[] {
  const lines: SourceRange[] = [];
  let isStart = startsLine;
  for (let start = from; start < to; ) {
    const newline = source.indexOf("\n", start);
    const end = newline === -1 || newline >= to ? to : newline + 1;
    let kept = start;
    if (isStart)
      while (kept < Math.min(start + indent, end) && /[ \t]/.test(source[kept] ?? "")) kept++;
    lines.push({ from: kept, to: end });
    isStart = true;
    start = end;
  }
  return lines;
}

/** The decoded text of pieces that follow one another, and its runs. */
function decoded(pieces: readonly SourceRange[], source: string, isRaw: boolean) {
  const runs: TextRun[] = [];
  let text = "";
  let expected = -1;
  const append = (from: number, to: number, value = source.slice(from, to)) => {
    if (value === "") return;
    if (from !== expected) runs.push({ at: text.length, from });
    text += value;
    expected = from + value.length;
  };
  for (const { from, to } of pieces) {
    let at = from;
    const ofOther = isRaw ? /\r\n?/g : /\r\n?|\\[^\r]/g;
    for (const { index, 0: found } of source.slice(from, to).matchAll(ofOther)) {
      const value = found[0] === "\r" ? "\n" : escapes[found[1] ?? ""];
      if (value === undefined) continue;
      append(at, from + index);
      append(from + index, from + index + found.length, value);
      at = from + index + found.length;
    }
    append(at, to);
  }
  return { text, runs };
}
