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
  noBlocks: problem<PathArgs & { verb: "start" | "deploy" | "roll back" }>(
    "T021",
    "error",
    ({ path, verb }) => `\`${path}\` has no edge block, so there is no worker to ${verb}.`,
    () => 'Add one, as in `edge "api" { route GET "/" => fn(req) "hello" }`.',
  ),
};
