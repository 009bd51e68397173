// The `.sql` files of a program's `migrations` folder in, their texts in order out.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readText, type Source, shownPath } from "../source";

/** One file of the folder. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** The number that opens a name decides, as in wrangler; then the name. */
function inOrder(a: string, b: string): number {
  const first = Number.parseInt(a, 10);
  const second = Number.parseInt(b, 10);
  if (first !== second && !Number.isNaN(first) && !Number.isNaN(second)) return first - second;
  return a < b ? -1 : 1;
}

/**
 * Reads a program's migrations in the order they apply.
 * @throws ProblemError when one cannot be read
 */
export async function readMigrations(source: Source, cwd: string): Promise<readonly Migration[]> {
  const folder = source.migrations;
  if (folder === null) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort(inOrder);
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return { name, sql: await readText(path, shownPath(path, cwd)) };
    }),
  );
}
