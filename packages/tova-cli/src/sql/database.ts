// Statements in, how SQLite compiles them out: one database in memory, with D1's limits.
import { type Engine, startEngine } from "./engine";

/** A statement that SQLite could compile. */
export interface Statement {
  readonly ok: true;
  /** True for blanks and comments without a statement. */
  readonly isEmpty: boolean;
  /** By index: the name of a parameter, `?1` or `:id`; null for a plain `?` and for gaps. */
  readonly parameters: readonly (string | null)[];
  /** Where the text goes on behind it. */
  readonly end: number;
}

/** Why SQLite could not compile or run a statement. */
export interface Refusal {
  readonly ok: false;
  /** In SQLite's words. */
  readonly reason: string;
  /** Where in the text; null when SQLite does not say. */
  readonly at: number | null;
}

/** A text that statements are taken from, one after the other. */
export interface Script {
  readonly text: string;
  /** Compiles the statement that begins at an offset, and runs it with `run`. */
  compile(from: number, options?: { readonly run?: boolean }): Statement | Refusal;
  close(): void;
}

export interface Database {
  open(text: string): Script;
  /** The first column of all rows; empty when SQLite refuses the statement. */
  list(sql: string): readonly string[];
  /** Whether a name in double quotes that is no column counts as a text. */
  takeQuotedNamesAsTexts(value: boolean): void;
}

/** By the numbers of `sqlite3_limit`, the limits that D1 has when a statement is compiled. */
const limits: readonly (readonly [id: number, most: number])[] = [
  [1, 100_000], // bytes of a statement
  [2, 100], // columns
  [3, 100], // depth of an expression
  [4, 5], // terms of a compound SELECT
  [9, 100], // parameters
];
const configForeignKeys = 1002;
const configQuotedInStatements = 1013;
const configQuotedInDefinitions = 1014;

/** Results of a step (sqlite.org/rescode.html). */
const row = 100;
const done = 101;

/** Makes an empty database that takes what D1 takes. */
export function createDatabase(): Database {
  const engine = startEngine();
  const pointers = engine.malloc(8);
  const name = write(engine, Buffer.from(":memory:"));
  engine.sqlite3_open(name, pointers);
  const database = read(engine, pointers);
  for (const [id, most] of limits) engine.sqlite3_limit(database, id, most);
  const configure = (option: number, value: boolean) => {
    engine.sqlite3__wasm_db_config_ip(database, option, value ? 1 : 0, 0);
  };
  configure(configForeignKeys, true);
  configure(configQuotedInDefinitions, true);
  configure(configQuotedInStatements, true);
  const open = (text: string) => openScript({ engine, database, pointers }, text);
  return {
    open,
    takeQuotedNamesAsTexts: (value) => configure(configQuotedInStatements, value),
    list(sql) {
      const bytes = write(engine, Buffer.from(sql));
      const values: string[] = [];
      if (engine.sqlite3_prepare_v2(database, bytes, -1, pointers, 0) === 0) {
        const statement = read(engine, pointers);
        while (engine.sqlite3_step(statement) === row) {
          values.push(textAt(engine, engine.sqlite3_column_text(statement, 0)));
        }
        engine.sqlite3_finalize(statement);
      }
      engine.free(bytes);
      return values;
    },
  };
}

interface Connection {
  readonly engine: Engine;
  readonly database: number;
  /** Room for two pointers that calls give back. */
  readonly pointers: number;
}

function openScript(connection: Connection, text: string): Script {
  const { engine, database, pointers } = connection;
  const bytes = Buffer.from(text);
  const start = write(engine, bytes);
  const { toBytes, toText } = offsetsIn(text, bytes);
  return {
    text,
    close: () => engine.free(start),
    compile(from, { run = false } = {}) {
      const first = toBytes(from);
      const refuse = (): Refusal => {
        const reason = textAt(engine, engine.sqlite3_errmsg(database));
        const at = engine.sqlite3_error_offset(database);
        return { ok: false, reason, at: at < 0 ? null : toText(first + at) };
      };
      const begin = start + first;
      const code = engine.sqlite3_prepare_v2(database, begin, -1, pointers, pointers + 4);
      if (code !== 0) return refuse();
      const statement = read(engine, pointers);
      const end = toText(read(engine, pointers + 4) - start);
      if (statement === 0) return { ok: true, isEmpty: true, parameters: [], end };
      const parameters = parametersOf(engine, statement);
      const refusal = run && !runs(engine, statement) ? refuse() : null;
      engine.sqlite3_finalize(statement);
      return refusal ?? { ok: true, isEmpty: false, parameters, end };
    },
  };
}

/** Offsets in a text and in its bytes, quickly for those behind the last one asked for. */
function offsetsIn(text: string, bytes: Buffer) {
  if (bytes.length === text.length) {
    return { toBytes: (offset: number) => offset, toText: (offset: number) => offset };
  }
  let known = { text: 0, bytes: 0 };
  return {
    toBytes(offset: number): number {
      if (offset < known.text) known = { text: 0, bytes: 0 };
      const more = Buffer.byteLength(text.slice(known.text, offset));
      known = { text: offset, bytes: known.bytes + more };
      return known.bytes;
    },
    toText(offset: number): number {
      if (offset < known.bytes) known = { text: 0, bytes: 0 };
      const more = bytes.toString("utf8", known.bytes, offset).length;
      known = { text: known.text + more, bytes: offset };
      return known.text;
    },
  };
}

/** Runs a statement to its end; false when it fails. */
function runs(engine: Engine, statement: number): boolean {
  for (;;) {
    const code = engine.sqlite3_step(statement);
    if (code !== row) return code === done;
  }
}

function parametersOf(engine: Engine, statement: number): readonly (string | null)[] {
  const count = engine.sqlite3_bind_parameter_count(statement);
  return Array.from({ length: count }, (_, i) => {
    const name = engine.sqlite3_bind_parameter_name(statement, i + 1);
    return name === 0 ? null : textAt(engine, name);
  });
}

/** Copies bytes into SQLite's memory, with a zero behind them; to be freed. */
function write(engine: Engine, bytes: Uint8Array): number {
  const pointer = engine.malloc(bytes.length + 1);
  const memory = new Uint8Array(engine.memory.buffer);
  memory.set(bytes, pointer);
  memory[pointer + bytes.length] = 0;
  return pointer;
}

const read = (engine: Engine, pointer: number): number =>
  new DataView(engine.memory.buffer).getUint32(pointer, true);

function textAt(engine: Engine, pointer: number): string {
  const memory = new Uint8Array(engine.memory.buffer);
  return Buffer.from(memory.subarray(pointer, memory.indexOf(0, pointer))).toString();
}
