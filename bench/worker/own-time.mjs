// Measures the time that workers take inside one isolate beyond an empty handler, in workerd and in
// plain Node, all kinds interleaved in one run. Routes are timed without making responses of JSON.
// Usage: node bench/worker/own-time.mjs [rounds] [requests a round] [router|api]
import { bundles, kinds, load } from "./bundle.mjs";
import { timed } from "./cases.mjs";
import { checkAlike } from "./check.mjs";
import { repeat } from "./loop.mjs";
import { interleaved, least, median, table } from "./rounds.mjs";
import { startIsolate } from "./timed-isolate.mjs";

const rounds = Number(process.argv[2] ?? 40);
const count = Number(process.argv[3] ?? 10000);
const programs = process.argv[4] ? [process.argv[4]] : ["router", "api"];

async function inNode(worker, asked, cheap) {
  const start = process.cpuUsage();
  await repeat(worker, asked, count, cheap);
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1000) / count;
}

function rowsOf(where, title, taken) {
  const own = (kind, of) => of(taken[kind]) - of(taken.bare);
  return kinds.slice(1).map((kind) => {
    const times = [least, median].map((of) => own(kind, of).toFixed(0));
    const ratios = [least, median].map((of) => (own(kind, of) / own("hand", of)).toFixed(2));
    return [where, title, kind, ...times, ...ratios];
  });
}

for (const program of programs) {
  const codes = await bundles(program);
  const workers = await load(codes);
  const alike = await checkAlike(program, workers);
  const cheap = program === "router";
  const { run, stop } = await startIsolate(codes);
  const rows = [];
  for (const [title, asked] of Object.entries(timed[program])) {
    const workerd = (kind) => run(kind, asked, count, cheap);
    rows.push(...rowsOf("workerd", title, await interleaved(kinds, rounds, workerd)));
    const node = (kind) => inNode(workers[kind], asked, cheap);
    rows.push(...rowsOf("Node", title, await interleaved(kinds, rounds, node)));
  }
  stop();
  const head = ["in", "request", "worker", "own ns, least", "median", "of hand, least", "median"];
  console.log(`\n${program}: ${alike} requests answered alike; ${rounds} rounds of ${count}\n`);
  console.log(table(head, rows));
}
