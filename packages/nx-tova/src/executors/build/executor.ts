// Takes the options of a `build` target, writes the worker files through tova-cli.
import { join } from "node:path";
import type { ExecutorContext } from "@nx/devkit";
import { build } from "tova-cli";
import type { BuildExecutorSchema } from "./schema";

/** Compiles one block, or all blocks of the file; errors are shown by tova-cli. */
export default async function runBuild(
  { file, outDir, block, strict }: BuildExecutorSchema,
  { root }: Pick<ExecutorContext, "root">,
): Promise<{ success: boolean }> {
  const { exitCode } = await build({
    file,
    block,
    strict,
    outDir: outDir === undefined ? undefined : join(root, outDir),
    cwd: root,
  });
  return { success: exitCode === 0 };
}
