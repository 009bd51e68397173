// The brackets of a text in order → which have no partner, guessing from indentation where several could be meant.
import type { SourceRange } from "tova-parser";
import type { Line } from "./text";

/** One bracket of the text. */
export interface Bracket extends SourceRange {
  readonly text: string;
  readonly line: Line;
  /** Which node of the tree holds it; partners that the tree pairs have the same. */
  readonly holder: string;
}

/** An opener without a partner; `to` is where that shows. */
export interface Unclosed extends SourceRange {
  readonly text: string;
  /** Where its line starts, or itself where it is missing at the end of a line. */
  readonly start: number;
}

/** Brackets by what is wrong with them. */
export interface Matched {
  readonly unclosed: readonly Unclosed[];
  /** The first closer without a partner; `end` is where the consequences end. */
  readonly stray: (Bracket & { readonly end: number }) | null;
  readonly ends: ReadonlyMap<number, number>;
  readonly spoiled: readonly SourceRange[];
}

export const partners: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
export const openings: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

interface State {
  readonly length: number;
  readonly open: Bracket[];
  /** How many of each bracket are open: most that close nothing are not looked for among those that are. */
  readonly counts: Map<string, number>;
  readonly unclosed: Unclosed[];
  readonly ends: Map<number, number>;
  readonly spoiled: SourceRange[];
  /** The first bracket whose partner is indented less than its own line, if any. */
  leftOpen: Bracket | null;
  /** The first closer whose line is indented more than its partner's, if any. */
  closedEarly: Bracket | null;
  stray: (Bracket & { end: number }) | null;
}

/** Pairs the brackets of a text of the given length. */
export function matchBrackets(brackets: readonly Bracket[], length: number): Matched {
  const state: State = {
    ...{ length, open: [], counts: new Map(), unclosed: [], ends: new Map(), spoiled: [] },
    ...{ leftOpen: null, closedEarly: null, stray: null },
  };
  brackets.forEach((bracket, i) => {
    if (Object.hasOwn(partners, bracket.text)) {
      state.open.push(bracket);
      count(state, bracket, 1);
    } else close(state, bracket, brackets[i + 1]);
  });
  const { open, leftOpen } = state;
  if (open.length === 1 && leftOpen !== null) open.splice(0, 1, leftOpen);
  for (const one of open) state.unclosed.push(unclosedAt(one, length));
  return state;
}

function count({ counts }: State, { text }: Bracket, change: number): void {
  counts.set(text, (counts.get(text) ?? 0) + change);
}

function unclosedAt({ from, to, text, line }: Bracket, shown: number): Unclosed {
  return { from, to: shown, text, start: from === to ? from : line.start };
}

function close(state: State, bracket: Bracket, next: Bracket | undefined): void {
  const { open } = state;
  const wanted = openings[bracket.text] ?? "";
  if (!state.counts.get(wanted) || isExtra(bracket, open[open.length - 1], next)) {
    state.stray ??= strayAt(state, bracket);
    return;
  }
  const ended = open.splice(open.findLastIndex(({ text }) => text === wanted));
  const opener = ended[0] as Bracket;
  for (const one of ended) count(state, one, -1);
  for (const one of ended.slice(1)) state.unclosed.push(unclosedAt(one, bracket.to));
  state.ends.set(opener.from, bracket.to);
  if (opener.holder !== bracket.holder) state.spoiled.push({ from: opener.from, to: bracket.to });
  compareIndent(state, opener, bracket);
}

/** In `f({ a: 1 } })` the second `}` is one too many: what follows on the line closes the `(`. */
function isExtra(bracket: Bracket, top: Bracket | undefined, next: Bracket | undefined): boolean {
  if (top === undefined || top.text === openings[bracket.text]) return false;
  return next?.line.start === bracket.line.start && next.text === partners[top.text];
}

function strayAt(state: State, bracket: Bracket): Bracket & { end: number } {
  const { closedEarly, length, open } = state;
  if (open.length > 0) return { ...bracket, end: bracket.to };
  return { ...(closedEarly ?? bracket), end: length };
}

function compareIndent(state: State, opener: Bracket, closer: Bracket): void {
  const { start, indent } = closer.line;
  if (start === opener.line.start) return;
  if (indent > opener.line.indent) state.closedEarly ??= closer;
  else if (indent < opener.line.indent && closer.from - start === indent) state.leftOpen ??= opener;
}
