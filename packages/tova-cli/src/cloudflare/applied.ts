// A D1 database in, its applied migrations with what they were when they were applied out.
import { createHash } from "node:crypto";
import type { Api } from "./api";
import { queryDatabase } from "./look-ups";

/** A migration that has been applied. */
export interface Applied {
  readonly name: string;
  /** Of its text; null when it was applied by something else than tova. */
  readonly sha256: string | null;
}

/** One of a program's migrations as it is now. */
export interface Hashed {
  readonly name: string;
  readonly sha256: string;
}

/** Equal for the same text with the line endings of Windows, which git may write. */
export const hashOf = (sql: string): string =>
  createHash("sha256").update(sql.replaceAll("\r\n", "\n")).digest("hex");

/**
 * Makes the table of hashes. It is in the database itself, beside wrangler's own `d1_migrations`,
 * so that everyone who can migrate the database sees what was applied, on whatever machine.
 */
export const createHashTable =
  "CREATE TABLE IF NOT EXISTS tova_migrations (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL)";

/** All that were applied, each with its hash if it is known. */
export const selectApplied =
  "SELECT d.name, t.sha256 FROM d1_migrations d LEFT JOIN tova_migrations t ON t.name = d.name ORDER BY d.id";

/** As {@link selectApplied}, for a database without hashes. */
const selectNames = "SELECT name, NULL AS sha256 FROM d1_migrations ORDER BY id";

/** Keeps a hash; parameters are the name and the hash. */
export const insertHash = "INSERT OR IGNORE INTO tova_migrations (name, sha256) VALUES (?, ?)";

/**
 * Reads what was applied to a database on Cloudflare, mostly with one question.
 * @returns nothing for a database that is new or not there
 */
export async function readApplied(api: Api, id: string): Promise<readonly Applied[]> {
  const rows =
    (await queryDatabase(api, id, { sql: selectApplied })) ??
    (await queryDatabase(api, id, { sql: selectNames })) ??
    [];
  return rows.map(({ name, sha256 }) => ({
    name: String(name),
    sha256: sha256 === null ? null : String(sha256),
  }));
}

/** Keeps the hashes of migrations that were applied and have none yet. May be done twice. */
export async function recordHashes(
  api: Api,
  id: string,
  migrations: readonly Hashed[],
): Promise<void> {
  const applied = await readApplied(api, id);
  const fresh = migrations.filter(({ name }) =>
    applied.some((one) => one.name === name && one.sha256 === null),
  );
  if (fresh.length === 0) return;
  await queryDatabase(api, id, { sql: createHashTable });
  for (const { name, sha256 } of fresh) {
    await queryDatabase(api, id, { sql: insertHash, params: [name, sha256] });
  }
}
