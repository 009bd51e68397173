// Migrations and what a database had of them in, what was changed since or is numbered twice out.
import { type Applied, type Hashed, hashOf } from "../cloudflare/applied";
import { type Problem, problems } from "../problems";
import type { Migration } from "./files";

/** The migrations as they are now. */
export const hashed = (migrations: readonly Migration[]): readonly Hashed[] =>
  migrations.map(({ name, sql }) => ({ name, sha256: hashOf(sql) }));

/** wrangler orders migrations by their number alone, so that equal ones come in any order. */
export function sharedNumbers(migrations: readonly Migration[], folder: string): Problem[] {
  const byNumber = new Map<number, string[]>();
  for (const { name } of migrations) {
    const number = Number.parseInt(name, 10);
    if (!Number.isNaN(number)) byNumber.set(number, [...(byNumber.get(number) ?? []), name]);
  }
  return [...byNumber]
    .filter(([, names]) => names.length > 1)
    .map(([number, names]) => problems.sameNumber({ folder, number, names }));
}

/** An edit of what was applied reaches no database that has it, only new ones. */
export function editedMigrations(
  binding: string,
  migrations: readonly Hashed[],
  applied: readonly Applied[],
): Problem[] {
  const now = new Map(migrations.map(({ name, sha256 }) => [name, sha256]));
  const edited = applied.filter(
    ({ name, sha256 }) => sha256 !== null && now.has(name) && now.get(name) !== sha256,
  );
  if (edited.length === 0) return [];
  return [problems.migrationEdited({ binding, names: edited.map(({ name }) => name) })];
}
