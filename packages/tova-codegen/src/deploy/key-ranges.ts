// TOML text → where each key stands, so that findings about parsed values have a place.
import { parse } from "smol-toml";
import type { SourceRange } from "tova-parser";

/** Finds keys by their path; gives the closest enclosing one that the text spells out. */
export type KeyLocator = (path: readonly string[]) => SourceRange;

const key = String.raw`(?:[\w-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')`;
const line = new RegExp(
  String.raw`^[ \t]*(?:\[\[?[ \t]*(?<header>${key}(?:[ \t]*\.[ \t]*${key})*)[ \t]*\]|(?<entry>${key}(?:[ \t]*\.[ \t]*${key})*)[ \t]*=)`,
  "gm",
);

/** Reads the keys of valid TOML line by line; `smol-toml` itself gives no positions. */
export function keyRanges(text: string): KeyLocator {
  const ranges = new Map<string, SourceRange>();
  let table: readonly string[] = [];
  for (const match of text.matchAll(line)) {
    const written = match.groups?.header ?? match.groups?.entry ?? "";
    const path = pathOf(written);
    const full = match.groups?.header === undefined ? [...table, ...path] : path;
    if (match.groups?.header !== undefined) table = path;
    const from = match.index + match[0].indexOf(written);
    const range = { from, to: from + written.length };
    for (let length = 1; length <= full.length; length++) {
      const name = JSON.stringify(full.slice(0, length));
      if (length === full.length || !ranges.has(name)) ranges.set(name, range);
    }
  }
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const found = ranges.get(JSON.stringify(path.slice(0, length)));
      if (found) return found;
    }
    return { from: 0, to: 0 };
  };
}

/** The parts of a dotted key, with quotes and escapes read by the TOML parser. */
function pathOf(written: string): string[] {
  const path: string[] = [];
  let value: unknown;
  try {
    value = parse(`${written} = 0`);
  } catch {
    return [written];
  }
  while (typeof value === "object" && value !== null) {
    const [name, inner] = Object.entries(value)[0] ?? [""];
    path.push(name);
    value = inner;
  }
  return path;
}
