// What the plugin keeps between runs, and when it reads a file anew.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { block, infer, inferFiles, namesOf, shop, workspace } from "./infer";

const cacheOf = () => join(workspace.root, ".nx/workspace-data/nx-tova-outlines.json");
const read = () => JSON.parse(readFileSync(cacheOf(), "utf8")) as Record<string, object>;

test("is used while nothing changes", async () => {
  const before = await inferFiles({ "apps/shop/shop.tova": shop });
  const [[key, outline] = ["", {}]] = Object.entries(read());
  // A name that is only in the cache can only come from it.
  const renamed = JSON.stringify({ [key]: outline }).replaceAll("shop-api", "shop-kept");
  writeFileSync(cacheOf(), renamed);
  expect(namesOf(before)).toContain("shop-api at apps/shop/shop-api");
  expect(namesOf(await infer(["apps/shop/shop.tova"]))).toContain(
    "shop-kept at apps/shop/shop-kept",
  );
});

test("is not read where Nx is told to keep no graph", async () => {
  await inferFiles({ "apps/shop/shop.tova": shop });
  const kept = JSON.stringify(read());
  writeFileSync(cacheOf(), kept.replaceAll("shop-api", "shop-kept"));
  process.env.NX_CACHE_PROJECT_GRAPH = "false";
  try {
    const nodes = await infer(["apps/shop/shop.tova"]);
    expect(namesOf(nodes)).toContain("shop-api at apps/shop/shop-api");
    expect(JSON.stringify(read())).toBe(kept);
  } finally {
    delete process.env.NX_CACHE_PROJECT_GRAPH;
  }
});

test("misses after an edit of the source or of the deploy file, and forgets the old", async () => {
  await inferFiles({ "apps/shop/shop.tova": shop });
  const first = Object.keys(read());
  workspace.write({ "apps/shop/shop.tova": `${shop}${block("admin")}` });
  expect(namesOf(await infer(["apps/shop/shop.tova"]))).toContain(
    "shop-admin at apps/shop/shop-admin",
  );
  const second = Object.keys(read());
  workspace.write({ "apps/shop/shop.deploy.toml": '[kv]\nCACHE = "0123456789abcdef"\n' });
  await infer(["apps/shop/shop.tova"]);
  const third = Object.keys(read());
  expect([first.length, second.length, third.length]).toEqual([1, 1, 1]);
  expect(new Set([...first, ...second, ...third]).size).toBe(3);
});

test("is made anew when it cannot be read", async () => {
  await inferFiles({ "apps/shop/shop.tova": shop });
  writeFileSync(cacheOf(), '{"half');
  expect(Object.keys(await infer(["apps/shop/shop.tova"]))).toHaveLength(3);
  expect(Object.keys(read())).toHaveLength(1);
});

test("is in Nx's data folder, wherever that is", async () => {
  const folder = mkdtempSync(join(tmpdir(), "nx-data-"));
  process.env.NX_WORKSPACE_DATA_DIRECTORY = folder;
  try {
    await inferFiles({ "apps/shop/shop.tova": shop });
    expect(readdirSync(folder)).toEqual(["nx-tova-outlines.json"]);
    process.env.NX_WORKSPACE_DATA_DIRECTORY = "data/nx";
    await infer(["apps/shop/shop.tova"]);
    expect(readdirSync(workspace.root).sort()).toEqual(["apps", "data"]);
  } finally {
    delete process.env.NX_WORKSPACE_DATA_DIRECTORY;
    rmSync(folder, { recursive: true });
  }
});
