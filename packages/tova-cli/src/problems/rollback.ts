// Messages on going back to an earlier version of a worker.
import { problem } from "./problem";

/** Arguments of messages about a worker. */
export interface WorkerArgs {
  worker: string;
}

/** Part of `problems`. */
export const rollbackProblems = {
  neverDeployed: problem<WorkerArgs>(
    "T092",
    "error",
    ({ worker }) => `There is no worker \`${worker}\` to roll back: it was never deployed.`,
    () => "Run `tova deploy` first, or choose another block with --block.",
  ),
  nothingBefore: problem<WorkerArgs>(
    "T093",
    "error",
    ({ worker }) => `\`${worker}\` has no earlier version that all requests went to.`,
    () => "Name a version with --to; `npx wrangler versions list` shows them.",
  ),
  noVersion: problem<WorkerArgs & { to: string; known: readonly string[] }>(
    "T094",
    "error",
    ({ worker, to }) => `\`${worker}\` has no one version ${to}.`,
    ({ known }) => `The newest are ${known.join(", ")}.`,
  ),
  answersAlready: problem<WorkerArgs & { id: string }>(
    "T095",
    "error",
    ({ worker, id }) => `\`${worker}\` already answers with the version ${id}.`,
    () => "Name another one with --to, or leave it out for the one before.",
  ),
  secretsOfThen: problem<WorkerArgs & { names: readonly string[]; command: string }>(
    "T114",
    "warning",
    ({ worker, names }) =>
      `${names.join(", ")} changed since this version of \`${worker}\` answered, and a version has the values of its time.`,
    ({ command }) => `Set the values of today again: \`${command}\`.`,
  ),
  versionOfMany: problem<{ workers: readonly string[] }>(
    "T096",
    "error",
    ({ workers }) => `--to names a version of one worker, but ${workers.join(" and ")} are meant.`,
    () => "Choose one with --block.",
  ),
};
