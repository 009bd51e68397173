// A manifest whose seal holds speaks for its program without the compiler; any other is compiled, and right.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBundleStates } from "../src/graph/bundle-state";
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

test("a checkout with the line breaks of Windows has the same seals, fingerprints and graph", async () => {
  await createSynced();
  const { projects } = await inferCold();
  for (const path of [...Object.keys(files), manifest])
    workspace.write({ [path]: read(path).replaceAll("\n", "\r\n") });
  expect(await inferCold()).toEqual({ projects, compiled: [] });
  expect((await inferWithout()).projects).toEqual(projects);
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

const scripts = {
  [source]: `import { twice } from "./lib/numbers"
import { left } from "left"
import { tax } from "./tax"
${block("api").replace('"ok"', "[twice(2), left(1), tax]")}`,
  "a/shop.deploy.toml": "",
  "a/package.json": '{ "imports": { "#up": "up" } }',
  "a/lib/numbers.js":
    'import { factor } from "./factor";\nimport { list } from "./list.json";\nimport "./effect.all";\nimport { far } from "./near";\nimport words from "./words.txt";\nexport const twice = (n) => factor * n + list.length + words + far;\n',
  "a/lib/near/package.json": '{ "main": "../../far/one.js" }',
  "a/far/one.js": "export const far = 1;\n",
  "a/far/two.js": "export const far = 2;\n",
  "a/lib/factor.js": 'import { up } from "up";\nexport const factor = up(2);\n',
  "a/lib/effect.all/index.js": "globalThis.effect = 1;\n",
  "a/lib/list.json": '{ "list": [] }',
  "a/lib/words.txt": "one two\n",
  "node_modules/left/package.json": '{ "name": "left", "main": "lib/left.js" }',
  "node_modules/left/lib/left.js":
    'exports.left = (n) => require("up").up(n) + require("up/sub");\n',
  "node_modules/up/sub/package.json": '{ "main": "../lib/sub.js" }',
  "node_modules/up/lib/sub.js": "module.exports = 1;\n",
  "node_modules/up/package.json": '{ "name": "up", "main": "./none.js" }',
  "node_modules/up/index.js": "exports.up = (n) => n + 1;\n",
  "node_modules/.package-lock.json": "{}",
};

test("scripts and packages are covered by all that a bundler asks for them", async () => {
  await createSynced(scripts);
  expect(sealsIn(read())).toHaveLength(1);
  const sealed = await inferCold();
  expect(sealed.compiled).toEqual([]);
  expect(sealed.projects).toEqual((await inferWithout()).projects);
  // An installation of the same somewhere else.
  workspace.write({ "node_modules/.package-lock.json": "{ }", "node_modules/other/index.js": "" });
  workspace.write({ "a/README.md": "# Shop\n", "a/lib/other.js": "export const factor = 9;\n" });
  expect((await inferCold()).compiled).toEqual([]);
});

test.each<[string, string, string | null]>([
  ["a script", "a/lib/numbers.js", scripts["a/lib/numbers.js"].replace("*", "+")],
  ["a script behind it", "a/lib/factor.js", "export const factor = 3;\n"],
  ["a script that is gone", "a/lib/factor.js", null],
  ["a script that takes another's place", "a/lib/factor.ts", "export const factor = 4;\n"],
  ["a script in the place of a folder", "a/lib/effect.all.js", "globalThis.effect = 2;\n"],
  ["a module in the place of a script", "a/lib/numbers.tova", "pub fn twice(n) { n }\n"],
  ["a folder that leads elsewhere", "a/lib/near/package.json", '{ "main": "../../far/two.js" }'],
  ["a folder that leads to itself", "a/lib/near/package.json", null],
  ["a script in the place of such a folder", "a/lib/near.js", "export const far = 3;\n"],
  ["a folder of a package", "node_modules/up/sub/package.json", '{ "main": "../index.js" }'],
  ["JSON of a script", "a/lib/list.json", '{ "list": [1] }'],
  ["a text of a script", "a/lib/words.txt", "three\n"],
  ["a package.json around scripts", "a/package.json", '{ "sideEffects": false }'],
  ["a nearer package.json", "a/lib/package.json", '{ "sideEffects": false }'],
  ["a package", "node_modules/left/lib/left.js", "exports.left = (n) => n - 2;\n"],
  ["a package behind it", "node_modules/up/index.js", "exports.up = (n) => n + 2;\n"],
  ["a package's entry", "node_modules/left/package.json", '{ "main": "lib/left.js", "x": 1 }'],
  ["an entry that was missing", "node_modules/up/none.js", "exports.up = (n) => n + 3;\n"],
  ["a nearer package", "a/node_modules/left/index.js", "exports.left = (n) => n;\n"],
  ["a nearer package that is a file", "a/node_modules/left.js", "exports.left = (n) => n;\n"],
  ["a package of a package", "node_modules/left/node_modules/up/index.js", "exports.up = 1;\n"],
  ["a nearer package of scripts", "a/lib/node_modules/up/index.js", "exports.up = (n) => n;\n"],
  ["packages that are gone", "node_modules", null],
  ["packages of Yarn", ".pnp.cjs", "// Zip files.\n"],
  ["an imported file", "a/tax.tova", "pub tax = 8\n"],
])("%s: a program with scripts and packages is compiled anew", async (_title, path, text) => {
  await createSynced(scripts);
  expect((await inferCold()).compiled).toEqual([]);
  if (text === null) rmSync(join(workspace.root, path), { recursive: true });
  else workspace.write({ [path]: text });
  const cold = await inferCold();
  expect(cold.compiled).toContain(source);
  expect(cold.projects).toEqual((await inferWithout()).projects);
});

test("a package that links lead to is the same wherever they lead to the same", async () => {
  const { "node_modules/left/package.json": manifest, "node_modules/left/lib/left.js": code } =
    scripts;
  await createSynced({ ...scripts, "b/README.md": "" });
  const link = (version: string) => {
    const store = `node_modules/.pnpm/left@${version}/node_modules/left`;
    workspace.write({ [`${store}/package.json`]: manifest, [`${store}/lib/left.js`]: code });
    rmSync(join(workspace.root, "node_modules/left"), { recursive: true });
    symlinkSync(join(workspace.root, store), join(workspace.root, "node_modules/left"));
  };
  link("1.0.0");
  await sync({ seals: true });
  expect((await inferCold()).compiled).toEqual([]);
  link("1.0.1");
  expect((await inferCold()).compiled).toContain(source);
});

test("a folder of a linked package that leads elsewhere is covered where it really is", async () => {
  create({
    "c/kit/package.json": '{ "name": "kit" }',
    "c/kit/sub/package.json": '{ "main": "../one.js" }',
    "c/kit/one.js": "export const v = 1;\n",
    "c/kit/two.js": "export const v = 2;\n",
    "node_modules/.package-lock.json": "{}",
    [source]: `import { v } from "kit/sub"\n${block("api").replace('"ok"', "v")}`,
  });
  symlinkSync(join(workspace.root, "c/kit"), join(workspace.root, "node_modules/kit"));
  await sync();
  expect((await inferCold()).compiled).toEqual([]);
  workspace.write({ "c/kit/sub/package.json": '{ "main": "../two.js" }' });
  expect((await inferCold()).compiled).toContain(source);
});

test("a program behind a link is compiled, as its packages lie around the file", async () => {
  const only = `import { left } from "left"\n${block("api").replace('"ok"', "left(1)")}`;
  await createSynced({ ...scripts, [source]: only });
  expect((await inferCold()).compiled).not.toContain(source);
  workspace.write({
    "c/shop.tova": only,
    "c/node_modules/left/index.js": "exports.left = (n) => n * 5;\n",
  });
  rmSync(join(workspace.root, source));
  symlinkSync(join(workspace.root, "c/shop.tova"), join(workspace.root, source));
  const cold = await inferCold();
  expect(cold.compiled).toContain(source);
  expect(cold.projects).toEqual((await inferWithout()).projects);
});

test("packages in archives of Yarn are told by what names them", () => {
  create({ ".pnp.cjs": "left 1.0.0" });
  const bundle = { files: [".yarn/cache/left.zip/node_modules/left/index.js"], packages: ["left"] };
  const state = () => openBundleStates(workspace.root).of(bundle, [source]);
  const before = state();
  expect(state()).toBe(before);
  workspace.write({ ".pnp.cjs": "left 1.0.1" });
  expect(state()).not.toBe(before);
});

test.each<[string, string]>([
  ["no list", '"bundle": 1'],
  ["no paths", '"bundle": { "files": [1], "packages": [] }'],
  ["other files", '"bundle": { "files": [], "packages": [] }'],
  ["files of elsewhere", '"bundle": { "files": ["../../etc/hosts"], "packages": [] }'],
])("a bundle that has %s is not trusted", async (_title, bundle) => {
  await createSynced(scripts);
  const text = JSON.stringify(JSON.parse(read()));
  const next = text.replace(/"bundle":\{.*?\}/, bundle);
  expect(next).not.toBe(text);
  workspace.write({ [manifest]: next });
  const cold = await inferCold();
  expect(cold.compiled).toContain(source);
  expect(cold.projects).toEqual((await inferWithout()).projects);
});

test("what a seal cannot cover has none: modules of packages, names of package.json, an import that no worker needs", async () => {
  const api = block("api").replace('"ok"', "x");
  await createSynced({
    [source]: `import { x } from "left/x.tova"\n${api}`,
    "a/shop.deploy.toml": "",
    "node_modules/left/x.tova": "pub x = 1\n",
  });
  expect(sealsIn(read())).toEqual([]);
  workspace.write({
    [source]: `import { x } from "./lib.js"\n${api}`,
    "a/package.json": '{ "imports": { "#conf": "./conf.js" } }',
    "a/lib.js": 'export { x } from "#conf";\n',
    "a/conf.js": "export const x = 1;\n",
  });
  await sync();
  expect(JSON.parse(read()).blocks.api.fingerprint).toMatch(/^[0-9a-f]{32}$/);
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
