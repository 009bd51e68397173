// Takes the options of a `serve` target, runs all workers of a file through tova-cli until stopped.
import type { ExecutorContext } from "@nx/devkit";
import { dev } from "tova-cli";
import type { ServeExecutorSchema } from "./schema";

/** Runs until Nx or the terminal ends it; both do so with a signal. */
export default async function runServe(
  { file, port, host }: ServeExecutorSchema,
  { root }: Pick<ExecutorContext, "root">,
): Promise<{ success: boolean }> {
  const stop = new AbortController();
  const end = () => stop.abort();
  process.once("SIGINT", end).once("SIGTERM", end).once("SIGHUP", end);
  const { exitCode } = await dev({
    file,
    cwd: root,
    signal: stop.signal,
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
  });
  return { success: exitCode === 0 };
}
