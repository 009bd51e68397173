// Migrations in, local databases with their tables out.
import {
  type Applied,
  createHashTable,
  hashOf,
  insertHash,
  selectApplied,
} from "../cloudflare/applied";
import { ProblemError, problems } from "../problems";
import { editedMigrations, hashed } from "./edits";
import type { Migration } from "./files";

/** A prepared statement of such a database. */
export interface Statement {
  bind(...values: unknown[]): Statement;
  all(): Promise<{ results: unknown[] }>;
}

/** What is used of a D1 database. */
export interface Database {
  prepare(sql: string): Statement;
  batch(statements: Statement[]): Promise<unknown>;
}

/** The table in which `wrangler d1 migrations` keeps its books (wrangler 4.86). */
const bookkeeping = `CREATE TABLE IF NOT EXISTS d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

async function appliedHere(database: Database): Promise<readonly Applied[]> {
  await database.batch([database.prepare(bookkeeping), database.prepare(createHashTable)]);
  const { results } = await database.prepare(selectApplied).all();
  return results as Applied[];
}

/**
 * Brings one database up to date, each file as one transaction.
 * @returns the names of the files that were applied
 * @throws ProblemError when one was edited after it was applied, or fails; those before it stay
 */
export async function applyMigrations(
  database: Database,
  binding: string,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  if (migrations.length === 0) return [];
  const applied = await appliedHere(database);
  const edited = editedMigrations(binding, hashed(migrations), applied);
  if (edited.length > 0) throw new ProblemError(edited);
  const done = new Set(applied.map(({ name }) => name));
  const fresh = migrations.filter(({ name }) => !done.has(name));
  for (const { name, sql } of fresh) {
    const entry = database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name);
    const hash = database.prepare(insertHash).bind(name, hashOf(sql));
    try {
      // A file may be empty but for comments, which is no statement to prepare.
      await database.batch([database.prepare(`${sql}\n;SELECT 1`), entry, hash]);
    } catch (error) {
      const reason = (error as Error).message.replace(/^D1_ERROR: /, "");
      throw new ProblemError(problems.migrationFailed({ file: name, binding, reason }));
    }
  }
  return fresh.map(({ name }) => name);
}
