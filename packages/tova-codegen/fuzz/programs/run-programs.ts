// How many programs to try, and a seed → nothing, or an error with a small one that differs.
import fc from "fast-check";
import { difference } from "./compare";
import { differenceOfFiles } from "./compare-files";
import { filesOf } from "./modules";
import { choiceNumbers, programOf } from "./program";
import { shrink } from "./shrink";

/** Time for making a counterexample smaller. */
const patience = 20_000;

/** How programs of some kind are made of numbers, shown and tried. */
export interface Fuzzer {
  show(numbers: readonly number[]): string;
  /** How the compiled program differs from the interpreted one, or null. */
  differs(numbers: readonly number[]): Promise<string | null>;
}

/** Programs of one file. */
export const programsFuzzer: Fuzzer = {
  show: programOf,
  differs: (numbers) => difference(programOf(numbers)),
};

/** Programs of three files. */
export const filesFuzzer: Fuzzer = {
  show: (numbers) => {
    const { main, files } = filesOf(numbers);
    const all = Object.entries({ ...files, "./main": main });
    return all.map(([name, text]) => `// ${name}\n${text}`).join("\n");
  },
  differs: (numbers) => differenceOfFiles(filesOf(numbers)),
};

export interface Run {
  readonly runs: number;
  readonly seed: number;
  /** Gets a program that differs, made small; the others of the run are tried then too. */
  readonly onDifference?: (error: Error) => void;
}

/** Compiles and interprets so many programs. @throws Error with the first that differs, made small */
export async function runPrograms(
  { show, differs }: Fuzzer,
  { runs: numRuns, seed, onDifference }: Run,
): Promise<void> {
  for (const numbers of fc.sample(choiceNumbers, { numRuns, seed })) {
    if ((await differs(numbers)) === null) continue;
    const small = await shrink(numbers, async (each) => (await differs(each)) !== null, patience);
    const error = new Error(`seed ${seed}:\n${show(small)}\n${await differs(small)}`);
    if (!onDifference) throw error;
    onDifference(error);
  }
}
