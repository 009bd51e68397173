// Takes the options of a `deploy` target, deploys the built worker through tova-cli.
import type { ExecutorContext } from "@nx/devkit";
import { deploy } from "tova-cli";
import type { DeployExecutorSchema } from "./schema";

/** Checks everything first; wrangler starts only when nothing is missing. */
export default async function runDeploy(
  { file, block, env, dryRun, args }: DeployExecutorSchema,
  { root }: Pick<ExecutorContext, "root">,
): Promise<{ success: boolean }> {
  const { exitCode } = await deploy({
    file,
    cwd: root,
    dryRun: dryRun ?? false,
    args: args ?? [],
    ...(block === undefined ? {} : { block }),
    ...(env === undefined ? {} : { env }),
  });
  return { success: exitCode === 0 };
}
