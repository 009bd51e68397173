// A package manager and a version of Nx in, a fresh workspace outside this repository out.
import { type ChildProcess, spawn } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { userEnvironment } from "../tools/user-environment";

export type Manager = "npm" | "pnpm";

export interface Run {
  readonly exitCode: number | null;
  /** stdout and stderr. */
  readonly output: string;
}

/** A folder where commands run as a user of the package manager runs them. */
export interface Workspace {
  readonly root: string;
  run(command: string, args: readonly string[]): Promise<Run>;
  nx(...args: string[]): Promise<Run>;
  /** Starts what does not end by itself. */
  start(...args: string[]): ChildProcess;
  read(path: string): string;
  write(path: string, text: string): void;
  remove(): void;
}

function ended(child: ChildProcess): Promise<Run> {
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      output += chunk;
    });
    child.once("error", reject).once("close", (exitCode) => resolve({ exitCode, output }));
  });
}

/** Makes an empty folder; `registry` is where its package manager finds packages. */
export function createWorkspace(manager: Manager, registry: string): Workspace {
  const root = mkdtempSync(join(realpathSync(tmpdir()), `tova-${manager}-`));
  // npm is there with Node; pnpm is this repository's, and none else of its tools.
  mkdirSync(join(root, ".bin"));
  symlinkSync(resolve(__dirname, "../node_modules/pnpm/bin/pnpm.cjs"), join(root, ".bin/pnpm"));
  // A folder with another `node`, as `npm install node@24` makes it: docs/testing.md.
  const otherNode = process.env.TOVA_E2E_NODE === undefined ? [] : [process.env.TOVA_E2E_NODE];
  const env = {
    ...userEnvironment(),
    NX_DAEMON: "false",
    WRANGLER_SEND_METRICS: "false",
    npm_config_registry: `${registry}/`,
    npm_config_audit: "false",
    npm_config_fund: "false",
    PATH: [join(root, ".bin"), ...otherNode, process.env.PATH].join(delimiter),
  };
  const start = (command: string, args: readonly string[]) =>
    spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  const nx = join(root, "node_modules/.bin/nx");
  return {
    root,
    run: (command, args) => ended(start(command, args)),
    nx: (...args) => ended(start(nx, args)),
    start: (...args) => start(nx, args),
    read: (path) => readFileSync(join(root, path), "utf8"),
    write: (path, text) => writeFileSync(join(root, path), text),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
