// Takes the options of a `serve` target, runs all workers of a file through tova-cli until stopped.
import * as devkit from "@nx/devkit";
import { dev } from "tova-cli";
import type { ServeExecutorSchema } from "./schema";

/** Absent from Nx 23, whose continuous tasks are ready when they start. */
const { emitReadySignal } = devkit as Partial<Pick<typeof devkit, "emitReadySignal">>;

/** Runs until a signal of Nx or of the terminal ends it, and tells Nx when the workers answer. */
export default async function runServe(
  options: ServeExecutorSchema,
  { root }: Pick<devkit.ExecutorContext, "root">,
): Promise<{ success: boolean }> {
  const { exitCode } = await dev({
    ...options,
    cwd: root,
    onReady(workers) {
      const url = workers.find((worker) => worker.url !== null)?.url;
      emitReadySignal?.(url ?? undefined);
    },
  });
  return { success: exitCode === 0 };
}
