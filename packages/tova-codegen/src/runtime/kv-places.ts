// A SQLite file, or a Deno KV database → the place where a key-value store keeps its entries.
import type { KvPlace } from "./kv";

type KvEntry = NonNullable<Awaited<ReturnType<KvPlace["read"]>>>;

/** What is used of a file that `sqlite.ts` has opened. */
interface SqliteRowsOf {
  exec(sql: string): void;
  query(
    sql: string,
    values: readonly unknown[],
  ): { readonly rows: readonly (readonly unknown[])[] };
}

function kvRow([bytes, metadata, expiration]: readonly unknown[]): KvEntry {
  return {
    bytes: new Uint8Array(bytes as Uint8Array),
    metadata: JSON.parse(String(metadata)),
    expiration: expiration === null ? null : Number(expiration),
  };
}

/** Entries in a file of their own, in one table; keys compare by their bytes. */
export function kvFile(file: SqliteRowsOf): KvPlace {
  file.exec(
    "CREATE TABLE IF NOT EXISTS kv (key TEXT PRIMARY KEY, value BLOB NOT NULL, metadata TEXT NOT NULL, expiration INTEGER) WITHOUT ROWID",
  );
  // Each write looks for what has expired, and not through all the rest.
  file.exec(
    "CREATE INDEX IF NOT EXISTS kv_expiration ON kv (expiration) WHERE expiration IS NOT NULL",
  );
  const columns = "value, metadata, expiration";
  return {
    async read(key) {
      const [row] = file.query(`SELECT ${columns} FROM kv WHERE key = ?`, [key]).rows;
      return row === undefined ? null : kvRow(row);
    },
    async write(key, { bytes, metadata, expiration }) {
      file.query("DELETE FROM kv WHERE expiration <= ?", [Math.floor(Date.now() / 1000)]);
      const values = [key, bytes, JSON.stringify(metadata), expiration];
      file.query("INSERT OR REPLACE INTO kv VALUES (?, ?, ?, ?)", values);
    },
    async remove(key) {
      file.query("DELETE FROM kv WHERE key = ?", [key]);
    },
    async *entries(prefix, after) {
      // A page at a time: others may write meanwhile.
      const sql = `SELECT ${columns}, key FROM kv WHERE key >= ? AND key > ? ORDER BY key LIMIT 200`;
      for (let last = after ?? ""; ; ) {
        const { rows } = file.query(sql, [prefix, last]);
        for (const row of rows) {
          last = String(row[3]);
          if (!last.startsWith(prefix)) return;
          yield [last, kvRow(row)];
        }
        if (rows.length === 0) return;
      }
    },
  };
}

/** What is used of `Deno.Kv` (docs.deno.com/api/deno/~/Deno.Kv). */
interface DenoKvStore {
  get(key: readonly string[]): Promise<{ value: unknown }>;
  set(key: readonly string[], value: unknown, options?: { expireIn?: number }): Promise<unknown>;
  delete(key: readonly string[]): Promise<void>;
  list(selector: {
    prefix: readonly string[];
    start: readonly string[];
  }): AsyncIterable<{ key: readonly string[]; value: unknown }>;
}

/** Deno KV's own limit on a value, without what comes with it. */
const denoKvLimit = 65_000;

/** Entries of a binding under its name, in the one database that all bindings share. */
export function kvDeno(database: DenoKvStore, binding: string): KvPlace {
  const prefixed = ["kv", binding];
  return {
    read: async (key) => ((await database.get([...prefixed, key])).value as KvEntry | null) ?? null,
    async write(key, entry) {
      const { length } = entry.bytes;
      if (length > denoKvLimit) {
        const message = `Value length of ${length} exceeds limit of ${denoKvLimit}.`;
        throw new Error(`KV PUT failed: 413 ${message}`);
      }
      const expireIn = entry.expiration === null ? null : entry.expiration * 1000 - Date.now();
      const options = expireIn === null ? {} : { expireIn };
      await database.set([...prefixed, key], entry, options);
    },
    remove: (key) => database.delete([...prefixed, key]),
    async *entries(prefix, after) {
      // The least text behind another ends in a zero; both are in the order of their bytes.
      const start = [...prefixed, after === null ? prefix : `${after}\0`];
      for await (const { key, value } of database.list({ prefix: prefixed, start })) {
        const name = String(key[2]);
        if (!name.startsWith(prefix)) return;
        yield [name, value as KvEntry];
      }
    },
  };
}
