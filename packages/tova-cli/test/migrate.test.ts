// Migrations applied where `dev` keeps its databases, and by the real wrangler on a stand-in.
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { migrate } from "../src/migrate";
import { type CloudflareProject, createCloudflareProject } from "./cloudflare-project";
import { broken, type Fault, tooMany } from "./fake/faults";
import { addDatabase } from "./fake/stores";
import { migration } from "./program";
import { createTovaCommand } from "./tova-process";

const source = 'edge "a" {\n  sql DB\n  route GET "/" => fn(req) "ok"\n}\n';
const uuid = "01234567-89ab-cdef-0123-456789abcdef";
const files = {
  "app.tova": source,
  "app.deploy.toml": `[sql.DB]\nid = "${uuid}"\n`,
  "migrations/0001_notes.sql": migration,
};

let project: CloudflareProject;
afterEach(() => project.close());

async function create(given: Record<string, string> = files) {
  project = await createCloudflareProject(given);
}

async function localTables(): Promise<unknown> {
  const miniflare = new Miniflare({
    script: "",
    modules: true,
    cf: false,
    defaultPersistRoot: join(project.workspace.folder, ".tova-out/state/app"),
    d1Databases: { DB: "DB" },
  });
  try {
    const db = (await miniflare.getD1Database("DB")) as unknown as {
      prepare(sql: string): { all(): Promise<{ results: unknown }> };
    };
    return (await db.prepare("SELECT name FROM d1_migrations").all()).results;
  } finally {
    await miniflare.dispose();
  }
}

test("--local applies to the databases of dev, once, without a deploy file or network", async () => {
  await create({ "app.tova": source, "migrations/0001_notes.sql": migration });
  const first = await project.run(migrate, { local: true });
  expect(first.output).toBe("DB: applied 0001_notes.sql\n");
  expect(first.exitCode).toBe(0);
  const second = await project.run(migrate, { local: true });
  expect(second.output).toBe("DB: up to date\n");
  expect(await localTables()).toEqual([{ name: "0001_notes.sql" }]);
  expect(project.cloudflare.requests).toEqual([]);
}, 120_000);

test("--local says which migration failed, and the next run goes on after it was corrected", async () => {
  await create({
    ...files,
    "migrations/0002_wrong.sql": "INSERT INTO notes VALUES ('a'), ('a');\n",
  });
  const first = await project.run(migrate, { local: true });
  expect(first.exitCode).toBe(1);
  expect(first.errors).toMatch(/error\[T034\]: Migration 0002_wrong\.sql failed on DB: .*UNIQUE/);
  project.workspace.write("migrations/0002_wrong.sql", "CREATE TABLE x (id);\n");
  const second = await project.run(migrate, { local: true });
  expect(second.output).toBe("DB: applied 0002_wrong.sql\n");
}, 120_000);

test("--remote applies with wrangler; a failure is said, a second run goes on", async () => {
  await create({
    ...files,
    "migrations/0002_wrong.sql": "INSERT INTO notes VALUES ('a'), ('a');\n",
  });
  const database = addDatabase(project.cloudflare.state, "app", uuid);
  const command = createTovaCommand();
  const run = async () => {
    const { folder: cwd } = project.workspace;
    const tova = command.start(["migrate", "--remote"], { cwd, env: project.cloudflare.env });
    return { exitCode: await tova.ended, output: tova.output() };
  };
  const applied = async () => (await database.all("SELECT name FROM d1_migrations")).length;
  try {
    const first = await run();
    expect(first.output).toMatch(/error\[T061\]: wrangler ended with exit code 1 .* DB\./);
    expect(first.exitCode).toBe(1);
    expect(await applied()).toBe(1);
    project.workspace.write("migrations/0002_wrong.sql", "CREATE TABLE x (id);\n");
    expect((await run()).exitCode).toBe(0);
    expect(await applied()).toBe(2);
    expect(await database.all("SELECT * FROM notes")).toEqual([]);
  } finally {
    command.remove();
  }
}, 240_000);

test("--local refuses a migration that was edited after it was applied, whatever its line endings", async () => {
  await create();
  expect((await project.run(migrate, { local: true })).exitCode).toBe(0);
  project.workspace.write("migrations/0001_notes.sql", migration.replaceAll("\n", "\r\n"));
  expect((await project.run(migrate, { local: true })).exitCode).toBe(0);
  project.workspace.write("migrations/0001_notes.sql", `${migration}-- more\n`);
  const { exitCode, errors } = await project.run(migrate, { local: true });
  expect(errors).toMatch(/error\[T076\]: 0001_notes\.sql changed after DB had applied it/);
  expect(exitCode).toBe(1);
}, 120_000);

test("--remote keeps in the database what was applied; a colleague's edit is refused there", async () => {
  await create();
  const database = addDatabase(project.cloudflare.state, "app", uuid);
  // As by wrangler alone, before.
  await database.all("CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY, name TEXT UNIQUE)");
  await database.all("INSERT INTO d1_migrations (name) VALUES ('0001_notes.sql')");
  expect((await project.run(migrate, { remote: true })).errors).toBe("");
  expect(await database.all("SELECT name FROM tova_migrations")).toHaveLength(1);

  const other = await createCloudflareProject({
    ...files,
    "migrations/0001_notes.sql": `${migration}-- more\n`,
  });
  try {
    Object.assign(other.cloudflare.env, project.cloudflare.env);
    const sent = project.cloudflare.requests.length;
    const { exitCode, errors } = await other.run(migrate, { remote: true });
    expect(errors).toMatch(/error\[T076\]/);
    expect(exitCode).toBe(1);
    // One question, and nothing else.
    expect(project.cloudflare.requests).toHaveLength(sent + 1);
  } finally {
    await other.close();
  }
}, 120_000);

test("--remote after each fault of Cloudflare's to wrangler: it is said, and a later run finishes", async () => {
  await create();
  const database = addDatabase(project.cloudflare.state, "app", uuid);
  const faults: Record<string, Fault> = {
    "429": tooMany("POST", /\/query$/),
    "500": broken("POST", /\/query$/),
    "a cut connection": { method: "POST", path: /\/query$/, kind: "cut before" },
  };
  for (const [name, fault] of Object.entries(faults)) {
    // Our own two questions come first, and would be asked again.
    project.cloudflare.faults.push({ ...fault, after: 2 });
    const { errors, exitCode } = await project.run(migrate, { remote: true });
    const wanted = /error\[T061\]: wrangler ended with exit code 1 .* DB\./;
    expect([name, errors]).toEqual([name, expect.stringMatching(wanted)]);
    expect(exitCode).toBe(1);
  }
  expect((await project.run(migrate, { remote: true })).errors).toBe("");
  expect(await database.all("SELECT * FROM notes")).toEqual([]);
  expect(await database.all("SELECT name FROM tova_migrations")).toHaveLength(1);
}, 120_000);

test.each<[string, Record<string, string>, object, RegExp, number]>([
  ["neither place", files, {}, /error\[T057\].*not said/, 2],
  ["both places", files, { local: true, remote: true }, /error\[T057\].*exclude/, 2],
  [
    "a database without an id",
    { ...files, "app.deploy.toml": "" },
    { remote: true },
    /error\[T041\].*D1 database DB[\s\S]*tova provision app\.tova/,
    1,
  ],
  [
    "two migrations of one number",
    { ...files, "migrations/1_more.sql": "CREATE TABLE more (id);\n" },
    { remote: true },
    /error\[T058\].* number 1: 0001_notes\.sql, 1_more\.sql/,
    1,
  ],
  [
    "no migration",
    { "app.tova": source, "app.deploy.toml": files["app.deploy.toml"] },
    { local: true },
    /error\[T043\].*DB/,
    1,
  ],
  ["an unknown environment", files, { remote: true, env: "nope" }, /error\[T042\].*"nope"/, 1],
  ["outputs that were not built", files, { remote: true, build: false }, /error\[T045\]/, 1],
])("%s is refused before anything is asked", async (_, given, options, expected, code) => {
  await create(given);
  const { exitCode, errors } = await project.run(migrate, options);
  expect(errors).toMatch(expected);
  expect(exitCode).toBe(code);
  expect(project.cloudflare.requests).toEqual([]);
});

test("a program without databases has nothing to migrate", async () => {
  await create({ "app.tova": 'edge "a" {\n  route GET "/" => fn(req) "ok"\n}\n' });
  const { exitCode, output } = await project.run(migrate, { remote: true });
  expect(output).toContain("nothing to migrate");
  expect(exitCode).toBe(0);
});
