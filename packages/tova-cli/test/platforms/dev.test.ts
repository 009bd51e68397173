// `tova dev` with workers of other platforms than Cloudflare, each in a process of its own.
import { mkdirSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createTovaCommand, holdPort, type TovaCommand, type TovaProcess } from "../tova-process";
import { createWorkspace, type Workspace } from "../workspace";

jest.setTimeout(15_000);

const program = `edge "site" {
  route GET "/" => fn(req) "from Cloudflare"
}
edge "api" {
  target: "bun"
  env GREETING = "hello"
  secret TOKEN
  route GET "/greet" => fn(req) {
    print("greeted {GREETING}")
    { greeting: GREETING, token: TOKEN }
  }
  route GET "/broken" => fn(req) {
    nothing = req.body
    nothing.field
  }
}
`;

let command: TovaCommand;
let workspace: Workspace;
let tova: TovaProcess;
beforeAll(async () => {
  command = createTovaCommand();
  workspace = createWorkspace({ "app.tova": program, ".dev.vars": 'TOKEN="t0ken"\n' });
  // A killed `tova` cannot remove what it has written for its workers.
  const temporary = workspace.path("temporary");
  mkdirSync(temporary);
  const { port, close } = await holdPort();
  await close();
  const env = { TMPDIR: temporary };
  tova = command.start(["dev", "--port", String(port)], { cwd: workspace.folder, env });
  await tova.shows("Ctrl-C ends it.");
});
afterAll(async () => {
  tova.child.kill("SIGTERM");
  await tova.ended;
  // workerd, which Miniflare ends as it goes, does not see when there was no time for that.
  for (const id of processesOf("workerd")) process.kill(id);
  command.remove();
  workspace.remove();
});

const urlOf = (worker: string): string =>
  new RegExp(`^${worker} +(http:\\S+)$`, "m").exec(tova.output())?.[1] ?? "";
const get = (path: string, worker = "app-api") => fetch(urlOf(worker) + path);

/** Ids of the processes in the program's folder whose command line has a text. */
function processesOf(text: string): number[] {
  return readdirSync("/proc").flatMap((id) => {
    try {
      const line = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0").join(" ");
      const owner = readlinkSync(`/proc/${id}/cwd`).startsWith(workspace.folder);
      return owner && line.includes(text) ? [Number(id)] : [];
    } catch {
      return [];
    }
  });
}

/** Those that run workers of other platforms. */
const workerProcesses = () => processesOf("tova-dev-entry.js");

test("workers of two platforms answer beside each other, each with its variables", async () => {
  expect(await (await get("/greet")).json()).toEqual({ greeting: "hello", token: "t0ken" });
  expect(await (await get("/", "app-site")).json()).toBe("from Cloudflare");
  await tova.shows("[app-api] greeted hello");
});

test("an error is logged with its place in the program", async () => {
  expect((await get("/broken")).status).toBe(500);
  await tova.shows(/\[app-api\] .*app\.tova:1[34]:/);
});

test("a save replaces the worker; one that does not start leaves the old one", async () => {
  workspace.write("app.tova", program.replace('"hello"', '"hi"'));
  await tova.shows("Reloaded app.tova");
  expect(await (await get("/greet")).json()).toMatchObject({ greeting: "hi" });
  const failing = program.replace("  secret TOKEN", '  nope = JSON.parse("nope")\n  secret TOKEN');
  workspace.write("app.tova", failing.replace("print(", "print(nope, "));
  await tova.shows(/T038.*app-api.*could not be started/);
  await tova.shows("the last good version");
  expect(await (await get("/greet")).json()).toMatchObject({ greeting: "hi" });
  workspace.write("app.tova", program);
  await tova.shows(/Reloaded app\.tova[\s\S]*Reloaded app\.tova/);
  expect(workerProcesses()).toHaveLength(1);
});

test("no worker is left when tova is killed", async () => {
  expect(workerProcesses()).toHaveLength(1);
  tova.child.kill("SIGKILL");
  await tova.ended;
  for (let tries = 0; workerProcesses().length > 0 && tries < 100; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(workerProcesses()).toEqual([]);
});
