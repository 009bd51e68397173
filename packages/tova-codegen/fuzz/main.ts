// Command-line options → long runs of the fuzzers; ends with 1 where there is a counterexample, at
// the first one unless told to keep going.
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { filesFuzzer, programsFuzzer, runPrograms } from "./programs/run-programs";
import { runSystems } from "./programs/run-systems";
import { runWorkerPrograms } from "./programs/run-workers";
import { everyKind, runEvery } from "./text/every";
import { textFuzzers } from "./text/run-texts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    /** How many inputs to pass over, whole rounds: to go on where a run was stopped. */
    from: { type: "string", default: "0" },
    only: { type: "string" },
    "keep-going": { type: "boolean", default: false },
    workers: { type: "string", default: "1" },
    /** Of a worker: which of so many rounds are its own, `1/2`. */
    share: { type: "string", default: "0/1" },
  },
});
const runs = Number(values.runs);
const firstSeed = Number(values.seed);
const skipped = Number(values.from);

/** Inputs of one seed; between them the count so far is shown. */
const round = 1000;

interface Options {
  readonly runs: number;
  readonly seed: number;
  /** How many inputs the whole run has, and how many the rounds before this one. */
  readonly total: number;
  readonly from: number;
  readonly milliseconds: number;
  /** Gets what fails, where the run is to go on. */
  readonly onDifference?: (error: Error) => void;
}

type Fuzzer = (options: Options) => unknown;

const fuzzers: Readonly<Record<string, Fuzzer>> = {
  ...Object.fromEntries(
    Object.entries(textFuzzers).map(([kind, { run }]): [string, Fuzzer] => [kind, run]),
  ),
  ...Object.fromEntries(
    everyKind.map((kind): [string, Fuzzer] => [kind, (options) => runEvery(kind, options)]),
  ),
  "valid programs": (options) => runPrograms(programsFuzzer, options),
  "valid workers": runWorkerPrograms,
  "edge systems": runSystems,
  "valid modules": (options) => runPrograms(filesFuzzer, options),
};

/** Runs the rounds that are this process's own. */
async function runShare(): Promise<void> {
  const [own = 0, all = 1] = values.share.split("/").map(Number);
  for (const [kind, run] of Object.entries(fuzzers)) {
    if (values.only !== undefined && !kind.startsWith(values.only)) continue;
    for (let done = skipped + own * round; done < runs; done += round * all) {
      const seed = firstSeed + done / round;
      try {
        const part = { runs: Math.min(round, runs - done), total: runs, from: done };
        const goingOn = values["keep-going"] ? { onDifference: report } : {};
        await run({ ...part, ...goingOn, seed, milliseconds: 1000 });
      } catch (error) {
        if (!values["keep-going"]) throw error;
        report(error);
      }
      console.log(`${kind}: ${Math.min(done + round, runs)} of ${runs}, seed ${seed}`);
    }
  }
}

/** Runs the same command in so many processes, each with its share of the rounds. */
async function runWorkers(count: number): Promise<void> {
  const command = [...process.execArgv, process.argv[1] ?? "", ...process.argv.slice(2)];
  const fixed = ["--workers", "1", "--seed", String(firstSeed)];
  const ends = Array.from({ length: count }, (_, i) => {
    const args = [...command, ...fixed, "--share", `${i}/${count}`];
    const child = spawn(process.execPath, args, { stdio: "inherit" });
    return new Promise<number | null>((resolve) => child.on("close", resolve));
  });
  if ((await Promise.all(ends)).some((code) => code !== 0)) process.exitCode = 1;
}

function report(error: unknown): void {
  const { message, cause } = error as { message?: string; cause?: { message?: string } };
  console.error(message ?? error, cause?.message ?? "");
  process.exitCode = 1;
}

const workers = Number(values.workers);
(workers > 1 ? runWorkers(workers) : runShare()).catch(report);
