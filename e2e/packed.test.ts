// The way of a newcomer, with the packages as they are published: from an empty folder to a worker
// that runs, grows and is ready to deploy. Once with npm and the newest Nx, once with pnpm and the
// major before it.
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Packed, packageFolder, packageNames, packPackage } from "./packages";
import { type Registry, startRegistry } from "./registry";
import { createWorkspace, type Manager, type Run, type Workspace } from "./workspace";

jest.setTimeout(300_000);

let packed: readonly Packed[];
let registry: Registry;
let tarballs: string;
beforeAll(async () => {
  tarballs = mkdtempSync(join(tmpdir(), "tova-packed-"));
  packed = packageNames.map((name) => packPackage(name, tarballs));
  registry = await startRegistry(packed);
});
afterAll(async () => {
  await registry.close();
  rmSync(tarballs, { recursive: true, force: true });
});

/** The output of a command that must succeed. */
function succeeded({ exitCode, output }: Run): string {
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}\n${output}`);
  return output;
}

function commit({ root }: Workspace): void {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@localhost", ...args], {
      cwd: root,
      stdio: "pipe",
    });
  git("add", "--all");
  git("commit", "--quiet", "--no-verify", "--message", "state");
}

const install: Readonly<Record<Manager, readonly string[]>> = {
  npm: ["install", "--save-dev", "--ignore-scripts"],
  pnpm: ["add", "--save-dev", "--ignore-scripts"],
};

/** Makes the workspace for the tests of a `describe`, and removes it after them. */
function openWorkspace(manager: Manager, major: string): () => Workspace {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = createWorkspace(manager, registry.url);
    const { root, write } = workspace;
    execFileSync("git", ["init", "--quiet", "--initial-branch", "main"], { cwd: root });
    write("package.json", '{ "name": "acme", "private": true }\n');
    write(".gitignore", "node_modules/\n.nx/\n.bin/\n");
    succeeded(await workspace.run(manager, [...install[manager], `nx@${major}`]));
    succeeded(await workspace.nx("init", "--interactive=false"));
    const nxJson = JSON.parse(workspace.read("nx.json"));
    write("nx.json", JSON.stringify({ ...nxJson, analytics: false, neverConnectToCloud: true }));
    commit(workspace);
  });
  afterAll(() => workspace.remove());
  return () => workspace;
}

/** What must work whatever the package manager and the version of Nx. */
function firstSteps(open: () => Workspace): void {
  it("`nx add nx-tova` registers the plugin, installs the tools and ignores what is made", async () => {
    const workspace = open();
    succeeded(await workspace.nx("add", "nx-tova"));
    const { plugins, sync } = JSON.parse(workspace.read("nx.json"));
    expect(plugins).toEqual(["nx-tova/plugin"]);
    expect(sync).toEqual({ applyChanges: true });
    const { devDependencies } = JSON.parse(workspace.read("package.json"));
    expect(Object.keys(devDependencies)).toEqual(
      expect.arrayContaining(["nx-tova", "tova-cli", "wrangler"]),
    );
    expect(workspace.read(".gitignore")).toContain("\n.tova-out/\n");
    const before = workspace.read("package.json") + workspace.read("nx.json");
    succeeded(await workspace.nx("g", "nx-tova:init"));
    expect(workspace.read("package.json") + workspace.read("nx.json")).toBe(before);
  });

  it("a generated application builds, is without warnings and passes its tests", async () => {
    const workspace = open();
    succeeded(await workspace.nx("g", "nx-tova:application", "shop"));
    const projects = succeeded(await workspace.nx("show", "projects", "--json"));
    expect(JSON.parse(projects)).toEqual(expect.arrayContaining(["shop", "shop-api"]));
    commit(workspace);
    const output = succeeded(
      await workspace.nx("run-many", "-t", "build", "check", "test", "--output-style=static"),
    );
    expect(output).toMatch(/\bpass 3\b/);
    expect(output).not.toMatch(/warning\[/);
    expect(workspace.read("apps/shop/.tova-out/wrangler.api.toml")).toContain("shop-api");
    expect(succeeded(await workspace.nx("build-all", "shop"))).toContain("local cache");
  });

  it("the workers are served, and end with the command", async () => {
    const workspace = open();
    const child = workspace.start("serve", "shop", "--port", "0");
    let output = "";
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout?.on("data", (chunk) => {
        output += chunk;
        const found = /shop-api\s+(http:\S+)/.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once("close", () => reject(new Error(output)));
    });
    expect((await fetch(new URL("/notes", url))).status).toBe(200);
    const closed = once(child, "close");
    child.kill("SIGINT");
    await closed;
    await expect(fetch(url)).rejects.toThrow();
  });

  it("all checks of a deployment run without a network", async () => {
    const workspace = open();
    const output = succeeded(await workspace.nx("deploy", "shop-api", "--dry-run"));
    expect(output).toContain("--dry-run: exiting now.");
  });
}

describe("with npm and Nx 24", () => {
  const open = openWorkspace("npm", "24");
  firstSteps(open);

  it("the manifest is checked", async () => {
    const workspace = open();
    succeeded(await workspace.nx("sync:check"));
    const source = workspace.read("apps/shop/shop.tova");
    workspace.write("apps/shop/shop.tova", source.replace("/notes/:id", "/note/:id"));
    const stale = await workspace.nx("sync:check");
    expect(stale.exitCode).toBe(1);
    expect(stale.output).toContain("apps/shop/shop.edge.json (api changed)");
    workspace.write("apps/shop/shop.tova", source);
    succeeded(await workspace.nx("sync:check"));
  });

  it("a block is added and renamed wherever it is spoken of", async () => {
    const workspace = open();
    const file = "apps/shop/shop.tova";
    const source = workspace.read(file);
    succeeded(await workspace.nx("g", "nx-tova:edge", "orders", "--file", file));
    expect(workspace.read(file).startsWith(source)).toBe(true);
    workspace.write("apps/shop/shop.deploy.toml", "# ours\n[workers.orders]\nworkers_dev = true\n");
    const project = JSON.parse(workspace.read("apps/shop/project.json"));
    const named = { ...project, implicitDependencies: ["shop-orders"] };
    workspace.write("apps/shop/project.json", JSON.stringify(named));
    const output = succeeded(await workspace.nx("g", "nx-tova:rename", "shop-orders", "sales"));
    expect(output).toContain("If shop-orders is deployed, it stays");
    // The manifest is written anew.
    expect(output).not.toContain("still speak of shop-orders");
    expect(workspace.read(file)).toContain('edge "sales" {');
    expect(workspace.read("apps/shop/shop.deploy.toml")).toBe(
      "# ours\n[workers.sales]\nworkers_dev = true\n",
    );
    expect(JSON.parse(workspace.read("apps/shop/project.json")).implicitDependencies).toEqual([
      "shop-sales",
    ]);
    const { blocks } = JSON.parse(workspace.read("apps/shop/shop.edge.json"));
    expect(Object.keys(blocks)).toEqual(["api", "sales"]);
    succeeded(await workspace.nx("sync:check"));
    succeeded(await workspace.nx("build", "shop-sales"));
  });

  it("what a generator refuses is one message and changes nothing", async () => {
    const workspace = open();
    const before = workspace.read("apps/shop/shop.tova");
    for (const [args, message] of [
      [["edge", "api", "--file", "apps/shop/shop.tova"], 'edge block "api" already'],
      [["edge", "a/b", "--file", "apps/shop/shop.tova"], "cannot name an edge block"],
      [["edge", "a", "--file", "apps/none.tova"], "There is no file apps/none.tova."],
      [["rename", "shop", "sales"], "no project of a named edge block"],
      [["application", "shop"], "is there already"],
    ] as const) {
      const [generator, ...rest] = args;
      const { exitCode, output } = await workspace.nx("g", `nx-tova:${generator}`, ...rest);
      expect(output).toContain(message);
      expect(output).not.toMatch(/^\s+at /m);
      expect(exitCode).toBe(1);
    }
    expect(workspace.read("apps/shop/shop.tova")).toBe(before);
  });

  it("a workflow for GitHub is written for the package manager", async () => {
    const workspace = open();
    succeeded(await workspace.nx("g", "nx-tova:ci", "--provider", "github"));
    const workflow = workspace.read(".github/workflows/ci.yml");
    expect(workflow).toContain("cache: npm");
    expect(workflow).toContain("nx affected -t lint check test build");
  });
});

describe("with pnpm and Nx 23", () => {
  firstSteps(openWorkspace("pnpm", "23"));
});

test.each(packageNames)("%s is published as every tool can read it", (name) => {
  const { status, stdout } = spawnSync("npx", ["publint", "--strict", "--pack", "npm"], {
    cwd: packageFolder(name),
    encoding: "utf8",
  });
  expect(`${status} ${stdout}`).toMatch(/^0 .*All good!/s);
});

test("each package says what it is and under which licence", () => {
  for (const { files } of packed)
    expect(files).toEqual(expect.arrayContaining(["README.md", "LICENSE"]));
});
