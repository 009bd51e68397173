// Arguments of wrangler in, its exit code out: the only file that starts wrangler.
import { type ChildProcess, spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { ProblemError, problems } from "../problems";

/** Where wrangler may be installed: for the program, the working directory, or beside `tova`. */
function searchFolders(folder: string): readonly string[] {
  const command = process.argv[1];
  const beside = command === undefined ? [] : [dirname(realpathSync(command))];
  return [folder, process.cwd(), ...beside];
}

/**
 * Finds the script of the wrangler that a program uses.
 * @throws ProblemError when none is installed
 */
export function findWrangler(folder: string): string {
  for (const start of searchFolders(folder)) {
    const load = createRequire(join(start, "package.json"));
    try {
      const manifest = load.resolve("wrangler/package.json");
      return join(
        dirname(manifest),
        (load(manifest) as { bin: { wrangler: string } }).bin.wrangler,
      );
    } catch {
      // Not installed as seen from here.
    }
  }
  throw new ProblemError(problems.noWrangler({ path: folder }));
}

/** One call of wrangler. */
export interface WranglerRun {
  readonly args: readonly string[];
  /** Where it runs. */
  readonly cwd: string;
  /** The program's folder, from where wrangler is looked for. */
  readonly folder: string;
  /** Stronger than the variables of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Seconds after which it is stopped. @default 600 */
  readonly timeout?: number | undefined;
}

/** How a run ended. */
export interface Ended {
  /** Not 0 when it was stopped, whatever it says itself. */
  readonly exitCode: number;
  /** True when it was stopped because it took too long: what it did is not known. */
  readonly timedOut: boolean;
  /** True when the user has stopped it, and so all that was to come after it. */
  readonly interrupted: boolean;
}

/** What wrangler runs with beside the variables of this process, which win. */
const quiet = {
  // Without these two, wrangler waits for the network before it does anything.
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  // The configuration names secrets, which wrangler 4.86 still calls experimental each time.
  WRANGLER_DISABLE_EXPERIMENTAL_WARNING: "true",
};

/** wrangler waits for a silent server as long as the server likes (5 minutes, three times). */
const defaultTimeout = 600;
/** How long a process that was asked to end may take. */
const graceMs = 5000;

/**
 * Waits for the end of a process; an interrupt ends it first, so that it can undo its work. Who was
 * stopped has not done its work: wrangler ends with 0 all the same.
 */
export async function ended(child: ChildProcess, timeout = defaultTimeout): Promise<Ended> {
  let stopped: "interrupt" | "timeout" | null = null;
  // A terminal sends SIGINT to wrangler too; SIGTERM reaches only this process, as SIGHUP may.
  const note = () => {
    stopped ??= "interrupt";
  };
  const pass = () => {
    note();
    child.kill("SIGTERM");
  };
  process.on("SIGINT", note).on("SIGTERM", pass).on("SIGHUP", pass);
  const timers = [
    setTimeout(() => {
      stopped = "timeout";
      child.kill("SIGTERM");
      timers.push(setTimeout(() => child.kill("SIGKILL"), graceMs));
    }, timeout * 1000),
  ];
  try {
    const code = await new Promise<number>((done, failed) => {
      child.once("error", failed).once("close", (exitCode) => done(exitCode ?? 1));
    });
    const exitCode = stopped === null ? code : code || 1;
    const [timedOut, interrupted] = [stopped === "timeout", stopped === "interrupt"];
    return { exitCode, timedOut, interrupted };
  } finally {
    for (const timer of timers) clearTimeout(timer);
    process.off("SIGINT", note).off("SIGTERM", pass).off("SIGHUP", pass);
  }
}

/**
 * Runs wrangler on this terminal and waits for its end. An interrupt ends wrangler first, so that
 * it can undo what it began.
 * @throws ProblemError when wrangler is not installed
 */
export async function runWrangler({ args, cwd, folder, ...more }: WranglerRun): Promise<Ended> {
  const env = { ...quiet, ...process.env, ...more.env };
  const script = findWrangler(folder);
  return ended(
    spawn(process.execPath, [script, ...args], { cwd, stdio: "inherit", env }),
    more.timeout,
  );
}

/** A call of wrangler whose output is read rather than shown. */
export interface CapturedRun extends WranglerRun {
  /** Given to it on its standard input. */
  readonly input?: string | undefined;
}

/** How a captured call ended. */
export interface Captured extends Ended {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs wrangler without a terminal: it asks nothing, and what it writes is kept from the user.
 * @throws ProblemError when wrangler is not installed
 */
export async function captureWrangler({ args, cwd, folder, ...rest }: CapturedRun) {
  const child = spawn(process.execPath, [findWrangler(folder), ...args], {
    cwd,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...quiet, ...process.env, CI: "true", NO_COLOR: "1", FORCE_COLOR: "0", ...rest.env },
  });
  // A wrangler that ends before it has read its input breaks the pipe; its exit code tells.
  child.stdin.on("error", () => undefined).end(rest.input ?? "");
  const [end, stdout, stderr] = await Promise.all([
    ended(child, rest.timeout),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { ...end, stdout, stderr } satisfies Captured;
}
