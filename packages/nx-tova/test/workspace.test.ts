// Real runs of Nx in a workspace outside the repository that has our packages installed.

import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import {
  createInstalledWorkspace,
  type InstalledWorkspace,
  lockfile,
  withDaemon,
} from "./installed-workspace";

jest.setTimeout(120_000);

const source = `edge "api" {
  target: "cloudflare"
  kv CACHE
  queue JOBS
  route POST "/jobs" => fn(req) {
    await JOBS.send({ at: 1 })
    "queued"
  }
}

edge "worker" {
  target: "cloudflare"
  kv CACHE
  consume JOBS fn(messages) {
    for msg in messages { await CACHE.put("last", "{msg.body.at}") }
  }
}
`;
const nxJson = {
  analytics: false,
  neverConnectToCloud: true,
  defaultBase: "main",
  plugins: ["nx-tova/plugin"],
};
const withTargetDefaults = {
  ...nxJson,
  namedInputs: {
    default: ["{projectRoot}/**/*"],
    production: ["default", "!{projectRoot}/**/*.test.ts"],
  },
  targetDefaults: {
    build: { cache: true, dependsOn: ["^build"], inputs: ["production", "^production"] },
  },
};
const files = {
  "nx.json": JSON.stringify(nxJson),
  "apps/shop/shop.tova": source,
  "apps/shop/README.md": "# Shop\n",
  "libs/other/project.json":
    '{ "name": "other", "targets": { "build": { "command": "node -p 6*7" } } }',
};
const apiFiles = [
  "shop.edge.api.d.ts",
  "shop.edge.api.js",
  "shop.edge.api.js.map",
  "wrangler.api.toml",
];

let workspace: InstalledWorkspace;
const output = () => join(workspace.root, "apps/shop/.tova-out");
const read = (file: string) => readFileSync(join(output(), file), "utf8");
const list = () => (existsSync(output()) ? readdirSync(output()).sort() : []);

beforeAll(() => {
  workspace = createInstalledWorkspace(files);
});

afterAll(() => workspace.remove());

/** Each test starts from the same committed state; Nx's cache is kept. */
beforeEach(() => {
  rmSync(join(workspace.root, "apps/shop/migrations"), { recursive: true, force: true });
  workspace.write({ ...files, "package-lock.json": lockfile() });
  rmSync(output(), { recursive: true, force: true });
});

function build(project: string) {
  const run = workspace.nx(["build", project, "--outputStyle=static"]);
  expect(run).toMatchObject({ exitCode: 0 });
  const line = run.output.split("\n").find((text) => text.includes(`nx run ${project}:build`));
  return { ...run, cached: line?.includes("[local cache]") ?? false };
}

/** The tasks `nx affected` would run after the changes since the commit, by their ids. */
function affected(target: string): string[] {
  const { output: graph } = workspace.nx(["affected", "-t", target, "--graph=stdout"]);
  return graph.includes('"tasks"')
    ? Object.keys(JSON.parse(graph.slice(graph.indexOf("{\n"))).tasks.tasks).sort()
    : [];
}

test("every block is a project that explains itself", () => {
  const { output: names } = workspace.nx(["show", "projects", "--json"]);
  expect(JSON.parse(names).sort()).toEqual(["other", "shop", "shop-api", "shop-worker"]);
  const shown = JSON.parse(workspace.nx(["show", "project", "shop-api", "--json"]).output);
  expect(shown.metadata.technologies).toEqual(["tova", "cloudflare"]);
  expect(shown.namedInputs.worker).toContainEqual({
    externalDependencies: ["tova-codegen", "nx-tova"],
  });
});

test("a build writes the files of the block; a second one restores them from the cache", () => {
  expect(build("shop-api").cached).toBe(false);
  expect(list()).toEqual(apiFiles);
  const worker = read("shop.edge.api.js");

  expect(build("shop-worker").cached).toBe(false);
  expect(list()).toHaveLength(8);

  rmSync(output(), { recursive: true });
  const second = build("shop-api");
  expect(second.cached).toBe(true);
  expect(list()).toEqual(apiFiles);
  expect(read("shop.edge.api.js")).toBe(worker);
});

test("an edit, the deploy file, a first migration and a new compiler miss the cache", () => {
  build("shop-api");
  workspace.write({ "apps/shop/shop.tova": source.replace('"queued"', '"accepted"') });
  expect(build("shop-api").cached).toBe(false);
  expect(read("shop.edge.api.js")).toContain("accepted");

  workspace.write({ "apps/shop/shop.tova": source });
  expect(build("shop-api").cached).toBe(true);
  workspace.write({ "apps/shop/migrations/0001_start.sql": "CREATE TABLE a (b TEXT);\n" });
  expect(build("shop-api").cached).toBe(false);

  workspace.write({ "package-lock.json": lockfile({ "tova-codegen": "0.9.9" }) });
  expect(build("shop-api").cached).toBe(false);
});

test("without a lockfile it builds and caches all the same", () => {
  rmSync(join(workspace.root, "package-lock.json"));
  expect(build("shop-api").cached).toBe(false);
  expect(build("shop-api").cached).toBe(true);
});

test("in a folder whose name Nx takes for a pattern edits count, and outputs come back", () => {
  const folder = "apps/(new) [x]";
  const out = join(workspace.root, folder, ".tova-out");
  const isDrawn = () => !workspace.nx(["topology", "odd"]).output.includes("[local cache]");
  workspace.write({ [`${folder}/odd.tova`]: source });
  build("odd-api");
  expect(isDrawn()).toBe(true);
  rmSync(out, { recursive: true });
  expect(build("odd-api").cached).toBe(true);
  expect(existsSync(join(out, "odd.edge.api.js"))).toBe(true);
  workspace.write({ [`${folder}/odd.tova`]: source.replace("/jobs", "/tasks") });
  expect(isDrawn()).toBe(true);
  rmSync(join(workspace.root, folder), { recursive: true });
});

test("a README is no input", () => {
  build("shop-api");
  workspace.write({ "apps/shop/README.md": "# The shop\n" });
  expect(build("shop-api").cached).toBe(true);
  expect(affected("build")).toEqual([]);
});

test("the file's own project builds all its blocks", () => {
  expect(workspace.nx(["build-all", "shop"]).exitCode).toBe(0);
  expect(list()).toHaveLength(8);
});

test("the topology is printed and drawn, and restored from the cache until the program changes", () => {
  const draw = () => {
    const run = workspace.nx(["run", "shop:topology", "--outputStyle=static"]);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.output).toContain("shop-api → jobs → shop-worker");
    expect(readdirSync(join(output(), "shop")).sort()).toEqual([
      "topology.json",
      "topology.mmd",
      "topology.svg",
    ]);
    return run.output.includes("[local cache]");
  };
  expect(draw()).toBe(false);
  rmSync(output(), { recursive: true });
  expect(draw()).toBe(true);
  expect(read("shop/topology.svg")).not.toContain("/more");
  workspace.write({ "apps/shop/shop.tova": source.replace("/jobs", "/more") });
  expect(draw()).toBe(false);
  expect(read("shop/topology.svg")).toContain("/more");
});

test("affected selects the blocks of a changed file, for build and for deploy", () => {
  expect(affected("build")).toEqual([]);
  workspace.write({ "apps/shop/shop.tova": `${source}// changed\n` });
  expect(affected("build")).toEqual(["shop-api:build", "shop-worker:build"]);
  expect(affected("deploy")).toEqual([
    "shop-api:build",
    "shop-api:deploy",
    "shop-worker:build",
    "shop-worker:deploy",
  ]);
  const run = workspace.nx(["affected", "-t", "build"]);
  expect(run).toMatchObject({ exitCode: 0 });
  expect(list()).toHaveLength(8);
});

test("the target defaults that Nx itself writes keep builds right", () => {
  workspace.write({ "nx.json": JSON.stringify(withTargetDefaults) });
  expect(build("shop-worker").cached).toBe(false);
  expect(build("shop-worker").cached).toBe(true);
  workspace.write({ "apps/shop/shop.tova": source.replace('"last"', '"latest"') });
  expect(build("shop-worker").cached).toBe(false);
  expect(read("shop.edge.worker.js")).toContain("latest");
  expect(affected("build")).toEqual(
    expect.arrayContaining(["shop-api:build", "shop-worker:build"]),
  );
});

test("outputs that nx.json gives every build are told, and go behind those of the executor", () => {
  const { build: defaults } = withTargetDefaults.targetDefaults;
  const targetDefaults = { build: { ...defaults, outputs: ["{projectRoot}/dist"] } };
  const write = (more: object) => {
    const changed = { ...withTargetDefaults, targetDefaults: { ...targetDefaults, ...more } };
    workspace.write({ "nx.json": JSON.stringify(changed) });
  };
  write({});
  const message = "the `outputs` of shop-api:build (and of 1 more)";
  expect(workspace.nx(["show", "projects"]).output).toContain(message);
  write({ "nx-tova:build": { cache: true } });
  build("shop-api");
  rmSync(output(), { recursive: true });
  const again = build("shop-api");
  expect([again.cached, list()]).toEqual([true, apiFiles]);
  expect(again.output).not.toContain("the `outputs` of");
});

test("a syntax error keeps the graph, and the build shows it", () => {
  build("shop-api");
  const before = read("shop.edge.api.js");
  workspace.write({ "apps/shop/shop.tova": source.replace('"queued"', "return =") });
  const { output: names } = workspace.nx(["show", "projects", "--json"]);
  expect(JSON.parse(names).sort()).toEqual(["other", "shop", "shop-api", "shop-worker"]);
  const failed = workspace.nx(["build", "shop-api"]);
  expect(failed.exitCode).toBe(1);
  expect(failed.output).toMatch(/E\d{3}/);
  expect(failed.output).toContain("apps/shop/shop.tova:7:");
  expect(failed.output).not.toMatch(/\n\s+at .+:\d+:\d+\)?\n/);
  expect(read("shop.edge.api.js")).toBe(before);
  expect(workspace.nx(["build", "other"])).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining("42"),
  });
});

test("a name that two projects ask for stops neither the graph nor the first of them", () => {
  workspace.write({
    "apps/zoo/shop.tova": source,
    "apps/mall/mall.tova": source,
    "libs/taken/project.json": '{ "name": "mall-api" }',
  });
  try {
    expect(build("shop-api").exitCode).toBe(0);
    const refused = workspace.nx(["build", "apps-zoo-shop"]);
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toContain(
      'apps/shop/shop.tova and apps/zoo/shop.tova both make a project named "shop".',
    );
    const taken = workspace.nx(["build", "mall"]);
    expect(taken.exitCode).toBe(1);
    expect(taken.output).toContain(
      'libs/taken/project.json and apps/mall/mall.tova both make a project named "mall-api".',
    );
  } finally {
    for (const folder of ["apps/zoo", "apps/mall", "libs/taken"]) {
      rmSync(join(workspace.root, folder), { recursive: true });
    }
  }
});

test("of what is no program each is one message of a command, however many graphs it makes", () => {
  const folder = join(workspace.root, "apps/odd");
  workspace.write({ "apps/odd/empty.tova": "", "apps/odd/folder.tova/note.md": "" });
  symlinkSync("nowhere", join(folder, "link.tova"));
  try {
    const run = workspace.nx(["sync:check"], { NX_ISOLATE_PLUGINS: "true" });
    expect(run.output.match(/^nx-tova: .*/gm)).toEqual([
      "nx-tova: apps/odd/folder.tova is a folder, and a program is a file. Rename the folder.",
      "nx-tova: apps/odd/empty.tova is empty; it has no projects.",
      "nx-tova: apps/odd/link.tova is a link that leads nowhere. Mend it, or remove it.",
    ]);
    const { output: names } = workspace.nx(["show", "projects"], withDaemon);
    expect(names).toContain("nx-tova: apps/odd/empty.tova is empty");
    expect(names).toContain("shop-api");
  } finally {
    workspace.nx(["daemon", "--stop"], withDaemon);
    rmSync(folder, { recursive: true });
  }
});

test("a dry run of deploy ends in wrangler, without a token", () => {
  const run = workspace.nx(["deploy", "shop-worker", "--dry-run"], {
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_HIDE_BANNER: "true",
    CLOUDFLARE_API_TOKEN: "",
  });
  expect(run).toMatchObject({ exitCode: 0, output: expect.stringContaining("--dry-run: exiting") });
  expect(run.output).toContain("TODO_CACHE_ID");
});

/** A port nobody listens on; 8787 may be taken on the machine that runs this. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

test("another project's test waits until the workers answer, and Nx ends them after it", async () => {
  const port = await freePort();
  const smoke = "fetch(new URL('/jobs', process.env.NX_READY_URL), { method: 'POST' })";
  workspace.write({
    // Merged with what is inferred for the folder.
    "apps/shop/project.json": JSON.stringify({ targets: { serve: { options: { port } } } }),
    "libs/other/project.json": JSON.stringify({
      name: "other",
      targets: {
        smoke: {
          command: `node -e "${smoke}.then((r) => r.text()).then((t) => console.log('got', t))"`,
          dependsOn: [{ projects: ["shop"], target: "serve", waitFor: "ready" }],
        },
      },
    }),
  });
  try {
    const run = workspace.nx(["smoke", "other", "--outputStyle=stream"]);
    expect(run).toMatchObject({ exitCode: 0, output: expect.stringMatching(/got .*queued/) });
    await expect(fetch(`http://127.0.0.1:${port}/jobs`)).rejects.toThrow("fetch failed");
  } finally {
    rmSync(join(workspace.root, "apps/shop/project.json"));
  }
});

test("an option that no target has is refused, naming it", () => {
  const run = workspace.nx(["deploy", "shop-worker", "--dryrun"]);
  expect(run.exitCode).toBe(1);
  expect(run.output).toContain("`deploy` has no option --dryrun. Did you mean --dryRun?");
  expect(run.output).not.toMatch(/^\s+at /m);
});

test("the daemon sees an edit too", () => {
  try {
    expect(workspace.nx(["build", "shop-api"], withDaemon).exitCode).toBe(0);
    workspace.write({ "apps/shop/shop.tova": source.replaceAll("api", "web") });
    const { output: names } = workspace.nx(["show", "projects", "--json"], withDaemon);
    expect(JSON.parse(names).sort()).toEqual(["other", "shop", "shop-web", "shop-worker"]);
    expect(workspace.nx(["build", "shop-web"], withDaemon).exitCode).toBe(0);
    expect(list()).toContain("shop.edge.web.js");
  } finally {
    workspace.nx(["daemon", "--stop"], withDaemon);
  }
});
