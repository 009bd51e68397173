// Arguments in, a real `tova` process out: the command as built from these sources.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { buildSync } from "esbuild";

const packageFolder = join(__dirname, "..");

/** A bundle of the command; its dependencies are those of the package. */
export interface TovaCommand {
  start(args: readonly string[], options: StartOptions): TovaProcess;
  remove(): void;
}

/** How a process is started. */
export interface StartOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A running `tova`. */
export interface TovaProcess {
  readonly child: ChildProcess;
  /** Everything it has written so far, both streams. */
  output(): string;
  /** Resolves when the output holds a text; rejects when the process ends without it. */
  shows(text: string | RegExp): Promise<void>;
  readonly ended: Promise<number | null>;
}

function follow(child: ChildProcess): TovaProcess {
  let text = "";
  const listeners = new Set<() => void>();
  const grow = (chunk: Buffer) => {
    text += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout?.on("data", grow);
  child.stderr?.on("data", grow);
  const ended = once(child, "close").then(([code]) => code as number | null);
  return {
    child,
    ended,
    output: () => text,
    shows: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (typeof wanted === "string" ? !text.includes(wanted) : !wanted.test(text)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        ended.then(() => reject(new Error(`ended without showing ${wanted}:\n${text}`)));
      }),
  };
}

/** Bundles the command once; a test file shares it. */
export function createTovaCommand(): TovaCommand {
  mkdirSync(join(packageFolder, "tmp"), { recursive: true });
  const folder = mkdtempSync(join(packageFolder, "tmp", "command-"));
  const script = join(folder, "tova.js");
  buildSync({
    stdin: {
      contents: `require("./src/index").runCommand(process.argv.slice(2)).then((code) => {
        process.exitCode = code;
      });`,
      resolveDir: packageFolder,
    },
    bundle: true,
    packages: "external",
    platform: "node",
    outfile: script,
  });
  return {
    start: (args, { cwd, env }) =>
      follow(
        spawn(process.execPath, [script, ...args], {
          cwd,
          env: { ...process.env, ...env },
          stdio: ["ignore", "pipe", "pipe"],
        }),
      ),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Holds a port that was free, so that a test knows one; close it to free it again. */
export async function holdPort(): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    port,
    close: async () => {
      server.close();
      await once(server, "close");
    },
  };
}
