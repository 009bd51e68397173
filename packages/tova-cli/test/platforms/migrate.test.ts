// `tova migrate --in`: databases in files, where workers for Deno and Bun run.
import { existsSync } from "node:fs";
import { migrate } from "../../src/migrate";
import { createRecorder, createWorkspace, type Workspace } from "../workspace";

jest.setTimeout(30_000);

/** Deno parts the paths that it may read at commas. */
const data = "data, all of it";

let place: Workspace;
beforeAll(() => {
  const block = (target: string) =>
    `edge "${target}" { target: "${target}" sql ${target.toUpperCase()} route GET "/" => fn(req) 1 }\n`;
  place = createWorkspace({
    "app.tova": block("deno") + block("bun"),
    "migrations/0001_a.sql": "CREATE TABLE a (id INTEGER); -- ;\nCREATE TABLE b (id INTEGER);\n",
  });
});
afterAll(() => place.remove());

async function run(options: { readonly in?: string; readonly local?: boolean }, file = "app.tova") {
  const log = createRecorder();
  const { exitCode } = await migrate({ file, cwd: place.folder, log, ...options });
  return { exitCode, ...log };
}

test("new ones are applied once, each with all its statements", async () => {
  const first = await run({ in: data });
  expect([first.exitCode, first.errors]).toEqual([0, []]);
  expect(first.infos).toEqual(["DENO: applied 0001_a.sql", "BUN: applied 0001_a.sql"]);
  expect(existsSync(place.path(`${data}/DENO.sqlite`))).toBe(true);
  expect((await run({ in: data })).infos).toEqual(["DENO: up to date", "BUN: up to date"]);
  place.write("migrations/0002_b.sql", "INSERT INTO b VALUES (1);\nINSERT INTO none VALUES (1);\n");
  const broken = await run({ in: data });
  expect(broken.exitCode).toBe(1);
  expect(broken.errors.join()).toMatch(/T034.*0002_b\.sql failed on DENO: no such table: none/);
  place.write("migrations/0002_b.sql", "INSERT INTO b VALUES (1);\n");
  expect((await run({ in: data })).infos).toEqual([
    "DENO: applied 0002_b.sql",
    "BUN: applied 0002_b.sql",
  ]);
});

test("one that was edited after it was applied is refused; --local has files of its own", async () => {
  place.write("migrations/0001_a.sql", "CREATE TABLE a (id TEXT);\nCREATE TABLE b (id TEXT);\n");
  const edited = await run({ in: data });
  expect([edited.exitCode, edited.errors.join()]).toEqual([1, expect.stringContaining("T076")]);
  expect((await run({ local: true })).infos).toHaveLength(2);
  const both = await run({ local: true, in: data });
  expect([both.exitCode, both.errors.join()]).toEqual([2, expect.stringContaining("T057")]);
});

test("that there is nothing to migrate is said", async () => {
  const block = (target: string, members: string) =>
    `edge "a" { target: "${target}" ${members} route GET "/" => fn(req) 1 }\n`;
  place.write("other.tova", block("cloudflare", "sql DB"));
  place.write("none.tova", block("deno", ""));
  place.write("plain.tova", "print(1)\n");
  const said = async (file: string, options: { in?: string; local?: boolean }) => {
    const { exitCode, infos } = await run(options, file);
    return [exitCode, ...infos];
  };
  expect(await said("other.tova", { in: data })).toEqual([
    0,
    "other.tova uses no database in a file, as workers for Deno and Bun do; there is nothing to migrate.",
  ]);
  const nothing = "uses no database; there is nothing to migrate.";
  expect(await said("none.tova", { in: data })).toEqual([0, `none.tova ${nothing}`]);
  expect(await said("none.tova", { local: true })).toEqual([0, `none.tova ${nothing}`]);
  expect(await said("plain.tova", { local: true })).toEqual([0, `plain.tova ${nothing}`]);
});

test.each(["cloudflare", "vercel"])(
  "beside a worker for %s without one, databases in files are all",
  async (target) => {
    const blocks = ["deno", target].map(
      (one, at) =>
        `edge "b${at}" { target: "${one}" ${at === 0 ? "sql DB" : ""} route GET "/" => fn(req) 1 }\n`,
    );
    place.write(`${target}/mixed.tova`, blocks.join(""));
    place.write(`${target}/migrations/0001_a.sql`, "CREATE TABLE a (id INTEGER);\n");
    const { exitCode, infos } = await run({ local: true }, `${target}/mixed.tova`);
    expect([exitCode, ...infos]).toEqual([0, "DB: applied 0001_a.sql"]);
  },
);
