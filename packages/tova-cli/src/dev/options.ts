// A program in, the options of the one Miniflare that runs all its workers out; pure.
import type { MiniflareOptions, WorkerOptions } from "miniflare";
import { parse } from "smol-toml";
import type { ConsumedQueue, Resource, Worker } from "tova-codegen";
import { modulesOf } from "./module";
import type { DevProgram, DevWorker } from "./program";
import { variablesOf } from "./variables";

/** What the user of `dev` decides about the stores and queues. */
export interface RuntimeSettings {
  /** Folder that keeps the stores of this program, and of no other, between runs; null for memory. */
  readonly state: string | null;
  /** Seconds; no batch waits longer for more messages, whatever the config says. */
  readonly queueWait: number;
}

/**
 * Stores are told apart by their names in the program: ids may be placeholders, and Miniflare
 * makes one store of all that have the same id.
 */
function storesOf(resources: readonly Resource[]): Record<string, string> {
  return Object.fromEntries(resources.map(({ binding }) => [binding, binding]));
}

function consumerOf(consumed: ConsumedQueue, queueWait: number) {
  return {
    maxBatchSize: consumed.maxBatchSize,
    maxBatchTimeout: Math.min(consumed.maxBatchTimeout, queueWait),
    ...(consumed.maxRetries === null ? {} : { maxRetries: consumed.maxRetries }),
    ...(consumed.retryDelay === null ? {} : { retryDelay: consumed.retryDelay }),
    ...(consumed.deadLetterQueue === null ? {} : { deadLetterQueue: consumed.deadLetterQueue }),
  };
}

/** The date and flags that the worker will be deployed with. */
function compatibility({ config }: Worker): Partial<WorkerOptions> {
  if (config === null) return {};
  const { compatibility_date: date, compatibility_flags: flags } = parse(config.text);
  return {
    ...(typeof date === "string" ? { compatibilityDate: date } : {}),
    ...(Array.isArray(flags) ? { compatibilityFlags: flags.map(String) } : {}),
  };
}

function workerOptions(
  { worker, outline }: DevWorker,
  { variables }: DevProgram,
  { queueWait }: RuntimeSettings,
): WorkerOptions {
  return {
    name: outline.projectName,
    modulesRoot: "/",
    modules: modulesOf(worker),
    ...compatibility(worker),
    bindings: variablesOf(outline, variables),
    kvNamespaces: storesOf(outline.kv),
    d1Databases: storesOf(outline.sql),
    r2Buckets: storesOf(outline.storage),
    ratelimits: Object.fromEntries(
      outline.rateLimiters.map(({ binding, max, window }) => [
        binding,
        { simple: { limit: max, period: window } },
      ]),
    ),
    queueProducers: Object.fromEntries(
      outline.produces.map(({ binding, id }) => [binding, { queueName: id }]),
    ),
    queueConsumers: Object.fromEntries(
      outline.consumes.map((consumed) => [consumed.queue, consumerOf(consumed, queueWait)]),
    ),
  };
}

/** Options for Miniflare but for its log; it listens where the gateways alone reach it. */
export function miniflareOptions(program: DevProgram, settings: RuntimeSettings): MiniflareOptions {
  return {
    host: "127.0.0.1",
    port: 0,
    // No fetch of workers.cloudflare.com at the start.
    cf: false,
    ...(settings.state === null ? {} : { defaultPersistRoot: settings.state }),
    workers: program.workers.map((worker) => workerOptions(worker, program, settings)),
  };
}
