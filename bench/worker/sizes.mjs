// Measures the bytes of workers, minified and gzipped alike, and the time that Node takes to compile
// and run their modules, interleaved in one run.
// Usage: node bench/worker/sizes.mjs [rounds]
import { bundles, kinds } from "./bundle.mjs";
import { sizes } from "./minify.mjs";
import { interleaved, least, median, table } from "./rounds.mjs";

const rounds = Number(process.argv[2] ?? 60);

let imports = 0;
/** Processor time of a first import, in microseconds; each has an address of its own. */
async function evaluate(code) {
  const text = `${code}\n//${imports++}`;
  const url = `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
  const start = process.cpuUsage();
  await import(url);
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

for (const program of ["router", "api"]) {
  const codes = await bundles(program);
  const taken = await interleaved(kinds, rounds, (kind) => evaluate(codes[kind]));
  const hand = sizes(codes.hand);
  const rows = kinds.map((kind) => {
    const { minified, gzipped } = sizes(codes[kind]);
    const ratio = (gzipped / hand.gzipped).toFixed(2);
    const times = [least, median].map((of) => of(taken[kind]).toFixed(0));
    return [program, kind, minified, gzipped, ratio, ...times];
  });
  const head = [
    "program",
    "worker",
    "minified",
    "gzipped",
    "of hand",
    "module µs, least",
    "median",
  ];
  console.log(table(head, rows), "\n");
}
