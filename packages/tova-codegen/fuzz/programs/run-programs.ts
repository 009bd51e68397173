// How many programs to try, and a seed → nothing, or an error with the smallest that differs.
import fc from "fast-check";
import { difference } from "./compare";
import { programs } from "./program";

/** Compiles and interprets so many programs. @throws Error with the counterexample, shrunk */
export async function runPrograms(options: {
  readonly runs: number;
  readonly seed: number;
}): Promise<void> {
  const property = fc.asyncProperty(programs, async (source) => {
    const found = await difference(source);
    if (found) throw new Error(`${source}\n${found}`);
  });
  await fc.assert(property, { numRuns: options.runs, seed: options.seed });
}
