// Command-line options → long runs of the fuzzers; ends with 1 at the first counterexample.
import { parseArgs } from "node:util";
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

for (const kind of Object.keys(texts)) {
  if (values.only !== undefined && !kind.startsWith(values.only)) continue;
  console.log(`${kind}: ${options.runs} runs, seed ${options.seed}`);
  runTexts(kind, options);
}
