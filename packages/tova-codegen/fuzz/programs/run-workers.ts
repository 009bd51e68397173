// How many workers to try, and a seed → nothing, or an error with one that answers otherwise than
// the interpreter prints. Each batch of them runs in one workerd.
import fc from "fast-check";
import { interpreted } from "./compare";
import { choiceNumbers } from "./program";
import { type Ask, runInBatches } from "./worker-batch";
import { type WorkerProgram, workerOf } from "./workers";

/** Compiles, loads and asks so many workers. @throws Error with the first that differs */
export async function runWorkerPrograms(options: {
  readonly runs: number;
  readonly seed: number;
}): Promise<void> {
  const { runs: numRuns, seed } = options;
  const programs = fc.sample(choiceNumbers, { numRuns, seed }).map(workerOf);
  await runInBatches(programs, ({ worker }) => worker, checkWorker);
}

async function checkWorker({ worker, program }: WorkerProgram, ask: Ask): Promise<void> {
  const answer = await ask("/");
  const actual = await answer.text();
  const expected = await interpreted(program);
  if (actual !== expected) {
    throw new Error(`${worker}\nanswers\n${actual}\ninstead of\n${expected}`);
  }
}
