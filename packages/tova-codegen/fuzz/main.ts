// Command-line options → long runs of the fuzzers; ends with 1 where there is a counterexample, at
// the first one unless told to keep going.
import { parseArgs } from "node:util";
import { runPrograms } from "./programs/run-programs";
import { runTexts } from "./text/run-texts";
import { texts } from "./text/texts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    only: { type: "string" },
    "keep-going": { type: "boolean", default: false },
  },
});
const runs = Number(values.runs);
const firstSeed = Number(values.seed);

/** Inputs of one seed; between them the count so far is shown. */
const round = 1000;

type Fuzzer = (options: Parameters<typeof runTexts>[1]) => void | Promise<void>;

const fuzzers: Readonly<Record<string, Fuzzer>> = {
  ...Object.fromEntries(
    Object.keys(texts).map((kind): [string, Fuzzer] => [
      kind,
      (options) => runTexts(kind, options),
    ]),
  ),
  "valid programs": runPrograms,
};

async function main(): Promise<void> {
  for (const [kind, run] of Object.entries(fuzzers)) {
    if (values.only !== undefined && !kind.startsWith(values.only)) continue;
    for (let done = 0; done < runs; done += round) {
      const seed = firstSeed + done / round;
      try {
        await run({ runs: Math.min(round, runs - done), seed, milliseconds: 1000 });
      } catch (error) {
        if (!values["keep-going"]) throw error;
        report(error);
      }
      console.log(`${kind}: ${Math.min(done + round, runs)} of ${runs}, seed ${seed}`);
    }
  }
}

function report(error: unknown): void {
  const { message, cause } = error as { message?: string; cause?: { message?: string } };
  console.error(message ?? error, cause?.message ?? "");
  process.exitCode = 1;
}

main().catch(report);
