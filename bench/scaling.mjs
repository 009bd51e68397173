// Times compiling 10, 100 and 1,000 copies of the seed's blocks, each renamed, and 1 MB of source;
// prints how far the time for each copy is from a straight line, and the extra heap.
// Usage: node --expose-gc bench/scaling.mjs [rounds]
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const { compile } = await import(path("../packages/tova-codegen/dist/index.js"));
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

function check(source) {
  const { diagnostics } = compile(source, { fileName: "pipeline.tova" });
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error) throw new Error(`${error.code} ${error.line}: ${error.message}`);
}

/** Milliseconds of processor time that one of so many compilations takes. */
function time(source, times) {
  const start = process.cpuUsage();
  for (let i = 0; i < times; i++) compile(source, { fileName: "pipeline.tova" });
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / times;
}

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

// Each size is compiled until as much source went through as there is in the largest, so that what
// the engine does in between (collecting garbage, compiling) weighs the same on all of them. A forced
// collection before each would make the engine begin with a small heap, which the small size pays for.
const sizes = [10, 100, 1000].map((count) => ({ count, source: copies(count), all: [] }));
const rounds = Number(process.argv[2] ?? 3);
for (const { source } of sizes) check(source);
for (let round = 0; round < rounds; round++) {
  for (const { count, source, all } of sizes) all.push(time(source, 1000 / count));
}

const rows = sizes.map(({ count, source, all }) => ({ count, source, ms: median(all) }));
// The straight line through the origin that is nearest to all three, each weighing the same.
const line = rows.reduce((sum, { count, ms }) => sum + ms / count, 0) / rows.length;
console.log("| copies | characters | ms | ms per copy | of the line |");
console.log("| --- | --- | --- | --- | --- |");
for (const { count, source, ms } of rows) {
  const each = ms / count;
  console.log(
    `| ${count} | ${source.length} | ${ms.toFixed(1)} | ${each.toFixed(3)} | ${(each / line).toFixed(2)} |`,
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
