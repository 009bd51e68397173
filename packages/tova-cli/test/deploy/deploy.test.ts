// Deployments by the real wrangler to a stand-in for Cloudflare's API that may fail.
import { readdirSync } from "node:fs";
import {
  type CloudflareProject,
  createCloudflareProject,
  ids,
  kvId,
  provideStores,
  sqlId,
} from "../cloudflare-project";
import { broken, type Fault, tooMany } from "../fake/faults";
import { migration, notes } from "../program";
import { createTovaCommand, type TovaCommand, type TovaProcess } from "../tova-process";

/** Beside the two of `notes`, a worker that needs neither of them. */
const program = `${notes}
edge "web" {
  secret SALT
  route GET "/" => fn(req) { "ok" }
}
`;
const files = {
  "app.tova": program,
  "app.deploy.toml": ids,
  "migrations/0001_notes.sql": migration,
  "secrets.env": "TOKEN=t0ken\nSALT=s4lt\n",
};
const withSecrets = ["--secrets-file", "secrets.env"];

let command: TovaCommand;
beforeAll(() => {
  command = createTovaCommand();
});
afterAll(() => command.remove());

let project: CloudflareProject;

async function create(given: Record<string, string> = files) {
  project = await createCloudflareProject(given, ["jobs"]);
  await provideStores(project, { "0001_notes.sql": migration });
}

const deploy = (...args: string[]) => project.tova(command, "deploy", ...args);
const current = (name: string) => project.cloudflare.scripts.get(name)?.current;

/** Three deployments after each other: each shows what the one before has left. */
describe("a program", () => {
  beforeAll(() => create());
  afterAll(() => project.close());

  const secretsOf = (name: string) => [...(project.cloudflare.secrets.get(name) ?? [])];

  test("is deployed, consumers first: modules, bindings, consumer, cron", async () => {
    const { exitCode, output } = await deploy(...withSecrets, "--message", "first try");
    expect(output).toContain("Deployed: app-reader, app-api, app-web.");
    expect(exitCode).toBe(0);
    expect(output).not.toMatch(/t0ken|s4lt/);
    const { scripts, queues, schedules } = project.cloudflare;
    expect([...scripts.keys()]).toEqual(["app-reader", "app-api", "app-web"]);
    const api = current("app-api");
    expect(api?.metadata.main_module).toBe("app.edge.api.js");
    expect(api?.modules["app.edge.api.js"]).toContain("greeted");
    expect(api?.metadata.annotations?.["workers/message"]).toBe("tova app/api: first try");
    expect(api?.metadata.bindings).toEqual(
      expect.arrayContaining([
        { name: "NOTES", type: "kv_namespace", namespace_id: kvId },
        expect.objectContaining({ name: "DB", type: "d1", id: sqlId }),
        expect.objectContaining({ name: "JOBS", type: "queue", queue_name: "jobs" }),
        { name: "GREETING", type: "plain_text", text: "hello" },
        { name: "TOKEN", type: "secret_text", text: "t0ken" },
      ]),
    );
    expect(current("app-reader")?.metadata.bindings.map(({ name }) => name)).toEqual(["DB"]);
    expect(queues.get("jobs")?.consumers).toMatchObject([
      {
        script: "app-reader",
        type: "worker",
        settings: { batch_size: 10, max_wait_time_ms: 30_000 },
      },
    ]);
    expect(schedules.get("app-api")).toEqual(["30 4 * * *"]);
  }, 90_000);

  test("has given each worker its own secrets of a common file, and left no value on disk", () => {
    expect(secretsOf("app-api")).toEqual([["TOKEN", "t0ken"]]);
    expect(secretsOf("app-web")).toEqual([["SALT", "s4lt"]]);
    expect(secretsOf("app-reader")).toEqual([]);
    expect(project.leftovers()).toEqual([]);
  });

  test("is deployed again without the file, in part, and keeps its secrets", async () => {
    expect((await deploy("--block", "api", "--block", "reader")).exitCode).toBe(0);
    expect(project.cloudflare.scripts.get("app-api")?.versions).toHaveLength(2);
    expect(project.cloudflare.scripts.get("app-web")?.versions).toHaveLength(1);
    expect(secretsOf("app-api")).toEqual([["TOKEN", "t0ken"]]);
  }, 90_000);

  test("has a preview, which answers nothing", async () => {
    const before = current("app-api");
    project.workspace.write("app.tova", program.replace("greeted", "saluted"));
    const args = ["--block", "api", ...withSecrets, "--preview"];
    const { exitCode, output } = await deploy(...args);
    expect(output).toContain("Uploading a preview of app-api");
    expect(output).toMatch(/Version Preview URL: https:\/\/\w+-app-api\.fake/);
    expect(exitCode).toBe(0);
    expect(current("app-api")).toBe(before);
    const newest = project.cloudflare.scripts.get("app-api")?.versions.at(-1);
    expect(newest?.modules["app.edge.api.js"]).toContain("saluted");
  }, 90_000);
});

describe("one deployment", () => {
  afterEach(() => project.close());

  test("an environment has its own names and ids", async () => {
    const other = kvId.replace("0", "f");
    await create({
      ...files,
      "app.deploy.toml": `${ids}[env.staging.kv.NOTES]\nid = "${other}"\n[env.staging.sql.DB]\nid = "${sqlId}"\n[env.staging.queue.JOBS]\nname = "jobs"\n`,
    });
    project.cloudflare.namespaces.set("other", other);
    const { exitCode } = await deploy("--block", "api", "--env", "staging", ...withSecrets);
    expect(exitCode).toBe(0);
    expect([...project.cloudflare.scripts.keys()]).toEqual(["app-api-staging"]);
    expect(current("app-api-staging")?.metadata.bindings).toContainEqual({
      name: "NOTES",
      type: "kv_namespace",
      namespace_id: other,
    });
  }, 90_000);

  const cut = (kind: "cut before" | "cut after", method: string, path: RegExp): Fault => ({
    kind,
    method,
    path,
  });
  const reader = /^\/workers\/scripts\/app-reader$/;

  test("what a failed worker reads is not sent to it: its producers are left out, others go on", async () => {
    await create();
    project.cloudflare.faults.push(cut("cut before", "POST", /consumers$/));
    const first = await deploy(...withSecrets);
    expect(first.output).toMatch(/error\[T046\].*exit code 1 for `app-reader`/);
    expect(first.output).toMatch(
      /error\[T047\]: `app-api` was not deployed: it sends to app-reader/,
    );
    expect(first.output).toContain("Deployed: app-web. Failed: app-reader. Left out: app-api.");
    expect(first.exitCode).toBe(1);
    expect(current("app-api")).toBeUndefined();
    expect(current("app-web")).toBeDefined();
  }, 120_000);

  test("an upload that Cloudflare refuses or cuts off is a failure of its worker alone", async () => {
    const block = (name: string) => `edge "${name}" { route GET "/" => fn(req) "ok" }\n`;
    const put = (name: string) => new RegExp(`^/workers/scripts/app-${name}$`);
    await create({ "app.tova": ["busy", "broken", "cut", "fine", "closed"].map(block).join("") });
    const thrice = [1, 2, 3];
    project.cloudflare.faults.push(
      tooMany("PUT", put("busy")),
      // wrangler itself asks three times.
      ...thrice.map(() => broken("PUT", put("broken"))),
      ...thrice.map(() => cut("cut before", "PUT", put("cut"))),
      { ...broken("PUT", put("closed")), status: 403, code: 10000 } as Fault,
    );
    const { exitCode, output } = await deploy();
    for (const name of ["busy", "broken", "cut", "closed"]) {
      expect(output).toMatch(new RegExp(`error\\[T046\\].*exit code 1 for \`app-${name}\``));
    }
    expect(output).toContain(
      "Deployed: app-fine. Failed: app-busy, app-broken, app-cut, app-closed.",
    );
    expect(exitCode).toBe(1);
  }, 120_000);

  test("a second run finishes what was done in part: the consumer is there already", async () => {
    await create();
    project.cloudflare.faults.push(cut("cut after", "POST", /consumers$/));
    const first = await deploy("--block", "reader");
    expect(first.output).toContain("Deployed: nothing. Failed: app-reader.");
    expect(first.exitCode).toBe(1);

    const second = await deploy("--block", "reader");
    expect(second.output).not.toContain("error[");
    expect(second.exitCode).toBe(0);
    const { queues } = project.cloudflare;
    expect(queues.get("jobs")?.consumers).toMatchObject([{ script: "app-reader" }]);
  }, 120_000);

  /** Waits until wrangler has sent its upload, which nobody will answer; false when it never does. */
  async function uploads(tova: TovaProcess): Promise<boolean> {
    let isOver = false;
    void tova.ended.then(() => {
      isOver = true;
    });
    const isSent = () => project.cloudflare.requests.some(({ method }) => method === "PUT");
    while (!isSent() && !isOver) await new Promise((done) => setTimeout(done, 50));
    return isSent();
  }

  /** On a busy machine wrangler may not come to its upload in time: then it gets more. */
  async function uploadInTime(): Promise<TovaProcess> {
    for (const seconds of ["8", "30", "120"]) {
      const tova = project.start(command, "deploy", "--block", "reader", "--timeout", seconds);
      if (await uploads(tova)) return tova;
    }
    throw new Error("wrangler has never sent its upload");
  }

  test("a silent server is waited for as long as asked, then nothing is left running", async () => {
    await create();
    project.cloudflare.faults.push({ method: "PUT", path: reader, kind: "silence" });
    const tova = await uploadInTime();
    expect(await tova.ended).toBe(1);
    expect(tova.output()).toMatch(/error\[T049\].*`app-reader` and was stopped/);
    expect(await project.cloudflare.idle()).toBe(true);
    expect(readdirSync(project.workspace.path(".tova-out/locks"))).toEqual([]);
  }, 240_000);

  test("of two deployments at the same time the second waits; an interrupt ends the first with its wrangler", async () => {
    await create();
    project.cloudflare.faults.push({ method: "PUT", path: reader, kind: "silence" });
    const tova = (...args: string[]) => project.start(command, "deploy", "--block", ...args);
    const first = tova("reader", "--block", "web", ...withSecrets);
    expect(await uploads(first)).toBe(true);
    const second = tova("reader");
    await second.shows(/Waiting for process \d+ on \S+, which deploys app-reader since/);
    first.child.kill("SIGTERM");
    expect(await first.ended).not.toBe(0);
    // Nor is anything begun that was to come after it.
    expect(first.output()).toContain("Deployed: nothing. Failed: app-reader. Left out: app-web.");
    expect(first.output()).not.toContain("Deploying app-web");
    expect(await second.ended).toBe(0);
    expect(await project.cloudflare.idle()).toBe(true);
    expect(project.cloudflare.scripts.get("app-reader")?.versions).toHaveLength(1);
  }, 90_000);

  test("a dry run works offline, without a token, and only warns about placeholders", async () => {
    await create({ "app.tova": notes });
    const env = {
      CLOUDFLARE_API_BASE_URL: "http://127.0.0.1:9/client/v4",
      CLOUDFLARE_API_TOKEN: "",
      CLOUDFLARE_ACCOUNT_ID: "",
      CI: "true",
    };
    const tova = command.start(["deploy", "--dry-run"], { cwd: project.workspace.folder, env });
    expect(await tova.ended).toBe(0);
    expect(tova.output()).toMatch(/warning\[T041\].*NOTES/);
    expect(tova.output()).toMatch(/warning\[T043\].*DB/);
    expect(tova.output().match(/--dry-run: exiting now/g)).toHaveLength(2);
  }, 90_000);

  test("without wrangler the command that installs it is named", async () => {
    await create();
    // The bundle under test lies in this repository, where wrangler is; a copy elsewhere sees none.
    const { findWrangler } = await import("../../src/cloudflare/wrangler");
    const { rmSync } = await import("node:fs");
    rmSync(project.workspace.path("node_modules"));
    const [, script] = process.argv;
    const here = process.cwd();
    process.chdir(project.workspace.folder);
    process.argv[1] = project.workspace.path("app.tova");
    try {
      expect(() => findWrangler(project.workspace.folder)).toThrow(/T040/);
    } finally {
      process.chdir(here);
      if (script !== undefined) process.argv[1] = script;
    }
  });
});
