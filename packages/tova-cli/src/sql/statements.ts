// A text with statements in, each as SQLite compiles it out; takes `LIMIT` where only D1 does.
import type { Database, Refusal, Script, Statement } from "./database";
import { isWord, type Token, tokensOf } from "./tokens";

/** One statement of a text. */
export interface Compiled {
  readonly from: number;
  readonly to: number;
  readonly tokens: readonly Token[];
  /** As in `Statement`; null when they cannot be told. */
  readonly parameters: readonly (string | null)[] | null;
}

/** A statement that SQLite refuses. */
export interface Refused extends Refusal {
  /** From its beginning to the end of the text. */
  readonly tokens: readonly Token[];
}

/** The statements of a text. */
export interface CompiledText {
  readonly statements: readonly Compiled[];
  readonly refused: readonly Refused[];
  /** Where something stands behind the last statement's `;` that is none; null without. */
  readonly rest: number | null;
}

/** How a text is to be compiled. */
export interface CompileOptions {
  /** Tells by its first words whether a statement is to be run as well. @default none */
  readonly run?: (words: readonly Token[]) => boolean;
  /** Tells whether to go on with the statement behind a refused one. @default no */
  readonly goOn?: (refused: Refused) => boolean;
}

/** Compiles all statements of a text. */
export function compileText(
  database: Database,
  text: string,
  options: CompileOptions = {},
): CompiledText {
  const script = database.open(text);
  try {
    return compileScript(database, script, options);
  } finally {
    script.close();
  }
}

function compileScript(
  database: Database,
  script: Script,
  { run = () => false, goOn = () => false }: CompileOptions,
): CompiledText {
  const { text } = script;
  const tokens = tokensOf(text);
  const statements: Compiled[] = [];
  const refused: Refused[] = [];
  let from = 0;
  let first = 0;
  while (first < tokens.length) {
    const piece = { from, tokens, first, run: run(tokens.slice(first, first + wordsOfVerb)) };
    const compiled = compileOne(database, script, piece);
    if (compiled.ok && compiled.isEmpty && statements.length > 0) break;
    if (!compiled.ok) {
      const one = { ...compiled, tokens: tokens.slice(first) };
      refused.push(one);
      if (!goOn(one)) return { statements, refused, rest: null };
    }
    const to: number = compiled.ok ? compiled.end : endOfStatement(tokens, first, text.length);
    let next: number = first;
    while ((tokens[next]?.from ?? to) < to) next++;
    if (compiled.ok && !compiled.isEmpty) {
      statements.push({ from, to, tokens: tokens.slice(first, next), parameters: compiled.known });
    }
    from = to;
    first = next;
  }
  const rest = statements.length > 0 && text.slice(from).trim() !== "" ? from : null;
  return { statements, refused, rest };
}

function endOfStatement(tokens: readonly Token[], first: number, end: number): number {
  return tokens.find(({ value }, i) => i >= first && value === ";")?.to ?? end;
}

/** `CREATE UNIQUE INDEX`, `ALTER TABLE`: as many tokens tell what a statement does. */
const wordsOfVerb = 3;

interface Piece {
  readonly from: number;
  /** Of the whole text, and the index of the statement's first. */
  readonly tokens: readonly Token[];
  readonly first: number;
  readonly run: boolean;
}

type One = (Statement & { readonly known: readonly (string | null)[] | null }) | Refusal;

function compileOne(database: Database, script: Script, piece: Piece): One {
  const compiled = script.compile(piece.from, { run: piece.run });
  if (compiled.ok) return { ...compiled, known: compiled.parameters };
  return compileLimited(database, script.text, piece, compiled.at) ?? compiled;
}

/**
 * `UPDATE` and `DELETE` with `ORDER BY` and `LIMIT`, which D1 takes and this build of SQLite does
 * not: what stands before is compiled as it is, the rest as that of a query of the same table.
 */
function compileLimited(
  database: Database,
  text: string,
  { from, tokens, first }: Piece,
  at: number | null,
): One | null {
  const index = tokens.findIndex((token, i) => i >= first && token.from === at);
  if (!isWord(tokens[index], "order", "limit") || at === null) return null;
  const verb = tokens.findIndex((token, i) => i >= first && isWord(token, "update", "delete"));
  if (verb === -1 || verb > index) return null;
  const semicolon = tokens.slice(index).find(({ value }) => value === ";");
  const end = semicolon?.to ?? text.length;
  const compile = (sql: string): Statement | Refusal => {
    const script = database.open(sql);
    const compiled = script.compile(from);
    script.close();
    return compiled;
  };
  const head = compile(text.slice(0, at));
  if (!head.ok) return head;
  const table = tableAfter(tokens, verb);
  const used = head.parameters.map((name) => name ?? "?").join(", ");
  const query = `${" ".repeat(from)}SELECT 1 FROM ${table} WHERE 1 IN (${used}) ${text.slice(at, end)}`;
  const whole = table === null ? null : compile(query);
  const known = whole?.ok ? whole.parameters : null;
  return { ok: true, isEmpty: false, parameters: known ?? [], known, end };
}

/** The table of `DELETE FROM t` or `UPDATE OR IGNORE t`, quoted. */
function tableAfter(tokens: readonly Token[], verb: number): string | null {
  let next = verb + 1;
  if (isWord(tokens[next], "or")) next += 2;
  if (isWord(tokens[next], "from")) next++;
  const table = tokens[next];
  return table === undefined ? null : `"${table.value.replaceAll('"', '""')}"`;
}
