// Takes the options of a `check` target, shows what is wrong with a source file through tova-cli.
import type { ExecutorContext } from "@nx/devkit";
import { check } from "tova-cli";
import { compilerVersions } from "../../graph/compiler-build";
import type { CheckExecutorSchema } from "./schema";

/** Checks the whole file and writes nothing. */
export default async function runCheck(
  { file, format, strict, maxWarnings }: CheckExecutorSchema,
  { root }: Pick<ExecutorContext, "root">,
): Promise<{ success: boolean }> {
  const { exitCode } = await check({
    file,
    format,
    strict,
    maxWarnings,
    version: compilerVersions()["tova-cli"],
    cwd: root,
  });
  return { success: exitCode === 0 };
}
