// Stores and queues made by the real wrangler on a stand-in for Cloudflare, with things going wrong.
import { existsSync, readFileSync } from "node:fs";
import { deploy } from "../src/deploy/deploy";
import { migrate } from "../src/migrate";
import { provision } from "../src/provision";
import { type CloudflareProject, createCloudflareProject } from "./cloudflare-project";
import { broken, type Fault, silent, tooMany } from "./fake/faults";
import type { FakeCloudflare } from "./fake/server";
import { addDatabase } from "./fake/stores";
import { migration } from "./program";
import { createTovaCommand } from "./tova-process";

const program = `edge "api" {
  target: "cloudflare"
  kv NOTES
  sql DB
  storage IMAGES
  queue JOBS
  route GET "/" => fn(req) { "ok" }
}

edge "reader" {
  target: "cloudflare"
  kv NOTES
  sql DB
  consume JOBS { dead_letter_queue: FAILED } fn(messages) {
    for msg in messages { print(msg.body) }
  }
}
`;

const small = 'edge "a" {\n  kv NOTES\n  sql DB\n  route GET "/" => fn(req) "ok"\n}\n';

let project: CloudflareProject;
afterEach(() => project.close());

const deployFile = () => readFileSync(project.workspace.path("app.deploy.toml"), "utf8");
const posts = () => project.cloudflare.requests.filter(({ method }) => method !== "GET");

async function create(files: Record<string, string> = {}, queues: readonly string[] = []) {
  project = await createCloudflareProject({ "app.tova": program, ...files }, queues);
}

test("everything that is missing is made, its ids written; a second run changes nothing", async () => {
  await create({ "migrations/0001_notes.sql": migration });
  const first = await project.run(provision);
  expect(first.errors).toBe("");
  expect(first.exitCode).toBe(0);
  const { namespaces, databases, buckets, queues } = project.cloudflare;
  expect([...namespaces.keys()]).toEqual(["app-NOTES"]);
  expect([...databases.keys()]).toEqual(["app"]);
  expect([...buckets]).toEqual(["images"]);
  expect([...queues.keys()].sort()).toEqual(["failed", "jobs"]);
  expect(deployFile()).toBe(
    `[kv.NOTES]\nid = "${namespaces.get("app-NOTES")}"\n\n[sql.DB]\nid = "${databases.get("app")?.uuid}"\n`,
  );

  const made = posts().length;
  const second = await project.run(provision);
  expect(second.exitCode).toBe(0);
  expect(second.output).toContain("KV namespace NOTES: exists");
  expect(posts()).toHaveLength(made);

  // What was made, and the tables in it, is all that a deploy asks for.
  expect((await project.run(migrate, { remote: true })).errors).toBe("");
  expect((await project.run(deploy, { dryRun: false })).errors).toBe("");
  expect([...project.cloudflare.scripts.keys()]).toEqual(["app-reader", "app-api"]);
}, 240_000);

test("a dry run shows the plan and touches nothing", async () => {
  await create({}, ["jobs"]);
  const { exitCode, output } = await project.run(provision, { dryRun: true });
  expect(output.split("\n").filter((line) => line !== "")).toEqual([
    "KV namespace NOTES: create app-NOTES, write its id under [kv.NOTES] in app.deploy.toml",
    "D1 database DB: create app, write its id under [sql.DB] in app.deploy.toml",
    "R2 bucket images: create images",
    "queue jobs: exists",
    "queue failed: create failed",
  ]);
  expect(exitCode).toBe(0);
  expect(posts()).toEqual([]);
  expect(existsSync(project.workspace.path("app.deploy.toml"))).toBe(false);
}, 240_000);

test("an environment gets its own, and the file keeps its comments", async () => {
  const text =
    "# Ours.\n[env.staging] # for tests\n\n[env.staging.sql.DB] # small\nname = 'little' # a name\n";
  await create({ "app.tova": small, "app.deploy.toml": text });
  const { exitCode, errors } = await project.run(provision, { env: "staging" });
  expect(errors).toBe("");
  expect(exitCode).toBe(0);
  const { namespaces, databases } = project.cloudflare;
  expect([...namespaces.keys()]).toEqual(["app-NOTES-staging"]);
  const database = `id = "${databases.get("little")?.uuid}"\n`;
  const header = "[env.staging.sql.DB] # small\n";
  expect(deployFile()).toBe(
    `${text.replace(header, header + database)}\n[env.staging.kv.NOTES]\nid = "${namespaces.get("app-NOTES-staging")}"\n`,
  );
}, 240_000);

test("what exists under its name is taken", async () => {
  await create({ "app.tova": small });
  const uuid = "01234567-89ab-cdef-0123-456789abcdef";
  addDatabase(project.cloudflare.state, "app", uuid);
  expect((await project.run(provision)).exitCode).toBe(0);
  expect(deployFile()).toContain(`[sql.DB]\nid = "${uuid}"\n`);
  expect(posts().map(({ path }) => path)).toEqual(["/storage/kv/namespaces"]);
}, 240_000);

test("faults half-way keep what was done, and a later run finishes", async () => {
  await create({ "app.tova": small });
  const { faults, namespaces, databases } = project.cloudflare;
  const given: [Fault, string][] = [
    [broken("POST", /^\/d1/), "Internal error"],
    [tooMany("POST", /^\/d1/), "Too many requests"],
    [{ method: "POST", path: /^\/d1/, kind: "cut before" }, ""],
    [{ method: "POST", path: /^\/d1/, kind: "cut after" }, ""],
  ];
  for (const [fault, reason] of given) {
    faults.push(fault);
    const { exitCode, errors } = await project.run(provision);
    expect(exitCode).toBe(1);
    expect(errors).toMatch(/error\[T050\]: Failed to provide D1 database DB: ./);
    expect(errors).toContain(reason);
    expect(errors).toContain(
      "Done: KV namespace NOTES. Not done: D1 database DB. What was done stays",
    );
    expect(deployFile()).toBe(`[kv.NOTES]\nid = "${namespaces.get("app-NOTES")}"\n`);
  }
  const { exitCode, errors } = await project.run(provision);
  expect(errors).toBe("");
  expect(exitCode).toBe(0);
  // The last connection was cut after the database had been made.
  expect(databases.size).toBe(1);
  expect(namespaces.size).toBe(1);
  expect(deployFile()).toContain(`[sql.DB]\nid = "${databases.get("app")?.uuid}"\n`);
}, 120_000);

test.each<[string, (cloudflare: FakeCloudflare) => void, RegExp]>([
  [
    "a wrong token",
    ({ env }) => Object.assign(env, { CLOUDFLARE_API_TOKEN: "wrong" }),
    /^error\[T063\]: The token in CLOUDFLARE_API_TOKEN is refused[^[]*$/,
  ],
  [
    "a token without rights",
    ({ forbidden }) => forbidden.push(/^\/d1/, /^\/storage/),
    /error\[T064\].* KV namespaces of account account[\s\S]*"Workers KV Storage: Edit"[\s\S]*T064.* D1 databases/,
  ],
  [
    "no account of several",
    ({ env, accounts }) => {
      Object.assign(env, { CLOUDFLARE_ACCOUNT_ID: "" });
      accounts.push({ id: "other", name: "Another" });
    },
    /error\[T065\].*2 accounts.*account \(The only account\), other \(Another\)[\s\S]*account_id = "account"/,
  ],
  [
    "a server that is down",
    ({ faults }) => faults.push(...[1, 2, 3].map(() => broken("GET", /^\/d1/))),
    /^error\[T067\]: Cloudflare could not be asked about D1 databases: Internal error\.[^[]*$/,
  ],
  [
    "a server that never answers",
    ({ faults }) => faults.push(...[1, 2, 3].map(() => silent("GET", /^\/d1/))),
    /^error\[T067\]: .* D1 databases: no answer within 0\.3 s\./,
  ],
])("%s is said once before anything is made", async (_, prepare, expected) => {
  await create({ "app.tova": small });
  prepare(project.cloudflare);
  const { exitCode, errors } = await project.run(provision, { timeout: 0.3 });
  expect(errors).toMatch(expected);
  expect(exitCode).toBe(1);
  expect(posts()).toEqual([]);
});

test("of two runs at the same time the second waits, and makes nothing again", async () => {
  await create({ "app.tova": small });
  const command = createTovaCommand();
  try {
    project.cloudflare.latency = 300;
    const first = project.start(command, "provision");
    await first.shows("KV namespace NOTES: created");
    const second = project.start(command, "provision");
    await second.shows(/Waiting for process \d+ on \S+, which provisions app since/);
    project.cloudflare.latency = 0;
    expect(await first.ended).toBe(0);
    expect(await second.ended).toBe(0);
    expect(second.output()).toContain("D1 database DB: exists");
  } finally {
    command.remove();
  }
  expect(project.cloudflare.namespaces.size).toBe(1);
}, 120_000);

test("an id that the account does not have stops it before anything is made", async () => {
  const id = "0123456789abcdef0123456789abcdef";
  await create({ "app.tova": small, "app.deploy.toml": `[kv.NOTES]\nid = "${id}"\n` });
  const { exitCode, errors } = await project.run(provision);
  expect(exitCode).toBe(1);
  expect(errors).toMatch(new RegExp(`error\\[T051\\].*KV namespace.*${id} of app.deploy.toml`));
  expect(posts()).toEqual([]);
}, 240_000);

test("two databases of one name are refused before anything is asked", async () => {
  await create({
    "app.tova": 'edge "a" {\n  sql DB\n  sql LOGS\n  route GET "/" => fn(req) "ok"\n}\n',
  });
  const { exitCode, errors } = await project.run(provision);
  expect(exitCode).toBe(1);
  expect(errors).toMatch(/error\[T060\]: DB and LOGS .* app\.[\s\S]*\[sql\.LOGS\]/);
  expect(project.cloudflare.requests).toEqual([]);
});

test("an environment that is nowhere is refused", async () => {
  await create();
  const { exitCode, errors } = await project.run(provision, { env: "stagin" });
  expect(exitCode).toBe(1);
  expect(errors).toMatch(/error\[T042\].*"stagin"/);
});

test("a program without stores has nothing to make", async () => {
  await create({ "app.tova": 'edge "a" {\n  route GET "/" => fn(req) "ok"\n}\n' });
  const { exitCode, output } = await project.run(provision);
  expect(output).toContain("nothing to create");
  expect(exitCode).toBe(0);
});

test("the account of the environment is asked", async () => {
  const [one, two] = ["1".repeat(32), "2".repeat(32)];
  await create({
    "app.tova": 'edge "a" {\n  storage IMAGES\n  route GET "/" => fn(req) "ok"\n}\n',
    "app.deploy.toml": `account_id = "${one}"\n[env.eu]\naccount_id = "${two}"\n`,
  });
  expect((await project.run(provision, { dryRun: true })).exitCode).toBe(0);
  expect((await project.run(provision, { dryRun: true, env: "eu" })).exitCode).toBe(0);
  expect(project.cloudflare.requests.map(({ account }) => account)).toEqual([one, two]);
}, 240_000);
