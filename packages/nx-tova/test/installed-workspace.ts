// Takes files, gives an Nx workspace with our packages installed as npm would: packed, not linked.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { userEnvironment } from "../../../tools/user-environment";
import { createTempWorkspace, type TempWorkspace } from "./temp-workspace";

const repository = resolve(__dirname, "../../..");
const packages = ["tova-parser", "tova-codegen", "tova-cli", "nx-tova"];

export interface Run {
  readonly exitCode: number | null;
  /** stdout and stderr, without colours. */
  readonly output: string;
}

export interface InstalledWorkspace extends TempWorkspace {
  /** Runs the real `nx` in the workspace, as a process of its own. */
  nx(args: readonly string[], env?: Readonly<Record<string, string>>): Run;
  /** The same while this process goes on, a server in it for example. */
  startNx(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Run>;
  commit(): void;
  /** Back to the last commit; what Git ignores stays. */
  reset(): void;
}

/** Copies what `npm pack` would publish: a file missing from `files` is missing here too. */
function installPackage(name: string, modules: string): void {
  const folder = join(repository, "packages", name);
  const packed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: folder,
    encoding: "utf8",
  });
  const [{ files }] = JSON.parse(packed) as [{ files: { path: string }[] }];
  for (const { path } of files) {
    mkdirSync(dirname(join(modules, name, path)), { recursive: true });
    cpSync(join(folder, path), join(modules, name, path));
  }
  // Dependencies that npm could not hoist, as another package wants another version.
  const nested = join(folder, "node_modules");
  if (existsSync(nested)) symlinkSync(nested, join(modules, name, "node_modules"));
}

/** Everything else of our node_modules is linked: a fresh install would need the network. */
function linkDependencies(modules: string): void {
  const source = join(repository, "node_modules");
  for (const name of readdirSync(source)) {
    if (name.startsWith(".") || packages.includes(name)) continue;
    symlinkSync(join(source, name), join(modules, name));
  }
}

/** A lockfile of npm that knows our packages, from which Nx learns their versions. */
export function lockfile(versions: Readonly<Record<string, string>> = {}): string {
  const entries = packages.map((name) => {
    const manifest = readFileSync(join(repository, "packages", name, "package.json"), "utf8");
    const { version, dependencies = {} } = JSON.parse(manifest);
    const ours = Object.entries(dependencies).filter(([key]) => packages.includes(key));
    const entry = { version: versions[name] ?? version, dependencies: Object.fromEntries(ours) };
    return [`node_modules/${name}`, entry];
  });
  const root = { name: "workspace", devDependencies: { "nx-tova": "*" } };
  return JSON.stringify({
    name: "workspace",
    lockfileVersion: 3,
    packages: { "": root, ...Object.fromEntries(entries) },
  });
}

export function createInstalledWorkspace(
  files: Readonly<Record<string, string>>,
): InstalledWorkspace {
  const workspace = createTempWorkspace({
    ".gitignore": "node_modules\n.nx\n.tova-out\n",
    "package.json": '{ "name": "workspace", "devDependencies": { "nx-tova": "*" } }\n',
    "package-lock.json": lockfile(),
    ...files,
  });
  const modules = join(workspace.root, "node_modules");
  mkdirSync(modules);
  for (const name of packages) installPackage(name, modules);
  linkDependencies(modules);
  runGit(workspace.root, "init", "--quiet", "--initial-branch", "main");
  const installed = withTools(workspace);
  installed.commit();
  return installed;
}

/** A clone of the last commit in another folder, with the same packages installed and nothing cached. */
export function cloneWorkspace(original: InstalledWorkspace): InstalledWorkspace {
  const workspace = createTempWorkspace({});
  runGit(workspace.root, "clone", "--quiet", original.root, ".");
  symlinkSync(join(original.root, "node_modules"), join(workspace.root, "node_modules"));
  return withTools(workspace);
}

const runGit = (cwd: string, ...args: string[]): Buffer =>
  execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@localhost", ...args], {
    cwd,
    stdio: "pipe",
  });

/** Else Nx keeps its cache with the user, and clones of one repository share it. */
const ownCache = { NX_CACHE_DIRECTORY: ".nx/cache" };

/**
 * Without its daemon Nx starts a process for each plugin, at every call: half of its time. The
 * plugins give the same in Nx's own; packed-e2e leaves it to Nx.
 */
const quick = { NX_DAEMON: "false", NX_ISOLATE_PLUGINS: "false" };

/** Nx as it runs on a developer's machine; to be stopped by \`nx daemon --stop\`. */
export const withDaemon = { NX_DAEMON: "true", NX_ISOLATE_PLUGINS: "true" };

function withTools(workspace: TempWorkspace): InstalledWorkspace {
  const { root } = workspace;
  const bin = join(root, "node_modules/nx/dist/bin/nx.js");
  return {
    ...workspace,
    commit() {
      runGit(root, "add", "--all");
      runGit(root, "commit", "--quiet", "--no-verify", "--message", "state");
    },
    reset() {
      runGit(root, "checkout", "--quiet", ".");
      runGit(root, "clean", "-fdq");
    },
    nx(args, env = {}) {
      const run = spawnSync(process.execPath, [bin, ...args], {
        cwd: root,
        encoding: "utf8",
        env: { ...userEnvironment(), ...ownCache, ...quick, ...env },
      });
      return { exitCode: run.status, output: `${run.stdout}${run.stderr}` };
    },
    async startNx(args, env = {}) {
      const nx = spawn(process.execPath, [bin, ...args], {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...userEnvironment(), ...ownCache, ...quick, ...env },
      });
      const chunks: Buffer[] = [];
      for (const stream of [nx.stdout, nx.stderr]) stream.on("data", (data) => chunks.push(data));
      const [exitCode] = await once(nx, "close");
      return { exitCode, output: Buffer.concat(chunks).toString() };
    },
  };
}
