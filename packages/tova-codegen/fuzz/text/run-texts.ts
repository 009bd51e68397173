// How many texts to try, and a seed → nothing, or an error with the smallest text that breaks one.
import fc from "fast-check";
import { brokenByDeployFile, deployFiles } from "./deploy-files";
import { differingPrecedence, operatorParts } from "./operators";
import { brokenPromise, type Limits } from "./properties";
import { texts } from "./texts";

interface Kind<T> {
  readonly inputs: fc.Arbitrary<T>;
  /** The promise that is broken on one, or null. */
  broken(input: T, limits: Limits): string | null;
}

const kind = <T>(inputs: fc.Arbitrary<T>, broken: Kind<T>["broken"]) => ({
  run(options: Limits & { readonly runs: number; readonly seed: number }): void {
    const property = fc.property(inputs, (input) => {
      const wrong = broken(input, options);
      if (wrong) throw new Error(wrong);
    });
    fc.assert(property, { numRuns: options.runs, seed: options.seed });
  },
});

type TextFuzzer = ReturnType<typeof kind>;

/** Every kind of text by name: tries so many. @throws Error with a counterexample and its seed */
export const textFuzzers: Readonly<Record<string, TextFuzzer>> = {
  ...Object.fromEntries(
    Object.entries(texts).map(([name, inputs]) => [name, kind(inputs, brokenPromise)]),
  ),
  "deploy files": kind(deployFiles, brokenByDeployFile),
  operators: kind(operatorParts, differingPrecedence),
};
