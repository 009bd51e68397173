// A manifest whose seal holds speaks for its program without the compiler; any other is compiled, and right.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compiler } from "../src/graph/compiler-build";
import { block, create, infer, warnings, workspace } from "./infer";
import { syncFiles } from "./sync-files";

/** Paths that the compiler was asked for. */
let compiled: string[] = [];

jest.mock("tova-cli", () => {
  const actual = jest.requireActual("tova-cli");
  return {
    inspectAll(programs: readonly { path: string }[]) {
      compiled.push(...programs.map(({ path }) => path.slice(workspace.root.length + 1)));
      return actual.inspectAll(programs);
    },
  };
});
jest.mock("../src/graph/compiler-build", () => {
  const actual = jest.requireActual("../src/graph/compiler-build");
  return { ...actual, compiler: { ...actual.compiler } };
});

const source = "a/shop.tova";
const manifest = "a/shop.edge.json";
const sources = ["a/rates.tova", source, "a/tax.tova", "b/other.tova"];
const files = {
  [source]: `import { tax } from "./tax"
import { version } from "./data.json"
${block("api", "sql DB\n  kv CACHE\n  storage constructor\n  queue JOBS").replace('"ok"', "[tax, version]")}
edge {
  target: "cloudflare"
  env LIMIT = "3"
  secret TOKEN
  health "/healthz"
  schedule "nightly" cron("0 3 * * *") { print(1) }
  consume JOBS { dead_letter_queue: "failed" } fn(messages) { print(len(messages)) }
}
`,
  "a/shop.deploy.toml": `account_id = "0123456789abcdef0123456789abcdef"
[sql.DB]
name = "main"
[workers.api]
name = "front"
`,
  "a/migrations/1.sql": "CREATE TABLE a (b);\n",
  "a/tax.tova": 'import { rate } from "./rates"\npub tax = rate\n',
  "a/rates.tova": "pub rate = 7\n",
  "a/data.json": '{ "version": 1 }',
  "b/other.tova": block("api"),
};

/** Files written just now are not trusted to have been read as they are. */
function age(): void {
  const past = new Date(Date.now() - 60_000);
  for (const path of readdirSync(workspace.root, { recursive: true, encoding: "utf8" })) {
    utimesSync(join(workspace.root, path), past, past);
  }
}

const clearCache = () => rmSync(join(workspace.root, ".nx"), { recursive: true, force: true });

const read = (path = manifest) => readFileSync(join(workspace.root, path), "utf8");
const sealsIn = (text: string) => text.match(/"seal": "[0-9a-f]{32}"/g) ?? [];
const sync = (options = {}) => {
  age();
  return syncFiles(workspace.root, sources, options);
};

/** The graph of a fresh clone, and what of it was compiled. */
async function inferCold() {
  clearCache();
  compiled = [];
  const projects = await infer(sources);
  return { projects, compiled };
}

/** As {@link inferCold}, when the compiler reads everything. */
async function inferWithout() {
  process.env.NX_TOVA_SEALS = "false";
  try {
    return await inferCold();
  } finally {
    delete process.env.NX_TOVA_SEALS;
  }
}

async function createSynced(changed: Readonly<Record<string, string>> = {}) {
  create({ ...files, ...changed });
  await sync();
}

test("the compiler reads nothing of a clone with seals, and the graph is the same", async () => {
  await createSynced();
  const sealed = await inferCold();
  expect(sealed.compiled).toEqual([]);
  expect(warnings()).toEqual([]);
  const { projects, compiled } = await inferWithout();
  expect(compiled).toEqual(sources);
  expect(sealed.projects).toEqual(projects);
  expect(Object.keys(projects)).toEqual(["a", "a/shop-api", "b", "b/other-api"]);
});

test.each<[string, string, string | null]>([
  ["a comment", source, `${files[source]}// And nothing else.\n`],
  ["a route", source, files[source].replace('"/"', '"/new"')],
  ["the deploy file", "a/shop.deploy.toml", '[workers.api]\nname = "back"\n'],
  ["no deploy file", "a/shop.deploy.toml", null],
  ["another migration", "a/migrations/2.sql", "CREATE TABLE c (d);\n"],
  ["no migrations", "a/migrations", null],
  ["an imported file", "a/tax.tova", files["a/tax.tova"].replace("= rate", "= rate + 1")],
  ["a file behind it", "a/rates.tova", "pub rate = 8\n"],
  ["a file behind it with an error", "a/rates.tova", "pub rate = \n"],
  ["a file that is gone", "a/rates.tova", null],
  ["JSON", "a/data.json", '{ "version": 2 }'],
])("%s: that program is compiled anew", async (_title, path, text) => {
  await createSynced();
  if (text === null) rmSync(join(workspace.root, path), { recursive: true });
  else workspace.write({ [path]: text });
  const cold = await inferCold();
  expect(cold.compiled).toContain(source);
  expect(cold.compiled).not.toContain("b/other.tova");
  expect(cold.projects).toEqual((await inferWithout()).projects);
});

test.each([
  ["a fingerprint", /("fingerprint": ")[0-9a-f]{4}/, "$10000"],
  ["a route", '"GET /"', '"GET /admin"'],
  ["a name", '"worker": "front"', '"worker": "back"'],
  ["imports", '"./data.json",', ""],
  ["files", /,\s*"a\/tax.tova": \[[^\]]*\]/, ""],
  ["blocks", /"api": \{/, '"gone": {'],
  ["a compiler", /("tova-cli": ")[^"]+/, "$19.9.9"],
])("a manifest with %s other than was sealed is not trusted", async (_title, old, next) => {
  await createSynced();
  const good = read();
  const bad = good.replace(old, next);
  expect(bad).not.toBe(good);
  workspace.write({ [manifest]: bad });
  const cold = await inferCold();
  expect(cold.compiled).toContain(source);
  expect(cold.projects).toEqual((await inferWithout()).projects);
  await sync();
  expect(JSON.parse(read()).blocks).toMatchObject({ api: { routes: ["GET /"], worker: "front" } });
});

test("another compiler trusts no seal", async () => {
  await createSynced();
  const { build } = compiler;
  Object.assign(compiler, { build: "another" });
  expect((await inferCold()).compiled).toEqual(sources);
  Object.assign(compiler, { build: null });
  expect((await inferCold()).compiled).toEqual(sources);
  Object.assign(compiler, { build });
  expect((await inferCold()).compiled).toEqual([]);
});

test("a layout of a formatter breaks no seal", async () => {
  await createSynced();
  workspace.write({ [manifest]: JSON.stringify(JSON.parse(read())) });
  expect((await inferCold()).compiled).toEqual([]);
});

test("an edit seals the entries that it changes; one that changes no worker nothing", async () => {
  await createSynced();
  const before = read();
  workspace.write({ [source]: files[source].replace('"/"', '"/new"') });
  expect(await sync()).toEqual([`${manifest} (api changed)`]);
  const [unnamed, api] = sealsIn(read());
  expect(sealsIn(before)).toEqual([unnamed, unnamed]);
  expect(api).not.toBe(unnamed);
  expect((await inferCold()).compiled).toEqual([]);
  const after = read();
  workspace.write({ [source]: `// A comment.\n${files[source].replace('"/"', '"/new"')}` });
  expect(await sync()).toEqual([]);
  expect(read()).toBe(after);
  // What is imported is the program's too, as long as its seal does not speak for it.
  expect((await inferCold()).compiled).toEqual(["a/rates.tova", source, "a/tax.tova"]);
});

test("a merge of two edits is not trusted but right, until its seals are renewed", async () => {
  const text = (api: string, worker: string) =>
    files[source].replace('"/"', `"/${api}"`).replace("/healthz", `/${worker}`);
  await createSynced();
  const manifestOf = async (program: string) => {
    workspace.write({ [source]: program });
    await sync();
    return read();
  };
  const base = await manifestOf(text("a", "b"));
  const paths = ["ours", "base", "theirs"].map((name) => join(workspace.root, name));
  writeFileSync(paths[0] ?? "", await manifestOf(text("c", "b")));
  workspace.write({ [manifest]: base });
  writeFileSync(paths[1] ?? "", base);
  writeFileSync(paths[2] ?? "", await manifestOf(text("a", "d")));
  const merged = execFileSync("git", ["merge-file", "--stdout", ...paths], { encoding: "utf8" });
  workspace.write({ [manifest]: merged, [source]: text("c", "d") });
  const cold = await inferCold();
  expect(cold.compiled).toContain(source);
  expect(cold.projects).toEqual((await inferWithout()).projects);
  expect(await sync()).toEqual([]);
  expect(read()).toBe(merged);
  expect(await sync({ seals: true })).toEqual([`${manifest} (seals)`]);
  expect((await inferCold()).compiled).toEqual([]);
  expect(await sync({ seals: true })).toEqual([]);
});

test("what a seal cannot cover has none: scripts, packages, an import that no worker needs", async () => {
  const api = block("api").replace('"ok"', "x");
  await createSynced({
    [source]: `import { x } from "./lib.js"\n${api}`,
    "a/shop.deploy.toml": "",
    "a/lib.js": "export const x = 1;\n",
  });
  expect(sealsIn(read())).toEqual([]);
  workspace.write({ [source]: `import { x } from "left"\n${api}` });
  workspace.write({ "node_modules/left/index.js": "exports.x = 1;\n" });
  await sync();
  expect(sealsIn(read())).toEqual([]);
  workspace.write({ [source]: `import { tax } from "./tax"\n${block("api")}` });
  await sync();
  expect(sealsIn(read())).toEqual([]);
  workspace.write({ [source]: block("api", "kv OTHER") });
  await sync();
  expect(sealsIn(read())).toHaveLength(1);
});

test("a file that a link has taken the place of is not what was sealed", async () => {
  await createSynced();
  const path = join(workspace.root, "a/tax.tova");
  workspace.write({ "c/tax.tova": files["a/tax.tova"], "c/rates.tova": "pub rate = 9\n" });
  rmSync(path);
  symlinkSync(join(workspace.root, "c/tax.tova"), path);
  const cold = await inferCold();
  expect(cold.compiled).toContain(source);
  expect(cold.projects).toEqual((await inferWithout()).projects);
});
