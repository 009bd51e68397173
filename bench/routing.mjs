// Times a worker's answer among 10 and among 1,000 routes, in plain Node, interleaved in one run: the
// handler and Node's own Request and Response cost the same in both.
// Usage: node bench/routing.mjs [rounds]
import { compile } from "tova-codegen";

const rounds = Number(process.argv[2] ?? 60);
const each = 2000;

/** Routes as an API has them: a common prefix, a resource, parameters. */
function program(count) {
  const routes = Array.from({ length: count }, (_, i) => {
    const resource = `/api/v1/resource${Math.floor(i / 5)}`;
    const paths = [
      resource,
      `${resource}/:id`,
      `${resource}/:id/items`,
      `${resource}/:id/items/:item`,
    ];
    const path = paths[i % 5] ?? `${resource}/search`;
    return `route GET "${path}" => fn(req, params) { { n: ${i} } }`;
  });
  return `edge "w" {\n${routes.join("\n")}\n}`;
}

async function load(count) {
  const { workers, diagnostics } = compile(program(count), { fileName: "routes.tova" });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors[0].message);
  const code = Buffer.from(workers[0].code).toString("base64");
  const { default: worker } = await import(`data:text/javascript;base64,${code}#${count}`);
  const last = Math.floor((count - 1) / 5);
  const request = new Request(`http://localhost/api/v1/resource${last}/17/items/4`);
  return { count, bytes: workers[0].code.length, times: [], run: () => worker.fetch(request, {}) };
}

const sizes = [await load(10), await load(100), await load(1000)];
for (let round = -10; round < rounds; round++) {
  for (const size of sizes) {
    const start = performance.now();
    for (let i = 0; i < each; i++) await size.run();
    if (round >= 0) size.times.push(((performance.now() - start) * 1e6) / each);
  }
}

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const base = median(sizes[0].times);
console.log("| routes | median ns a request | of ten routes | bytes |\n| --- | --- | --- | --- |");
for (const { count, times, bytes } of sizes) {
  const value = median(times);
  console.log(`| ${count} | ${value.toFixed(0)} | ${(value / base).toFixed(2)} | ${bytes} |`);
}
