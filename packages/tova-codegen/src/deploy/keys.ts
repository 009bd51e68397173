// TOML text → the keys and table headers of its lines, each part with its place.
import { parse } from "smol-toml";
import type { SourceRange } from "tova-parser";

/** A line that begins with a key or opens a table. */
export interface KeyLine {
  readonly kind: "header" | "entry";
  /** From the root of the file. */
  readonly path: readonly string[];
  /** The table that the line stands in, or opens. */
  readonly table: readonly string[];
  /** The key as written, without brackets. */
  readonly range: SourceRange;
  /** The last parts of `path`: those that this line spells out. */
  readonly parts: readonly SourceRange[];
  readonly indent: string;
  /** Where the line after it begins. */
  readonly end: number;
  /** Just after the `{` of an inline table's value; null for another value. */
  readonly inside: number | null;
}

const key = String.raw`(?:[\w-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')`;
const dotted = String.raw`${key}(?:[ \t]*\.[ \t]*${key})*`;
const linePattern = new RegExp(
  String.raw`^(?<indent>[ \t]*)(?:\[\[?[ \t]*(?<header>${dotted})[ \t]*\]|(?<entry>${dotted})[ \t]*=[ \t]*(?<brace>\{)?)[^\n]*(?:\n|$)`,
  "gm",
);

/** One part, with its quotes and escapes read by the TOML parser. */
function unquote(part: string): string {
  if (!/^["']/.test(part)) return part;
  try {
    return Object.keys(parse(`${part} = 0`))[0] ?? part;
  } catch {
    return part;
  }
}

function readParts(written: string, from: number) {
  return [...written.matchAll(new RegExp(key, "g"))].map((match) => ({
    name: unquote(match[0]),
    range: { from: from + match.index, to: from + match.index + match[0].length },
  }));
}

/**
 * Reads the keys of valid TOML line by line; `smol-toml` itself gives no positions. What only looks
 * like a key, as inside a long text, is among them: an edit must be proven by parsing.
 */
export function readKeys(text: string): readonly KeyLine[] {
  let table: readonly string[] = [];
  return [...text.matchAll(linePattern)].map((match) => {
    const { indent = "", header, entry = "", brace } = match.groups ?? {};
    const written = header ?? entry;
    const from = match.index + match[0].indexOf(written);
    const parts = readParts(written, from);
    const names = parts.map(({ name }) => name);
    const path = header === undefined ? [...table, ...names] : names;
    if (header !== undefined) table = path;
    return {
      kind: header === undefined ? "entry" : "header",
      path,
      table,
      range: { from, to: from + written.length },
      parts: parts.map(({ range }) => range),
      indent,
      end: match.index + match[0].length,
      inside:
        brace === undefined ? null : match.index + match[0].indexOf("{", from - match.index) + 1,
    };
  });
}
