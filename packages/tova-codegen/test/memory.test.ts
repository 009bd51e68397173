// How much of the heap the result of a compilation holds.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type CompileResult, compile } from "../src";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What is left of the heap when all garbage is gone, also what only finalisers still hold. */
function heapUsed(): number {
  for (let i = 0; i < 3; i++) collect();
  return process.memoryUsage().heapUsed;
}

const seed = readFileSync(join(__dirname, "../../../apps/pipeline/pipeline.tova"), "utf8");
const start = seed.search(/^edge "/m);

/** The seed's blocks so many times, with names of their own. */
const copies = (count: number): string =>
  Array.from({ length: count }, (_, i) =>
    seed
      .slice(start)
      .replace(/^edge "(\w+)"/gm, `edge "$1${i}"`)
      .replaceAll("PROCESS_QUEUE", `PROCESS_QUEUE_${i}`),
  ).join("\n");

it("keeps its texts and outlines, not what they were made from", () => {
  const source = seed.slice(0, start) + copies(10);
  const options = { fileName: "pipeline.tova" };
  // The engine lets go of the test before in this process only after some compilations.
  for (let i = 0; i < 4; i++) {
    compile(source, options);
    collect();
  }
  const before = heapUsed();
  const results: CompileResult[] = [];
  for (let i = 0; i < 4; i++) results.push(compile(source, options));
  const kept = heapUsed() - before;
  const code = results.flatMap(({ workers }) => workers.map((worker) => worker.code)).join("");
  // With the typed tree it would be more than ten times the output.
  expect(kept).toBeGreaterThan(code.length);
  expect(kept).toBeLessThan(9 * code.length);
});
