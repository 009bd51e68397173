// A SQLite file opened by Bun or Deno → a database as D1 offers it to workers (spec 11.7;
// developers.cloudflare.com/d1/worker-api).

/** What is used of a database, the same for both. */
interface SqliteFile {
  exec(sql: string): void;
  /** Rows as lists, in the order of the columns. */
  query(sql: string, values: readonly unknown[]): SqliteRows;
}

interface SqliteRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** `Database` of `bun:sqlite` (bun.com/docs/runtime/sqlite). */
interface BunDatabase {
  exec(sql: string): void;
  query(sql: string): {
    readonly columnNames: string[];
    readonly paramsCount: number;
    values(...given: unknown[]): unknown[][];
  };
}

/** `DatabaseSync` of `node:sqlite`, which Deno has too (nodejs.org/api/sqlite.html). */
interface NodeDatabase {
  exec(sql: string): void;
  prepare(sql: string): {
    setReturnArrays(enabled: boolean): void;
    setReadBigInts(enabled: boolean): void;
    all(...given: unknown[]): unknown[][];
    columns(): { name: string }[];
  };
}

/** What D1 says. */
const wrongCount = "Wrong number of parameter bindings for SQL query.";

/**
 * Whether a statement has places for values: Deno says where there are too many, and takes nil for
 * those that lack. `EXPLAIN` runs nothing.
 */
function sqliteTakes(database: NodeDatabase, sql: string, values: readonly unknown[]): boolean {
  try {
    return database.prepare(`EXPLAIN ${sql}`).all(...values).length > 0;
  } catch {
    return false;
  }
}

/** A file opened by Bun. */
export function bunSqlite(database: BunDatabase): SqliteFile {
  return openedSqlite({
    exec: (sql) => void database.exec(sql),
    query(sql, values) {
      const statement = database.query(sql);
      // Without values Bun takes those of the last time.
      if (statement.paramsCount !== values.length) {
        throw new Error(wrongCount);
      }
      const rows = statement.values(...values);
      return { columns: statement.columnNames, rows };
    },
  });
}

/** A file opened by Deno. */
export function nodeSqlite(database: NodeDatabase): SqliteFile {
  return openedSqlite({
    exec: (sql) => void database.exec(sql),
    query(sql, values) {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      // What is beyond a number's digits would be an error.
      statement.setReadBigInts(true);
      const columns = statement.columns().map(({ name }) => name);
      if (sqliteTakes(database, sql, [...values, null])) throw new Error(wrongCount);
      return { columns, rows: statement.all(...values) };
    },
  });
}

/** As D1 has it: foreign keys hold. Several processes may use one file, each waiting for the others. */
function openedSqlite(file: SqliteFile): SqliteFile {
  file.exec("PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON");
  return file;
}

/** @throws TypeError for a value that D1 does not take either */
function sqliteValue(value: unknown): unknown {
  if (value === null || typeof value === "number" || typeof value === "string") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof ArrayBuffer || Array.isArray(value)) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  throw new TypeError(`D1_TYPE_ERROR: Type '${typeof value}' not supported for value '${value}'`);
}

/** D1 gives bytes as a list of numbers. */
function sqliteResult(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  return value instanceof Uint8Array ? [...value] : value;
}

function sqliteTried<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    const message = (error as Error)?.message ?? String(error);
    throw new Error(message.startsWith("D1_") ? message : `D1_ERROR: ${message}`, { cause: error });
  }
}

class D1Statement {
  private readonly file: SqliteFile;
  private readonly sql: string;
  private readonly values: readonly unknown[];
  constructor(file: SqliteFile, sql: string, values: readonly unknown[] = []) {
    this.file = file;
    this.sql = sql;
    this.values = values;
  }
  bind(...values: unknown[]): D1Statement {
    return new D1Statement(this.file, this.sql, values.map(sqliteValue));
  }
  /** Runs now: nothing of the same process can come between two calls in one function. */
  executed() {
    const { file, sql, values } = this;
    const counted = () => file.query("SELECT total_changes(), last_insert_rowid()", []).rows[0];
    const [before = 0] = counted() ?? [];
    const start = performance.now();
    const { columns, rows } = sqliteTried(() => file.query(sql, values));
    const duration = performance.now() - start;
    const [after = 0, last = 0] = counted() ?? [];
    const changes = Number(after) - Number(before);
    const results = rows.map((row) =>
      Object.fromEntries(columns.map((name, at) => [name, sqliteResult(row[at])])),
    );
    const meta = { duration, changes, last_row_id: Number(last), changed_db: changes > 0 };
    return { success: true, results, meta };
  }
  async all() {
    return this.executed();
  }
  async run() {
    return this.executed();
  }
  async first(column?: string): Promise<unknown> {
    const [row] = this.executed().results;
    if (row === undefined || column === undefined) return row ?? null;
    if (!Object.hasOwn(row, column)) {
      throw new Error(`D1_COLUMN_NOTFOUND: Column not found (${column})`);
    }
    return row[column];
  }
  async raw(options?: { readonly columnNames?: boolean }): Promise<unknown[][]> {
    const { columns, rows } = sqliteTried(() => this.file.query(this.sql, this.values));
    const results = rows.map((row) => row.map(sqliteResult));
    return options?.columnNames ? [[...columns], ...results] : results;
  }
}

class D1File {
  private readonly file: SqliteFile;
  constructor(file: SqliteFile) {
    this.file = file;
  }
  prepare(sql: string): D1Statement {
    return new D1Statement(this.file, sql);
  }
  /** All of them or none. */
  async batch(statements: readonly D1Statement[]) {
    const { file } = this;
    sqliteTried(() => file.exec("BEGIN IMMEDIATE"));
    try {
      const results = statements.map((statement) => statement.executed());
      file.exec("COMMIT");
      return results;
    } catch (error) {
      file.exec("ROLLBACK");
      throw error;
    }
  }
  /** Each line is a statement, as on D1. */
  async exec(sql: string) {
    const start = performance.now();
    const lines = sql.split("\n").filter((line) => line.trim() !== "");
    for (const line of lines) sqliteTried(() => this.file.exec(line));
    return { count: lines.length, duration: performance.now() - start };
  }
}

/** A database in a file. */
export function sqlDatabase(file: SqliteFile): D1File {
  return new D1File(file);
}
