// What the graph makes of imports: inputs of each block, metadata, edges to the owners of files.
import { mkdirSync, symlinkSync } from "node:fs";
import type { ProjectConfiguration } from "@nx/devkit";
import { openCompilerInputs } from "../src/graph/compiler-origin";
import { inferDependencies } from "../src/graph/dependencies";
import { openPackages } from "../src/graph/packages";
import { block, create, infer, inferFiles, warnings, workspace } from "./infer";
import { syncFiles } from "./sync-files";

const using = (name: string, call: string) =>
  `edge "${name}" { route GET "/" => fn(req) { ${call} } }\n`;

/** The inputs of a target that imports brought: not its own files, not packages. */
function importedBy(project: ProjectConfiguration | undefined, target = "build"): string[] {
  const named = project?.namedInputs ?? {};
  const inputs = project?.targets?.[target]?.inputs ?? [];
  return inputs
    .flatMap((input) => (typeof input === "string" && named[input]) || [input])
    .filter((input): input is string => typeof input === "string")
    .map((input) => input.replace("{workspaceRoot}/", ""))
    .filter((path) => !/shop\.tova$|deploy\.toml$|migrations/.test(path));
}

const files = {
  "apps/shop/shop.tova": `import { area } from "../../libs/shapes/shapes"
import { version } from "./data.json"
${using("api", "area(1)")}${using("info", "version")}${block("plain")}`,
  "apps/shop/data.json": '{ "version": 1 }',
  "libs/shapes/shapes.tova": 'import { square } from "./math.tova"\npub fn area(x) { square(x) }\n',
  "libs/shapes/math.tova": "pub fn square(x) { x * x }\n",
};

test("a block has the files it imports, directly and through others, as inputs", async () => {
  const projects = await inferFiles(files);
  const shapes = ["libs/shapes/math.tova", "libs/shapes/shapes.tova"];
  expect(importedBy(projects["apps/shop/shop-api"])).toEqual(shapes);
  expect(importedBy(projects["apps/shop/shop-api"], "deploy")).toEqual(shapes);
  expect(importedBy(projects["apps/shop/shop-info"])).toEqual(["apps/shop/data.json"]);
  expect(importedBy(projects["apps/shop/shop-plain"])).toEqual([]);
  const all = ["apps/shop/data.json", ...shapes];
  expect(importedBy(projects["apps/shop"], "check")).toEqual(all);
  expect(importedBy(projects["apps/shop"], "build-all")).toEqual(all);
  expect(projects["apps/shop/shop-api"]?.metadata?.tova).toMatchObject({ imports: shapes });
  expect(projects["apps/shop/shop-plain"]?.metadata?.tova).not.toHaveProperty("imports");
  expect(warnings()).toEqual([]);
});

test("a change of what an imported file imports is seen although its importer is cached", async () => {
  await inferFiles(files);
  workspace.write({
    "libs/shapes/shapes.tova": 'import { cube } from "./solid"\npub fn area(x) { cube(x) }\n',
  });
  const paths = Object.keys(files).filter((path) => path.endsWith(".tova"));
  const projects = await infer(paths);
  // A file that is not there yet is an input too: making it must rebuild.
  expect(importedBy(projects["apps/shop/shop-api"])).toEqual([
    "libs/shapes/shapes.tova",
    "libs/shapes/solid.tova",
  ]);
});

test("circles, imports of itself and paths out of the workspace do no harm", async () => {
  const projects = await inferFiles({
    "a/shop.tova": `import { b } from "../b/b"\nimport { me } from "./shop"\nimport { out } from "../../../out"\n${using("api", "[b, me, out]")}`,
    "b/b.tova": 'import { c } from "../c"\npub b = c\n',
    "c.tova": 'import { b } from "./b/b.tova"\npub c = b\n',
  });
  expect(importedBy(projects["a/shop-api"])).toEqual(["b/b.tova", "c.tova"]);
});

test("JavaScript counts with its folder", async () => {
  const projects = await inferFiles({
    "a/shop.tova": `import { f } from "./lib/helper"\n${using("api", "f(1)")}`,
    "a/lib/helper.js": "export const f = (x) => x;\n",
  });
  expect(importedBy(projects["a/shop-api"])).toEqual([
    "a/lib/**/*.{js,mjs,cjs,ts,mts,json}",
    "a/lib/helper.js",
  ]);
});

test("what Nx would take for a pattern in a path is any one sign", async () => {
  create({
    "a/(x)/[s].tova": `import { f } from "./(y)/f.js"\nimport { g } from "./g[1]"\n${using("api", "f(g)")}`,
    "a/(x)/(y)/f.js": "export const f = (x) => x;\n",
    "a/(x)/g[1].tova": "pub g = 1\n",
  });
  const paths = ["a/(x)/[s].tova", "a/(x)/g[1].tova"];
  const projects = await infer(paths);
  const program = projects["a/(x)"];
  expect(program?.namedInputs?.program).toEqual([
    "{workspaceRoot}/a/?x?/?s?.tova",
    "{workspaceRoot}/a/?x?/?y?/**/*.{js,mjs,cjs,ts,mts,json}",
    "{workspaceRoot}/a/?x?/?y?/f.js",
    "{workspaceRoot}/a/?x?/g?1?.tova",
    "{workspaceRoot}/a/?x?/?s?.deploy.toml",
    "{workspaceRoot}/a/?x?/migrations/**/*",
  ]);
  expect(program?.targets?.topology?.outputs).toEqual([
    ...["svg", "mmd", "json"].map((type) => `{options.outDir}/topology.${type}`),
    ...["svg", "mmd", "json"].map((type) => `{workspaceRoot}/a/?x?/.tova-out/?s?/topology.${type}`),
  ]);
  await syncFiles(workspace.root, paths);
  const api = (await infer(paths))["a/(x)/s-api"];
  expect(api?.namedInputs?.worker).toEqual([
    { json: "{workspaceRoot}/a/?x?/?s?.edge.json", fields: ["blocks.api.fingerprint"] },
  ]);
  expect(api?.targets?.build?.outputs).toContain("{workspaceRoot}/a/?x?/.tova-out/?s?.edge.api.js");
});

test("what scripts lead to counts wherever it is, and packages of their own folder by the lockfile", async () => {
  const source = `import { f } from "./lib/helper"\n${using("api", "f(1)")}${block("plain")}`;
  create({
    "a/shop.tova": source,
    "a/lib/helper.js": 'import { g } from "../../libs/far/g.js";\nexport const f = (x) => g(x);\n',
    "libs/far/g.js":
      'import { h } from "own";\nimport { i } from "top";\nexport const g = (x) => h(x) + i;\n',
    "libs/far/node_modules/own/index.js": "export const h = (x) => x;\n",
    "node_modules/top/index.js": "export const i = 1;\n",
    "package-lock.json":
      '{ "packages": { "node_modules/top": {}, "libs/far/node_modules/own": {} } }',
  });
  // The files have just been made: nothing is kept of them.
  const projects = await infer(["a/shop.tova"]);
  const far = ["a/lib/**/*.{js,mjs,cjs,ts,mts,json}", "a/lib/helper.js", "libs/far/g.js"];
  expect(importedBy(projects.a, "check")).toEqual([...far, "package-lock.json"]);
  expect(projects.a?.namedInputs?.program).toContainEqual({ externalDependencies: ["top"] });
  expect(importedBy(projects["a/shop-api"])).toEqual([...far, "package-lock.json"]);
  expect(importedBy(projects["a/shop-plain"])).toEqual([]);
  expect(projects["a/shop-api"]?.metadata?.tova).toMatchObject({ imports: far });
  // What is installed is no file to Nx: the options tell a change of it.
  const before = projects.a?.targets?.check?.options;
  workspace.write({ "libs/far/node_modules/own/index.js": "export const h = (x) => x + 1;\n" });
  const after = (await infer(["a/shop.tova"])).a?.targets?.check?.options;
  expect(after).toEqual({ ...before, fingerprint: expect.any(String) });
  expect(after.fingerprint).not.toBe(before.fingerprint);
});

test("a package is an input when the lockfile knows it, and one linked from the workspace is not", async () => {
  create({
    "a/shop.tova": `import { x } from "left/part"\nimport { y } from "linked"\nimport { z } from "@s/unlocked"\nimport { k } from "kept"\n${using("api", "[x, y, z, k]")}`,
    "node_modules/left/index.js": "",
    "node_modules/@s/unlocked/index.js": "",
    "libs/linked/index.js": "",
    "node_modules/.pnpm/kept@1.0.0/node_modules/kept/index.js": "",
    "pnpm-lock.yaml": "packages:\n  kept@1.0.0:\n",
    "package-lock.json": '{ "packages": { "node_modules/left": {}, "node_modules/linked": {} } }',
  });
  mkdirSync(`${workspace.root}/node_modules`, { recursive: true });
  symlinkSync("../libs/linked", `${workspace.root}/node_modules/linked`);
  symlinkSync(".pnpm/kept@1.0.0/node_modules/kept", `${workspace.root}/node_modules/kept`);
  const projects = await infer(["a/shop.tova"]);
  expect(projects["a/shop-api"]?.namedInputs?.worker).toContainEqual({
    externalDependencies: ["kept", "left"],
  });
});

test.each([
  ["package-lock.json", '{ "packages": { "node_modules/tova-codegen": {} } }'],
  ["package-lock.json", '{ "packages": { "node_modules/nx-tova/node_modules/tova-codegen": {} } }'],
  ["pnpm-lock.yaml", "packages:\n\n  /tova-codegen/0.1.0:\n"],
  ["pnpm-lock.yaml", "packages:\n\n  tova-codegen@0.1.0:\n"],
  [
    "pnpm-lock.yaml",
    "packages:\n\n  my-tova-codegen@0.1.0:\n\n  /tova-codegen@0.1.0(nx@24.0.0):\n",
  ],
  ["yarn.lock", "tova-codegen@^0.1.0, tova-codegen@~0.1.0:\n"],
  ["yarn.lock", '"tova-codegen@npm:^0.1.0":\n'],
  ["bun.lock", '{ "packages": { "tova-codegen": ["tova-codegen@0.1.0"] } }'],
])("an installed compiler is an input as far as the lockfile has it: %s %s", (path, text) => {
  create({ [path]: text });
  const { isLocked } = openPackages(workspace.root);
  const compiler = { externalDependencies: ["tova-codegen"] };
  expect(openCompilerInputs(isLocked, "installed")([])).toEqual([compiler]);
  expect(openCompilerInputs(isLocked, "workspace")([])).toEqual([]);
  expect(openCompilerInputs(isLocked, "workspace")(["zod"])).toEqual([
    { externalDependencies: ["zod"] },
  ]);
});

test.each([
  ["package-lock.json", '{ "packages": { "node_modules/@acme/tova-codegen": {} } }'],
  ["pnpm-lock.yaml", "packages:\n\n  /my-tova-codegen/0.1.0:\n\n  /@acme/tova-codegen@0.1.0:\n"],
  ["pnpm-lock.yaml", "packages:\n\n  my-tova-codegen@0.1.0:\n\n  '@acme/tova-codegen@0.1.0':\n"],
  ["yarn.lock", '"my-tova-codegen@npm:^0.1.0, @acme/tova-codegen@npm:^0.1.0":\n'],
  ["bun.lock", '{ "packages": { "x": ["my-tova-codegen@0.1.0"], "y": ["@acme/tova-codegen@1"] } }'],
])("a package is not locked by one whose name ends in its own: %s %s", (path, text) => {
  create({ [path]: text });
  const { isLocked } = openPackages(workspace.root);
  expect(isLocked("tova-codegen")).toBe(false);
});

test("without a lockfile nothing is locked, and Bun's old one may have it all", () => {
  create({ "package.json": '{ "devDependencies": { "nx-tova": "1" } }' });
  const inputs = () => openCompilerInputs(openPackages(workspace.root).isLocked, "installed")([]);
  expect(inputs()).toEqual([]);
  workspace.write({ "bun.lockb": "" });
  expect(inputs()).toEqual([{ externalDependencies: ["tova-codegen", "nx-tova"] }]);
});

test("named inputs of the workspace mean the imported files too", async () => {
  create(files);
  const projects = await infer(["apps/shop/shop.tova", "libs/shapes/shapes.tova"], undefined, {
    production: ["{projectRoot}/**/*"],
  });
  expect(projects["apps/shop/shop-api"]?.namedInputs?.worker).toContain(
    "{workspaceRoot}/libs/shapes/shapes.tova",
  );
});

test("an import is an edge to the project that owns the file, unless that is its own", async () => {
  const projects = await inferFiles({
    ...files,
    "apps/shop/local.tova": "pub local = 1\n",
    "apps/shop/shop.tova": `import { local } from "./local"\n${files["apps/shop/shop.tova"]}`,
    "libs/shapes/nested/more.tova": "pub more = 1\n",
  });
  const byName = Object.fromEntries(
    Object.values(projects).map((project) => [project.name ?? "", project]),
  );
  const all = {
    ...byName,
    libs: { root: "libs" },
    shapes: { root: "libs/shapes" },
    nested: { root: "libs/shapes/nested" },
  };
  const edges = inferDependencies(all).map(({ source, target }) => `${source} -> ${target}`);
  expect(edges).toEqual([
    "shop -> shop-api",
    "shop -> shop-info",
    "shop -> shop-plain",
    "shop -> shapes",
    "shop-api -> shapes",
  ]);
});
