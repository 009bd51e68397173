// The workers of a program that are not Cloudflare's in, a server of its own for each out.
import type { Logger } from "../logger";
import { localPlatform } from "../platforms";
import type { LocalServer } from "../platforms/platform";
import { problems } from "../problems";
import { reportProblems } from "../report";
import type { Target } from "./forward";
import type { LogEntry } from "./logs";
import { labelled } from "./module";
import type { DevProgram, DevWorker } from "./program";
import { variablesOf } from "./variables";

/** What all servers share. */
export interface ServerSettings {
  /** Absolute folder, there already, of all stores. */
  readonly state: string;
  /** Seconds. */
  readonly queueWait: number;
  readonly log: Logger;
  /** Takes what the workers print. */
  write(entry: LogEntry): void;
}

/** Servers that have been started beside the running ones. */
export interface ReadyServers {
  /** Lets them take over; resolves when the old ones are gone. */
  use(): Promise<void>;
  /** Ends them; the old ones run on. */
  cancel(): Promise<void>;
}

/** The servers of a program; made by {@link createServers}. */
export interface Servers {
  /**
   * Starts those that the program needs anew. A worker that has not changed is not started again.
   * @param signal gives them up while they start
   * @throws ProblemError when one does not start; then all that were started for it are ended
   */
  prepare(program: DevProgram, signal: AbortSignal): Promise<ReadyServers>;
  target(worker: string): Target | null;
  runScheduled(worker: string, cron: string, time: Date): Promise<boolean>;
  stop(): Promise<void>;
}

interface Entry {
  /** All that the server was started with; the same again needs no other server. */
  readonly essence: string;
  readonly server: LocalServer;
  /** False once it has ended by itself. */
  alive: boolean;
}

type Started = ReadonlyMap<string, Entry>;

interface StartSettings extends ServerSettings {
  readonly signal: AbortSignal;
}

async function startServer(
  { worker, outline }: DevWorker,
  program: DevProgram,
  settings: StartSettings,
): Promise<Entry> {
  const { projectName } = outline;
  const platform = localPlatform(worker.target);
  if (platform === null) throw new Error(`${projectName} is run by workerd`);
  const { state, queueWait, log, signal, write } = settings;
  const essence = essenceOf({ worker, outline }, program);
  const ended = (how: string) => {
    entry.alive = false;
    reportProblems(log, [problems.workerEnded({ worker: projectName, how })]);
  };
  const server = await platform.start({
    worker,
    outline,
    variables: texts(variablesOf(outline, program.variables)),
    migrations: program.migrations,
    folder: program.source.folder,
    state,
    queueWait,
    signal,
    log: ({ level, message }) => write({ level, message: labelled(projectName, message) }),
    ended,
  });
  const entry: Entry = { essence, server, alive: true };
  for (const [binding, names] of server.applied) {
    for (const name of names) log.info(`Applied ${name} to ${binding}`);
  }
  return entry;
}

const texts = (values: ReturnType<typeof variablesOf>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));

function essenceOf({ worker, outline }: DevWorker, { variables, migrations }: DevProgram): string {
  return JSON.stringify([worker.code, outline, variablesOf(outline, variables), migrations]);
}

const stopAll = async (entries: Iterable<Entry>): Promise<void> =>
  void (await Promise.all([...entries].map(({ server }) => server.stop())));

/** One after the other: two may bring one database up to date. */
async function startAll(
  program: DevProgram,
  running: Started,
  settings: StartSettings,
): Promise<Started> {
  const started = new Map<string, Entry>();
  const fresh: Entry[] = [];
  try {
    for (const worker of program.workers) {
      const name = worker.outline.projectName;
      const old = running.get(name);
      if (old?.alive && old.essence === essenceOf(worker, program)) started.set(name, old);
      else {
        const entry = await startServer(worker, program, settings);
        fresh.push(entry);
        started.set(name, entry);
      }
    }
    return started;
  } catch (error) {
    await stopAll(fresh);
    throw error;
  }
}

/** Makes the servers of programs; none runs yet. */
export function createServers(settings: ServerSettings): Servers {
  let running: Started = new Map();
  const without = (some: Started, others: Started): Entry[] =>
    [...some].filter(([name, entry]) => others.get(name) !== entry).map(([, entry]) => entry);
  return {
    async prepare(program, signal) {
      const started = await startAll(program, running, { ...settings, signal });
      return {
        async use() {
          const old = running;
          running = started;
          await stopAll(without(old, started));
        },
        cancel: () => stopAll(without(started, running)),
      };
    },
    target(worker) {
      const url = running.get(worker)?.server.url ?? null;
      return url === null ? null : { url, worker: null };
    },
    async runScheduled(worker, cron, time) {
      // Of a process that has ended nothing runs any more.
      return (
        (await running
          .get(worker)
          ?.server.runScheduled(cron, time)
          .catch(() => false)) ?? false
      );
    },
    async stop() {
      await stopAll(running.values());
      running = new Map();
    },
  };
}
