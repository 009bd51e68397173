// What is wrong with one file is one warning, and the projects of the others stay.
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { block, create, infer, inferFiles, namesOf, shop, warnings, workspace } from "./infer";
import { syncFiles } from "./sync-files";

test("a syntax error in one block keeps the file's projects", async () => {
  const projects = await inferFiles({
    "apps/shop/shop.tova": shop.replace('"ok"', "return ="),
    "apps/other/other.tova": block("api"),
  });
  expect(namesOf(projects)).toEqual([
    "other at apps/other",
    "other-api at apps/other/other-api",
    "shop at apps/shop",
    "shop-api at apps/shop/shop-api",
    "shop-worker at apps/shop/shop-worker",
  ]);
});

test("text that is no Tova at all keeps a project that reports it", async () => {
  const projects = await inferFiles({ "apps/shop/shop.tova": "\u0000\u0001 edge ((((" });
  expect(projects["apps/shop"]?.name).toBe("shop");
  expect(projects["apps/shop"]?.targets?.build).toMatchObject({
    executor: "nx-tova:build",
    options: { file: "apps/shop/shop.tova" },
  });
});

test("a folder, a broken link and a removed file are one warning each", async () => {
  create({ "apps/shop/shop.tova": block("api") });
  mkdirSync(join(workspace.root, "apps/folder.tova"));
  symlinkSync(join(workspace.root, "nowhere"), join(workspace.root, "apps/link.tova"));
  const paths = ["apps/folder.tova", "apps/link.tova", "apps/gone.tova", "apps/shop/shop.tova"];
  expect(Object.keys(await infer(paths))).toEqual(["apps/shop", "apps/shop/shop-api"]);
  expect(warnings()).toEqual([
    "nx-tova: apps/folder.tova cannot be read as a file; it has no projects.",
    "nx-tova: apps/gone.tova cannot be read as a file; it has no projects.",
    "nx-tova: apps/link.tova is a link that leads nowhere. Mend it, or remove it.",
  ]);
});

test("a folder or a broken link in place of the deploy file is never served from the cache", async () => {
  create({
    "a/shop.tova": block("api"),
    "b/shop2.tova": block("api"),
    "c/plain.tova": "pub x = 1\n",
  });
  const options = async () => {
    const { a, b, "a/shop-api": shop, "b/shop2-api": other, c } = await infer(sources);
    const checks = [a, b].map((project) => project?.targets?.check?.options);
    const builds = [shop, other].map((project) => project?.targets?.build?.options.fingerprint);
    return { checks, builds, plain: c };
  };
  const sources = ["a/shop.tova", "b/shop2.tova", "c/plain.tova"];
  const before = await options();
  mkdirSync(join(workspace.root, "a/shop.deploy.toml"));
  mkdirSync(join(workspace.root, "c/plain.deploy.toml"));
  symlinkSync(join(workspace.root, "nowhere"), join(workspace.root, "b/shop2.deploy.toml"));
  const after = await options();
  expect(before.builds).toEqual([expect.any(String), expect.any(String)]);
  expect(after.builds).toEqual([undefined, undefined]);
  for (const [at, check] of after.checks.entries()) expect(check).not.toEqual(before.checks[at]);
  expect(after.plain).toBeUndefined();
});

test("a folder named as a program is one warning, whatever is in it", async () => {
  create({ "apps/folder.tova/shop.tova": block("api"), "apps/folder.tova/docs/x.tova/y.md": "" });
  const paths = ["apps/folder.tova/docs/x.tova/y.md", "apps/folder.tova/shop.tova"];
  expect(namesOf(await infer(paths))).toEqual([
    "shop at apps/folder.tova",
    "shop-api at apps/folder.tova/shop-api",
  ]);
  expect(warnings()).toEqual([
    "nx-tova: apps/folder.tova is a folder, and a program is a file. Rename the folder.",
  ]);
});

test("a folder without a name before .tova is no program's", async () => {
  create({ ".tova/cache.json": "{}", "apps/.tova/x.md": "", "apps/.tova/in.tova/y": "" });
  await infer([".tova/cache.json", "apps/.tova/x.md", "apps/.tova/in.tova/y"]);
  expect(warnings()).toEqual([
    "nx-tova: apps/.tova/in.tova is a folder, and a program is a file. Rename the folder.",
  ]);
});

test("what one command has warned of it does not say again, the next one does", async () => {
  create({ "a/empty.tova": "", "b/also.tova": "" });
  const messages = ["a/empty.tova", "b/also.tova"].map(
    (path) => `nx-tova: ${path} is empty; it has no projects.`,
  );
  await infer(["a/empty.tova"]);
  await infer(["a/empty.tova", "b/also.tova"]);
  await infer(["b/also.tova"]);
  expect(warnings()).toEqual(messages);
  workspace.write({
    ".nx/workspace-data/nx-tova-warnings.json": JSON.stringify({ command: "1 2", messages }),
  });
  await infer(["b/also.tova"]);
  expect(warnings()).toEqual([...messages, messages[1]]);
});

test("of two files with one name the later keeps a project that says so", async () => {
  const projects = await inferFiles({
    "apps/a/shop.tova": block("api"),
    "apps/b/shop.tova": block("admin"),
    "apps/c/other.tova": block("api"),
  });
  expect(namesOf(projects)).toEqual([
    "shop at apps/a",
    "shop-api at apps/a/shop-api",
    "apps-b-shop at apps/b",
    "other at apps/c",
    "other-api at apps/c/other-api",
  ]);
  const message =
    'apps/a/shop.tova and apps/b/shop.tova both make a project named "shop". ' +
    "Rename one of the files or edge blocks.";
  expect(warnings()).toEqual([`nx-tova: ${message}`]);
  const { targets = {} } = projects["apps/b"] ?? {};
  expect(Object.keys(targets)).toEqual([
    "build",
    "build-all",
    "check",
    "serve",
    "deploy",
    "provision",
    "migrate",
    "secrets",
    "rollback",
    "topology",
  ]);
  for (const target of Object.values(targets)) {
    expect(target).toMatchObject({ executor: "nx-tova:report", options: { message } });
  }
});

test("a block of one file may not be named like another file", async () => {
  const projects = await inferFiles({
    "apps/a/shop-api.tova": block("web"),
    "apps/b/shop.tova": block("api"),
  });
  expect(namesOf(projects)).toEqual([
    "shop-api at apps/a",
    "shop-api-web at apps/a/shop-api-web",
    "shop at apps/b",
  ]);
  expect(warnings()).toEqual([expect.stringContaining('both make a project named "shop-api"')]);
});

test("a block's folder may not be another file's", async () => {
  const projects = await inferFiles({
    "apps/shop/shop-api/inner.tova": block("web"),
    "apps/shop/shop.tova": block("api"),
  });
  expect(namesOf(projects)).toEqual([
    "inner at apps/shop/shop-api",
    "inner-web at apps/shop/shop-api/inner-web",
    "shop at apps/shop",
  ]);
  expect(warnings()).toEqual([
    expect.stringContaining("both make a project at apps/shop/shop-api"),
  ]);
});

test("a block named like an existing project leaves that project alone", async () => {
  const files = {
    "apps/shop/project.json": '{ "name": "shop" }',
    "apps/shop/shop.tova": block("api"),
    "apps/zoo/zoo.tova": block("api"),
    // Nx reads comments.
    "libs/api/project.json": '{\n  // Ours.\n  "name": "shop-api"\n}',
  };
  create(files);
  const projects = await infer(Object.keys(files));
  expect(namesOf(projects)).toEqual([
    "shop at apps/shop",
    "zoo at apps/zoo",
    "zoo-api at apps/zoo/zoo-api",
  ]);
  const message =
    'libs/api/project.json and apps/shop/shop.tova both make a project named "shop-api". ' +
    "Rename one of them.";
  expect(warnings()).toEqual([`nx-tova: ${message}`]);
  expect(projects["apps/shop"]?.targets?.build).toMatchObject({
    executor: "nx-tova:report",
    options: { message },
  });
});

test.each([
  ["has `nx`", '{ "name": "shop", "nx": {} }', "apps-shop-shop"],
  ["has none, and makes no project", '{ "name": "shop", "workspaces": ["libs/*"] }', "shop"],
])("a file named like the package at the root, which %s", async (_, root, expected) => {
  const files = {
    "package.json": root,
    "apps/shop/shop.tova": block("api"),
    "libs/other/package.json": '{ "name": "other" }',
  };
  create(files);
  const projects = await infer(Object.keys(files));
  expect(projects["apps/shop"]?.name).toBe(expected);
});

test("a file named like an existing project makes one named after its path", async () => {
  const files = {
    "apps/shop/shop.tova": block("api"),
    "libs/shop/project.json": "{}",
    "package.json": '{ "workspaces": ["libs/*"] }',
    "libs/other/package.json": '{ "name": "zoo-api" }',
    "apps/zoo/zoo.tova": block("api"),
  };
  create(files);
  const projects = await infer(Object.keys(files));
  expect(namesOf(projects)).toEqual(["apps-shop-shop at apps/shop", "zoo at apps/zoo"]);
  expect(warnings()).toEqual([
    expect.stringMatching(/libs\/shop\/project\.json and apps\/shop\/shop\.tova .* "shop"\./),
    expect.stringMatching(/libs\/other\/package\.json and apps\/zoo\/zoo\.tova .* "zoo-api"\./),
  ]);
});

test("a package.json in a workspace without workspaces is no project", async () => {
  const files = {
    "package.json": '{ "name": "all" }',
    "apps/shop/template/package.json": '{ "name": "shop-api" }',
    "apps/shop/shop.tova": block("api"),
  };
  create(files);
  expect(namesOf(await infer(Object.keys(files)))).toEqual([
    "shop at apps/shop",
    "shop-api at apps/shop/shop-api",
  ]);
  expect(warnings()).toEqual([]);
});

test("an empty file is one warning", async () => {
  const projects = await inferFiles({ "a/empty.tova": " \n", "b/shop.tova": block("api") });
  expect(namesOf(projects)).toEqual(["shop at b", "shop-api at b/shop-api"]);
  expect(warnings()).toEqual(["nx-tova: a/empty.tova is empty; it has no projects."]);
});

test.each([
  ["two words", "shop-two-words", "blocks.two words.fingerprint"],
  ["Under_score", "shop-under-score", "blocks.Under_score.fingerprint"],
  ["__proto__", "shop-proto", "blocks.__proto__.fingerprint"],
  ["0", "shop-0", "blocks.0.fingerprint"],
])("a block named %j is a project, and a field of its manifest", async (name, project, field) => {
  const source = block(name);
  create({ "a/shop.tova": source });
  const before = await infer(["a/shop.tova"]);
  expect(before[`a/${project}`]?.namedInputs?.worker).toContain("{workspaceRoot}/a/shop.tova");
  await syncFiles(workspace.root, ["a/shop.tova"]);
  const after = await infer(["a/shop.tova"]);
  expect(after[`a/${project}`]?.namedInputs?.worker).toEqual([
    { json: "{workspaceRoot}/a/shop.edge.json", fields: [field] },
  ]);
});

test.each(["a.b", "a/b", "grün", "a:b", "emoji 🎉"])(
  "a block named %j keeps valid names in the graph, and is an error of the program",
  async (name) => {
    const projects = await inferFiles({ "a/shop.tova": block(name) + block("api") });
    for (const { name = "", root } of Object.values(projects)) {
      expect(name).toMatch(/^[a-z0-9-]+$/);
      expect(root).toMatch(/^a(\/[a-z0-9-]+)?$/);
    }
    // Without a fingerprint the files stay the input: mending the name is seen.
    expect(projects["a/shop-api"]?.namedInputs?.worker).toContain("{workspaceRoot}/a/shop.tova");
    expect(projects["a/shop-api"]?.targets?.build?.options).not.toHaveProperty("fingerprint");
  },
);

test.each(["", "..", "🎉"])("a block named %j has no name left for a project", async (name) => {
  const projects = await inferFiles({ "a/shop.tova": block(name), "b/zoo.tova": block("api") });
  expect(namesOf(projects)).toEqual(["shop at a", "zoo at b", "zoo-api at b/zoo-api"]);
  expect(warnings()).toEqual([
    expect.stringContaining('a/shop.tova makes two projects named "shop"'),
  ]);
});

test.each([
  ["{", "is not JSON."],
  ["[]", "is not a manifest of edge blocks."],
  ['{ "version": 1, "blocks": [] }', "is not a manifest of edge blocks."],
  ['{ "version": 1, "blocks": { "api": 1 } }', "is not a manifest of edge blocks."],
  ["{}\n<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n", "has the conflict marks of a merge."],
  ['{ "version": 2 }', "is of version 2, and this nx-tova knows version 1. Update nx-tova."],
])("a manifest that is %j is one warning, and the files are the input", async (text, message) => {
  const projects = await inferFiles({ "a/shop.tova": shop, "a/shop.edge.json": text });
  expect(warnings()).toEqual([expect.stringContaining(`nx-tova: a/shop.edge.json ${message}`)]);
  expect(projects["a/shop-api"]?.namedInputs?.worker).toContain("{workspaceRoot}/a/shop.tova");
  expect(Object.keys(projects)).toHaveLength(3);
});

test("a manifest that is a folder counts as none", async () => {
  create({ "a/shop.tova": shop, "a/shop.edge.json/file": "" });
  const projects = await infer(["a/shop.tova"]);
  expect(projects["a/shop-api"]?.namedInputs?.worker).toContain("{workspaceRoot}/a/shop.tova");
});
