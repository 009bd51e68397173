// Measures the processor time of the stages of compiling the seed beside @lezer/javascript on as much JavaScript, interleaved
// in one run: early, while V8 still optimizes the compiler, and once it has settled. Usage: node bench/compile.mjs [rounds]
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parser as javascript } from "@lezer/javascript";
import { buildSync } from "esbuild";

const rounds = Number(process.argv[2] ?? 60);
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const { stages } = await loadStages();

const source = readFileSync(path("../apps/pipeline/pipeline.tova"), "utf8");
const fileName = "pipeline.tova";
const { workers } = stages.compile(source, { fileName });
const script = sameSize(workers.map(({ code }) => code).join("\n"), source.length);

const state = {};
const steps = {
  "@lezer/javascript, parse": () => javascript.parse(script),
  "tova, parse": () => {
    state.tree = stages.parse(source);
  },
  "tova, analyse": () => {
    state.analysed = stages.analyse(state.tree, source);
  },
  "tova, emit": () => stages.emit(state.analysed, source),
  "tova, whole compile": () => {
    // A map is made when it is asked for.
    for (const { map } of stages.compile(source, { fileName }).workers) state.map = map;
  },
};

/** Rounds without figures first, and where the rounds begin that count as settled. */
const unmeasured = Math.ceil(rounds / 3);
const settled = 4 * rounds;
const listsOf = () => Object.fromEntries(Object.keys(steps).map((name) => [name, []]));
const times = { early: listsOf(), settled: listsOf() };
/** Runs that are timed together: processor time, which other work on the machine does not change. */
const batch = 10;
for (let round = -unmeasured; round < settled + rounds; round++) {
  const lists = round < 0 ? null : round < rounds ? times.early : times.settled;
  for (const [name, run] of Object.entries(steps)) {
    const start = process.cpuUsage();
    for (let i = 0; i < batch; i++) run();
    const { user, system } = process.cpuUsage(start);
    if (round < rounds || round >= settled) lists?.[name].push((user + system) / 1000 / batch);
  }
}

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
/** The columns of a step: its microseconds, and how many times the parse that is. */
const figures = (lists, name) => {
  const value = median(lists[name]);
  const parse = median(lists["tova, parse"]);
  return `${(value * 1000).toFixed(0)} | ${(value / parse).toFixed(2)}`;
};
console.log(
  `${source.length} characters of Tova, ${script.length} of JavaScript, ${rounds} rounds of ${batch} ` +
    `after ${unmeasured} rounds, and after ${unmeasured + settled}\n`,
);
console.log("| step | median µs | of tova's parse | settled, µs | of its parse |");
console.log("| --- | --- | --- | --- | --- |");
for (const name of Object.keys(steps)) {
  console.log(`| ${name} | ${figures(times.early, name)} | ${figures(times.settled, name)} |`);
}
console.log("\n| worker | bytes |\n| --- | --- |");
for (const { fileName: name, code } of workers) {
  console.log(`| ${name} | ${Buffer.byteLength(code)} |`);
}
const total = workers.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0);
console.log(`| both | ${total} |`);

/** Whole lines of JavaScript, as much as asked for or a little less. */
function sameSize(text, length) {
  const repeated = text.repeat(Math.ceil(length / text.length));
  return repeated.slice(0, repeated.lastIndexOf("\n", length));
}

/** The stages are internal to tova-codegen, so its sources are bundled for this run only. */
async function loadStages() {
  const { outputFiles } = buildSync({
    entryPoints: [path("stages.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire("file:///");',
    },
    logLevel: "warning",
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}
