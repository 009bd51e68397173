// Source text → its brackets, and a string or comment left open; independent of how the parser recovered.
import type { SourceRange } from "tova-parser";
import { lineEnd, reservedWords } from "./text";

/** What a scan of the text found. */
export interface Scan {
  /** Every bracket outside strings and comments, those of interpolations included, in order. */
  readonly brackets: readonly SourceRange[];
  /** Start of the outermost string open at the end of the text. */
  readonly openString: number | null;
  readonly openComment: number | null;
  /** Closed strings that run over a line break, in order. */
  readonly spanning: readonly SourceRange[];
  /** The first token of each line that begins in code, outside strings and comments. */
  readonly starts: readonly number[];
}

interface OpenString {
  readonly from: number;
  readonly quote: string;
  /** Whether `{` interpolates and `\` escapes. */
  readonly interpolates: boolean;
  readonly escapes: boolean;
  /** Brackets open in the interpolation being read, -1 while reading text. */
  depth: number;
}

interface State {
  readonly source: string;
  at: number;
  /** Whether the last token ends a value, so that `/` divides (spec section 1.6). */
  value: boolean;
  readonly strings: OpenString[];
  readonly brackets: SourceRange[];
  readonly spanning: SourceRange[];
  readonly starts: number[];
  /** Whether only blanks stand before the place on its line. */
  fresh: boolean;
  openComment: number | null;
}

/** Scans `source`, over the bodies of blocks that are kept as text; linear in its length. */
export function scanDelimiters(source: string, bodies: readonly SourceRange[]): Scan {
  const state: State = {
    ...{ source, at: source.startsWith("#!") ? lineEnd(source, 0) : 0, value: false, strings: [] },
    ...{ brackets: [], spanning: [], starts: [], fresh: true, openComment: null },
  };
  let body = 0;
  while (state.at < source.length) {
    while ((bodies[body]?.from ?? Infinity) < state.at) body++;
    const string = state.strings[state.strings.length - 1];
    if (string && string.depth < 0) scanText(state, string);
    else if (bodies[body]?.from === state.at) state.at = bodies[body]?.to ?? state.at;
    else scanCode(state, string);
  }
  return { ...state, openString: state.strings[0]?.from ?? null };
}

function scanText(state: State, string: OpenString): void {
  const { source, at } = state;
  const char = source[at];
  if (char === "\\" && string.escapes) state.at += 2;
  else if (source.startsWith(string.quote, at)) {
    state.at += string.quote.length;
    state.strings.pop();
    state.value = true;
    const { from } = string;
    if (lineEnd(source, from) < state.at) state.spanning.push({ from, to: state.at });
  } else {
    if (char === "{" && string.interpolates) {
      state.brackets.push({ from: at, to: at + 1 });
      string.depth = 0;
      state.value = false;
    }
    state.at++;
  }
}

const token = /\s+|\/\/[^\n]*|[\p{L}_$][\p{L}\p{N}\p{M}_$]*|\d[\w]*|./suy;
const opening = /[fr]?(?:"""|"|')/y;
const regularExpression = /\/(?![/*])(?:[^\n\\[/]|\\[^\n]|\[(?:[^\n\\\]]|\\[^\n])*\])+\//y;

function matchAt(pattern: RegExp, source: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? "";
}

function scanCode(state: State, string: OpenString | undefined): void {
  const { source, at } = state;
  const quote = matchAt(opening, source, at);
  if (quote !== "" && ((quote[0] !== "f" && quote[0] !== "r") || !quote.endsWith("'"))) {
    openString(state, quote);
    return;
  }
  if (source.startsWith("/*", at)) {
    skipComment(state);
    return;
  }
  const pattern = state.value ? "" : matchAt(regularExpression, source, at);
  const text = pattern || matchAt(token, source, at);
  state.at += Math.max(1, text.length);
  if (/^\s/.test(text)) state.fresh ||= text.includes("\n");
  else if (!text.startsWith("//")) beginLine(state, at);
  if ("()[]{}".includes(text)) scanBracket(state, string, text, at);
  else if (pattern) state.value = true;
  else if (/^[^\s/]|^\/$/.test(text)) state.value = endsValue(state, text, at);
}

function beginLine(state: State, at: number): void {
  if (state.fresh && state.strings.length === 0) state.starts.push(at);
  state.fresh = false;
}

function openString(state: State, opened: string): void {
  beginLine(state, state.at);
  const raw = opened[0] === "r";
  const quote = opened.replace(/^[fr]/, "");
  const interpolates = !raw && quote !== "'";
  const string = {
    from: state.at,
    quote: raw ? '"' : quote,
    interpolates,
    escapes: !raw,
    depth: -1,
  };
  state.strings.push(string);
  state.at += raw ? 2 : opened.length;
}

function skipComment(state: State): void {
  const { source, at } = state;
  const mark = /\/\*|\*\//g;
  mark.lastIndex = at;
  let depth = 0;
  for (let found = mark.exec(source); found; found = mark.exec(source)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth > 0) continue;
    state.at = mark.lastIndex;
    return;
  }
  state.openComment = at;
  state.at = source.length;
}

function scanBracket(state: State, string: OpenString | undefined, text: string, at: number): void {
  state.brackets.push({ from: at, to: at + 1 });
  state.value = ")]}".includes(text);
  if (string === undefined) return;
  string.depth += state.value ? -1 : 1;
  if (string.depth < 0 && text !== "}") string.depth = 0;
}

const values = new Set(["true", "false", "nil"]);

function endsValue(state: State, text: string, at: number): boolean {
  if (text === "?") return state.value;
  if (!/^[\p{L}\p{N}_$]/u.test(text)) return false;
  return !reservedWords.has(text) || values.has(text) || state.source[at - 1] === ".";
}
