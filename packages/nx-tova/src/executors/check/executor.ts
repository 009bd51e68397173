// Takes the options of a `check` target, shows what is wrong with a source file through tova-cli.
import type { ExecutorContext } from "@nx/devkit";
import { check } from "tova-cli";
import { compilerVersions } from "../../graph/compiler-build";
import type { CheckExecutorSchema } from "./schema";

/** Checks the whole file and writes nothing. */
export default async function runCheck(
  { file, format }: CheckExecutorSchema,
  { root }: Pick<ExecutorContext, "root">,
): Promise<{ success: boolean }> {
  const { exitCode } = await check({
    file,
    format,
    version: compilerVersions()["tova-cli"],
    cwd: root,
  });
  return { success: exitCode === 0 };
}
