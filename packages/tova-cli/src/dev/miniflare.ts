// Programs in, one Miniflare (one workerd) that runs all Cloudflare workers of the newest out.
import type { Miniflare, MiniflareOptions } from "miniflare";
import type { BindingKind } from "tova-codegen";
import type { Logger } from "../logger";
import { applyMigrations, type Database } from "../migrations/apply";
import { unlessAborted } from "../platforms/give-up";
import { ProblemError, problems } from "../problems";
import type { FindStore } from "../testing-stores";
import type { LogEntry } from "./logs";
import { miniflareOptions, type RuntimeSettings } from "./options";
import type { DevProgram, DevWorker } from "./program";

/** The running workers of Cloudflare; made by {@link startWorkerd}, ended by `stop`. */
export interface Workerd {
  /** Where workerd listens; a request header chooses the worker. */
  url(): Promise<URL>;
  /**
   * Replaces all workers, keeping their stores.
   * @param signal gives them up while they start
   * @throws ProblemError when they do not start, or the signal's reason when given up; then the old ones
   * run again
   */
  replace(program: DevProgram, signal: AbortSignal): Promise<void>;
  /** Runs a worker's schedules of a cron expression; false when one of them threw. */
  runScheduled(worker: string, cron: string, time: Date): Promise<boolean>;
  readonly store: FindStore;
  stop(): Promise<void>;
}

type MiniflareLibrary = typeof import("miniflare");

/**
 * Makes a Miniflare without its signal listeners, which end the process with an exit code of their
 * own before the ports are closed; that it kills workerd when the process exits stays.
 */
function createMiniflare(library: MiniflareLibrary, options: MiniflareOptions): Miniflare {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const before = new Set(signals.flatMap((signal) => process.listeners(signal)));
  const miniflare = new library.Miniflare(options);
  for (const signal of signals) {
    for (const listener of process.listeners(signal)) {
      if (!before.has(listener)) process.off(signal, listener);
    }
  }
  return miniflare;
}

/** What is used of a worker; its type comes with Cloudflare's global types, which are not ours. */
interface ScheduledTarget {
  scheduled(event: { cron: string; scheduledTime: Date }): Promise<{ outcome: string }>;
}

/** The names of a worker's stores, by kind. */
const storesOf = ({ kv, sql, storage, produces }: DevWorker["outline"]) => ({
  kv,
  sql,
  storage,
  queue: produces,
});

async function findStore(
  miniflare: Miniflare,
  { workers }: DevProgram,
  kind: BindingKind,
  name: string,
): Promise<unknown> {
  const all = workers.map(({ outline }) => {
    const names = storesOf(outline)[kind].map(({ binding }) => binding);
    return { worker: outline.projectName, names };
  });
  const owner = all.find(({ names }) => names.includes(name));
  if (!owner) {
    const known = [...new Set(all.flatMap(({ names }) => names))].join(", ") || "none";
    throw new Error(`No worker for Cloudflare has a ${kind} ${name}; these are there: ${known}.`);
  }
  switch (kind) {
    case "kv":
      return miniflare.getKVNamespace(name, owner.worker);
    case "sql":
      return miniflare.getD1Database(name, owner.worker);
    case "storage":
      return miniflare.getR2Bucket(name, owner.worker);
    case "queue":
      return miniflare.getQueueProducer(name, owner.worker);
  }
}

function startProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  return new ProblemError(problems.workersFailed({ reason: (error as Error).message }));
}

async function migrate(miniflare: Miniflare, program: DevProgram, log: Logger): Promise<void> {
  const done = new Set<string>();
  for (const { outline } of program.workers) {
    for (const { binding } of outline.sql) {
      if (done.has(binding)) continue;
      done.add(binding);
      const database: unknown = await miniflare.getD1Database(binding, outline.projectName);
      const applied = await applyMigrations(database as Database, binding, program.migrations);
      for (const name of applied) log.info(`Applied ${name} to ${binding}`);
    }
  }
}

/** Starts a Miniflare and what must be done before anybody uses it; ends it when that fails. */
async function startMiniflare(
  library: MiniflareLibrary,
  options: MiniflareOptions,
  { signal, prepare }: { signal: AbortSignal; prepare: (miniflare: Miniflare) => Promise<void> },
): Promise<Miniflare> {
  let miniflare: Miniflare | undefined;
  try {
    miniflare = createMiniflare(library, options);
    await unlessAborted(signal, miniflare.ready);
    await prepare(miniflare);
    return miniflare;
  } catch (error) {
    await miniflare?.dispose().catch(() => undefined);
    throw signal.aborted ? error : startProblem(error);
  }
}

/** Where what is said goes, and for how long to wait. */
export interface WorkerdContext {
  /** Of `tova` itself. */
  readonly log: Logger;
  /** Gives up whatever start goes on. */
  readonly signal: AbortSignal;
  /** Gives up the first. */
  readonly until: AbortSignal;
  /** Of the workers. */
  write(entry: LogEntry): void;
}

/**
 * Starts the workers of a program and brings its databases up to date.
 * @throws ProblemError when they do not start or a migration fails, or the reason of `until` when given up;
 * then nothing is left running
 */
export async function startWorkerd(
  first: DevProgram,
  settings: RuntimeSettings,
  { log, signal, until, write }: WorkerdContext,
): Promise<Workerd> {
  let current = first;
  // Half a second to load, which a build or the Nx graph need not wait for.
  const library = await import("miniflare");
  const optionsOf = (program: DevProgram) => ({
    ...miniflareOptions(program, settings),
    // Miniflare's own remarks are for those who call its API, not for users of `tova`.
    log: new library.Log(library.LogLevel.NONE),
    handleStructuredLogs: write,
  });
  const start = (program: DevProgram, until: AbortSignal) =>
    startMiniflare(library, optionsOf(program), {
      signal: until,
      prepare: (started) => migrate(started, program, log),
    });
  let miniflare = await start(first, until);
  const use = async (program: DevProgram, until: AbortSignal): Promise<void> => {
    await unlessAborted(until, miniflare.setOptions(optionsOf(program)));
    await migrate(miniflare, program, log);
    current = program;
  };
  /** One that is stuck in workers which do not start takes no others. */
  const startAgain = async (): Promise<void> => {
    await miniflare.dispose();
    miniflare = await start(current, signal);
  };
  return {
    url: () => miniflare.ready,
    async replace(program, until) {
      const old = current;
      try {
        await use(program, until);
      } catch (error) {
        if (until.aborted) {
          if (!signal.aborted) await startAgain();
          throw error;
        }
        await use(old, signal);
        throw startProblem(error);
      }
    },
    async runScheduled(worker, cron, scheduledTime) {
      const target = (await miniflare.getWorker(worker)) as unknown as ScheduledTarget;
      const { outcome } = await target.scheduled({ cron, scheduledTime });
      return outcome === "ok";
    },
    // Their types come with Cloudflare's global types, which are not ours.
    store: ((kind, name) => findStore(miniflare, current, kind, name)) as FindStore,
    stop: () => miniflare.dispose(),
  };
}
