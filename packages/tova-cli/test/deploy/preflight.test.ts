// Everything that can be known to be wrong before a deployment, found without starting wrangler.
import { execFileSync } from "node:child_process";
import { build } from "../../src/build";
import { deploy } from "../../src/deploy/deploy";
import { migrate } from "../../src/migrate";
import {
  type CloudflareProject,
  createCloudflareProject,
  ids,
  kvId,
  provideStores,
  sqlId,
} from "../cloudflare-project";
import { migration, notes } from "../program";

const files = {
  "app.tova": notes,
  "app.deploy.toml": ids,
  "migrations/0001_notes.sql": migration,
  "secrets.env": "TOKEN=t0ken\n",
};

let project: CloudflareProject;
afterEach(() => project.close());

async function create(
  given: Record<string, string> = files,
  applied: Record<string, string> = { "0001_notes.sql": migration },
) {
  project = await createCloudflareProject(given, ["jobs"]);
  await provideStores(project, applied);
}

const run = (options: object = {}) => project.run(deploy, options);
/** Questions to a database are sent by POST too. */
const changes = () =>
  project.cloudflare.requests.filter(
    ({ method, path }) => method !== "GET" && !path.endsWith("/query"),
  );

test("the lack of a token hides nothing that this machine knows", async () => {
  await create({ ...files, "app.deploy.toml": "" });
  Object.assign(project.cloudflare.env, { CLOUDFLARE_API_TOKEN: "" });
  const { exitCode, output, errors } = await run({ secretsFile: "secrets.env" });
  expect(exitCode).toBe(1);
  expect(output).toContain("✗ account");
  expect(output).toContain("✗ stores");
  const found = [...errors.matchAll(/error\[(T\d+)\]/g)].map(([, code]) => code);
  expect(found).toEqual(["T062", "T041", "T041"]);
  expect(changes()).toEqual([]);
});

test("all that is wrong is on one screen, each with its fix, and nothing is changed", async () => {
  const { "secrets.env": _, ...others } = files;
  await create(
    {
      ...others,
      "app.deploy.toml": `[sql.DB]\nid = "${sqlId}"\n`,
      "migrations/0002_more.sql": "CREATE TABLE more (id TEXT);\n",
    },
    {},
  );
  project.cloudflare.queues.clear();
  project.cloudflare.deploy("app-reader", {});
  const { exitCode, output, errors } = await run();
  expect(exitCode).toBe(1);
  expect(output.split("\n").slice(0, 9)).toEqual([
    "Deployment of app.tova",
    "  ✗ workers     app-reader, app-api (new)",
    "  ✗ stores      2 stores, 1 missing",
    "  ✗ queues      1 queue, 1 missing",
    "  ✗ secrets     1 declared",
    "  ✗ migrations  2 files for DB",
    expect.stringMatching(
      /^ {2}✓ size {8}app-reader \d\.\d KiB, app-api \d\.\d KiB after gzip, of 10\.0 MiB$/,
    ),
    expect.stringMatching(
      /^ {2}✓ runtime {5}compatibility date 20\d\d-\d\d-\d\d; workerd here knows 20/,
    ),
    "  ✓ git         no commit",
  ]);
  const found = [...errors.matchAll(/error\[(T\d+)\]/g)].map(([, code]) => code);
  expect(found).toEqual(["T074", "T041", "T086", "T073", "T075"]);
  expect(errors.match(/= help: /g)).toHaveLength(5);
  expect(errors).toContain("tova provision app.tova");
  expect(errors).toContain("tova migrate app.tova --remote");
  expect(changes()).toEqual([]);
});

test.each<[string, () => unknown, object, RegExp]>([
  [
    "an id that the account does not know",
    () => project.cloudflare.namespaces.clear(),
    {},
    /error\[T087\]: KV namespace NOTES has the id 0123\w+ in app.deploy.toml/,
  ],
  [
    "a queue that another worker reads",
    () => project.cloudflare.queues.get("jobs")?.consumers.push({ script: "someone" }),
    {},
    /error\[T072\]: `app-reader` cannot read the queue jobs: someone does[\s\S]*queues consumer remove jobs someone/,
  ],
  [
    "a secret that a deployed worker lacks",
    () => project.cloudflare.deploy("app-api", {}, "tova app/api"),
    { block: "api", secretsFile: undefined },
    /error\[T073\]: `app-api` has no value for secret TOKEN[\s\S]*tova secrets app\.tova --from/,
  ],
  [
    "a worker of another program",
    () => project.cloudflare.deploy("app-api", {}, "tova other/api (abc)"),
    { block: "api" },
    /error\[T074\]: .*`app-api`.*deployed by tova from other\/api, last on 2026-01-01 by someone@/,
  ],
  [
    "a migration that was edited after it was applied",
    async () => {
      const database = project.cloudflare.databases.get("app");
      await database?.all("CREATE TABLE tova_migrations (name TEXT PRIMARY KEY, sha256 TEXT)");
      await database?.all("INSERT INTO tova_migrations VALUES ('0001_notes.sql', 'another')");
    },
    {},
    /error\[T076\]: 0001_notes\.sql changed after DB had applied it/,
  ],
  [
    "two migrations with one number",
    () => project.workspace.write("migrations/1_more.sql", "CREATE TABLE more (id TEXT);"),
    {},
    /error\[T058\].* number 1: 0001_notes\.sql, 1_more\.sql/,
  ],
  [
    "a token without rights",
    () => project.cloudflare.forbidden.push(/^\/queues/, /^\/workers/),
    {},
    /error\[T064\].* workers of account[\s\S]*Workers Scripts: Edit[\s\S]*error\[T064\].* queues of/,
  ],
  [
    "no account of several",
    () => {
      Object.assign(project.cloudflare.env, { CLOUDFLARE_ACCOUNT_ID: "" });
      project.cloudflare.accounts.push({ id: "other", name: "Another" });
    },
    {},
    /^error\[T065\][^[]*$/,
  ],
  [
    "a secrets file with a name that nobody declares",
    () => project.workspace.write("secrets.env", "TOKEN=t0ken\nTYPO=v4lue\n"),
    {},
    /^error\[T053\]: secrets\.env has TYPO, which app\.tova does not declare[^[]*$/,
  ],
])("%s stops it before anything is changed", async (_, prepare, options, expected) => {
  await create();
  await prepare();
  const { exitCode, errors } = await run({ secretsFile: "secrets.env", ...options });
  expect(errors).toMatch(expected);
  expect(errors).not.toMatch(/t0ken|v4lue/);
  expect(exitCode).toBe(1);
  expect(changes()).toEqual([]);
});

test.each<[string, Record<string, string>, object, RegExp]>([
  [
    "an unknown environment",
    { ...files, "app.deploy.toml": `${ids}[env.staging.kv.NOTES]\nid = "${kvId}"\n` },
    { env: "stagin" },
    /error\[T042\].*"stagin"[\s\S]*staging/,
  ],
  ["an unknown block", files, { block: "nope" }, /error\[T020\].*"nope"/],
  ["a missing secrets file", files, { secretsFile: "gone" }, /error\[T001\].*gone/],
  ["a program with an error", { "app.tova": 'edge "a" {' }, {}, /app\.tova:1:\d+/],
  [
    "a deploy file that is no TOML",
    { ...files, "app.deploy.toml": `[kv.NOTES]\nid = 01x\n` },
    {},
    /app\.deploy\.toml:2:/,
  ],
  [
    "an unknown key of the deploy file",
    { ...files, "app.deploy.toml": `${ids}nmae = "x"\n` },
    {},
    /app\.deploy\.toml:5:1[\s\S]*nmae/,
  ],
  [
    "an id of the wrong shape",
    { ...files, "app.deploy.toml": `[kv.NOTES]\nid = "01234"\n` },
    {},
    /must be a KV namespace id of 32 hexadecimal digits[\s\S]*app\.deploy\.toml:2:1/,
  ],
  [
    "one resource with two ids",
    { ...files, "app.deploy.toml": `${ids}[kv.NOTES]\nid = "${kvId.replace("0", "f")}"\n` },
    {},
    /app\.deploy\.toml:5:/,
  ],
])("%s stops it before anything is asked", async (_, given, options, expected) => {
  await create(given);
  const { exitCode, errors } = await run(options);
  expect(errors).toMatch(expected);
  expect(exitCode).toBe(1);
  expect(project.cloudflare.requests).toEqual([]);
});

test("a program that was never built stops it with --no-build", async () => {
  await create();
  const { exitCode, errors } = await run({ build: false });
  expect(errors).toMatch(/error\[T045\]: `.tova-out\/app\.edge\.api\.js` has not been built/);
  expect(exitCode).toBe(1);
  expect(changes()).toEqual([]);
});

test("what was built of another state of the program is told with --no-build", async () => {
  await create();
  expect((await project.run(build)).exitCode).toBe(0);
  // Without its secret a first deployment starts no wrangler.
  const asBuilt = await run({ build: false });
  expect(asBuilt.errors).toContain("T073");
  expect(asBuilt.errors).not.toContain("T112");
  project.workspace.write("app.tova", notes.replace('"/greet"', '"/welcome"'));
  const { errors, output } = await run({ build: false });
  expect(errors).toMatch(
    /warning\[T112\]: app\.tova now makes something else of `\.tova-out\/app\.edge\.api\.js`\./,
  );
  expect(output).toMatch(/! build +of another state of the program/);
  // wrangler would migrate the database that the built file names.
  project.workspace.write("app.deploy.toml", `[sql.DB]\nid = "${sqlId.replaceAll("0", "f")}"\n`);
  expect((await project.run(migrate, { remote: true, build: false })).errors).toMatch(
    /warning\[T112\]: app\.tova now makes something else of `\.tova-out\/wrangler\.api\.toml`\./,
  );
});

test("a wrangler file that another program of the folder has written is not deployed with --no-build", async () => {
  await create();
  project.workspace.write("other.tova", notes);
  for (const file of ["app.tova", "other.tova"]) {
    expect((await project.run(build, { file })).exitCode).toBe(0);
  }
  const { errors, exitCode } = await run({ build: false });
  expect(errors).toMatch(
    /error\[T113\]: `\.tova-out\/wrangler\.api\.toml` is of another program: it names "other\.edge\.api\.js"\./,
  );
  expect(exitCode).toBe(1);
  const migrated = await project.run(migrate, { remote: true, build: false });
  expect([migrated.exitCode, migrated.errors]).toEqual([1, expect.stringContaining("T113")]);
  expect(changes()).toEqual([]);
});

test.each([
  ...["--env=staging", "--message", "-c", "--name=x", "--secrets-file=x"],
  // As yargs, wrangler's parser, reads them too.
  ...["-c./other.toml", "-eproduction", "--secretsFile=x", "--dry-run=true", "--script=other.js"],
  // Another folder, and what deploys nothing.
  ...["--cwd=..", "--help", "-v"],
])("%s cannot be led past the checks", async (argument) => {
  await create();
  const { exitCode, errors } = await run({ args: [argument] });
  expect(exitCode).toBe(2);
  expect(errors).toContain("error[T048]");
  expect(project.cloudflare.requests).toEqual([]);
});

test("warnings of git and of migrations that are not here stop nothing", async () => {
  await create(files, { "0001_notes.sql": migration, "0002_later.sql": "SELECT 1" });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@localhost", ...args], {
      cwd: project.workspace.folder,
    });
  git("init", "--quiet", "--initial-branch", "main");
  git("add", "app.tova");
  git("commit", "--quiet", "--message", "first");
  project.workspace.write("app.tova", `${notes}\n`);
  // Another error, so that no wrangler is started.
  const { errors, output } = await run({ block: "api" });
  expect(output).toMatch(/! git {9}\w{7} on main, 3 files not committed, not pushed/);
  expect(errors).toMatch(/warning\[T077\]: DB has applied 0002_later\.sql/);
  expect(errors).toMatch(
    /warning\[T082\]: Not committed: app\.tova, app\.deploy\.toml, migrations/,
  );
  expect(errors).toMatch(/warning\[T083\]: The branch main is on no remote/);
});
