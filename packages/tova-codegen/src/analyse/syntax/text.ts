// Source text and an offset in; the word, operator or character that stands there out.
import type { SyntaxNode } from "tova-parser";

/** Words that are never names (spec section 1.3), apart from the five that may be expressions. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    "var let fn return if elif else for while match type import from export as and or not in true " +
    "false nil break continue try catch finally async await guard interface pub impl trait defer " +
    "mut yield loop when extern default is with"
  ).split(" "),
);

/** What is wrong where one of them is made a name. */
export const reservedProblem = (name: string): string =>
  `\`${name}\` is a reserved word and cannot be a name.`;

/** Words that may be used as a value but never be defined (spec section 1.3). */
export const undefinableWords: ReadonlySet<string> = new Set([
  ...["server", "browser", "client", "shared", "derive"],
]);

/** An identifier of the language (spec section 1.3), of characters that JavaScript takes too. */
export const identifier = /^[\p{L}_$](?:(?=[\p{ID_Continue}$])[\p{L}\p{N}\p{M}_$])*$/u;

const trivia = /(?:[ \t\r\n;\ufeff\u00a0\u2028\u2029]|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/)*/y;
const word = /[\p{L}_$][\p{L}\p{N}\p{M}_$]*/uy;
const numeral = /\d[\w.]*/y;
const operator = /[=!<>+\-*/%&|^?:~.]+/y;

/** One token as it stands in the text. */
export interface Token {
  readonly from: number;
  readonly to: number;
  /** Empty at the end of the text. */
  readonly text: string;
  readonly kind: "word" | "number" | "operator" | "character" | "end";
}

function match(pattern: RegExp, source: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? null;
}

/** The first token at or after `offset`, blanks and comments skipped. */
export function tokenAt(source: string, offset: number): Token {
  const from = offset + (match(trivia, source, offset)?.length ?? 0);
  const token = (text: string, kind: Token["kind"]): Token => {
    return { from, to: from + text.length, text, kind };
  };
  if (from >= source.length) return token("", "end");
  const found = match(word, source, from);
  if (found !== null) return token(found, "word");
  const digits = match(numeral, source, from);
  if (digits !== null) return token(digits, "number");
  const signs = match(operator, source, from);
  if (signs !== null) return token(signs, "operator");
  return token(String.fromCodePoint(source.codePointAt(from) ?? 0), "character");
}

/** The run of operator characters around `offset`, such as `===` of which the parser took two. */
export function operatorAround(source: string, offset: number): Token {
  const sign = /[=!<>+\-*/%&|^?:~]/;
  let from = offset;
  let to = offset;
  while (from > 0 && sign.test(source[from - 1] ?? "")) from--;
  while (sign.test(source[to] ?? "")) to++;
  return { from, to, text: source.slice(from, to), kind: "operator" };
}

/** The word, operator or character before `offset`; blanks and `;` are skipped, comments not looked for. */
export function wordBefore(source: string, offset: number): string {
  const before = source.slice(Math.max(0, offset - 60), offset).replace(/[\s;]+$/, "");
  return /[\p{L}\p{N}\p{M}_$]+$|[=!<>+\-*/%&|^?:~.]+$|\S$/u.exec(before)?.[0] ?? "";
}

/** Whether no line break lies between the two offsets. */
export function sameLine(source: string, from: number, to: number): boolean {
  const end = source.indexOf("\n", from);
  return end < 0 || end >= to;
}

/** Offset of the start of the line that `offset` is on. */
export function lineStart(source: string, offset: number): number {
  // `lastIndexOf` takes a negative offset for the first.
  return offset === 0 ? 0 : source.lastIndexOf("\n", offset - 1) + 1;
}

/** Offset of the end of the line that `offset` is on. */
export function lineEnd(source: string, offset: number): number {
  const end = source.indexOf("\n", offset);
  return end < 0 ? source.length : end;
}

/** The line an offset is on: where it starts, and how many blanks it starts with. */
export interface Line {
  readonly start: number;
  readonly indent: number;
}

/** Tells the line of offsets that only grow, in time linear in the text over all calls. */
export function lineReader(source: string): (offset: number) => Line {
  let line = { start: 0, indent: blanksAt(source, 0), end: lineEnd(source, 0) };
  return (offset) => {
    while (offset > line.end) {
      const start = line.end + 1;
      line = { start, indent: blanksAt(source, start), end: lineEnd(source, start) };
    }
    return line;
  };
}

function blanksAt(source: string, start: number): number {
  let at = start;
  while (source[at] === " " || source[at] === "\t") at++;
  return at - start;
}

/** Offset behind the last character before `offset` that is no blank and no `;`. */
export function endBefore(source: string, offset: number): number {
  let at = offset;
  while (at > 0 && /[\s;]/.test(source[at - 1] ?? "")) at--;
  return at;
}

/** Offset behind the last code before `offset` in a tree: what stands in comments is none. */
export function codeEndBefore(
  root: Pick<SyntaxNode, "resolveInner">,
  source: string,
  offset: number,
): number {
  let end = endBefore(source, offset);
  for (let last = root.resolveInner(end, -1); last.name.endsWith("Comment"); ) {
    end = endBefore(source, last.from);
    last = root.resolveInner(end, -1);
  }
  return end;
}

/** A token for a message: in backticks, control characters spelled out. */
export function show(token: Token): string {
  if (token.kind === "end") return "the end of the file";
  return `\`${printable(token.text)}\``;
}

/** Text that a terminal shows as one visible piece. */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Z}\ufffd]/gu, (char) => {
    return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  });
}
