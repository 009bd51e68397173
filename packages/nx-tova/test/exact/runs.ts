// A workspace with real packages and an edit of it in; the tasks that Nx runs for it out.
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { InstalledWorkspace, Run } from "../installed-workspace";
import type { Edit } from "./table";

export function apply({ root, write }: InstalledWorkspace, edit: Edit): void {
  for (const [path, text] of Object.entries(edit)) {
    if (text === null) rmSync(join(root, path));
    else write({ [path]: text });
  }
}

/** The tasks of a run by their ids, and those that were not taken from a cache. */
export function tasksOf({ exitCode, output }: Run) {
  expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
  const lines = [...output.matchAll(/^> nx run (\S+?:[\w-]+)(.*)$/gm)];
  const isCached = (rest = "") =>
    /\[(local cache|remote cache|existing outputs match the cache)/.test(rest);
  const ids = (found: typeof lines) => found.map(([, id = ""]) => id).sort();
  return { tasks: ids(lines), ran: ids(lines.filter(([, , rest]) => !isCached(rest))) };
}

/** Runs tasks; gives them as {@link tasksOf} does. */
export const run = (
  workspace: InstalledWorkspace,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) => tasksOf(workspace.nx([...args, "--outputStyle=static"], env));

export const buildAll = ["run-many", "-t", "build"] as const;
export const buildAffected = ["affected", "-t", "build"] as const;
