// Arguments of wrangler in, its exit code out: the only file that starts wrangler.
import { type ChildProcess, spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { ProblemError, problems } from "./problems";

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
}

/** What wrangler runs with beside the variables of this process, which win. */
const quiet = {
  // Without these two, wrangler waits for the network before it does anything.
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  // The configuration names secrets, which wrangler 4.86 still calls experimental each time.
  WRANGLER_DISABLE_EXPERIMENTAL_WARNING: "true",
};

/** Waits for the end of a process; an interrupt ends it first, so that it can undo its work. */
async function ended(child: ChildProcess): Promise<number> {
  // A terminal sends SIGINT to wrangler too; SIGTERM reaches only this process.
  const ignore = () => undefined;
  const pass = () => void child.kill("SIGTERM");
  process.on("SIGINT", ignore).on("SIGTERM", pass);
  try {
    return await new Promise<number>((done, failed) => {
      child.once("error", failed).once("close", (code) => done(code ?? 1));
    });
  } finally {
    process.off("SIGINT", ignore).off("SIGTERM", pass);
  }
}

/**
 * Runs wrangler on this terminal and waits for its end. An interrupt ends wrangler first, so that
 * it can undo what it began.
 * @returns its exit code; 1 when a signal ended it
 * @throws ProblemError when wrangler is not installed
 */
export async function runWrangler({ args, cwd, folder }: WranglerRun): Promise<number> {
  const env = { ...quiet, ...process.env };
  return ended(
    spawn(process.execPath, [findWrangler(folder), ...args], { cwd, stdio: "inherit", env }),
  );
}

/** A call of wrangler whose output is read rather than shown. */
export interface CapturedRun extends WranglerRun {
  /** Given to it on its standard input. */
  readonly input?: string | undefined;
  /** Stronger than the variables of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** How a captured call ended. */
export interface Captured {
  readonly exitCode: number;
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
  const [exitCode, stdout, stderr] = await Promise.all([
    ended(child),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { exitCode, stdout, stderr } satisfies Captured;
}
