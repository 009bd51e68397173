// Measures the time that workers take inside one isolate beyond an empty handler, in workerd and in
// plain Node, all kinds interleaved in one run. Routes are timed without making responses of JSON.
// What V8 makes of one code differs from isolate to isolate by a tenth: several are measured.
// Usage: node bench/worker/own-time.mjs [rounds] [requests a round] [isolates] [router|api]
import { bundles, kinds } from "./bundle.mjs";
import { timed } from "./cases.mjs";
import { checkAlike } from "./check.mjs";
import { repeat } from "./loop.mjs";
import { load } from "./minify.mjs";
import { interleaved, least, median, table } from "./rounds.mjs";
import { startIsolate } from "./timed-isolate.mjs";

const rounds = Number(process.argv[2] ?? 20);
const count = Number(process.argv[3] ?? 10000);
const isolates = Number(process.argv[4] ?? 7);
const programs = process.argv[5] ? [process.argv[5]] : ["router", "api"];

async function inNode(worker, asked, cheap) {
  const start = process.cpuUsage();
  await repeat(worker, asked, count, cheap);
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1000) / count;
}

/** Own time of each kind, of the least of all rounds, by place and request, in one isolate of each. */
async function measure(program, codes, isolate) {
  const fresh = Object.entries(codes).map(([kind, code]) => [kind, `${code}\n//${isolate}`]);
  const workers = await load(Object.fromEntries(fresh));
  const cheap = program === "router";
  const { run, stop } = await startIsolate(codes);
  const found = {};
  for (const [title, asked] of Object.entries(timed[program])) {
    const places = {
      workerd: (kind) => run(kind, asked, count, cheap),
      Node: (kind) => inNode(workers[kind], asked, cheap),
    };
    for (const [place, timeOf] of Object.entries(places)) {
      const taken = await interleaved(kinds, rounds, timeOf);
      const own = kinds.map((kind) => [kind, least(taken[kind]) - least(taken.bare)]);
      found[`${place} | ${title}`] = Object.fromEntries(own);
    }
  }
  stop();
  return found;
}

for (const program of programs) {
  const codes = await bundles(program);
  const alike = await checkAlike(program, await load(codes));
  const all = [];
  for (let i = 0; i < isolates; i++) all.push(await measure(program, codes, i));
  const rows = Object.keys(all[0]).flatMap((key) =>
    kinds.slice(1).map((kind) => {
      const times = all.map((found) => found[key][kind]);
      const ratios = all.map((found) => found[key][kind] / found[key].hand);
      const range = [median(ratios), least(ratios), Math.max(...ratios)];
      return [key, kind, median(times).toFixed(0), ...range.map((ratio) => ratio.toFixed(2))];
    }),
  );
  const head = ["in | request", "worker", "own ns", "of hand", "least", "most"];
  console.log(
    `\n${program}: ${alike} requests answered alike; ${isolates} isolates, the least of ${rounds} rounds of ${count}\n`,
  );
  console.log(table(head, rows));
}
