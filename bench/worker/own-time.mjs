// Measures the time that workers take inside one isolate beyond an empty handler, in workerd and in
// plain Node, all kinds interleaved and rotated in one run.
// Usage: node bench/worker/own-time.mjs [rounds] [requests a round] [router|api]
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundles, kinds, load, table } from "./bundle.mjs";
import { timed } from "./cases.mjs";
import { checkAlike } from "./check.mjs";
import { repeat } from "./loop.mjs";
import { processorTime, startWorkerd } from "./workerd.mjs";

const rounds = Number(process.argv[2] ?? 30);
const count = Number(process.argv[3] ?? 10000);
const programs = process.argv[4] ? [process.argv[4]] : ["router", "api"];
const read = (file) => readFileSync(fileURLToPath(new URL(file, import.meta.url)), "utf8");

/** One isolate with all workers of a program, and what times them. */
function isolateOf(codes) {
  const names = Object.keys(codes);
  const imports = names.map((name) => `import ${name} from "./${name}.mjs";`);
  const entry = `import { timing } from "./isolate.mjs";
${imports.join("\n")}
export default timing({ ${names.join(", ")} });`;
  return {
    "entry.mjs": entry,
    "isolate.mjs": read("isolate.mjs"),
    "loop.mjs": read("loop.mjs"),
    "cases.mjs": read("cases.mjs"),
    ...Object.fromEntries(names.map((name) => [`${name}.mjs`, codes[name]])),
  };
}

async function inWorkerd(program, codes) {
  const { pid, url, stop } = await startWorkerd({ isolate: isolateOf(codes) });
  const cheap = program === "router";
  const run = async (kind, asked) => {
    const query = encodeURIComponent(JSON.stringify(asked));
    const start = processorTime(pid);
    const response = await fetch(
      `${url("isolate")}/${kind}/${count}${cheap ? "/cheap" : ""}?${query}`,
    );
    const text = await response.text();
    if (text !== "done") throw new Error(text);
    return processorTime(pid) - start;
  };
  const rows = await measure(program, run);
  stop();
  return rows;
}

async function inNode(program, codes) {
  const workers = await load(codes);
  return measure(program, async (kind, asked) => {
    const start = process.cpuUsage();
    await repeat(workers[kind], asked, count, program === "router");
    const { user, system } = process.cpuUsage(start);
    return user + system;
  });
}

/** By request: one row a worker, nanoseconds beyond the empty handler. */
async function measure(program, run) {
  const rows = [];
  for (const [title, asked] of Object.entries(timed[program])) {
    const times = Object.fromEntries(kinds.map((kind) => [kind, []]));
    for (let round = -5; round < rounds; round++) {
      const turn = (round + 5) % kinds.length;
      for (const kind of [...kinds.slice(turn), ...kinds.slice(0, turn)]) {
        const nanoseconds = ((await run(kind, asked)) * 1000) / count;
        if (round >= 0) times[kind].push(nanoseconds);
      }
    }
    rows.push(...rowsOf(title, times));
  }
  return rows;
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

function rowsOf(title, times) {
  const own = (kind, of) => of(times[kind]) - of(times.bare);
  const least = (list) => Math.min(...list);
  return kinds
    .slice(1)
    .map((kind) => [
      title,
      kind,
      own(kind, least).toFixed(0),
      own(kind, median).toFixed(0),
      (own(kind, least) / own("hand", least)).toFixed(2),
      (own(kind, median) / own("hand", median)).toFixed(2),
    ]);
}

for (const program of programs) {
  const codes = await bundles(program);
  const quiet = { ...console };
  console.error = console.log = () => {};
  const alike = await checkAlike(program, await load(codes));
  Object.assign(console, quiet);
  console.log(`\n## ${program}: ${alike} requests answered alike; ${rounds} rounds of ${count}\n`);
  const head = ["request", "worker", "own ns, least", "median", "of hand, least", "median"];
  console.log(`In workerd\n\n${table(head, await inWorkerd(program, codes))}\n`);
  console.log(`In Node\n\n${table(head, await inNode(program, codes))}`);
}
