// How many programs to try, and a seed → nothing, or an error with a small one that differs.
import fc from "fast-check";
import { difference } from "./compare";
import { choiceNumbers, programOf } from "./program";
import { shrink } from "./shrink";

/** Time for making a counterexample smaller. */
const patience = 20_000;

/** Compiles and interprets so many programs. @throws Error with a counterexample, made small */
export async function runPrograms(options: {
  readonly runs: number;
  readonly seed: number;
}): Promise<void> {
  const differs = async (numbers: readonly number[]) => difference(programOf(numbers));
  const property = fc.asyncProperty(choiceNumbers, async (numbers) => !(await differs(numbers)));
  const { runs: numRuns, seed } = options;
  const { counterexample } = await fc.check(property, { numRuns, seed, endOnFailure: true });
  const [numbers] = counterexample ?? [];
  if (!numbers) return;
  const small = await shrink(numbers, async (each) => (await differs(each)) !== null, patience);
  throw new Error(`seed ${seed}:\n${programOf(small)}\n${await differs(small)}`);
}
