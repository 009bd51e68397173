// Six hundred messages through a consumer on Deno that is killed in the middle of batches (spec 11.7).
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "../../src/build";
import type { Running } from "../contract/runtime";
import { deno } from "../contract/runtimes/deno";
import { createRecorder, createWorkspace } from "../workspace";

jest.setTimeout(120_000);

const program = `edge "main" {
  target: "deno"
  env LEDGER
  queue JOBS
  route POST "/send/:start" => fn(req, params) {
    start = int(params.start)
    await JOBS.sendBatch([{ body: { id } } for id in start..(start + 100)])
  }
  consume JOBS { max_batch_size: 100, max_batch_timeout: 0, max_retries: 10 } fn(messages) {
    for part in chunk(messages, 10) {
      ids = map(part, fn(message) message.body.id)
      await fetch("{LEDGER}/{ids.join(",")}")
    }
  }
}`;

const count = 600;

/** Notes what was done, and calls back in the middle of batches. */
async function startLedger(onDone: (ids: readonly number[]) => void) {
  const done = new Map<number, number>();
  const server = createServer((request, response) => {
    const ids = request.url?.slice(1).split(",").map(Number) ?? [];
    for (const id of ids) done.set(id, (done.get(id) ?? 0) + 1);
    onDone(ids);
    // So that batches last a little.
    setTimeout(() => response.end(), 10);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return { done, server, address: `http://127.0.0.1:${port}` };
}

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

test("every message is done at least once, whenever the process dies", async () => {
  const place = createWorkspace({ "app.tova": program });
  ending.push(place.remove);
  const outDir = place.path("out");
  const log = createRecorder();
  await build({ file: "app.tova", cwd: place.folder, outDir, log });
  expect(log.errors).toEqual([]);
  const entry = place.path("out/app.edge.main.js");
  const code = readFileSync(entry, "utf8");
  // What a dead process held is free again after half a minute, which is not what is tested here.
  const lease = /\$queueLease ?= ?30\b/;
  expect(code).toMatch(lease);
  writeFileSync(entry, code.replace(lease, "$queueLease = 1"));

  let running: Running;
  let kills = 0;
  let batches = -1;
  let dying = Promise.resolve();
  const ledger = await startLedger((ids) => {
    // In the fifth of the ten parts of a batch, once all is sent.
    if (batches < 0 || kills === 2 || !ids.some((id) => id % 100 === 42)) return;
    if (batches++ % 3 !== 1) return;
    kills++;
    dying = running.stop("SIGKILL").then(async () => {
      running = await deno.start({ folder: outDir, entry }, env);
    });
  });
  ending.unshift(() => ledger.server.close());
  const env = { LEDGER: ledger.address, KV_PATH: "kv.sqlite" };
  running = await deno.start({ folder: outDir, entry }, env);
  for (let start = 0; start < count; start += 100) {
    const sent = await fetch(`http://127.0.0.1:${running.port}/send/${start}`, { method: "POST" });
    expect(sent.status).toBe(200);
  }
  batches = 0;
  for (let tries = 0; tries < 600 && ledger.done.size < count; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await dying;
  await running.stop();
  expect([ledger.done.size, kills]).toEqual([count, 2]);
  // Half of a batch was done before its process died, and came again with the rest.
  const twice = [...ledger.done.values()].filter((times) => times > 1).length;
  expect(twice).toBeGreaterThan(0);
  expect(twice).toBeLessThanOrEqual(200);
});
