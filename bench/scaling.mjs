// Times compiling 10, 100 and 1,000 copies of the seed's blocks, each renamed, and 1 MB of source;
// prints how far the time for each copy is from a straight line, and the extra heap.
// Usage: node --expose-gc bench/scaling.mjs
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const { compile } = await import(path("../packages/tova-codegen/dist/index.mjs"));
const seed = readFileSync(path("../apps/pipeline/pipeline.tova"), "utf8");

/** The seed's blocks so many times, with names of their own; what is outside them once. */
function copies(count) {
  const [first] = seed.match(/^edge "\w+"/m);
  const start = seed.indexOf(first);
  const renamed = Array.from({ length: count }, (_, i) =>
    seed
      .slice(start)
      .replace(/^edge "(\w+)"/gm, `edge "$1${i}"`)
      .replaceAll("PROCESS_QUEUE", `PROCESS_QUEUE_${i}`),
  );
  return seed.slice(0, start) + renamed.join("\n");
}

function time(source) {
  globalThis.gc?.();
  const start = performance.now();
  const { diagnostics } = compile(source, { fileName: "pipeline.tova" });
  const ms = performance.now() - start;
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error) throw new Error(`${error.code} ${error.line}: ${error.message}`);
  return ms;
}

const least = (source, rounds) => Math.min(...Array.from({ length: rounds }, () => time(source)));

for (let round = 0; round < 40; round++) time(copies(10));

console.log("| copies | characters | ms | ms per copy | of the line through 10 |");
console.log("| --- | --- | --- | --- | --- |");
let line = null;
for (const [count, rounds] of [
  [10, 7],
  [100, 5],
  [1000, 2],
]) {
  const source = copies(count);
  const ms = least(source, rounds);
  line ??= ms / count;
  const share = (ms / count / line).toFixed(2);
  console.log(
    `| ${count} | ${source.length} | ${ms.toFixed(1)} | ${(ms / count).toFixed(3)} | ${share} |`,
  );
}

const source = copies(Math.round(1_000_000 / seed.length));
globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
const result = compile(source, { fileName: "pipeline.tova" });
const during = process.memoryUsage().heapUsed;
globalThis.gc?.();
const kept = process.memoryUsage().heapUsed;
const output = result.workers.reduce((sum, { code, map }) => sum + code.length + map.length, 0);
const mb = (bytes) => (bytes / 1e6).toFixed(1);
console.log(
  `\n${mb(source.length)} MB of source: ${mb(during - before)} MB of heap right after, garbage and ` +
    `all, ${mb(kept - before)} MB kept, of which ${mb(output)} million characters are the output.`,
);
