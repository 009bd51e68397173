// The manifest beside a program: what it holds, when it is written, and how two people's edits merge.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Tree } from "@nx/devkit";
import { removeStrays } from "../src/generators/sync/strays";
import { selectsByInputs } from "../src/graph/affected";
import { parseManifest } from "../src/graph/manifest";
import { block, create, shop, warnings, workspace } from "./infer";
import { syncFiles } from "./sync-files";

const source = "a/shop.tova";
const manifest = "a/shop.edge.json";

const sync = () => syncFiles(workspace.root, [source]);
const read = () => readFileSync(join(workspace.root, manifest), "utf8");
const write = (text: string) => workspace.write({ [source]: text });

function blocks() {
  const parsed = parseManifest(read(), manifest);
  if (parsed.kind === "problem") throw new Error(parsed.problem);
  return parsed.manifest.blocks;
}

test("it outlines what a reviewer wants to see, sorted by block", async () => {
  create({
    [source]: `import { tax } from "./tax"
${block("web", 'secret TOKEN\n  env LIMIT = "3"\n  kv CACHE\n  sql DB\n  storage FILES\n  queue JOBS')}
edge "api" {
  target: "cloudflare"
  health "/healthz"
  schedule "nightly" cron("0 3 * * *") { print(tax) }
  consume JOBS fn(messages) { print(len(messages)) }
}
`,
    "a/tax.tova": "pub tax = 7\n",
  });
  expect(await sync()).toEqual([`${manifest} (api added, web added)`]);
  expect(JSON.parse(read().replaceAll(/"[0-9a-f]{32}"/g, '"(fingerprint)"'))).toEqual({
    version: 1,
    compiler: { "tova-codegen": expect.any(String), "tova-cli": expect.any(String) },
    files: { "a/tax.tova": [] },
    blocks: {
      api: {
        fingerprint: "(fingerprint)",
        seal: "(fingerprint)",
        target: "cloudflare",
        project: "shop-api",
        main: "shop.edge.api.js",
        config: "wrangler.api.toml",
        health: "/healthz",
        consumes: ["jobs"],
        crons: ["0 3 * * *"],
        imports: ["./tax"],
      },
      web: {
        fingerprint: "(fingerprint)",
        seal: "(fingerprint)",
        target: "cloudflare",
        project: "shop-web",
        main: "shop.edge.web.js",
        config: "wrangler.web.toml",
        routes: ["GET /"],
        bindings: ["kv CACHE", "sql DB", "storage FILES"],
        ids: { FILES: "files" },
        produces: ["jobs"],
        env: ["LIMIT"],
        secrets: ["TOKEN"],
      },
    },
  });
  expect(Object.keys(blocks())).toEqual(["api", "web"]);
  expect(await sync()).toEqual([]);
});

test("it says which blocks were changed, added and removed", async () => {
  create({ [source]: block("api") + block("old") + block("same") });
  await sync();
  write(block("api").replace('"ok"', '"changed"') + block("new") + block("same"));
  expect(await sync()).toEqual([`${manifest} (api changed, new added, old removed)`]);
});

test("the order of the blocks in the source, and the layout of the manifest, are nothing to it", async () => {
  create({ [source]: block("api") + block("web") });
  await sync();
  const tidied = JSON.stringify(JSON.parse(read()), null, "\t");
  workspace.write({ [manifest]: tidied });
  write(block("web") + block("api"));
  expect(await sync()).toEqual([]);
  expect(read()).toBe(tidied);
});

test("the unnamed block, and one named `default`, have places of their own", async () => {
  create({ [source]: block("default") + block("").replace('"" ', "") });
  await sync();
  expect(Object.keys(blocks())).toEqual(["(unnamed)", "default"]);
});

test("edits of two blocks by two people merge without a conflict, into what a sync would write", async () => {
  const version = (api: string, web: string) =>
    block("api", `kv ${api}`).replace('"ok"', `"${api}"`) + block("web", `kv ${web}`);
  const manifestOf = async (text: string) => {
    write(text);
    await sync();
    return read();
  };
  create({ [source]: version("A", "B") });
  const paths = ["ours", "base", "theirs"].map((name) => join(workspace.root, name));
  const texts = [version("C", "B"), version("A", "B"), version("A", "D")];
  for (const [at, text] of texts.entries()) writeFileSync(paths[at] ?? "", await manifestOf(text));
  const merged = execFileSync("git", ["merge-file", "--stdout", ...paths], { encoding: "utf8" });
  workspace.write({ [manifest]: merged });
  write(version("C", "D"));
  expect(await sync()).toEqual([]);
});

test("conflict marks, and anything else that is no manifest, are written over", async () => {
  create({ [source]: shop });
  await sync();
  const good = read();
  for (const bad of [`<<<<<<< ours\n${good}=======\n{}\n>>>>>>> theirs\n`, "", "[]"]) {
    workspace.write({ [manifest]: bad });
    expect(await sync()).toEqual([`${manifest} (cannot be read)`]);
    expect(read()).toBe(good);
  }
});

test("a manifest of a newer version is refused and stays", async () => {
  const newer = '{ "version": 2, "edges": {} }';
  create({ [source]: shop, [manifest]: newer });
  await expect(sync()).rejects.toThrow(`${manifest} is of version 2`);
  expect(read()).toBe(newer);
});

test("a folder in the place of a manifest is told with its path", async () => {
  create({ [source]: shop, [`${manifest}/kept.txt`]: "" });
  await expect(sync()).rejects.toThrow(`${manifest} is a folder, and a manifest is a file.`);
});

test("a program with an error keeps its manifest until the error is mended", async () => {
  create({ [source]: shop });
  await sync();
  const good = read();
  write(shop.replace('"ok"', "return ="));
  expect(await sync()).toEqual([]);
  expect(read()).toBe(good);
  write(shop.replace('"ok"', '"mended"'));
  expect(await sync()).toEqual([`${manifest} (api changed)`]);
});

test("a program without any block left, or without a manifest to be, is left alone", async () => {
  create({ [source]: "pub fn twice(n) { n * 2 }\n" });
  expect(await sync()).toEqual([]);
  expect(() => read()).toThrow("ENOENT");
  expect(warnings()).toEqual([]);
});

test("manifests that a program has left behind are removed; those of others stay", async () => {
  create({ [source]: shop, "b/plain.tova": block("api"), "c/gone.tova": block("api") });
  await syncFiles(workspace.root, [source, "b/plain.tova", "c/gone.tova"]);
  rmSync(join(workspace.root, "c/gone.tova"));
  symlinkSync("nowhere", join(workspace.root, "c/link.tova"));
  workspace.write({
    "b/plain.tova": "pub twice = 2\n",
    "c/link.edge.json": read(),
    "c/other.edge.json": '{ "version": 1, "blocks": {} }',
    "c/newer.edge.json": '{ "version": 2 }',
    "d/broken.tova": "edge (((",
    "d/broken.edge.json": read(),
  });
  const gone: string[] = [];
  const files = {
    read: (path: string) => readFileSync(join(workspace.root, path), "utf8"),
    delete: (path: string) => gone.push(path),
  };
  const paths = ["b/plain", "c/gone", "c/link", "c/other", "c/newer", "d/broken"].map(
    (path) => `${path}.edge.json`,
  );
  const removed = await removeStrays(
    files as unknown as Tree,
    [...paths, manifest],
    new Set([source]),
    workspace.root,
  );
  expect(removed).toEqual([
    "b/plain.edge.json (its program has no edge block)",
    "c/gone.edge.json (its program is gone)",
  ]);
  expect(gone).toEqual(["b/plain.edge.json", "c/gone.edge.json"]);
});

test.each([
  ["24.0.0", {}, {}, true],
  ["25.1.0", {}, {}, true],
  ["23.9.9", {}, {}, false],
  ["24.0.0", { legacy: true }, {}, false],
  ["24.0.0", { legacy: false }, { NX_LEGACY_AFFECTED: "true" }, false],
  ["24.0.0", { legacy: true }, { NX_LEGACY_AFFECTED: "false" }, true],
  ["23.0.0", {}, { NX_LEGACY_AFFECTED: "false" }, false],
])("with Nx %s, nx.json %j and %j `nx affected` sees it: %j", (version, affected, env, sees) => {
  create({});
  expect(selectsByInputs({ affected }, version, env)).toBe(sees);
});
