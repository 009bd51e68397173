// What a platform other than Cloudflare must offer, so that its workers run on this machine.
import type { BlockOutline, TargetName, Worker } from "tova-codegen";
import type { Migration } from "../migrations/files";

/** One entry of a worker's log. */
export interface LogEntry {
  readonly level: "info" | "error";
  readonly message: string;
}

/** A built worker and what it runs with. */
export interface LocalWorker {
  readonly worker: Worker;
  /** As the chosen environment deploys it; `projectName` is its name here. */
  readonly outline: BlockOutline;
  /** Values of `env` and `secret` declarations; a secret without a value is left out. */
  readonly variables: Readonly<Record<string, string>>;
  /** In the order they apply; for platforms whose databases are files. */
  readonly migrations: readonly Migration[];
  /** Absolute, of the program: the platform's tool is looked for from here. */
  readonly folder: string;
  /** Absolute, there already: keeps the program's stores, which its workers share. */
  readonly state: string;
  /** Seconds; no batch of a queue waits longer for more messages, whatever the config says. */
  readonly queueWait: number;
  /** Gives up a start that goes on. */
  readonly signal: AbortSignal;
  /** Takes what the worker prints. */
  log(entry: LogEntry): void;
  /** Called when it ends by itself, with a clause that says how: `exited with code 3`. */
  ended(how: string): void;
}

/** A worker that runs; made by {@link LocalPlatform.start}, ended by `stop`. */
export interface LocalServer {
  /** Where it answers, on loopback; null for a worker without HTTP. */
  readonly url: URL | null;
  /** Names of the migrations that were applied on the way, by database. */
  readonly applied: ReadonlyMap<string, readonly string[]>;
  /** Runs a worker's schedules of a cron expression; false when one of them threw. */
  runScheduled(cron: string, time: Date): Promise<boolean>;
  /** Resolves when its process, if it has one, is gone. */
  stop(): Promise<void>;
}

/** Databases in files, and what is to be applied to them. */
export interface FileMigration {
  /** Absolute, of the program: the platform's tool is looked for from here. */
  readonly folder: string;
  /** Absolute, there already: keeps the files. */
  readonly state: string;
  readonly bindings: readonly string[];
  /** In the order they apply. */
  readonly migrations: readonly Migration[];
}

/** A platform's own way to run a worker. */
export interface LocalPlatform {
  readonly target: TargetName;
  /**
   * Starts a worker on a free port of loopback.
   * @throws ProblemError when the platform's tool is missing, or the worker does not start or its start
   *   is given up; then nothing is left running
   */
  start(worker: LocalWorker): Promise<LocalServer>;
  /**
   * Applies migrations without a worker; absent where databases are no files.
   * @returns names of the migrations that were new, by database
   * @throws ProblemError when the tool is missing, or one was edited after it was applied, or fails
   */
  migrate?(migration: FileMigration): Promise<ReadonlyMap<string, readonly string[]>>;
}
