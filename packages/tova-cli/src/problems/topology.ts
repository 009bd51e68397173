// Messages on the picture of a program.
import { type PathArgs, problem } from "./problem";

/** Part of `problems`. */
export const topologyProblems = {
  nothingToDraw: problem<PathArgs>(
    "T070",
    "error",
    ({ path }) => `\`${path}\` has no edge block, so there is no system to show.`,
    () => 'Add one, as in `edge "api" { route GET "/" => fn(req) "hello" }`.',
  ),
  staleTopology: problem<{ files: readonly string[]; command: string }>(
    "T071",
    "error",
    ({ files }) => `Not as the program is now: ${files.join(", ")}.`,
    ({ command }) => `Run \`${command}\` and commit what it writes.`,
  ),
};
