// Measures a worker's answer among 10, 100 and 1,000 routes inside one isolate of workerd, interleaved
// in one run, without making responses of JSON.
// Usage: node bench/worker/many-routes.mjs [rounds] [requests a round]
import { compiled } from "./bundle.mjs";
import { minified, sizes } from "./minify.mjs";
import { manyRoutes } from "./programs.mjs";
import { interleaved, least, median, table } from "./rounds.mjs";
import { startIsolate } from "./timed-isolate.mjs";

const rounds = Number(process.argv[2] ?? 40);
const count = Number(process.argv[3] ?? 10000);
const counts = [10, 100, 1000];

const codes = {};
for (const routes of counts) {
  codes[`r${routes}`] = await minified(compiled(manyRoutes(routes), "routes.tova"));
}
const { run, stop } = await startIsolate(codes);
const taken = await interleaved(Object.keys(codes), rounds, (name) => {
  const last = Math.floor((Number(name.slice(1)) - 1) / 5);
  return run(name, ["GET", `/api/v1/resource${last}/17/items/4`], count, true);
});
stop();
const rows = Object.entries(taken).map(([name, list]) => {
  const ratios = [least, median].map((of) => (of(list) / of(taken.r10)).toFixed(2));
  const { gzipped } = sizes(codes[name]);
  return [name.slice(1), least(list).toFixed(0), median(list).toFixed(0), ...ratios, gzipped];
});
const head = [
  "routes",
  "ns, least",
  "median",
  "of ten, least",
  "median",
  "bytes, minified and gzipped",
];
console.log(table(head, rows));
