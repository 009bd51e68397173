// Takes the options of a `deploy` target, deploys the built worker through tova-cli.
import { join } from "node:path";
import { type ExecutorContext, logger } from "@nx/devkit";
import { deploy } from "tova-cli";
import { buildFolder, type Workspace } from "../build-folder";
import { unknownOption } from "./known-options";
import type { DeployExecutorSchema } from "./schema";

/** Checks everything first; wrangler starts only when nothing is missing. */
export default async function runDeploy(
  { outDir: given, ...options }: DeployExecutorSchema,
  { root, projectName, ...workspace }: Pick<ExecutorContext, "root" | "projectName"> & Workspace,
): Promise<{ success: boolean }> {
  const unknown = unknownOption(options);
  if (unknown !== null) {
    logger.error(unknown);
    return { success: false };
  }
  const outDir = given ?? buildFolder(workspace, projectName);
  const { exitCode } = await deploy({
    ...options,
    outDir: outDir === undefined ? undefined : join(root, outDir),
    cwd: root,
    // The target waits for `build`, whose outputs may come from the cache.
    build: false,
  });
  return { success: exitCode === 0 };
}
