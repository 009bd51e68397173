// A Lezer tree and its text → which brackets, strings and comments are not closed, and what that spoils.
import type { SourceRange, Tree } from "tova-parser";
import { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import { type Bracket, matchBrackets, openings, partners } from "./brackets";
import { type Scan, scanDelimiters } from "./scan";
import { endBefore, lineEnd, lineReader, lineStart } from "./text";

/** What the pass over the delimiters found; read by the passes after it. */
export interface Delimiters {
  readonly findings: Findings;
  /** A closing bracket without partner: only worth a word if nothing before it explains it. */
  readonly stray: Findings;
  /** Stretches whose tree is a consequence of a delimiter mistake: nothing else is reported there. */
  readonly quiet: readonly SourceRange[];
  /** Stretches whose brackets the tree pairs otherwise than the text: one mistake spoils them. */
  readonly spoiled: readonly SourceRange[];
  /** Offset of a bracket → offset behind its partner. */
  readonly ends: ReadonlyMap<number, number>;
}

/** True when every bracket of the text has its partner, so that each part of a program ends where it says. */
export function isBalanced(tree: Tree, source: string): boolean {
  const { bodies, missing } = readTree(tree, source);
  const open: string[] = [];
  for (const { from, to } of withMissing(scanDelimiters(source, bodies).brackets, missing)) {
    const text = from === to ? "{" : (source[from] ?? "");
    if (Object.hasOwn(partners, text)) open.push(text);
    else if (open.pop() !== openings[text]) return false;
  }
  return open.length === 0;
}

/** Checks brackets, strings, interpolations and comments; linear in the size of the tree. */
export function checkDelimiters(tree: Tree, source: string): Delimiters {
  const findings = new Findings();
  const stray = new Findings();
  const quiet: SourceRange[] = [];
  const { holders, bodies, unclosedBody, missing } = readTree(tree, source);
  const scan = scanDelimiters(source, bodies);
  const open = unclosedBody === null ? openText(scan, source) : null;
  const brackets = readBrackets(withMissing(scan.brackets, missing), source, holders).filter(
    ({ from }) => from < (open ?? Infinity),
  );
  const matched = matchBrackets(brackets, source.length);
  if (open !== null) {
    quiet.push({ from: lineStart(source, open), to: source.length });
    reportOpenText(open, source, findings);
  }
  if (unclosedBody !== null) reportUnclosed({ ...unclosedBody, text: "{" }, findings, quiet);
  for (const bracket of matched.unclosed) {
    if (open !== null && bracket.to === source.length) continue;
    reportUnclosed(bracket, findings, quiet);
    quiet.push({ from: bracket.start, to: bracket.from });
  }
  if (matched.stray !== null) reportStray(matched.stray, stray, quiet);
  return { findings, stray, quiet, spoiled: matched.spoiled, ends: matched.ends };
}

/** What a scan of the text finds, over what the tree keeps as text. */
export const scanText = (tree: Tree, source: string): Scan =>
  scanDelimiters(source, readTree(tree, source).bodies);

/** The brackets of a text in order, with those that are missing; `strings` tells whether it ends in one. */
export function bracketsOf(tree: Tree, source: string) {
  const { bodies, missing } = readTree(tree, source);
  const scan = scanDelimiters(source, bodies);
  const brackets = withMissing(scan.brackets, missing).map(({ from, to }) => {
    return { from, text: from === to ? "{" : (source[from] ?? "") };
  });
  const strings = scan.openString !== null || scan.openComment !== null;
  return { brackets, starts: scan.starts, strings };
}

const at = (from: number): SourceRange => ({ from, to: from + 1 });

/** Nodes that the parser takes whole, brackets and all. */
const keptAsText = new Set(["OpaqueBody", "ForeignHead", "ForeignPattern"]);

interface TreeFacts {
  /** Offset of a bracket → which node of the tree holds it. */
  readonly holders: ReadonlyMap<number, string>;
  /** Bodies of blocks that are kept as text. */
  readonly bodies: readonly SourceRange[];
  readonly unclosedBody: SourceRange | null;
  /** Where a block starts whose `{` is missing. */
  readonly missing: readonly number[];
}

function readTree(tree: Tree, source: string): TreeFacts {
  const holders = new Map<number, string>();
  const bodies: SourceRange[] = [];
  const missing: number[] = [];
  let unclosedBody: SourceRange | null = null;
  tree.iterate({
    enter(ref) {
      const { name, from, to } = ref;
      if (Object.hasOwn(partners, name) || Object.hasOwn(openings, name)) {
        const { parent } = ref.node;
        if (parent && !parent.type.isError) holders.set(from, `${parent.name}${parent.from}`);
      } else if (name === "Interpolation") holders.set(from, `${name}${from}`);
      else if (keptAsText.has(name)) bodies.push({ from, to });
      else if (name === "MissingBrace") missing.push(from);
      else if (name === "OpaqueUnclosed") {
        bodies.push({ from, to });
        unclosedBody = { from: Math.max(from, source.indexOf("{", from)), to };
      }
    },
  });
  return { holders, bodies, unclosedBody, missing };
}

/** The brackets with an empty one for each `{` that is missing. */
function withMissing(
  brackets: readonly SourceRange[],
  missing: readonly number[],
): readonly SourceRange[] {
  if (missing.length === 0) return brackets;
  const added = missing.map((at) => ({ from: at, to: at }));
  return [...brackets, ...added].sort((a, b) => a.from - b.from || a.to - b.to);
}

function readBrackets(
  brackets: readonly SourceRange[],
  source: string,
  holders: ReadonlyMap<number, string>,
): readonly Bracket[] {
  const lineOf = lineReader(source);
  return brackets.map(({ from, to }) => {
    const isMissing = from === to;
    const holder = holders.get(from) ?? `${from}`;
    if (!isMissing) return { from, to, text: source[from] ?? "", line: lineOf(from), holder };
    const line = lineOf(endBefore(source, from));
    return { from, to, text: "{", line, holder: `Block${from}` };
  });
}

/**
 * Where the string or comment starts that is open at the end of the text. It may be the last of a
 * series of strings in which every quote was taken for its opposite: the first one that spans
 * lines is then the one left open. So is it when a comment starts in mid-line, as in `"/files/*"`.
 */
function openText({ openString, openComment, spanning }: Scan, source: string): number | null {
  if (openString !== null) {
    const quote = quoteAt(source, openString);
    const first = spanning.find(({ from }) => quoteAt(source, from) === quote);
    return Math.min(first?.from ?? openString, openString);
  }
  if (openComment === null) return null;
  const midLine = endBefore(source, openComment) > lineStart(source, openComment);
  return midLine ? (spanning[0]?.from ?? openComment) : openComment;
}

/** The quote that opens the string at an offset, with its prefix. */
export function quoteAt(source: string, from: number): string {
  return /^(?:r"|f?(?:"""|")|')/.exec(source.slice(from, from + 4))?.[0] ?? '"';
}

/** A string or comment without its end. */
export function reportOpenText(from: number, source: string, findings: Findings): void {
  if (source.startsWith("/*", from)) {
    findings.report({ from, to: from + 2 }, codes.unterminatedComment({}));
    return;
  }
  const opened = quoteAt(source, from);
  const quote = opened.replace(/^[fr]/, "");
  const line = source.slice(from, lineEnd(source, from));
  const braceBeforeEscape = opened.endsWith('"') && /(?<!\\)\{[^"]*\\"/.test(line);
  const message = codes.unterminatedString({ quote, braceBeforeEscape });
  findings.report({ from, to: from + opened.length }, message);
}

function reportUnclosed(
  { from, to, text }: SourceRange & { readonly text: string },
  findings: Findings,
  quiet: SourceRange[],
): void {
  reportBracket(from, text, findings);
  quiet.push({ from, to });
}

function reportStray(
  { from, text, end }: Bracket & { readonly end: number },
  findings: Findings,
  quiet: SourceRange[],
): void {
  reportBracket(from, text, findings);
  quiet.push({ from, to: end });
}

/** A bracket without its partner. */
export function reportBracket(from: number, text: string, findings: Findings): void {
  const close = partners[text];
  if (close !== undefined) {
    findings.report(at(from), codes.unclosed({ open: text, close }));
    return;
  }
  const problem = `This \`${text}\` closes nothing.`;
  const help = `Remove it, or open a \`${openings[text]}\` before it.`;
  findings.report(at(from), codes.unexpected({ problem, help }));
}
