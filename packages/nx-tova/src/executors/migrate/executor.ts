// Takes the options of a `migrate` target, applies migrations through tova-cli.
import { join } from "node:path";
import type { ExecutorContext } from "@nx/devkit";
import { migrate } from "tova-cli";
import { buildFolders, type Workspace } from "../build-folder";
import type { MigrateExecutorSchema } from "./schema";

/** Brings all databases of the file up to date, here or on Cloudflare. */
export default async function runMigrate(
  { outDir: given, ...options }: MigrateExecutorSchema,
  { root, ...workspace }: Pick<ExecutorContext, "root"> & Workspace,
): Promise<{ success: boolean }> {
  const folders = given === undefined ? buildFolders(workspace, options.file) : [given];
  const [outDir] = folders.length === 1 ? folders : [];
  const { exitCode } = await migrate({
    ...options,
    outDir: outDir === undefined ? undefined : join(root, outDir),
    cwd: root,
    // The target waits for `build`, whose outputs may come from the cache. Builds that write to several
    // folders leave none with the configurations of all databases.
    build: folders.length > 1,
  });
  return { success: exitCode === 0 };
}
