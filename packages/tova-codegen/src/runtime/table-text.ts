// Tables ↔ comma-separated values and what a program looks at (spec 14: `read`, `peek`, `describe`).
import { asText, typeOf } from "./convert";
import { max, min } from "./order";
import { print } from "./print";
import { mean } from "./statistics";
import {
  cell,
  columnsOf,
  LazyTable,
  type Row,
  rowsOf,
  type TableData,
  type TableRows,
  tableOf,
} from "./table";

/** The fields of separated values, by line; a field in double quotes may hold anything. */
function separatedFields(text: string, separator: string): string[][] {
  const lines: string[][] = [[]];
  let field = "";
  let quoted = false;
  const chars = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] as string;
    if (quoted && char === '"' && chars[at + 1] === '"') field += chars[++at];
    else if (char === '"' && (quoted || field === "")) quoted = !quoted;
    else if (quoted || (char !== separator && char !== "\n")) field += char;
    else {
      lines.at(-1)?.push(field);
      field = "";
      if (char === "\n") lines.push([]);
    }
  }
  lines.at(-1)?.push(field);
  return lines.filter((line) => line.length > 1 || line[0] !== "");
}

/** A field as the number, truth value or text that it holds; nil when it is empty. */
function valueIn(field: string): unknown {
  if (field === "") return null;
  if (field === "true" || field === "false") return field === "true";
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(field) ? Number(field) : field;
}

/** A table of separated values, whose first line names the columns. */
export function tableFromCsv(text: string, separator = ","): TableRows {
  const [names = [], ...lines] = separatedFields(text, separator);
  return tableOf(
    lines.map((line) => Object.fromEntries(names.map((name, i) => [name, valueIn(line[i] ?? "")]))),
  );
}

/** Separated values with the columns' names in the first line; nil is an empty field. */
export function tableToCsv(data: TableData, separator = ","): string {
  const rows = rowsOf(data);
  const names = columnsOf(rows);
  const quote = (text: string): string =>
    /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
  const shown = (value: unknown): string =>
    value === null ? "" : typeof value === "object" ? JSON.stringify(value) : asText(value);
  const lines = rows.map((row) => names.map((name) => quote(shown(cell(row, name)))));
  return [names.map(quote), ...lines].map((line) => line.join(separator)).join("\n");
}

/** What a text comes with: a Response, a Request, an object of a bucket. */
interface Source {
  readonly url?: string;
  readonly key?: string;
  text(): Promise<string>;
}

/**
 * The table at a web address, or in what such an address or a bucket gives: JSON, JSON a line,
 * separated by tabs (`.tsv`), or else by commas.
 * @throws TypeError for the path of a file: there are none on edge
 */
export async function readTable(from: string | URL | Source): Promise<TableRows> {
  const isAddress = typeof from === "string" || from instanceof URL;
  if (isAddress && !/^https?:/.test(String(from))) {
    throw new TypeError(`There are no files on edge to read ${from} from`);
  }
  const source: Source = isAddress ? await fetch(from) : from;
  const text = (await source.text()).trim();
  const name = isAddress ? new URL(from).pathname : (source.url ?? source.key ?? "");
  if (/^\[/.test(text)) return tableOf(JSON.parse(text));
  if (/^\{/.test(text)) return tableOf(text.split(/\r?\n/).map((line) => JSON.parse(line)));
  return tableFromCsv(text, /\.tsv\b/.test(name) ? "\t" : ",");
}

/** Shows the rows, or gives them to a function, and gives the table back. */
export function peekTable<T extends TableData>(
  data: T,
  show: ((rows: readonly Row[]) => unknown) | string = print,
): T {
  const rows = data instanceof LazyTable ? data.collect() : rowsOf(data);
  if (typeof show === "function") show(rows);
  else print(show, rows);
  return data;
}

/** For each column: what is in it. */
export function describeTable(data: TableData): Row[] {
  const rows = rowsOf(data);
  return columnsOf(rows).map((column) => {
    const all = rows.map((row) => cell(row, column));
    const values = all.filter((value) => value !== null);
    const numbers = values.every((value) => typeof value === "number") ? (values as number[]) : [];
    return {
      column,
      type: [...new Set(values.map(typeOf))].join(" | "),
      count: values.length,
      nil: all.length - values.length,
      unique: new Set(values).size,
      min: min(values),
      max: max(values),
      mean: mean(numbers),
    };
  });
}
