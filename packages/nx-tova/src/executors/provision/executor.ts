// Takes the options of a `provision` target, creates what is missing on Cloudflare through tova-cli.
import type { ExecutorContext } from "@nx/devkit";
import { provision } from "tova-cli";
import type { ProvisionExecutorSchema } from "./schema";

/** Provides for all workers of the file; ids are written to its deploy file. */
export default async function runProvision(
  options: ProvisionExecutorSchema,
  { root }: Pick<ExecutorContext, "root">,
): Promise<{ success: boolean }> {
  const { exitCode } = await provision({ ...options, cwd: root });
  return { success: exitCode === 0 };
}
