// A `.tova` file in, all its workers running on this machine until they are stopped out.
import { once } from "node:events";
import { join } from "node:path";
import { consoleLogger } from "../logger";
import type { Parses } from "../modules/graph";
import type { ProgramOptions } from "../options";
import { ProblemError, problems } from "../problems";
import { type ExitCode, guarded, problemsOf, reportProblems } from "../report";
import { outputFolder, shownPath } from "../source";
import type { FindStore } from "../testing-stores";
import { startCrons } from "./crons";
import { createGate, type Gate } from "./gate";
import { createGateways, type Gateways } from "./gateway";
import { type DevProgram, isSameProgram, loadProgram, type ProgramRequest } from "./program";
import { type Runtime, startRuntime } from "./runtime";
import { renderTable, type TableEntry } from "./table";
import { type ProgramWatch, watchProgram } from "./watch";

/** A worker that answers. */
export interface RunningWorker {
  readonly name: string;
  /** Null for a worker without HTTP. */
  readonly url: string | null;
}

/** What `dev` may be told. */
export interface DevOptions extends ProgramOptions {
  /** Of the first worker with HTTP; the next free one if taken, any free one for 0. @default 8787 */
  readonly port?: number | undefined;
  /** @default "127.0.0.1" */
  readonly host?: string | undefined;
  /** Takes the environment's deployed names and `.dev.vars.<env>`. */
  readonly env?: string | undefined;
  /** Values of `env` and `secret` declarations, before those of `.dev.vars`. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Seconds a queue waits at most for a batch to fill, whatever its config says. @default 1 */
  readonly queueWait?: number | undefined;
  /** Seconds that the workers of a saved program may take to start, the first ones three times as long. @default 20 */
  readonly startTimeout?: number | undefined;
  /** Folder of the stores; null keeps them in memory until the end. @default `.tova-out/state/<stem>` */
  readonly state?: string | null | undefined;
  /** Ends everything, as Ctrl-C does. */
  readonly signal?: AbortSignal | undefined;
  /** Called when the workers answer, and again after each reload. */
  readonly onReady?: ((workers: readonly RunningWorker[], store: FindStore) => void) | undefined;
}

const defaultStartTimeout = 20;

/** How long a reload waits for answers that are under way. */
const patienceMs = 3000;

/** Aborted by Ctrl-C, SIGTERM, a closed terminal or pipe, or the caller's signal. */
function stopRequested(signal: AbortSignal | undefined) {
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  // Again and again: a second Ctrl-C would end this process before those that it still has to end.
  for (const name of names) process.on(name, stop);
  process.stdout.once("close", stop);
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted) stop();
  const release = () => {
    for (const name of names) process.off(name, stop);
    process.stdout.off("close", stop);
    signal?.removeEventListener("abort", stop);
  };
  return { requested: stopping.signal, release };
}

/** The running program, the files that a reload looks at, and their trees. */
interface Running {
  readonly program: DevProgram;
  readonly files: readonly string[];
  readonly parses: Parses;
}

/** What runs first; `since` is when it was read, in milliseconds since 1970. */
interface Started extends Running {
  readonly since: number;
}

interface Session {
  readonly request: ProgramRequest;
  readonly options: DevOptions;
  readonly runtime: Runtime;
  readonly gateways: Gateways;
  readonly gate: Gate;
  /** Aborted when all is to end. */
  readonly requested: AbortSignal;
}

/** Tells the caller that the workers answer; gives what the table shows. */
function announce(
  program: DevProgram,
  { gateways, options, runtime }: Session,
): readonly TableEntry[] {
  const entries = program.workers.map(({ outline }) => {
    return { outline, url: gateways.urlOf(outline.projectName) };
  });
  const workers = entries.map(({ outline, url }) => ({ name: outline.projectName, url }));
  options.onReady?.(workers, runtime.store);
  return entries;
}

/** @throws ProblemError when workers do not start in time: whoever waits for them would wait for ever */
async function inTime<T>(
  seconds: number,
  requested: AbortSignal,
  start: (until: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = AbortSignal.timeout(seconds * 1000);
  try {
    return await start(AbortSignal.any([requested, late]));
  } catch (error) {
    if (!late.aborted || error !== late.reason) throw error;
    throw new ProblemError(problems.startTakesLong({ seconds }));
  }
}

/**
 * Replaces the running program by the saved one.
 * @returns what runs now: the saved one, or the old one when that has errors
 */
async function reload(old: Running, session: Session): Promise<Running> {
  const { request, gate, gateways, runtime, requested } = session;
  const { log } = request;
  let { program: runs, files, parses } = old;
  const keepRunning = () => {
    log.warn(
      runs === old.program
        ? "Not reloaded; the workers of the last good version keep running."
        : "Reloaded, but not every worker has its port; the next save tries again.",
    );
    return { program: runs, files, parses };
  };
  try {
    const loaded = await loadProgram(request, parses);
    const { program } = loaded;
    files = loaded.files;
    parses = loaded.parses;
    if (program === null) return keepRunning();
    if (isSameProgram(old.program, program)) {
      // A port that none was free for may be to have now.
      await gateways.update(program);
      log.info("Nothing to reload: the running version is the same.");
      return { program: old.program, files, parses };
    }
    await gate.close(patienceMs);
    const { startTimeout = defaultStartTimeout } = session.options;
    await inTime(startTimeout, requested, (until) => runtime.replace(program, until));
    runs = program;
    await gateways.update(program);
    log.info(`Reloaded ${program.source.name}`);
    announce(program, session);
    return { program, files, parses };
  } catch (error) {
    // What was starting has been given up.
    if (requested.aborted) return old;
    reportProblems(log, problemsOf(error));
    return keepRunning();
  } finally {
    gate.open();
  }
}

/** Runs one call at a time; calls during a run become one more run after it. */
function oneAtATime(run: () => Promise<void>) {
  let running: Promise<void> | null = null;
  let again = false;
  const start = async (): Promise<void> => {
    do {
      again = false;
      await run();
    } while (again);
    running = null;
  };
  return {
    call() {
      if (running === null) running = start();
      else again = true;
    },
    idle: async () => void (await running),
  };
}

/** What a watcher says that cannot go on with a file. */
function notWatched({ code, message, path }: NodeJS.ErrnoException, { file, cwd }: ProgramRequest) {
  const shown = path === undefined ? file : shownPath(path, cwd);
  const isLimit = code === "ENOSPC" || code === "EMFILE";
  return problems.notWatched({ path: shown, reason: code ?? message, isLimit });
}

async function runUntilStopped(first: Started, session: Session): Promise<void> {
  const { request, runtime, gate, gateways, requested } = session;
  const { log } = request;
  await gateways.update(first.program);
  let running: Running = first;
  let stopCrons = startCrons(running.program, { gate, runtime, log });
  let watching: ProgramWatch | null = null;
  const reloads = oneAtATime(async () => {
    running = await reload(running, session);
    watching?.follow(running.files);
    stopCrons();
    stopCrons = startCrons(running.program, { gate, runtime, log });
  });
  const failed = (error: NodeJS.ErrnoException) =>
    reportProblems(log, [notWatched(error, request)]);
  const { source } = first.program;
  const { call: changed } = reloads;
  watching = await watchProgram(source, first.files, { since: first.since, changed, failed });
  watching.follow(running.files);
  try {
    log.info(renderTable(announce(running.program, session), log.color ?? false));
    log.info("Saving the program reloads it; Ctrl-C ends it.");
    if (!requested.aborted) await once(requested, "abort");
  } finally {
    await watching.close();
    await reloads.idle();
    stopCrons();
  }
}

async function runDev(options: DevOptions, requested: AbortSignal): Promise<ExitCode> {
  const { cwd = process.cwd(), log = consoleLogger } = options;
  const { file, env, variables } = options;
  const request = { file, env, variables, cwd, log };
  const since = Date.now();
  const { program, files, parses } = await loadProgram(request);
  if (program === null) return 1;
  const { source } = program;
  const kept = join(outputFolder(source, undefined, cwd), "state", source.stem);
  const { state = kept } = options;
  const settings = { state, queueWait: options.queueWait ?? 1 };
  const { startTimeout = defaultStartTimeout } = options;
  // Nobody waits for an answer yet, and everything has to be loaded.
  const runtime = await inTime(3 * startTimeout, requested, (until) =>
    startRuntime(program, settings, { log, signal: requested, until }),
  );
  const gate = createGate();
  const { host = "127.0.0.1", port = 8787 } = options;
  const gateways = createGateways({ host, port, gate, runtime, log });
  try {
    const session = { request, options, runtime, gateways, gate, requested };
    await runUntilStopped({ program, files, parses, since }, session);
  } finally {
    await gateways.close();
    await runtime.stop();
  }
  return 0;
}

/**
 * Runs all workers of a program together, with their stores, queues and crons, and reloads them
 * when the program is saved. Resolves when it is stopped. Never throws.
 */
export async function dev(options: DevOptions): Promise<{ readonly exitCode: ExitCode }> {
  const { requested, release } = stopRequested(options.signal);
  try {
    return await guarded<{ exitCode: ExitCode }>(
      options.log ?? consoleLogger,
      async () => {
        try {
          return { exitCode: await runDev(options, requested) };
        } catch (error) {
          // Whoever stops it before it runs has got what was wanted.
          if (requested.aborted) return { exitCode: 0 };
          throw error;
        }
      },
      (exitCode) => ({ exitCode }),
    );
  } finally {
    release();
  }
}
