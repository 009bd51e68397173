// Programs in, all workers of the newest running, each on its own platform, out.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolder } from "../artefacts";
import type { Logger } from "../logger";
import type { FindStore } from "../testing-stores";
import type { Target } from "./forward";
import { createLogWriter } from "./logs";
import { startWorkerd, type Workerd } from "./miniflare";
import type { RuntimeSettings } from "./options";
import type { DevProgram } from "./program";
import { createServers, type Servers } from "./servers";

/** The running workers; made by {@link startRuntime}, ended by `stop`. */
export interface Runtime {
  /** Where a worker listens; null for one without HTTP. */
  target(worker: string): Promise<Target | null>;
  /**
   * Replaces all workers, keeping their stores.
   * @param signal gives them up while they start
   * @throws ProblemError when they do not start, or the signal's reason when given up; then the old ones
   * run on
   */
  replace(program: DevProgram, signal: AbortSignal): Promise<void>;
  /** Runs a worker's schedules of a cron expression; false when one of them threw. */
  runScheduled(worker: string, cron: string, time: Date): Promise<boolean>;
  readonly store: FindStore;
  stop(): Promise<void>;
}

/** The part of a program that runs in workerd, and the part whose workers are servers. */
function split(program: DevProgram) {
  const { workers } = program;
  const isCloudflare = ({ worker }: (typeof workers)[number]) => worker.target === "cloudflare";
  return {
    cloudflare: { ...program, workers: workers.filter(isCloudflare) },
    others: { ...program, workers: workers.filter((worker) => !isCloudflare(worker)) },
  };
}

/** A folder for the files of stores; one that nobody named is gone after the end. */
async function stateFolder({ state }: RuntimeSettings) {
  if (state !== null) {
    await makeFolder(state);
    return { state, remove: async () => undefined };
  }
  const made = await mkdtemp(join(tmpdir(), "tova-state-"));
  return { state: made, remove: () => rm(made, { recursive: true, force: true }) };
}

/** Whom the workers are started for. */
export interface RuntimeContext {
  readonly log: Logger;
  /** Gives up whatever start goes on: a worker may never get to the end of its own module. */
  readonly signal: AbortSignal;
  /** Gives up the first. */
  readonly until: AbortSignal;
}

/** What the parts of a running program share. */
interface Parts extends Omit<RuntimeContext, "until"> {
  readonly settings: RuntimeSettings;
  readonly servers: Servers;
  /** Null while no worker is Cloudflare's. */
  workerd: Workerd | null;
  program: DevProgram;
  write: ReturnType<typeof createLogWriter>;
}

/** Workerd as a program needs it: started for its first worker, ended after its last. */
async function replaceWorkerd(
  parts: Parts,
  program: DevProgram,
  until: AbortSignal,
): Promise<void> {
  const { log, signal, settings } = parts;
  if (program.workers.length === 0) {
    await parts.workerd?.stop();
    parts.workerd = null;
  } else if (parts.workerd !== null) await parts.workerd.replace(program, until);
  else {
    const write = (entry: Parameters<Parts["write"]>[0]) => parts.write(entry);
    parts.workerd = await startWorkerd(program, settings, { log, signal, until, write });
  }
}

async function replaceAll(parts: Parts, program: DevProgram, until: AbortSignal): Promise<void> {
  const { cloudflare, others } = split(program);
  const old = parts.write;
  parts.write = createLogWriter(program, parts.log);
  try {
    const ready = await parts.servers.prepare(others, until);
    try {
      await replaceWorkerd(parts, cloudflare, until);
    } catch (error) {
      await ready.cancel();
      throw error;
    }
    await ready.use();
    parts.program = program;
  } catch (error) {
    parts.write = old;
    throw error;
  }
}

async function stopAll({ servers, workerd }: Parts, remove: () => Promise<void>): Promise<void> {
  await Promise.all([servers.stop(), workerd?.stop()]);
  await remove();
}

function runtimeOf(parts: Parts, remove: () => Promise<void>): Runtime {
  const { servers } = parts;
  const isCloudflare = (worker: string) =>
    split(parts.program).cloudflare.workers.some(({ outline }) => outline.projectName === worker);
  return {
    async target(worker) {
      if (parts.workerd === null || !isCloudflare(worker)) return servers.target(worker);
      return { url: await parts.workerd.url(), worker };
    },
    replace: (program, until) => replaceAll(parts, program, until),
    async runScheduled(worker, cron, time) {
      if (parts.workerd === null || !isCloudflare(worker)) {
        return servers.runScheduled(worker, cron, time);
      }
      return parts.workerd.runScheduled(worker, cron, time);
    },
    async store(kind, name) {
      if (parts.workerd !== null) return parts.workerd.store(kind, name);
      throw new Error(`No worker for Cloudflare has a ${kind} ${name}; there is none.`);
    },
    stop: () => stopAll(parts, remove),
  };
}

/**
 * Starts the workers of a program and brings its databases up to date.
 * @throws ProblemError when they do not start or a migration fails, or the reason of `until` when given up;
 * then nothing is left running
 */
export async function startRuntime(
  first: DevProgram,
  settings: RuntimeSettings,
  { log, signal, until }: RuntimeContext,
): Promise<Runtime> {
  const { state, remove } = await stateFolder(settings);
  const servers = createServers({
    state,
    queueWait: settings.queueWait,
    log,
    write: (entry) => parts.write(entry),
  });
  const write = createLogWriter(first, log);
  const parts: Parts = {
    ...{ log, signal, servers, write },
    settings: { ...settings, state },
    workerd: null,
    program: first,
  };
  try {
    await replaceAll(parts, first, until);
    return runtimeOf(parts, remove);
  } catch (error) {
    await stopAll(parts, remove);
    throw error;
  }
}
