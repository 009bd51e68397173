// A process that obeys `prelude.ts` in, the databases that its worker will open, up to date, out.
import { applyMigrations, type Database, type Statement } from "../migrations/apply";
import type { Migration } from "../migrations/files";
import type { Child } from "./child";

/** The file of a binding's database, in the folder that the worker runs in (spec 11.7). */
const fileOf = (binding: string): string => `${binding}.sqlite`;

interface Prepared extends Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** A database as `applyMigrations` takes it. */
function databaseOf(child: Child, binding: string): Database {
  const file = fileOf(binding);
  const prepare = (sql: string, values: readonly unknown[] = []): Prepared => ({
    sql,
    values,
    bind: (...bound) => prepare(sql, bound),
    all: async () => ({ results: (await child.ask("all", { file, sql, values })) as unknown[] }),
  });
  return {
    prepare,
    batch: (statements) =>
      child.ask("batch", {
        file,
        statements: (statements as Prepared[]).map(({ sql, values }) => ({ sql, values })),
      }),
  };
}

/**
 * Applies migrations to the databases of some bindings.
 * @returns the names of those that were new, by binding
 * @throws ProblemError when one was edited after it was applied, or fails
 */
export async function migrateFiles(
  child: Child,
  bindings: readonly string[],
  migrations: readonly Migration[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const applied = new Map<string, readonly string[]>();
  for (const binding of bindings) {
    const names = await applyMigrations(databaseOf(child, binding), binding, migrations);
    applied.set(binding, names);
  }
  return applied;
}
