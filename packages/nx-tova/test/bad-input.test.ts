// What is wrong with one file is one warning, and the projects of the others stay.
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { block, create, infer, inferFiles, namesOf, shop, warnings, workspace } from "./infer";

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
    "nx-tova: apps/link.tova cannot be read as a file; it has no projects.",
  ]);
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
