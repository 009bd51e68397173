// Messages on the blocks of a program.
import { type PathArgs, problem } from "./problem";

/** Part of `problems`. */
export const blockProblems = {
  unknownBlock: problem<{ block: string; path: string; blocks: readonly string[] }>(
    "T020",
    "error",
    ({ block, path }) => `\`${path}\` has no edge block ${block}.`,
    ({ blocks }) =>
      blocks.length === 0 ? "It has no edge blocks at all." : `Its blocks: ${blocks.join(", ")}.`,
  ),
  noBlocks: problem<PathArgs>(
    "T021",
    "error",
    ({ path }) => `\`${path}\` has no edge block that runs here, so there is no worker to start.`,
    () => 'Add one, as in `edge "api" { route GET "/" => fn(req) "hello" }`.',
  ),
  otherTarget: problem<{ worker: string; target: string }>(
    "T022",
    "warning",
    ({ worker, target }) => `\`${worker}\` is for ${target}, whose workers do not run here.`,
    () => "Build it and start the output with its own platform's tool.",
  ),
};
