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

/** Brackets by what is wrong with them. */
export interface Matched {
  /** Openers without a partner; `to` is where that shows. */
  readonly unclosed: readonly (SourceRange & { readonly text: string })[];
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
  readonly unclosed: (SourceRange & { readonly text: string })[];
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
    ...{ length, open: [], unclosed: [], ends: new Map(), spoiled: [] },
    ...{ leftOpen: null, closedEarly: null, stray: null },
  };
  brackets.forEach((bracket, i) => {
    if (Object.hasOwn(partners, bracket.text)) state.open.push(bracket);
    else close(state, bracket, brackets[i + 1]);
  });
  const { open, leftOpen } = state;
  if (open.length === 1 && leftOpen !== null) open.splice(0, 1, leftOpen);
  for (const { from, text } of open) state.unclosed.push({ from, to: length, text });
  return state;
}

function close(state: State, bracket: Bracket, next: Bracket | undefined): void {
  const { open } = state;
  const index = open.findLastIndex(({ text }) => text === openings[bracket.text]);
  const opener = open[index];
  if (opener === undefined || isExtra(bracket, open[open.length - 1], next)) {
    state.stray ??= strayAt(state, bracket);
    return;
  }
  for (const { from, text } of open.splice(index).slice(1)) {
    state.unclosed.push({ from, to: bracket.to, text });
  }
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
