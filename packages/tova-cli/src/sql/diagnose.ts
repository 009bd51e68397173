// A program on disk and the SQL in it in, the diagnostics of both SQL and migrations out.
import { basename, join } from "node:path";
import type { Diagnostic, SqlUse } from "tova-codegen";
import type { Migration } from "../migrations/files";
import { type Source, shownPath } from "../source";
import { checkSql } from "./check";

/** What came of checking SQL. */
export interface DiagnosedSql {
  readonly diagnostics: readonly Diagnostic[];
  /** The texts of migrations, by the names that diagnostics use. */
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * Checks the SQL of a program against its migrations, which are read for a program with databases.
 * SQLite is only started when there is something for it to do.
 * @param use what the compiler found; null for a program without databases
 * @param read gives the migrations
 * @throws ProblemError when a migration cannot be read
 */
export async function diagnoseSql(
  source: Source,
  use: SqlUse | null,
  { cwd, read }: { readonly cwd: string; readonly read: () => Promise<readonly Migration[]> },
): Promise<DiagnosedSql> {
  if (use === null) return { diagnostics: [], texts: {} };
  const migrations = await read();
  if (use.texts.length === 0 && migrations.length === 0) return { diagnostics: [], texts: {} };
  const folder = join(source.folder, basename(source.migrations ?? "migrations"));
  const shown = (name: string) => shownPath(join(folder, name), cwd);
  const files = migrations.map(({ name, sql }) => ({ name: shown(name), sql }));
  const diagnostics = checkSql(use, {
    fileName: source.name,
    text: source.text,
    migrations: {
      files,
      migrationFor: (table) => shown(`${nextNumber(migrations)}_create_${wordOf(table)}.sql`),
    },
  });
  return { diagnostics, texts: Object.fromEntries(files.map(({ name, sql }) => [name, sql])) };
}

/** As `wrangler d1 migrations create` numbers a new file. */
function nextNumber(migrations: readonly Migration[]): string {
  const numbers = migrations.map(({ name }) => Number.parseInt(name, 10) || 0);
  return String(Math.max(0, ...numbers) + 1).padStart(4, "0");
}

const wordOf = (table: string): string => table.toLowerCase().replace(/\W+/g, "_");
