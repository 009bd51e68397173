// `tova dev` as a real process, with a real workerd, on loopback.
import { readdirSync, readFileSync, renameSync } from "node:fs";
import { createServer } from "node:net";
import { dev } from "../../src/dev/dev";
import { migration, notes } from "../program";
import { createTovaCommand, holdPort, type TovaCommand, type TovaProcess } from "../tova-process";
import { createRecorder, createWorkspace, type Workspace } from "../workspace";

let command: TovaCommand;
beforeAll(() => {
  command = createTovaCommand();
});
afterAll(() => command.remove());

let workspace: Workspace;
const running: TovaProcess[] = [];
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill("SIGTERM");
    await ended;
  }
  workspace.remove();
});

const files = {
  "app.tova": notes,
  "migrations/0001_notes.sql": migration,
  ".dev.vars": 'TOKEN="t0ken"\nGREETING=hi\n',
};

async function freePort(): Promise<number> {
  const { port, close } = await holdPort();
  await close();
  return port;
}

function start(...args: string[]): TovaProcess {
  const tova = command.start(["dev", ...args], { cwd: workspace.folder });
  running.push(tova);
  return tova;
}

/** The addresses of the table, in its order. */
function urlsIn(output: string): string[] {
  return [...output.matchAll(/^\S+ +(http:\S+)$/gm)].map(([, url]) => url ?? "");
}

async function startWorkers(...args: string[]) {
  const tova = start("--port", String(await freePort()), ...args);
  await tova.shows("Ctrl-C ends it.");
  const [api = "", reader = ""] = urlsIn(tova.output());
  return { tova, api, reader };
}

type Json = Record<string, unknown>;

const json = async (url: string, init?: RequestInit) =>
  (await (await fetch(url, init)).json()) as Json;

/** Asks again until the answer is as wanted: a queue takes its time. */
async function eventually(url: string, wanted: Json): Promise<void> {
  for (;;) {
    const answer = await json(url);
    if (
      Object.entries(wanted).every(
        ([key, value]) => JSON.stringify(answer[key]) === JSON.stringify(value),
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Processes whose parent is the given one and that have not ended. */
function childrenOf(pid: number | undefined): number[] {
  const alive = (id: string): string[] => {
    try {
      return readFileSync(`/proc/${id}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    } catch {
      return [];
    }
  };
  return readdirSync("/proc")
    .filter((id) => /^\d+$/.test(id))
    .filter((id) => {
      const [state, parent] = alive(id);
      return Number(parent) === pid && state !== "Z";
    })
    .map(Number);
}

const isAlive = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.charAt(0) !== "Z";
  } catch {
    return false;
  }
};

test("all workers run together: ports, variables, stores, queue, cron, log, a clean end", async () => {
  workspace = createWorkspace(files);
  const { tova, api, reader } = await startWorkers();
  expect(tova.output()).toContain("Applied 0001_notes.sql to DB");
  expect(tova.output()).toMatch(/queue +jobs → app-reader/);
  expect(Number(new URL(reader).port)).toBeGreaterThan(Number(new URL(api).port));

  expect(await json(`${api}/greet`)).toEqual({ greeting: "hi", token: "t0ken" });
  await tova.shows("[app-api] greeted hi");
  expect(await json(`${reader}/healthz`)).toEqual({ status: "ok" });

  expect(await json(`${api}/notes/one`, { method: "POST" })).toEqual({ sent: "one" });
  await eventually(`${api}/notes/one`, { note: "kept", row: { id: "one" } });
  await tova.shows("[app-reader] read one");

  const cron = await fetch(`${api}/cdn-cgi/handler/scheduled?cron=30+4+*+*+*`);
  expect([cron.status, await cron.text()]).toEqual([200, "ok"]);
  expect(await json(`${api}/notes/cron`)).toMatchObject({ note: "ran" });
  const unknown = await fetch(`${api}/cdn-cgi/handler/scheduled?cron=1+1+1+1+1`);
  expect([unknown.status, await unknown.text()]).toEqual([400, expect.stringContaining("30 4")]);

  expect((await fetch(`${api}/broken`)).status).toBe(500);
  const line = notes.split("\n").findIndex((text) => text.includes("nothing.field")) + 1;
  await tova.shows(new RegExp(`\\[app-api\\] +at .*app\\.tova:${line}:\\d+`));

  // Nothing is painted in a pipe, CI or not.
  expect(tova.output()).not.toContain("\u001b");
  const children = childrenOf(tova.child.pid);
  expect(children.length).toBeGreaterThan(0);
  tova.child.kill("SIGTERM");
  expect(await tova.ended).toBe(0);
  expect(children.filter(isAlive)).toEqual([]);
}, 60_000);

test("stores outlive the process, also through a change of ids", async () => {
  workspace = createWorkspace(files);
  const first = await startWorkers();
  await json(`${first.api}/notes/kept`, { method: "POST" });
  await eventually(`${first.api}/notes/kept`, { note: "kept", row: { id: "kept" } });
  first.tova.child.kill("SIGINT");
  expect(await first.tova.ended).toBe(0);
  const id = "0123456789abcdef0123456789abcdef";
  workspace.write("app.deploy.toml", `[kv.NOTES]\nid = "${id}"\n`);
  const second = await startWorkers();
  expect(await json(`${second.api}/notes/kept`)).toEqual({ note: "kept", row: { id: "kept" } });
  expect(second.tova.output()).not.toContain("Applied");
  expect(readdirSync(workspace.path(".tova-out/state"))).toEqual(["app"]);
}, 60_000);

test("a save reloads; one with errors keeps the old workers; no request fails meanwhile", async () => {
  workspace = createWorkspace(files);
  const { tova, api } = await startWorkers();
  const statuses: number[] = [];
  let asking = true;
  const asked = (async () => {
    while (asking) statuses.push((await fetch(`${api}/greet`)).status);
  })();

  // As editors do that never write to the file itself.
  workspace.write("app.tova.new", notes.replace("greeting: GREETING", 'greeting: "changed"'));
  renameSync(workspace.path("app.tova.new"), workspace.path("app.tova"));
  await tova.shows("Reloaded app.tova");
  expect(await json(`${api}/greet`)).toMatchObject({ greeting: "changed" });

  workspace.write("app.tova", 'edge "api" { route GET "/greet" => fn(req) {');
  await tova.shows("Not reloaded");
  expect(tova.output()).toMatch(/app\.tova:1:\d+/);
  expect(await json(`${api}/greet`)).toMatchObject({ greeting: "changed" });

  workspace.write("app.tova", notes);
  await eventually(`${api}/greet`, { greeting: "hi" });
  workspace.write("app.tova", notes);
  await tova.shows("Nothing to reload");
  workspace.write(".dev.vars", "TOKEN=other\n");
  await eventually(`${api}/greet`, { greeting: "hello", token: "other" });
  workspace.write("migrations/0002_more.sql", "CREATE TABLE more (id TEXT);");
  await tova.shows("Applied 0002_more.sql to DB");

  asking = false;
  await asked;
  expect(new Set(statuses)).toEqual(new Set([200]));
}, 60_000);

test("missing secrets are named with the way to set them, and nobody gets in", async () => {
  workspace = createWorkspace({ ...files, ".dev.vars": "" });
  const { tova, api } = await startWorkers();
  expect(tova.output()).toMatch(/warning\[T032\].*app-api.*TOKEN/);
  expect(tova.output()).toContain('Write TOKEN="…" into .dev.vars');
  expect((await fetch(`${api}/greet`)).status).toBe(500);
}, 60_000);

test("a save that adds a worker for which no port is left says so, and that the rest is new", async () => {
  const block = (name: string, says: string) =>
    `edge "${name}" { route GET "/" => fn(req) { "${says}" } }\n`;
  workspace = createWorkspace({ "app.tova": block("api", "first") });
  const tova = start("--port", "65535");
  await tova.shows("Ctrl-C ends it.");
  const answer = async () => (await fetch("http://127.0.0.1:65535/")).text();
  expect(await answer()).toBe('"first"');
  workspace.write("app.tova", block("api", "second") + block("more", "more"));
  await tova.shows("Reloaded, but not every worker has its port");
  expect(await answer()).toBe('"second"');
  expect(tova.output()).toMatch(/error\[T030\]: Port 65535, the last there is, is not free/);
  workspace.write("app.tova", block("api", "third"));
  await tova.shows("Reloaded app.tova");
  expect(await answer()).toBe('"third"');
  expect(tova.output()).not.toContain("Not reloaded");
}, 60_000);

test("a taken port is left for the next free one", async () => {
  workspace = createWorkspace(files);
  const held = await holdPort();
  const tova = start("--port", String(held.port));
  await tova.shows("Ctrl-C ends it.");
  const ports = urlsIn(tova.output()).map((url) => Number(new URL(url).port));
  expect(ports).toHaveLength(2);
  for (const port of ports) expect(port).toBeGreaterThan(held.port);
  await held.close();
}, 60_000);

test("no free port is a coded error and leaves nothing running", async () => {
  workspace = createWorkspace(files);
  const holder = createServer();
  await new Promise<void>((resolve) =>
    holder.once("error", () => resolve()).listen(65535, "127.0.0.1", resolve),
  );
  const tova = start("--port", "65535");
  expect(await tova.ended).toBe(1);
  expect(tova.output()).toMatch(/error\[T030\]: Port 65535, the last there is, is not free/);
  holder.close();
}, 60_000);

test.each<[string, Record<string, string>, RegExp]>([
  ["a program with an error", { "app.tova": 'edge "a" {' }, /app\.tova:1:\d+/],
  ["a program without edge blocks", { "app.tova": "x = 1\n" }, /error\[T021\]/],
  [
    "a migration that fails",
    { ...files, "migrations/0002_bad.sql": "INSERT INTO notes VALUES ('a'), ('a')" },
    /error\[T034\].*0002_bad\.sql.*DB/,
  ],
  [
    "a migration that is no SQL",
    { ...files, "migrations/0002_bad.sql": "CREATE TABEL x" },
    /error\[E_SQL_SYNTAX\][\s\S]*migrations\/0002_bad\.sql:1:8/,
  ],
])(
  "%s ends with a coded error",
  async (_, given, expected) => {
    workspace = createWorkspace(given);
    const log = createRecorder();
    const { exitCode } = await dev({ file: "app.tova", cwd: workspace.folder, port: 0, log });
    expect(exitCode).toBe(1);
    expect(log.errors.join("\n")).toMatch(expected);
    expect(log.errors.join("\n")).not.toMatch(/^\s+at /m);
  },
  30_000,
);
