// Arguments of wrangler in, its exit code out: the only file that starts wrangler.
import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
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

/**
 * Runs wrangler on this terminal and waits for its end. An interrupt ends wrangler first, so that
 * it can undo what it began.
 * @returns its exit code; 1 when a signal ended it
 * @throws ProblemError when wrangler is not installed
 */
export async function runWrangler({ args, cwd, folder }: WranglerRun): Promise<number> {
  const child = spawn(process.execPath, [findWrangler(folder), ...args], {
    cwd,
    stdio: "inherit",
    env: {
      // Without these two, wrangler waits for the network before it does anything.
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_HIDE_BANNER: "true",
      // The configuration names secrets, which wrangler 4.86 still calls experimental each time.
      WRANGLER_DISABLE_EXPERIMENTAL_WARNING: "true",
      ...process.env,
    },
  });
  // A terminal sends SIGINT to wrangler too; SIGTERM reaches only this process.
  const ignore = () => undefined;
  const pass = () => void child.kill("SIGTERM");
  process.on("SIGINT", ignore).on("SIGTERM", pass);
  try {
    return await new Promise<number>((done, failed) => {
      child.once("error", failed).once("exit", (code) => done(code ?? 1));
    });
  } finally {
    process.off("SIGINT", ignore).off("SIGTERM", pass);
  }
}
