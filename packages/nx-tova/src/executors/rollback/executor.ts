// Takes the options of a `rollback` target, rolls its worker back through tova-cli.
import type { ExecutorContext } from "@nx/devkit";
import { rollback } from "tova-cli";
import type { RollbackExecutorSchema } from "./schema";

/** Looks at everything before the version that answers is changed. */
export default async function runRollback(
  options: RollbackExecutorSchema,
  { root }: Pick<ExecutorContext, "root">,
): Promise<{ success: boolean }> {
  const { exitCode } = await rollback({ ...options, cwd: root });
  return { success: exitCode === 0 };
}
