// A project's new name on a tree in memory: where it is written, and who still speaks of the old.
import { readJson, type Tree, writeJson } from "@nx/devkit";
import { createTreeWithEmptyWorkspace } from "@nx/devkit/testing";
import { findBlock } from "../src/generators/rename/generator";
import { findMentions, renameReferences } from "../src/generators/rename/references";

let tree: Tree;
beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
});

test("renaming a project leaves comments and layout as they are", () => {
  const written = (name: string) => `// of shop-a
{
  "targets": { /* "shop-a" */ "e2e": { "dependsOn": ["^build", {"projects": ["${name}"], "target": "build"},] } },
}
`;
  tree.write("libs/x/project.json", written("shop-a"));
  renameReferences(tree, "shop-a", "shop-b", ["libs/x"]);
  expect(tree.read("libs/x/project.json", "utf-8")).toBe(written("shop-b"));
});

test("renaming a project follows it where Nx's configurations name projects, and nowhere else", () => {
  writeJson(tree, "nx.json", {
    defaultProject: "shop-a",
    targetDefaults: {
      e2e: { dependsOn: [{ projects: ["shop-a", "!shop-a", "shop-ab"], target: "x" }] },
    },
  });
  writeJson(tree, "libs/x/project.json", {
    name: "x",
    tags: ["shop-a"],
    implicitDependencies: ["shop-a", "!shop-a"],
    targets: {
      serve: { options: { buildTarget: "shop-a:build:production", title: "shop-a" } },
      e2e: {
        dependsOn: [{ projects: "self", target: "shop-a" }],
        options: { devServerTarget: "shop-a:serve" },
      },
    },
  });
  writeJson(tree, "libs/y/package.json", {
    name: "y",
    projects: ["shop-a"],
    nx: { targets: { build: { dependsOn: [{ projects: "shop-a", target: "build" }] } } },
  });
  writeJson(tree, "libs/z/project.json", { implicitDependencies: ["!shop-a"] });
  renameReferences(tree, "shop-a", "shop-b", ["libs/x", "libs/y", "libs/z", "libs/none"]);
  expect(readJson(tree, "libs/z/project.json")).toEqual({ implicitDependencies: ["!shop-b"] });
  expect(readJson(tree, "nx.json").defaultProject).toBe("shop-b");
  expect(readJson(tree, "nx.json").targetDefaults.e2e.dependsOn[0].projects).toEqual([
    "shop-b",
    "!shop-b",
    "shop-ab",
  ]);
  expect(readJson(tree, "libs/x/project.json")).toMatchObject({
    tags: ["shop-a"],
    implicitDependencies: ["shop-b", "!shop-b"],
    targets: {
      serve: { options: { buildTarget: "shop-b:build:production", title: "shop-a" } },
      e2e: {
        dependsOn: [{ projects: "self", target: "shop-a" }],
        options: { devServerTarget: "shop-b:serve" },
      },
    },
  });
  expect(readJson(tree, "libs/y/package.json")).toEqual({
    name: "y",
    projects: ["shop-a"],
    nx: { targets: { build: { dependsOn: [{ projects: "shop-b", target: "build" }] } } },
  });
});

test("files that still speak of a renamed project are found, as words and where it may be meant", () => {
  const said = {
    "package.json": '{ "scripts": { "ship": "nx deploy shop-a" } }',
    ".github/workflows/ci.yml": "run: npx nx deploy shop-a",
    "README.md": "Run `nx build shop-a`.",
    "apps/shop/README.md": "shop-a:build",
    "apps/shop/test/shop.test.mjs": 'program.fetch("/", { worker: "shop-a" });',
    "libs/x/project.json": '{ "targets": { "ship": { "command": "nx deploy shop-a" } } }',
  };
  const silent = {
    "nx.json": '{ "defaultProject": "shop-a-b" }',
    "package-lock.json": "shop-a",
    "apps/shop/shop.tova": "// shop-a",
    "apps/shop/shop.edge.json": '"shop-a"',
    "apps/shop/.tova-out/old.js": "shop-a",
    "apps/shop/logo.png": "shop-a",
    "libs/y/project.json": '{ "name": "my-shop-a" }',
    "libs/z/src/z.ts": "shop-a",
    ".gitignore": ".tova-out/\n",
  };
  for (const [path, content] of Object.entries({ ...said, ...silent })) tree.write(path, content);
  const roots = ["apps/shop", "apps/shop/shop-a", "libs/x", "libs/y", "libs/z"];
  expect(findMentions(tree, "shop-a", { file: "apps/shop/shop.tova", roots })).toEqual(
    Object.keys(said).sort(),
  );
});

test("a project that has no block to rename is told with one that has", () => {
  const project = (block?: string | null) => ({
    root: "",
    metadata: { tova: { file: "shop.tova", block } },
  });
  const projects = { shop: project(), "shop-orders": project("orders"), unnamed: project(null) };
  expect(findBlock(projects, "shop-orders")).toEqual({ file: "shop.tova", block: "orders" });
  const message = (name: string) => `"${name}" is no project of a named edge block. `;
  expect(() => findBlock(projects, "shop-order")).toThrow(
    `${message("shop-order")}Did you mean "shop-orders"?`,
  );
  expect(() => findBlock(projects, "unnamed")).toThrow(
    `${message("unnamed")}Name one such as "shop-orders".`,
  );
  expect(() => findBlock({}, "shop")).toThrow(`${message("shop")}This workspace has none.`);
});
