// The seed and the soaked program in, all their workers in one workerd behind stores that fail out.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Log, LogLevel, Miniflare, type WorkerOptions } from "miniflare";
import { miniflareOptions } from "../../packages/tova-cli/src/dev/options";
import { type DevProgram, loadProgram } from "../../packages/tova-cli/src/dev/program";
import { applyMigrations, type Database } from "../../packages/tova-cli/src/migrations/apply";
import { openInspector } from "./heap";
import { migration, program } from "./program";

/** How likely a call of a store is disturbed, by the kind of event that makes it. */
export interface Rates {
  readonly fetch: number;
  readonly scheduled: number;
  readonly queue: number;
}

/** What a worker's stores did to it, and what it did; see `faulty-entry.mjs`. */
export interface WorkerReport {
  readonly faults: Readonly<Record<keyof Rates, readonly string[]>>;
  readonly emptied: number;
  readonly unhandled: readonly string[];
  /** Messages that queues took, by binding. */
  readonly sent: Readonly<Record<string, number>>;
  /** Messages that were done with, by the queue's name. */
  readonly handled: Readonly<Record<string, number>>;
  readonly batches: { readonly done: number; readonly failed: number };
  readonly schedules: { readonly done: number; readonly failed: number };
}

/** Running workers; ended by `stop`. */
export interface System {
  readonly urls: Readonly<Record<string, string>>;
  /** All that was logged so far, one entry a call. */
  readonly log: readonly string[];
  /** Resident bytes of workerd; null where this machine cannot tell. */
  memory(): number | null;
  reports(): Promise<Readonly<Record<string, WorkerReport>>>;
  /** Bytes that each worker's JavaScript holds, after a collection. */
  heaps(): Promise<Readonly<Record<string, number>>>;
  /** Collects garbage, now or when an isolate wakes. */
  collect(): void;
  /** Runs a worker's schedules; false when it failed. */
  schedule(worker: string, cron: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** Both programs with their tables, in a folder of their own. */
function layOut(root: string, extra: string): string {
  const folder = mkdtempSync(join(tmpdir(), "tova-soak-"));
  const seed = join(root, "apps/pipeline");
  cpSync(join(seed, "pipeline.tova"), join(folder, "seed/pipeline.tova"));
  cpSync(join(seed, "migrations"), join(folder, "seed/migrations"), { recursive: true });
  mkdirSync(join(folder, "soaked/migrations"), { recursive: true });
  writeFileSync(join(folder, "soaked/soaked.tova"), program + extra);
  writeFileSync(join(folder, "soaked/migrations/0001_soaked.sql"), migration);
  return folder;
}

async function load(file: string, cwd: string): Promise<DevProgram> {
  const errors: string[] = [];
  const fail = (text: string) => void errors.push(text);
  const log = { info: () => undefined, warn: () => undefined, error: fail };
  const variables = { API_KEY: "key", TOKEN: "token" };
  const loaded = await loadProgram({ file, env: undefined, variables, cwd, log });
  if (loaded.program === null) throw new Error(errors.join("\n"));
  return loaded.program;
}

/** What `miniflareOptions` gives, as far as it is changed here. */
interface Plain {
  readonly name: string;
  readonly modules: readonly { type: "ESModule"; path: string; contents: string }[];
  readonly bindings: Readonly<Record<string, string>>;
  readonly queueConsumers: Readonly<Record<string, { readonly deadLetterQueue?: string }>>;
}

/** A worker behind stores that fail; without a queue of dead letters a message is tried until it works. */
function disturbed(options: WorkerOptions, entry: string, rates: Rates): WorkerOptions {
  const { name, modules, bindings, queueConsumers } = options as unknown as Plain;
  const consumers = Object.entries(queueConsumers).map(([queue, consumer]) => {
    const kept = consumer.deadLetterQueue === undefined ? { maxRetries: 100 } : {};
    return [queue, { ...consumer, ...kept, maxBatchTimeout: 0.1 }];
  });
  return {
    ...options,
    modules: [{ type: "ESModule", path: "/soak-entry.mjs", contents: entry }, ...modules],
    bindings: { ...bindings, SOAK_RATES: { ...rates }, SOAK_NAME: `${name}-` },
    queueConsumers: Object.fromEntries(consumers),
    compatibilityFlags: [...(options.compatibilityFlags ?? []), "nodejs_als"],
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
  } as WorkerOptions;
}

/** Resident bytes of the one workerd among this process's children, as Linux tells them. */
function workerdMemory(): number | null {
  try {
    const threads = readdirSync(`/proc/${process.pid}/task`);
    const ids = threads.flatMap((thread) =>
      readFileSync(`/proc/${process.pid}/task/${thread}/children`, "utf8").split(" "),
    );
    const status = ids
      .filter((id) => id !== "")
      .map((id) => readFileSync(`/proc/${id}/status`, "utf8"))
      .find((text) => /^Name:\s+workerd$/m.test(text));
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status ?? "")?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}

async function urlsOf(miniflare: Miniflare, names: readonly string[]) {
  const urls = names.map(async (name) => {
    return [name, (await miniflare.unsafeGetDirectURL(name)).origin] as const;
  });
  return Object.fromEntries(await Promise.all(urls));
}

async function reportOf(url: string | undefined): Promise<WorkerReport> {
  const response = await fetch(`${url}/soak-report`);
  return (await response.json()) as WorkerReport;
}

async function migrate(miniflare: Miniflare, { workers, migrations }: DevProgram): Promise<void> {
  const [first] = workers.filter(({ outline }) => outline.sql.length > 0);
  if (!first) return;
  const { projectName, sql } = first.outline;
  for (const { binding } of sql) {
    const database: unknown = await miniflare.getD1Database(binding, projectName);
    await applyMigrations(database as Database, binding, migrations);
  }
}

/** Stores of the two programs are told apart, though both call their database `DB`. */
function apart(options: WorkerOptions, prefix: string): WorkerOptions {
  const renamed = (stores: unknown) =>
    Object.fromEntries(
      Object.entries(stores as Record<string, string>).map(([key, id]) => [key, prefix + id]),
    );
  return {
    ...options,
    kvNamespaces: renamed(options.kvNamespaces),
    d1Databases: renamed(options.d1Databases),
    r2Buckets: renamed(options.r2Buckets),
  };
}

/**
 * Starts everything.
 * @param root of this repository
 * @param extra more blocks for the soaked program
 */
export async function startSystem(root: string, rates: Rates, extra = ""): Promise<System> {
  const folder = layOut(root, extra);
  const entry = readFileSync(resolve(root, "bench/soak/faulty-entry.mjs"), "utf8");
  const programs = await Promise.all([
    load("seed/pipeline.tova", folder),
    load("soaked/soaked.tova", folder),
  ]);
  const workers = programs.flatMap((one, i) =>
    (miniflareOptions(one, { state: null, queueWait: 1 }) as { workers: WorkerOptions[] }).workers
      .map((options) => apart(options, `${i}-`))
      .map((options) => disturbed(options, entry, rates)),
  );
  const log: string[] = [];
  const miniflare = new Miniflare({
    cf: false,
    inspectorPort: 0,
    host: "127.0.0.1",
    port: 0,
    workers,
    log: new Log(LogLevel.NONE),
    handleStructuredLogs: ({ message }: { message: string }) => void log.push(message),
  } as ConstructorParameters<typeof Miniflare>[0]);
  await miniflare.ready;
  for (const one of programs) await migrate(miniflare, one);
  const names = programs.flatMap((one) => one.workers.map(({ outline }) => outline.projectName));
  const urls = await urlsOf(miniflare, names);
  const inspector = await openInspector(await miniflare.getInspectorURL());
  return {
    urls,
    log,
    memory: workerdMemory,
    async reports() {
      const reports = names.map(async (name) => [name, await reportOf(urls[name])] as const);
      return Object.fromEntries(await Promise.all(reports));
    },
    async heaps() {
      const sizes = names.map(async (name) => {
        return [name, await inspector.heapInUse(name, () => reportOf(urls[name]))] as const;
      });
      return Object.fromEntries(await Promise.all(sizes));
    },
    collect: inspector.collect,
    async schedule(worker, cron) {
      const target = (await miniflare.getWorker(worker)) as unknown as {
        scheduled(event: { cron: string }): Promise<{ outcome: string }>;
      };
      return (await target.scheduled({ cron })).outcome === "ok";
    },
    async stop() {
      inspector.close();
      await miniflare.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
