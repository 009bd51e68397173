// A `.tova` file in, all its workers running in this process for a test, with empty stores, out.
import { type DevOptions, dev, type RunningWorker } from "./dev/dev";
import type { ProgramOptions } from "./options";
import type { FindStore, KvStore, ObjectStore, SendingQueue, SqlDatabase } from "./testing-stores";

/** What a test may say of the program it runs. */
export interface StartOptions extends Omit<ProgramOptions, "log"> {
  /** Takes the environment's deployed names and `.dev.vars.<env>`. */
  readonly env?: string | undefined;
  /** Values of `env` and `secret` declarations, before those of `.dev.vars`. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

/** A program that runs in workerd; made by {@link startProgram}, ended by `stop`. */
export interface RunningProgram {
  /** In the order of the blocks. */
  readonly workers: readonly RunningWorker[];
  /** What the program printed and the tool said so far, one line an entry. */
  readonly log: readonly string[];
  /**
   * Sends a request to a worker.
   * @param worker its project's name, `shop-api`; the first one that answers HTTP by default
   */
  fetch(path: string, init?: RequestInit, worker?: string): Promise<Response>;
  /**
   * A store, by the name of its declaration: `await program.kv("NOTES")`. The workers see at once
   * what a test puts there. Of workers for Cloudflare only.
   * @throws Error that names those there are, when there is no such store
   */
  kv(name: string): Promise<KvStore>;
  /** A database, as `kv` gives stores. */
  sql(name: string): Promise<SqlDatabase>;
  /** A bucket, as `kv` gives stores. */
  storage(name: string): Promise<ObjectStore>;
  /** The sending end of a queue, as `kv` gives stores. */
  queue(name: string): Promise<SendingQueue>;
  /** Ends the workers; their stores are gone. */
  stop(): Promise<void>;
}

interface Ready {
  readonly workers: readonly RunningWorker[];
  readonly store: FindStore;
}

function urlOf(workers: readonly RunningWorker[], wanted: string | undefined): string {
  const found = workers.find(({ name, url }) =>
    wanted === undefined ? url !== null : name === wanted,
  );
  if (found?.url) return found.url;
  const names = workers.flatMap(({ name, url }) => (url === null ? [] : [name]));
  throw new Error(
    `No worker ${wanted ?? "of the program"} answers HTTP; these do: ${names.join(", ") || "none"}.`,
  );
}

/**
 * Starts all workers of a program for a test: free ports of this machine, stores in memory, the
 * migrations applied, secrets from `.dev.vars` or the environment.
 * @throws Error with what `tova dev` says when the program does not compile or start
 */
export async function startProgram(options: StartOptions): Promise<RunningProgram> {
  const log: string[] = [];
  const write = (text: string) => void log.push(...text.split("\n"));
  const stopping = new AbortController();
  let ended: ReturnType<typeof dev> | undefined;
  const { workers, store } = await new Promise<Ready>((resolve, reject) => {
    const settings: DevOptions = {
      ...options,
      port: 0,
      state: null,
      queueWait: 0,
      signal: stopping.signal,
      onReady: (started, find) => resolve({ workers: started, store: find }),
      log: { info: write, warn: write, error: write },
    };
    ended = dev(settings);
    void ended.then(() => reject(new Error(log.join("\n"))));
  });
  return {
    workers,
    log,
    // No `new URL(path, …)`: of `//path` it would make another host.
    fetch: (path, init, worker) =>
      fetch(`${urlOf(workers, worker)}${path.replace(/^(?!\/)/, "/")}`, init),
    kv: (name) => store("kv", name),
    sql: (name) => store("sql", name),
    storage: (name) => store("storage", name),
    queue: (name) => store("queue", name),
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
