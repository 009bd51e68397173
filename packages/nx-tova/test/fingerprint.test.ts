// A block's fingerprint follows every file that its worker stands on, however much of it is cached.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { block, create, infer, warnings, workspace } from "./infer";

const source = "a/shop.tova";
const files = {
  [source]: `import { tax } from "./tax"
import { version } from "./data.json"
import { twice } from "./lib/numbers.js"
import { left } from "left"
${block("api", "sql DB").replace('"ok"', "[tax, version, twice(2), left(1)]")}${block("plain")}`,
  "a/tax.tova": 'import { rate } from "./rates"\npub tax = rate\npub other = 1\n',
  "a/rates.tova": "pub rate = 7\n",
  "a/data.json": '{ "version": 1, "unused": 1 }',
  "a/lib/numbers.js":
    'import { factor } from "./factor";\nexport const twice = (n) => factor * n;\n',
  "a/lib/factor.js": 'import { factor } from "#factor";\nimport "./effect";\nexport { factor };\n',
  "a/lib/effect.js": "globalThis.effect = 1;\n",
  "a/lib/two.js": "export const factor = 2;\n",
  "a/lib/three.js": "export const factor = 3;\n",
  "package.json": '{ "imports": { "#factor": "./a/lib/two.js" } }',
  "node_modules/left/package.json": '{ "name": "left", "main": "left.js" }',
  "node_modules/left/left.js": "exports.left = (n) => n - 1;\n",
  "node_modules/left/right.js": "exports.left = (n) => n + 1;\n",
  "node_modules/.package-lock.json": "{}",
};

/** Files written just now are not trusted to have been read as they are. */
function age(): void {
  const past = new Date(Date.now() - 60_000);
  for (const path of readdirSync(workspace.root, { recursive: true, encoding: "utf8" })) {
    utimesSync(join(workspace.root, path), past, past);
  }
}

const cacheOf = () => join(workspace.root, ".nx/workspace-data/nx-tova-outlines.json");

async function fingerprints() {
  const projects = await infer([source]);
  const of = (name: string): string | undefined => {
    return projects[`a/shop-${name}`]?.targets?.build?.options.fingerprint;
  };
  return { api: of("api"), plain: of("plain") };
}

test.each([
  ["an imported file", "a/tax.tova", files["a/tax.tova"].replace("rate\n", "rate + 1\n"), true],
  ["a file behind it", "a/rates.tova", "pub rate = 8\n", true],
  ["what nobody imports of it", "a/tax.tova", files["a/tax.tova"].replace("1", "2"), false],
  ["JSON", "a/data.json", '{ "version": 2, "unused": 1 }', true],
  ["an entry of JSON that nobody uses", "a/data.json", '{ "version": 1, "unused": 2 }', false],
  ["a script", "a/lib/numbers.js", files["a/lib/numbers.js"].replace("*", "+"), true],
  ["a script behind it", "a/lib/factor.js", "export const factor = 3;\n", true],
  ["a script that takes another's place", "a/lib/factor.ts", "export const factor = 4;\n", true],
  [
    "what a name of package.json means",
    "package.json",
    files["package.json"].replace("two", "three"),
    true,
  ],
  [
    "effects that package.json denies",
    "package.json",
    files["package.json"].replace("{", '{ "sideEffects": false,'),
    true,
  ],
  ["a package", "node_modules/left/left.js", "exports.left = (n) => n - 2;\n", true],
  ["a package's entry", "node_modules/left/package.json", '{ "main": "right.js" }', true],
  ["a nearer package", "a/node_modules/left/index.js", "exports.left = (n) => n;\n", true],
  ["a first migration", "a/migrations/1.sql", "CREATE TABLE a (b);\n", true],
  ["a migrations folder without any", "a/migrations/README.md", "None yet.\n", false],
  ["a file that is nothing to it", "a/README.md", "# Shop\n", false],
])("%s", async (_title, path, text, changes) => {
  create(files);
  age();
  const before = await fingerprints();
  expect(warnings()).toEqual([]);
  expect(readFileSync(cacheOf(), "utf8")).toContain(before.api);
  expect(await fingerprints()).toEqual(before);
  workspace.write({ [path]: text });
  const cached = await fingerprints();
  rmSync(cacheOf());
  // Nothing of the cache may speak for a file that is no longer the same.
  expect(cached).toEqual(await fingerprints());
  expect(cached.plain).toBe(before.plain);
  expect(cached.api !== before.api).toBe(changes);
});

test("a package that is missing, and installed later", async () => {
  create(files);
  rmSync(join(workspace.root, "node_modules/left"), { recursive: true });
  expect(await fingerprints()).toEqual({ api: undefined, plain: undefined });
  workspace.write(files);
  expect((await fingerprints()).api).toMatch(/^[0-9a-f]{32}$/);
});

test("a package that is missing, and installed later by Yarn's map", async () => {
  create(files);
  const modules = join(workspace.root, "node_modules/left");
  const elsewhere = join(workspace.root, "cache/left");
  mkdirSync(dirname(elsewhere));
  renameSync(modules, elsewhere);
  age();
  expect(await fingerprints()).toEqual({ api: undefined, plain: undefined });
  const packageOf = (packageLocation: string) => ({
    packageLocation,
    packageDependencies: [["left", "npm:1.0.0"]],
    linkType: "HARD",
  });
  const map = {
    dependencyTreeRoots: [{ name: "shop", reference: "workspace:." }],
    packageRegistryData: [
      [null, [[null, packageOf("./")]]],
      ["shop", [["workspace:.", packageOf("./")]]],
      ["left", [["npm:1.0.0", packageOf("./cache/left/")]]],
    ],
  };
  workspace.write({ ".pnp.data.json": JSON.stringify(map) });
  expect((await fingerprints()).api).toMatch(/^[0-9a-f]{32}$/);
});

test("a check stands on imported files that Nx may not see", async () => {
  const tax = "a/tax.tova";
  const own = 'import { tax } from "./tax"\nimport { version } from "./data.json"\n';
  create({
    [source]: `${own}${block("api").replace('"ok"', "[tax, version]")}`,
    [tax]: "pub tax = 1\n",
    "a/data.json": "{}",
  });
  const check = async (paths: string[]) =>
    (await infer(paths)).a?.targets?.check?.options.fingerprint as string;
  const ignored = await check([source]);
  const seen = await check([source, tax]);
  // An edit that changes no worker: what is found in it may still be another.
  workspace.write({ [tax]: "pub tax = 1\npub other = missing\n" });
  expect(await check([source])).not.toBe(ignored);
  expect(await check([source, tax])).toBe(seen);
  workspace.write({ "a/data.json": '{ "version": 1 }' });
  expect(await check([source, tax])).not.toBe(seen);
  // What such a file imports nobody follows.
  workspace.write({
    [tax]: 'import { rate } from "./rates"\npub tax = rate\n',
    "a/rates.tova": "pub rate = 1\n",
  });
  const good = await check([source]);
  workspace.write({ "a/rates.tova": "pub rate = \n" });
  expect(await check([source])).not.toBe(good);
});
