// Measures the processor time of workerd for each request over HTTP on this machine: one process a
// worker, all interleaved in one run.
// Usage: node bench/worker/http.mjs [rounds] [requests a round] [router|api]
import { readFileSync } from "node:fs";
import { Agent, request as send } from "node:http";
import { fileURLToPath } from "node:url";
import { bundles, kinds } from "./bundle.mjs";
import { timed } from "./cases.mjs";
import { interleaved, least, median, table } from "./rounds.mjs";
import { processorTime, startWorkerd } from "./workerd.mjs";

const rounds = Number(process.argv[2] ?? 20);
const count = Number(process.argv[3] ?? 1000);
const programs = process.argv[4] ? [process.argv[4]] : ["router", "api"];
/** Requests at a time. */
const lanes = 8;
const agent = new Agent({ keepAlive: true, maxSockets: lanes });

const cases = readFileSync(fileURLToPath(new URL("cases.mjs", import.meta.url)), "utf8");
/** The worker with its stores, which are the same for all requests. */
const entry = `import worker from "./worker.mjs";
import { stores } from "./cases.mjs";
const env = stores();
export default { fetch: (request, _, context) => worker.fetch(request, env, context) };`;

function ask(url, [method, path, headers = {}]) {
  return new Promise((resolve, reject) => {
    const sent = send(url + path, { method, headers, agent }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    });
    sent.on("error", reject).end();
  });
}

async function askOften(url, asked) {
  const lane = async () => {
    for (let i = 0; i < count / lanes; i++) {
      const status = await ask(url, asked);
      if (status !== 200) throw new Error(`${asked[1]} gives ${status}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

for (const program of programs) {
  const codes = await bundles(program);
  const running = {};
  for (const kind of kinds) {
    const modules = { "entry.mjs": entry, "worker.mjs": codes[kind], "cases.mjs": cases };
    running[kind] = await startWorkerd({ main: modules });
  }
  const [title, asked] = Object.entries(timed[program])[0];
  const taken = await interleaved(kinds, rounds, async (kind) => {
    const { pid, url } = running[kind];
    const start = processorTime(pid);
    await askOften(url("main"), asked);
    return (processorTime(pid) - start) / count;
  });
  for (const { stop } of Object.values(running)) stop();
  const rows = kinds.map((kind) => [
    program,
    title,
    kind,
    ...[least, median].map((of) => of(taken[kind]).toFixed(1)),
    ...[least, median].map((of) => (of(taken[kind]) / of(taken.hand)).toFixed(3)),
  ]);
  const head = ["program", "request", "worker", "µs, least", "median", "of hand, least", "median"];
  console.log(table(head, rows), "\n");
}
agent.destroy();
