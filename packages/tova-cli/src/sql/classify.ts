// What SQLite says of a statement in, the problem and its place in the text out.
import type { SqlProblem } from "tova-codegen";
import type { Database } from "./database";
import { isNamed, isWord, type Token } from "./tokens";

/** Offsets in a text. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** Something found in a text. */
export interface FoundInText {
  readonly range: Place;
  readonly problem: SqlProblem;
}

/** What a refused statement is held against. */
export interface Context {
  readonly database: Database;
  readonly text: string;
  /** From the beginning of the statement on. */
  readonly tokens: readonly Token[];
  /** False when tables may be made where nobody looked. */
  readonly isCertain: boolean;
  /** True for a line of `exec`, which is a statement of its own. */
  readonly isLine: boolean;
  /** Names the file in which a table should be created. */
  readonly migrationFor: (table: string) => string;
}

/** Tables that come and go without the program. */
const ofTheSystem = /^(?:\w+\.)?(?:sqlite_|d1_)/i;

/** Sorts out what SQLite says; null for what does not speak against the statement. */
export function classify(
  { reason, at }: { readonly reason: string; readonly at: number | null },
  context: Context,
): FoundInText | null {
  const { tokens, isCertain, isLine } = context;
  const here = tokenAt(context, at);
  const [, table] = /^no such table: (.*)$/s.exec(reason) ?? [];
  if (table !== undefined) {
    if (ofTheSystem.test(table)) return null;
    const name = table.replace(/^main\./, "");
    const known = tablesOf(context.database);
    const migration = context.migrationFor(name);
    const problem = { kind: "table", name, known, certain: isCertain, migration } as const;
    return { range: placeOfTable(tokens, name) ?? here, problem };
  }
  const column = columnOf(reason);
  if (column !== null) {
    const name = column.split(".").at(-1) ?? column;
    const known = columnsOf(context);
    const range = at === null ? (placeOfName(tokens, name) ?? here) : here;
    return { range, problem: { kind: "column", name: column, known, certain: isCertain } };
  }
  const syntax = syntaxReason(reason);
  if (syntax !== null) {
    const isEnd = reason === "incomplete input";
    const range = isEnd ? endOf(context) : here;
    return { range, problem: { kind: "syntax", reason: syntax, isLine: isLine && isEnd } };
  }
  return { range: here, problem: { kind: "invalid", reason } };
}

function columnOf(reason: string): string | null {
  const [, used] = /^no such column: (.*?)(?: - should this be .*)?$/s.exec(reason) ?? [];
  const [, given] = /^table .* has no column named (.*)$/s.exec(reason) ?? [];
  return used?.replace(/^"(.*)"$/s, "$1") ?? given ?? null;
}

function syntaxReason(reason: string): string | null {
  if (reason === "incomplete input") return "it ends too early";
  const [, near] = /^near "(.*)": syntax error$/s.exec(reason) ?? [];
  if (near !== undefined) return `\`${near}\` is not expected here`;
  const [, token] = /^unrecognized token: "(.*)"$/s.exec(reason) ?? [];
  if (token === undefined) return null;
  return /^["'`[]/.test(token) ? "this quote is never closed" : `\`${token}\` means nothing here`;
}

function tokenAt({ tokens, text }: Context, at: number | null): Place {
  const token = at === null ? undefined : tokens.find(({ from, to }) => from <= at && at < to);
  if (token) return token;
  if (at !== null) return { from: at, to: Math.min(at + 1, text.length) };
  const [first] = tokens;
  return { from: first?.from ?? 0, to: tokens.at(-1)?.to ?? text.length };
}

function endOf({ tokens, text }: Context): Place {
  const last = tokens.at(-1);
  return last ?? { from: 0, to: text.length };
}

/** Where a table is named: behind a word that takes one, or at least by its name. */
function placeOfTable(tokens: readonly Token[], name: string): Token | null {
  const last = name.split(".").at(-1) ?? name;
  const takers = ["from", "join", "into", "update", "table", "on", "exists"];
  const isMeant = (token: Token, i: number) => {
    const before = tokens[i - 1];
    return isNamed(token, last) && (before?.value === "," || isWord(before, ...takers));
  };
  return tokens.find(isMeant) ?? placeOfName(tokens, last);
}

const placeOfName = (tokens: readonly Token[], name: string): Token | null =>
  tokens.find((token) => isNamed(token, name)) ?? null;

/** Tables and views of the program. */
function tablesOf(database: Database): readonly string[] {
  return database.list(
    `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'view', 'virtual')
     AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'd1_migrations' ORDER BY name`,
  );
}

/** Columns of the tables that a statement names, each once. */
function columnsOf({ database, tokens }: Context): readonly string[] {
  const named = new Set(tokens.map(({ value }) => value.toLowerCase()));
  const tables = tablesOf(database).filter((name) => named.has(name.toLowerCase()));
  const quoted = (name: string) => `'${name.replaceAll("'", "''")}'`;
  const columns = tables.flatMap((name) =>
    database.list(`SELECT name FROM pragma_table_info(${quoted(name)})`),
  );
  return [...new Set(columns)];
}
