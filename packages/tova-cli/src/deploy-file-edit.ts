// The text of a deploy file and an id in, the text with this one line more out; pure.
import { isDeepStrictEqual } from "node:util";
import { parse } from "smol-toml";
import { readKeys } from "tova-codegen";

type Path = readonly string[];
type Table = Record<string, unknown>;

const startsWith = (path: Path, start: Path): boolean =>
  start.every((part, at) => path[at] === part);

const spelled = (path: Path): string =>
  path.map((part) => (/^[\w-]+$/.test(part) ? part : JSON.stringify(part))).join(".");

function insert(text: string, at: number, line: string): string {
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const before = text.slice(0, at);
  const open = before === "" || before.endsWith("\n") ? "" : lineBreak;
  return `${before}${open}${line.replaceAll("\n", lineBreak)}${lineBreak}${text.slice(at)}`;
}

function insideBraces(text: string, at: number, assignment: string): string {
  const rest = text.slice(at);
  const empty = /^\s*\}/.test(rest);
  return `${text.slice(0, at)} ${assignment}${empty ? " " : ", "}${rest.trimStart()}`;
}

/** Texts that may be the wanted one, the most natural first. */
function* candidates(text: string, target: Path, value: string): Generator<string> {
  const lines = readKeys(text);
  const assignment = (from: Path) => `${spelled([...target.slice(from.length), "id"])} = ${value}`;
  for (const { kind, path, indent, end } of lines) {
    if (kind === "header" && path.length === target.length && startsWith(path, target)) {
      yield insert(text, end, `${indent}id = ${value}`);
    }
  }
  for (const { path, inside } of lines) {
    if (inside !== null && startsWith(target, path)) {
      yield insideBraces(text, inside, assignment(path));
    }
  }
  // `sql.DB.name = "x"` allows no table [sql.DB] beside it, but another dotted key.
  const related = lines.filter((line) => line.kind === "entry" && startsWith(target, line.table));
  for (const { path, table, indent, end } of related) {
    if (startsWith(path, target)) yield insert(text, end, `${indent}${assignment(table)}`);
  }
  const gap = text.trim() === "" || /\n\s*\n$/.test(text) ? "" : "\n";
  yield insert(text, text.length, `${gap}[${spelled(target)}]\nid = ${value}`);
  for (const { table, indent, end } of related.toReversed()) {
    yield insert(text, end, `${indent}${assignment(table)}`);
  }
}

function withId(root: Table, [first, ...rest]: Path, id: string): Table {
  if (first === undefined) return { ...root, id };
  return { ...root, [first]: withId((root[first] ?? {}) as Table, rest, id) };
}

/** smol-toml's tables have no prototype, which a strict comparison would notice. */
const plain = (table: Table): unknown => JSON.parse(JSON.stringify(table));

const reads = (text: string): unknown => {
  try {
    return plain(parse(text.replace(/^\uFEFF/, " ")));
  } catch {
    return null;
  }
};

/**
 * Adds `id` to a table of a deploy file. Comments, order and formatting stay: one line, or one
 * entry of an inline table, is new. The result is parsed and compared before it is given out.
 * @param target the table, as `["env", "staging", "kv", "NOTES"]`
 * @returns null when the file is written in a way that has no place for it
 */
export function addId(text: string, target: Path, id: string): string | null {
  const body = text.replace(/^\uFEFF/, "");
  const wanted = plain(withId(parse(body), target, id));
  for (const candidate of candidates(body, target, JSON.stringify(id))) {
    if (isDeepStrictEqual(reads(candidate), wanted)) {
      return text.slice(0, text.length - body.length) + candidate;
    }
  }
  return null;
}

/** The name of a table as it stands between brackets. */
export const tableName = spelled;
