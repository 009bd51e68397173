// How long and how hard in; what the workers did under mixed traffic while their stores failed out.
import { setTimeout as wait } from "node:timers/promises";
import { abort, ask, nothingSeen, type Seen } from "./client";
import type { Sample } from "./memory";
import { type Rates, type System, startSystem, type WorkerReport } from "./system";
import { createTraffic } from "./traffic";
import { messages } from "./verdict";

export interface SoakOptions {
  /** Of this repository. */
  readonly root: string;
  readonly seconds: number;
  readonly clients: number;
  /** Of all clients together. */
  readonly requestsPerSecond: number;
  /** How likely a call of a store is disturbed. */
  readonly rates: Rates;
  /** More blocks for the soaked program. */
  readonly extra?: string;
}

export interface Figures {
  readonly seconds: number;
  readonly seen: Seen;
  readonly reports: Readonly<Record<string, WorkerReport>>;
  readonly log: readonly string[];
  readonly samples: readonly Sample[];
  /** Bytes that each worker's JavaScript holds: after the first third, and at the end. */
  readonly heaps: readonly Readonly<Record<string, number>>[];
  readonly schedules: { readonly asked: number; readonly failed: number };
  /** Milliseconds until the queues were empty, once nobody asked any more. */
  readonly drained: number;
}

/** Every so many requests a client goes away in the middle of one. */
const abortEvery = 20;

/** One client after the other, none faster than its share. */
async function load(system: System, options: SoakOptions, seen: Seen, until: number) {
  const pauseMs = (1000 * options.clients) / options.requestsPerSecond;
  const client = async (_: unknown, index: number): Promise<void> => {
    const traffic = createTraffic(index + 1);
    await wait((pauseMs * index) / options.clients);
    for (let n = 1; performance.now() < until; n++) {
      const next = performance.now() + pauseMs;
      if (n % abortEvery === 0) await abort(system.urls, traffic.abort(), seen);
      else await ask(system.urls, traffic.next(), seen);
      await wait(Math.max(0, next - performance.now()));
    }
  };
  await Promise.all(Array.from({ length: options.clients }, client));
}

const crons = [
  ["pipeline-api", "0 9 * * *"],
  ["soaked-front", "* * * * *"],
] as const;

async function runCrons(system: System, until: number) {
  const schedules = { asked: 0, failed: 0 };
  while (performance.now() < until) {
    for (const [worker, cron] of crons) {
      schedules.asked += 1;
      if (!(await system.schedule(worker, cron))) schedules.failed += 1;
    }
    await wait(500);
  }
  return schedules;
}

/** Samples, of which there are two a second. */
const collectEvery = 6;

async function watchMemory(system: System, until: number): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  while (performance.now() < until) {
    const bytes = system.memory();
    if (bytes !== null) samples.push({ at: performance.now(), bytes });
    if (samples.length % collectEvery === 0) system.collect();
    await wait(500);
  }
  return samples;
}

/** Waits until what was sent has been handled; at most half a minute. */
async function drain(system: System): Promise<number> {
  const start = performance.now();
  while (performance.now() - start < 30_000) {
    const reports = await system.reports();
    if (messages(reports, "sent") === messages(reports, "handled")) break;
    await wait(100);
  }
  return performance.now() - start;
}

/** Runs it all, and stops it. */
export async function soak(options: SoakOptions): Promise<Figures> {
  const system = await startSystem(options.root, options.rates, options.extra);
  try {
    const seen = nothingSeen();
    const until = performance.now() + options.seconds * 1000;
    const warmedUp = wait((options.seconds * 1000) / 3).then(() => system.heaps());
    const [, schedules, samples, warmHeaps] = await Promise.all([
      load(system, options, seen, until),
      runCrons(system, until),
      watchMemory(system, until),
      warmedUp,
    ]);
    const drained = await drain(system);
    const reports = await system.reports();
    const heaps = [warmHeaps, await system.heaps()];
    const { log } = system;
    return { seconds: options.seconds, seen, reports, log, samples, heaps, schedules, drained };
  } finally {
    await system.stop();
  }
}
