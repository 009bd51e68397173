// String nodes to decoded parts: escapes, raw strings, dedented triple strings (spec 1.5).
import type { Expression, StringLiteral } from "../ast";
import { type NodeReader, trimmed } from "./cursor";
import { missing, readExpression } from "./expression";

/** By the character after the backslash. */
export const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "\\": "\\",
  '"': '"',
  "'": "'",
  "{": "{",
  "}": "}",
};

/** A line break in the source is `\n` in the text, whichever Git or an editor has written. */
const withLineBreaks = (text: string): string =>
  text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;

/** Decodes `\n` and the like; an escape the language does not know stays as its two characters. */
function decode(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(.)/gs, (whole, char: string) => escapes[char] ?? whole);
}

/** Reads a `String` node of any of the five forms. */
export function readString(r: NodeReader): StringLiteral {
  const { from, to } = r;
  const first = r.source[from];
  const inside = (open: number) => withLineBreaks(r.source.slice(from + open, to - 1));
  if (first === "'") return plain(from, to, decode(inside(1)));
  if (first === "r") return plain(from, to, inside(2));
  const parts: (string | Expression)[] = [];
  let triple = false;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "StringStart") triple = r.to - r.from >= 3;
    else if (type === "StringText" || type === "Escape") append(parts, r.text);
    else if (type === "Interpolation") parts.push(readInterpolation(r));
  }
  const decoded: (string | Expression)[] = [];
  for (const part of triple ? dedent(parts) : parts) {
    const value = typeof part === "string" ? decode(withLineBreaks(part)) : part;
    if (value !== "") decoded.push(value);
  }
  return literal(from, to, trimmed(decoded));
}

const plain = (from: number, to: number, text: string): StringLiteral =>
  literal(from, to, text === "" ? [] : [text]);

const literal = (from: number, to: number, parts: StringLiteral["parts"]): StringLiteral => ({
  kind: "String",
  from,
  to,
  parts,
});

function append(parts: (string | Expression)[], text: string): void {
  const last = parts[parts.length - 1];
  if (typeof last === "string") parts[parts.length - 1] = last + text;
  else parts.push(text);
}

function readInterpolation(r: NodeReader): Expression {
  let expression: Expression = missing(r.from, r.to);
  for (let type = r.first(); type; type = r.next()) {
    if (type !== "}" && type !== "{" && !type.endsWith("Start")) expression = readExpression(r);
  }
  return expression;
}

/** What {@link dedent} leaves out of the text of a triple string. */
export interface Dedentation {
  /** Characters before the first line: blanks and the line break; 0 when text opens the string. */
  readonly opening: number;
  /** Characters after the last line: the line break and blanks. */
  readonly closing: number;
  /** Blanks at the start of each line, also of the first, where there are as many. */
  readonly indent: number;
}

/** Measures the raw parts of a triple string, of which the first must be text. */
export function dedentationOf(parts: readonly (string | Expression)[]): Dedentation {
  const result = [...parts];
  const first = String(result[0]);
  const opening = /^[ \t\r]*\n/.exec(first)?.[0].length ?? 0;
  // Every line then begins behind a line break, the first one too.
  result[0] = `\n${first.slice(opening)}`;
  const end = result[result.length - 1];
  const closing = typeof end === "string" ? (/\r?\n[ \t]*$/.exec(end)?.[0].length ?? 0) : 0;
  if (closing > 0) result[result.length - 1] = String(end).slice(0, -closing);
  return { opening, closing, indent: commonIndent(result) };
}

/** Drops the first line break, a blank last line and the common indentation. */
function dedent(parts: (string | Expression)[]): (string | Expression)[] {
  const raw = typeof parts[0] === "string" ? parts : ["", ...parts];
  const { opening, closing, indent } = dedentationOf(raw);
  const shift = new RegExp(`\\n[ \\t]{0,${indent}}`, "g");
  return raw.map((part, i) => {
    if (typeof part !== "string") return part;
    const lines = i === 0 ? `\n${part.slice(opening)}` : part;
    const isLast = i === raw.length - 1 && closing > 0;
    const shifted = (isLast ? lines.slice(0, -closing) : lines).replace(shift, "\n");
    return i === 0 ? shifted.slice(1) : shifted;
  });
}

function commonIndent(parts: readonly (string | Expression)[]): number {
  let indent = Number.POSITIVE_INFINITY;
  parts.forEach((part, i) => {
    if (typeof part !== "string") return;
    for (const line of part.matchAll(/\n([ \t]*)(\r?\n|$)?/g)) {
      const beforeExpression = line[2] === "" && i + 1 < parts.length;
      const blank = line[2] !== undefined && !beforeExpression;
      if (!blank) indent = Math.min(indent, line[1]?.length ?? 0);
    }
  });
  return indent === Number.POSITIVE_INFINITY ? 0 : indent;
}
