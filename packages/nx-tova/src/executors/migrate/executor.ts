// Takes the options of a `migrate` target, applies migrations through tova-cli.
import { join } from "node:path";
import type { ExecutorContext } from "@nx/devkit";
import { migrate } from "tova-cli";
import type { MigrateExecutorSchema } from "./schema";

/** Brings all databases of the file up to date, here or on Cloudflare. */
export default async function runMigrate(
  { outDir, ...options }: MigrateExecutorSchema,
  { root }: Pick<ExecutorContext, "root">,
): Promise<{ success: boolean }> {
  const { exitCode } = await migrate({
    ...options,
    outDir: outDir === undefined ? undefined : join(root, outDir),
    cwd: root,
    // The target waits for `build`, whose outputs may come from the cache.
    build: false,
  });
  return { success: exitCode === 0 };
}
