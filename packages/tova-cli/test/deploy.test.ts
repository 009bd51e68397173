// Deployments by the real wrangler to a stand-in for Cloudflare's API, and those that must not start.
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { type DeployOptions, deploy as tovaDeploy } from "../src/deploy";
import { type FakeCloudflare, startFakeCloudflare } from "./fake/server";
import { migration, notes } from "./program";
import { createTovaCommand, type TovaCommand } from "./tova-process";
import { createRecorder, createWorkspace, type Workspace } from "./workspace";

let command: TovaCommand;
beforeAll(() => {
  command = createTovaCommand();
});
afterAll(() => command.remove());

let workspace: Workspace;
let cloudflare: FakeCloudflare;
beforeEach(async () => {
  cloudflare = await startFakeCloudflare(["jobs"]);
});
afterEach(async () => {
  await cloudflare.close();
  workspace.remove();
});

const kvId = "0123456789abcdef0123456789abcdef";
const sqlId = "01234567-89ab-cdef-0123-456789abcdef";
const ids = `[kv.NOTES]\nid = "${kvId}"\n[sql.DB]\nid = "${sqlId}"\n`;
const files = {
  "app.tova": notes,
  "app.deploy.toml": ids,
  "migrations/0001_notes.sql": migration,
  "secrets.env": "TOKEN=t0ken\n",
};

function createProject(given: Record<string, string>): void {
  workspace = createWorkspace(given);
  // wrangler is looked for from the program's folder.
  symlinkSync(join(__dirname, "../../../node_modules"), workspace.path("node_modules"));
}

async function deploy(...args: string[]) {
  const tova = command.start(["deploy", ...args], { cwd: workspace.folder, env: cloudflare.env });
  const exitCode = await tova.ended;
  return { exitCode, output: tova.output() };
}

/** In this process, for what must not come as far as wrangler. */
async function deployHere(options: Partial<DeployOptions>) {
  const before = { ...process.env };
  Object.assign(process.env, cloudflare.env);
  const log = createRecorder();
  const { exitCode } = await tovaDeploy({
    cwd: workspace.folder,
    file: "app.tova",
    log,
    ...options,
  });
  process.env = before;
  return { exitCode, output: log.errors.join("\n") };
}

/** An environment in which every request would fail: no token, and an address nobody answers at. */
const offline = {
  CLOUDFLARE_API_BASE_URL: "http://127.0.0.1:9/client/v4",
  CLOUDFLARE_API_TOKEN: "",
  CLOUDFLARE_ACCOUNT_ID: "",
  CI: "true",
};

test("all workers are deployed, consumers first: modules, bindings, consumer, cron, secret", async () => {
  createProject(files);
  const { exitCode, output } = await deploy("--secrets-file", "secrets.env");
  expect(output).toContain("Deploying app-api");
  expect(exitCode).toBe(0);

  expect(output).toContain(
    "npx wrangler d1 migrations apply DB --remote --config .tova-out/wrangler.api.toml",
  );

  const reader = cloudflare.scripts.get("app-reader");
  const api = cloudflare.scripts.get("app-api");
  expect([...cloudflare.scripts.keys()]).toEqual(["app-reader", "app-api"]);
  expect(api?.current.metadata.main_module).toBe("app.edge.api.js");
  expect(api?.current.modules["app.edge.api.js"]).toContain("greeted");
  expect(reader?.current.modules["app.edge.reader.js"]).not.toContain("greeted");
  expect(api?.current.metadata.bindings).toEqual(
    expect.arrayContaining([
      { name: "NOTES", type: "kv_namespace", namespace_id: kvId },
      expect.objectContaining({ name: "DB", type: "d1", id: sqlId }),
      expect.objectContaining({ name: "JOBS", type: "queue", queue_name: "jobs" }),
      { name: "GREETING", type: "plain_text", text: "hello" },
      { name: "TOKEN", type: "secret_text", text: "t0ken" },
    ]),
  );
  expect(reader?.current.metadata.bindings.map(({ name }) => name)).toEqual(["DB"]);
  expect(cloudflare.queues.get("jobs")?.consumers).toMatchObject([
    {
      script: "app-reader",
      type: "worker",
      settings: { batch_size: 10, max_wait_time_ms: 30_000 },
    },
  ]);
  expect(cloudflare.schedules.get("app-api")).toEqual(["30 4 * * *"]);
}, 90_000);

test("one block is deployed alone, and again with its secret kept", async () => {
  createProject(files);
  expect((await deploy("--block", "api", "--secrets-file", "secrets.env")).exitCode).toBe(0);
  expect((await deploy("--block", "api")).exitCode).toBe(0);
  expect([...cloudflare.scripts.keys()]).toEqual(["app-api"]);
  expect(cloudflare.scripts.get("app-api")?.versions).toHaveLength(2);
  expect(cloudflare.secrets.get("app-api")?.get("TOKEN")).toBe("t0ken");
}, 90_000);

test("a first deploy without its secrets stops and says how to give them", async () => {
  createProject(files);
  const { exitCode, output } = await deploy();
  expect(exitCode).toBe(1);
  expect(output).toMatch(/error\[T046\].*app-api/);
  expect(output).toMatch(/warning\[T047\].*TOKEN/);
  expect(output).toContain("--secrets-file");
  expect([...cloudflare.scripts.keys()]).toEqual(["app-reader"]);
}, 90_000);

test("a queue that does not exist stops the rest, and the workers left out are named", async () => {
  await cloudflare.close();
  cloudflare = await startFakeCloudflare([]);
  createProject(files);
  const { exitCode, output } = await deploy("--secrets-file", "secrets.env");
  expect(exitCode).toBe(1);
  expect(output).toContain("wrangler queues create jobs");
  expect(output).toMatch(/error\[T046\].*app-reader.*not deployed: app-api/);
  expect(cloudflare.scripts.size).toBe(0);
}, 90_000);

test("an environment has its own names and ids", async () => {
  const other = kvId.replace("0", "f");
  createProject({
    ...files,
    "app.deploy.toml": `${ids}[env.staging.kv.NOTES]\nid = "${other}"\n[env.staging.sql.DB]\nid = "${sqlId}"\n[env.staging.queue.JOBS]\nname = "jobs"\n`,
  });
  const args = ["--block", "api", "--env", "staging", "--secrets-file", "secrets.env"];
  const { exitCode } = await deploy(...args);
  expect(exitCode).toBe(0);
  const [name = ""] = cloudflare.scripts.keys();
  expect(name).toBe("app-api-staging");
  expect(cloudflare.scripts.get(name)?.current.metadata.bindings).toContainEqual({
    name: "NOTES",
    type: "kv_namespace",
    namespace_id: other,
  });
}, 90_000);

test("a dry run works offline, without a token, and only warns about placeholders", async () => {
  createProject({ "app.tova": notes });
  const tova = command.start(["deploy", "--dry-run"], { cwd: workspace.folder, env: offline });
  expect(await tova.ended).toBe(0);
  expect(tova.output()).toMatch(/warning\[T041\].*NOTES/);
  expect(tova.output()).toMatch(/warning\[T043\].*DB/);
  expect(tova.output().match(/--dry-run: exiting now/g)).toHaveLength(2);
}, 90_000);

test("placeholder ids stop it before any request, each with the command that makes one", async () => {
  const { "app.deploy.toml": _, ...others } = files;
  createProject(others);
  const { exitCode, output } = await deployHere({});
  expect(exitCode).toBe(1);
  expect(output.match(/error\[T041\]/g)).toHaveLength(2);
  expect(output).toContain("tova provision app.tova");
  expect(output).toContain("npx wrangler kv namespace create app-NOTES");
  expect(output).toContain("npx wrangler d1 create app");
  expect(output).toContain("[kv.NOTES] in app.deploy.toml");
  expect(cloudflare.requests).toEqual([]);
}, 90_000);

test.each<[string, Record<string, string>, Partial<DeployOptions>, RegExp]>([
  [
    "an unknown environment",
    { ...files, "app.deploy.toml": `${ids}[env.staging.kv.NOTES]\nid = "${kvId}"\n` },
    { env: "stagin" },
    /error\[T042\].*"stagin"[\s\S]*staging/,
  ],
  [
    "a missing migration",
    { "app.tova": notes, "app.deploy.toml": ids },
    {},
    /error\[T043\].*DB[\s\S]*0001_init\.sql/,
  ],
  ["an unknown block", files, { block: "nope" }, /error\[T020\].*"nope"/],
  ["a missing secrets file", files, { secretsFile: "gone" }, /error\[T001\].*gone/],
  ["a program that was never built", files, { build: false }, /error\[T045\].*app\.edge\.api\.js/],
  ["a program with an error", { "app.tova": 'edge "a" {' }, {}, /app\.tova:1:\d+/],
])(
  "%s stops it before wrangler starts",
  async (_, given, options, expected) => {
    createProject(given);
    const { exitCode, output } = await deployHere(options);
    expect(output).toMatch(expected);
    expect(exitCode).toBe(1);
    expect(cloudflare.requests).toEqual([]);
  },
  90_000,
);

test("an environment cannot be chosen past the checks", async () => {
  createProject(files);
  const { exitCode, output } = await deployHere({ args: ["--env=staging"] });
  expect(exitCode).toBe(2);
  expect(output).toMatch(/error\[T048\].*--env=staging/);
});

test("without wrangler the command that installs it is named", async () => {
  workspace = createWorkspace(files);
  // The bundle under test lies in this repository, where wrangler is; a copy elsewhere sees none.
  const { findWrangler } = await import("../src/cloudflare/wrangler");
  const [, script] = process.argv;
  const here = process.cwd();
  process.chdir(workspace.folder);
  process.argv[1] = workspace.path("app.tova");
  try {
    expect(() => findWrangler(workspace.folder)).toThrow(/T040/);
  } finally {
    process.chdir(here);
    if (script !== undefined) process.argv[1] = script;
  }
});
