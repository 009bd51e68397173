// Takes the options of a `secrets` target, sets the secrets of its worker through tova-cli.
import type { ExecutorContext } from "@nx/devkit";
import { secrets } from "tova-cli";
import type { SecretsExecutorSchema } from "./schema";

/** Checks everything before the first value is sent. */
export default async function runSecrets(
  options: SecretsExecutorSchema,
  { root }: Pick<ExecutorContext, "root">,
): Promise<{ success: boolean }> {
  const { exitCode } = await secrets({ ...options, cwd: root });
  return { success: exitCode === 0 };
}
