// Takes the options of a `topology` target, shows and draws the program through tova-cli.
import { join } from "node:path";
import type { ExecutorContext } from "@nx/devkit";
import { topology } from "tova-cli";
import type { TopologyExecutorSchema } from "./schema";

/** Writes the picture, the Mermaid text and the JSON; the tree is the task's output. */
export default async function runTopology(
  { file, outDir, env }: TopologyExecutorSchema,
  { root }: Pick<ExecutorContext, "root">,
): Promise<{ success: boolean }> {
  const { exitCode } = await topology({
    file,
    outDir: outDir === undefined ? undefined : join(root, outDir),
    env,
    cwd: root,
  });
  return { success: exitCode === 0 };
}
