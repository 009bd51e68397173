// Crons that fire by the clock.
import { startCrons } from "../../src/dev/crons";
import { createGate } from "../../src/dev/gate";
import type { DevProgram } from "../../src/dev/program";
import { outlineWith, workerWith } from "../outlines";
import { createRecorder } from "../workspace";

const log = createRecorder();
const fired: string[] = [];
const runtime = {
  runScheduled: async (worker: string, cron: string, time: Date) => {
    fired.push(`${worker} ${cron} ${time.toISOString()}`);
    return true;
  },
};

function start(...crons: string[]): () => void {
  const outline = outlineWith({ crons });
  const workers = [{ outline, worker: workerWith(outline) }];
  return startCrons({ workers } as unknown as DevProgram, { gate: createGate(), runtime, log });
}

beforeEach(() => {
  fired.length = 0;
  // A Saturday, late in the evening in UTC.
  jest.useFakeTimers({ now: new Date("2026-11-28T23:58:30Z") });
});
afterEach(() => jest.useRealTimers());

test("a cron fires when its time comes, and not after it is stopped", async () => {
  const stop = start("* * * * *");
  await jest.advanceTimersByTimeAsync(2 * 60_000);
  expect(fired).toEqual([
    "app-api * * * * * 2026-11-28T23:59:00.000Z",
    "app-api * * * * * 2026-11-29T00:00:00.000Z",
  ]);
  stop();
  await jest.advanceTimersByTimeAsync(10 * 60_000);
  expect(fired).toHaveLength(2);
});

test("hours are UTC, and 1 is Sunday as on Cloudflare", async () => {
  const stop = start("0 0 * * 1", "0 0 * * 2", "5 0 * * SUN");
  await jest.advanceTimersByTimeAsync(10 * 60_000);
  expect(fired.map((line) => line.split(" 2026")[0])).toEqual([
    "app-api 0 0 * * 1",
    "app-api 5 0 * * SUN",
  ]);
  stop();
});

test("an expression that only Cloudflare knows is reported, and the others fire", async () => {
  const stop = start("no cron", "* * * * *");
  await jest.advanceTimersByTimeAsync(60_000);
  expect(log.warnings[0]).toMatch(/warning\[T036\].*no cron/);
  expect(fired).toHaveLength(1);
  stop();
});
