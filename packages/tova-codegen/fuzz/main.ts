// Command-line options → long runs of the fuzzers; ends with 1 at the first counterexample.
import { parseArgs } from "node:util";
import { runPrograms } from "./programs/run-programs";
import { runTexts } from "./text/run-texts";
import { texts } from "./text/texts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    only: { type: "string" },
  },
});
const options = { runs: Number(values.runs), seed: Number(values.seed), milliseconds: 1000 };

const fuzzers: Readonly<Record<string, () => void | Promise<void>>> = {
  ...Object.fromEntries(
    Object.keys(texts).map((kind) => [kind, () => runTexts(kind, options)] as const),
  ),
  "valid programs": () => runPrograms(options),
};

async function main(): Promise<void> {
  for (const [kind, run] of Object.entries(fuzzers)) {
    if (values.only !== undefined && !kind.startsWith(values.only)) continue;
    console.log(`${kind}: ${options.runs} runs, seed ${options.seed}`);
    await run();
  }
}

main().catch((error: unknown) => {
  const { message, cause } = error as { message?: string; cause?: { message?: string } };
  console.error(message ?? error, cause?.message ?? "");
  process.exitCode = 1;
});
