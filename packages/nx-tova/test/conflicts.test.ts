// What two files would do to each other on the platform is reported, and stops only what would do it.
import { block, inferFiles, namesOf, warnings } from "./infer";

const d1 = "01234567-89ab-cdef-0123-456789abcdef";

const sameName = {
  "apps/a/a.tova": block("api"),
  "apps/a/a.deploy.toml": '[workers.api]\nname = "front"\n',
  "apps/b/b.tova": block("web"),
  "apps/b/b.deploy.toml": '[workers.web]\nname = "front"\n',
};

test("of two workers with one name the later is not deployed, and all else of it stays", async () => {
  const projects = await inferFiles(sameName);
  expect(namesOf(projects)).toHaveLength(4);
  const message =
    'apps/a/a.tova and apps/b/b.tova both deploy a worker named "front". Give one of them another ' +
    "`name`, as under `[workers.web]` in apps/b/b.deploy.toml.";
  expect(warnings()).toEqual([`nx-tova: ${message}`]);
  expect(projects["apps/a/a-api"]?.targets?.deploy?.executor).toBe("nx-tova:deploy");
  expect(projects["apps/b/b-web"]?.targets?.deploy).toMatchObject({
    executor: "nx-tova:report",
    options: { message },
  });
  expect(projects["apps/b/b-web"]?.targets?.build?.executor).toBe("nx-tova:build");
});

test("an entry that is to be written is a key of TOML", async () => {
  const { "apps/a/a.tova": source, "apps/a/a.deploy.toml": deploy } = sameName;
  await inferFiles({
    ...{ "apps/a/a.tova": source, "apps/a/a.deploy.toml": deploy },
    "apps/b/b.tova": block("web shop"),
    "apps/b/b.deploy.toml": '[workers."web shop"]\nname = "front"\n',
  });
  expect(warnings()).toEqual([expect.stringContaining('under `[workers."web shop"]` in apps/b')]);
});

test("a deploy target of another name is the one that reports", async () => {
  const projects = await inferFiles(sameName, { deployTargetName: "ship" });
  expect(projects["apps/b/b-web"]?.targets?.ship?.executor).toBe("nx-tova:report");
});

test("workers of one name in two accounts do no harm", async () => {
  const account = 'account_id = "0123456789abcdef0123456789abcdef"\n';
  await inferFiles({
    ...sameName,
    "apps/b/b.deploy.toml": account + sameName["apps/b/b.deploy.toml"],
  });
  expect(warnings()).toEqual([]);
});

const database = (migrations: Record<string, string>) => ({
  "apps/a/a.tova": block("api", "sql DB"),
  "apps/a/a.deploy.toml": `[sql.DB]\nid = "${d1}"\n`,
  "apps/b/b.tova": block("web", "sql MAIN"),
  "apps/b/b.deploy.toml": `[sql.MAIN]\nid = "${d1}"\n`,
  ...migrations,
});
const first = "CREATE TABLE a (b TEXT);\n";

test.each([
  [
    { "apps/b/migrations/0001_init.sql": "CREATE TABLE a (c TEXT);\n" },
    "0001_init.sql is not the same text",
  ],
  [
    { "apps/b/migrations/0001_init.sql": first, "apps/b/migrations/0002_more.sql": first },
    "0002_more.sql is only in apps/b/migrations",
  ],
  [{ "apps/b/migrations/0002_more.sql": first }, "0001_init.sql is only in apps/a/migrations"],
])("one database with different migrations: %j", async (migrations, difference) => {
  const projects = await inferFiles(
    database({ "apps/a/migrations/0001_init.sql": first, ...migrations }),
  );
  expect(warnings()).toEqual([
    "nx-tova: apps/a/a.tova and apps/b/b.tova use one database (DB, MAIN) with different " +
      `migrations: ${difference}. Keep them in one of the folders, or make the same in both.`,
  ]);
  expect(projects["apps/a"]?.targets?.migrate?.executor).toBe("nx-tova:migrate");
  expect(projects["apps/b"]?.targets?.migrate?.executor).toBe("nx-tova:report");
  expect(projects["apps/b/b-web"]?.targets?.deploy?.executor).toBe("nx-tova:deploy");
});

test("the same migrations in two folders, or in only one of them, are no conflict", async () => {
  const init = { "apps/a/migrations/0001_init.sql": first };
  await inferFiles(database({ ...init, "apps/b/migrations/0001_init.sql": first }));
  expect(warnings()).toEqual([]);
  await inferFiles(database({ ...init, "apps/b/migrations/README.md": "none" }));
  expect(warnings()).toEqual([]);
});

test("two databases may have what migrations they like", async () => {
  await inferFiles({
    ...database({
      "apps/a/migrations/0001_init.sql": first,
      "apps/b/migrations/0001_other.sql": first,
    }),
    "apps/b/b.deploy.toml": "",
  });
  expect(warnings()).toEqual([]);
});

test("two programs of one folder share its migrations", async () => {
  await inferFiles({
    "apps/a/a.tova": block("api", "sql DB"),
    "apps/a/a.deploy.toml": `[sql.DB]\nid = "${d1}"\n`,
    "apps/a/b.tova": block("web", "sql DB"),
    "apps/a/b.deploy.toml": `[sql.DB]\nid = "${d1}"\n`,
    "apps/a/migrations/0001_init.sql": first,
  });
  expect(warnings()).toEqual([]);
});
