// Migrations applied to a real local D1.
import { Miniflare } from "miniflare";
import { applyMigrations, type Database } from "../../src/migrations/apply";
import { readMigrations } from "../../src/migrations/files";
import { ProblemError } from "../../src/problems";
import { readSource } from "../../src/source";
import { createWorkspace } from "../workspace";

let miniflare: Miniflare;
let database: Database;
beforeEach(async () => {
  miniflare = new Miniflare({
    cf: false,
    modules: true,
    script: "export default {}",
    d1Databases: ["DB"],
  });
  database = (await miniflare.getD1Database("DB")) as unknown as Database;
});
afterEach(() => miniflare.dispose());

const rows = async (sql: string) => (await database.prepare(sql).all()).results;

test("files are read in the order of their numbers", async () => {
  const workspace = createWorkspace({
    "app.tova": "n = 1\n",
    "migrations/0010_c.sql": "c",
    "migrations/9_b.sql": "b",
    "migrations/0001_a.sql": "a",
    "migrations/notes.md": "no",
  });
  const source = await readSource("app.tova", workspace.folder);
  const migrations = await readMigrations(source, workspace.folder);
  expect(migrations.map(({ sql }) => sql)).toEqual(["a", "b", "c"]);
  workspace.remove();
});

test("each file is applied once, and the books are those of wrangler", async () => {
  const first = { name: "1.sql", sql: "CREATE TABLE t (v TEXT);\nINSERT INTO t VALUES ('a;b');" };
  const second = { name: "2.sql", sql: "INSERT INTO t VALUES ('c')" };
  expect(await applyMigrations(database, "DB", [first])).toEqual(["1.sql"]);
  expect(await applyMigrations(database, "DB", [first, second])).toEqual(["2.sql"]);
  expect(await applyMigrations(database, "DB", [first, second])).toEqual([]);
  expect(await rows("SELECT v FROM t")).toEqual([{ v: "a;b" }, { v: "c" }]);
  expect(await rows("SELECT id, name FROM d1_migrations")).toEqual([
    { id: 1, name: "1.sql" },
    { id: 2, name: "2.sql" },
  ]);
});

test("triggers, comments and empty files are applied whole", async () => {
  const trigger = `CREATE TABLE t (v TEXT); CREATE TABLE log (v TEXT); -- a; comment
    CREATE TRIGGER copy AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.v); END;
    INSERT INTO t VALUES ('x') /* end */ -- no newline after this`;
  const files = [
    { name: "1.sql", sql: trigger },
    { name: "2.sql", sql: "-- nothing" },
    { name: "3.sql", sql: "" },
  ];
  expect(await applyMigrations(database, "DB", files)).toHaveLength(3);
  expect(await rows("SELECT v FROM log")).toEqual([{ v: "x" }]);
});

test("a file that fails leaves nothing of itself and is named", async () => {
  const bad = {
    name: "1_bad.sql",
    sql: "CREATE TABLE t (v TEXT); INSERT INTO nowhere VALUES (1);",
  };
  const error = await applyMigrations(database, "DB", [bad]).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ProblemError);
  expect((error as ProblemError).problems[0]).toMatchObject({ code: "T034" });
  expect((error as Error).message).toContain("1_bad.sql failed on DB: no such table: nowhere");
  expect(await rows("SELECT name FROM sqlite_master WHERE name = 't'")).toEqual([]);
  expect(await rows("SELECT name FROM d1_migrations")).toEqual([]);
});
