// Takes the options of a `check` target, shows what is wrong with a source file through tova-cli.
import type { ExecutorContext } from "@nx/devkit";
import { check } from "tova-cli";
import type { CheckExecutorSchema } from "./schema";

/** Checks the whole file and writes nothing. */
export default async function runCheck(
  { file }: CheckExecutorSchema,
  { root }: Pick<ExecutorContext, "root">,
): Promise<{ success: boolean }> {
  const { exitCode } = await check({ file, cwd: root });
  return { success: exitCode === 0 };
}
