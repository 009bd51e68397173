// How many texts to try, and a seed → nothing, or an error with the smallest text that breaks one.
import fc from "fast-check";
import { brokenPromise, type Limits } from "./properties";
import { texts } from "./texts";

/** Tries so many texts of each kind. @throws Error with the counterexample, shrunk, and its seed */
export function runTexts(kind: string, options: Limits & { runs: number; seed: number }): void {
  const arbitrary = texts[kind];
  if (!arbitrary) throw new Error(`There are no texts of the kind ${kind}.`);
  const { runs: numRuns, seed } = options;
  fc.assert(
    fc.property(arbitrary, (text) => {
      const broken = brokenPromise(text, options);
      if (broken) throw new Error(broken);
    }),
    { numRuns, seed },
  );
}
