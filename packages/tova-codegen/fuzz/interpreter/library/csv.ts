// Separated values → rows, and rows → what is in each of their columns (docs/language.md "Tables").
import { order } from "./lists";
import { isNil, namesOf, orNil, type Row } from "./rows";
import { type Any, values } from "./values";

/** One field and what ends it; its text stands in quotes or without. */
const field = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/y;

function linesOf(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  field.lastIndex = 0;
  for (let found = field.exec(text); found; found = field.exec(text)) {
    line.push(found[1] === undefined ? (found[2] ?? "") : found[1].split('""').join('"'));
    if (found[3] === ",") continue;
    lines.push(line);
    line = [];
    if (found[3] === "") break;
  }
  return lines;
}

/** Numbers as JSON writes them, and truth values, are read as such; nothing is nil. */
function readValue(text: string): Any {
  if (text === "") return null;
  if (!/^(true|false|-?\d[\d.eE+-]*)$/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The rows of separated values; a line with nothing in it is none. */
export function rowsOfCsv(text: string): Row[] {
  const [names = [], ...lines] = linesOf(text).filter((line) => line.length > 1 || line[0] !== "");
  return lines.map((line) => {
    const row: Record<string, Any> = {};
    for (const [i, name] of names.entries()) row[name] = readValue(line[i] ?? "");
    return row;
  });
}

/** A row for each column: what is in it. */
export function described(rows: readonly Row[]): Row[] {
  return namesOf(rows).map((column) => {
    const all = rows.map((row) => orNil(row[column]));
    const there = all.filter((value) => !isNil(value));
    const kinds: string[] = [];
    for (const value of there) {
      const kind = values.type_of?.(value);
      if (!kinds.includes(kind)) kinds.push(kind);
    }
    const numeric = there.length > 0 && there.every((value) => typeof value === "number");
    return {
      column,
      type: kinds.join(" | "),
      count: there.length,
      nil: all.length - there.length,
      unique: new Set(there).size,
      min: order.min?.(there),
      max: order.max?.(there),
      mean: numeric ? order.mean?.(there) : null,
    };
  });
}
