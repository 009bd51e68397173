// A program's migrations and a database in, what of them is not as it should be out.
import type { Api } from "../cloudflare/api";
import { type Applied, type Hashed, readApplied } from "../cloudflare/applied";
import type { Wanted } from "../cloudflare/resources";
import { together } from "../cloudflare/together";
import { editedMigrations, hashed } from "../migrations/edits";
import type { Migration } from "../migrations/files";
import { type Problem, problems } from "../problems";
import { type Check, counted } from "./check";

function checkDatabase(
  binding: string,
  migrations: readonly Hashed[],
  { applied, command }: { readonly applied: readonly Applied[]; readonly command: string },
): Problem[] {
  const done = new Set(applied.map(({ name }) => name));
  const pending = migrations.filter(({ name }) => !done.has(name)).map(({ name }) => name);
  const here = new Set(migrations.map(({ name }) => name));
  const unknown = applied.filter(({ name }) => !here.has(name)).map(({ name }) => name);
  return [
    ...editedMigrations(binding, migrations, applied),
    ...(pending.length > 0 ? [problems.notMigrated({ binding, names: pending, command })] : []),
    ...(unknown.length > 0 ? [problems.unknownMigrations({ binding, names: unknown })] : []),
  ];
}

/**
 * Checks that the databases have all migrations, as they are now.
 * @param databases those with an id
 * @param command applies what is missing
 */
export async function checkMigrations(
  api: Api,
  databases: readonly Wanted[],
  { migrations, command }: { readonly migrations: readonly Migration[]; readonly command: string },
): Promise<Check> {
  const now = hashed(migrations);
  const { answers, problems: failed } = await together(
    databases.map(async ({ binding, id }) => {
      const applied = await readApplied(api, id ?? "");
      return checkDatabase(binding, now, { applied, command });
    }),
  );
  const fact =
    databases.length === 0
      ? "no database"
      : `${counted(now.length, "file")} for ${databases.map(({ binding }) => binding).join(", ")}`;
  return { name: "migrations", fact, problems: [...answers.flat(), ...failed] };
}
