// Half a minute of mixed traffic on workers whose stores and queues fail now and then.
import { resolve } from "node:path";
import { nothingSeen } from "./client";
import { soak } from "./run";
import { startSystem } from "./system";
import { growth, messages, sum, verdict } from "./verdict";

const seconds = Number(process.env.SOAK_SECONDS ?? 25);
const root = resolve(__dirname, "../..");
const rates = { fetch: 0.05, scheduled: 0.2, queue: 0.02 };

jest.setTimeout((seconds + 60) * 1000);

test("workers answer every request, take every error, and do not grow", async () => {
  const figures = await soak({ root, seconds, clients: 4, requestsPerSecond: 40, rates });
  expect(verdict(figures)).toEqual([]);
  const { reports, seen } = figures;
  // As much as comes through on a machine with much else to do.
  expect(seen.asked).toBeGreaterThan(seconds * 4);
  expect(sum(reports, ({ faults }) => faults.fetch.length)).toBeGreaterThan(seconds / 10);
  expect(messages(reports, "handled")).toBeGreaterThan(seconds / 10);
});

const careless = `
edge "careless" {
  kv CACHE
  var kept = []
  on_error fn(err) { "swallowed" }
  route GET "/forgotten" => fn() { CACHE.put("a", "b"); await Promise.new(fn(done) setTimeout(done, 40)); "done" }
  route GET "/silent" => fn() { await CACHE.get("a") }
  route GET "/keeps" => fn() { kept.push(Uint8Array.new(1000000)); len(kept) }
}`;

test("what a careless worker does is found", async () => {
  const always = { fetch: 1, scheduled: 0, queue: 0 };
  const system = await startSystem(root, always, careless);
  try {
    const heaps = [await system.heaps()];
    for (const path of ["/forgotten", "/silent", "/keeps"]) {
      for (let i = 0; i < 8; i++) {
        await (await fetch(`${system.urls["soaked-careless"]}${path}`)).text();
      }
    }
    heaps.push(await system.heaps());
    const samples = [0, 1, 2, 3, 4, 5].map((at) => ({ at: at * 1000, bytes: at * 2 ** 26 }));
    expect(growth(samples)).toBeCloseTo(3 * 2 ** 26);
    const found = verdict({
      ...{ seconds: 1, seen: nothingSeen(), log: system.log, samples, heaps, drained: 0 },
      reports: await system.reports(),
      schedules: { asked: 2, failed: 1 },
    });
    const kinds = ["rejections nobody handled", "did not reach on_error", "not in an answer"];
    const more = ["failed schedules", "memory grew", "soaked-careless holds"];
    expect(found).toEqual([...kinds, ...more].map((kind) => expect.stringContaining(kind)));
  } finally {
    await system.stop();
  }
});
