// A Lezer tree → which brackets, strings and comments are not closed, and where each bracket ends.
import type { SourceRange, SyntaxNodeRef, Tree } from "tova-parser";
import { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import { type Line, lineReader } from "./text";

/** What the pass over the delimiters found; read by the passes after it. */
export interface Delimiters {
  readonly findings: Findings;
  /** Stretches whose tree is a consequence of a delimiter mistake: nothing else is reported there. */
  readonly quiet: readonly SourceRange[];
  /** Offset of a bracket → offset behind its partner. */
  readonly ends: ReadonlyMap<number, number>;
}

interface Opener {
  readonly from: number;
  readonly text: string;
  readonly line: Line;
}

interface State {
  readonly source: string;
  readonly lineOf: (offset: number) => Line;
  readonly findings: Findings;
  readonly quiet: SourceRange[];
  readonly ends: Map<number, number>;
  readonly open: Opener[];
  /** The first bracket whose partner is indented less than its own line, if any. */
  leftOpen: Opener | null;
  /** The first closing bracket that is indented more than its partner's line, if any. */
  closedEarly: SourceRange | null;
  stray: SourceRange | null;
  /** By quote: the first closed string that runs over a line break. */
  readonly spanning: Map<string, SourceRange>;
}

const partners: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const openings: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Checks brackets, strings, interpolations and comments; linear in the size of the tree. */
export function checkDelimiters(tree: Tree, source: string): Delimiters {
  const state: State = {
    ...{
      source,
      lineOf: lineReader(source),
      findings: new Findings(),
      quiet: [],
      ends: new Map(),
      open: [],
    },
    ...{ leftOpen: null, closedEarly: null, stray: null, spanning: new Map() },
  };
  tree.iterate({
    enter: (node) => enter(state, node),
    leave: (node) => leave(state, node),
  });
  reportUnclosed(state);
  return state;
}

function enter(state: State, node: SyntaxNodeRef): void {
  const { name, from, to } = node;
  if (Object.hasOwn(partners, name)) pushOpener(state, from, name);
  else if (Object.hasOwn(openings, name)) close(state, node);
  else if (name === "Interpolation") pushOpener(state, from, "{");
  else if (name === "UnterminatedString") reportString(state, { from, to });
  else if (name === "UnterminatedComment") {
    state.findings.report({ from, to: from + 2 }, codes.unterminatedComment({}));
    state.quiet.push({ from, to });
  } else if (name === "OpaqueUnclosed") {
    const brace = Math.max(from, state.source.indexOf("{", from));
    unclosed(state, { from: brace, text: "{", line: state.lineOf(brace) }, to);
  }
}

function leave(state: State, node: SyntaxNodeRef): void {
  if (node.name === "Interpolation") {
    const index = state.open.findLastIndex(({ from }) => from === node.from);
    if (index < 0) return;
    for (const opener of state.open.splice(index)) unclosed(state, opener, node.to);
  } else if (node.name === "String") leaveString(state, node);
}

function leaveString(state: State, node: SyntaxNodeRef): void {
  const { from, to } = node;
  const first = node.node.firstChild;
  const last = node.node.lastChild;
  if (first?.name === "StringStart" && last?.name !== "StringEnd")
    reportString(state, { from, to });
  else if (state.source.slice(from, to).includes("\n")) {
    const quote = quoteAt(state.source, from);
    if (!state.spanning.has(quote)) state.spanning.set(quote, { from, to });
  }
}

function quoteAt(source: string, from: number): string {
  return /^[fr]?("""|"|')/.exec(source.slice(from, from + 4))?.[1] ?? '"';
}

/**
 * A string that is open at the end of the text may be the last of a series in which every quote
 * was taken for its opposite: the first one that spans lines is then the one left open.
 */
function reportString(state: State, range: SourceRange): void {
  const quote = quoteAt(state.source, range.from);
  const { from } = state.spanning.get(quote) ?? range;
  const { list } = state.findings;
  const earlier = list.filter((finding) => finding.range.from < from);
  list.splice(0, list.length, ...earlier);
  const end = from + quote.length + (state.source[from] === quote[0] ? 0 : 1);
  state.findings.report({ from, to: end }, codes.unterminatedString({ quote }));
  state.quiet.push({ from, to: state.source.length });
  state.open.length = 0;
}

function pushOpener(state: State, from: number, text: string): void {
  state.open.push({ from, text, line: state.lineOf(from) });
}

function close(state: State, node: SyntaxNodeRef): void {
  const { from, to, name } = node;
  const index = state.open.findLastIndex(({ text }) => text === openings[name]);
  const opener = state.open[index];
  if (opener === undefined) {
    state.stray ??= { from, to };
    return;
  }
  for (const skipped of state.open.splice(index).slice(1)) unclosed(state, skipped, to);
  state.ends.set(opener.from, to);
  const { start, indent } = state.lineOf(from);
  if (from - start !== indent || start === opener.line.start) return;
  if (indent < opener.line.indent) state.leftOpen ??= opener;
  else if (indent > opener.line.indent) state.closedEarly ??= { from, to };
}

function unclosed(state: State, { from, text }: Opener, end: number): void {
  const range = { from, to: from + 1 };
  state.findings.report(range, codes.unclosed({ open: text, close: partners[text] ?? "" }));
  state.quiet.push({ from, to: end });
}

function reportUnclosed(state: State): void {
  const { source, open, leftOpen, stray, closedEarly } = state;
  if (open.length === 1 && leftOpen !== null) open.splice(0, 1, leftOpen);
  for (const opener of open) unclosed(state, opener, source.length);
  if (stray === null) return;
  const { from, to } = closedEarly !== null && closedEarly.from < stray.from ? closedEarly : stray;
  const text = source.slice(from, to);
  const problem = `This \`${text}\` closes nothing.`;
  const help = `Remove it, or open a \`${openings[text]}\` before it.`;
  state.findings.report({ from, to }, codes.unexpected({ problem, help }));
  state.quiet.push({ from, to: source.length });
}
