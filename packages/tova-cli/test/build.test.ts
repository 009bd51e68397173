// Builds of good programs, and of everything that is not one.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "../src/build";
import { migration, notes } from "./program";
import { createRecorder, createWorkspace, type Workspace } from "./workspace";

let workspace: Workspace;
afterEach(() => workspace.remove());

const outputs = [
  "app.edge.api.d.ts",
  "app.edge.api.js",
  "app.edge.api.js.map",
  "app.edge.reader.d.ts",
  "app.edge.reader.js",
  "app.edge.reader.js.map",
  "wrangler.api.toml",
  "wrangler.reader.toml",
];

function run(options: { file?: string; block?: string | null; outDir?: string } = {}) {
  const log = createRecorder();
  const running = build({ file: "app.tova", cwd: workspace.folder, log, ...options });
  return running.then((result) => ({ ...result, log }));
}

test("writes each block's worker, map and wrangler file, and lists them with their size", async () => {
  workspace = createWorkspace({ "app.tova": notes, "migrations/0001_init.sql": migration });
  const { exitCode, files, log } = await run();
  expect(log.errors).toEqual([]);
  expect(exitCode).toBe(0);
  expect(readdirSync(workspace.path(".tova-out")).sort()).toEqual(outputs);
  expect([...files].sort()).toEqual(outputs.map((name) => workspace.path(`.tova-out/${name}`)));
  const code = readFileSync(workspace.path(".tova-out/app.edge.api.js"));
  expect(log.infos).toContain(`.tova-out/app.edge.api.js  ${code.length} bytes`);
  const config = readFileSync(workspace.path(".tova-out/wrangler.api.toml"), "utf8");
  expect(config).toContain('migrations_dir = "../migrations"');
});

test("the map names the source as seen from the map, wherever the build is started", async () => {
  workspace = createWorkspace({ "apps/a/app.tova": notes });
  await run({ file: "apps/a/app.tova" });
  const mapPath = workspace.path("apps/a/.tova-out/app.edge.api.js.map");
  const map = readFileSync(mapPath, "utf8");
  const code = readFileSync(workspace.path("apps/a/.tova-out/app.edge.api.js"), "utf8");
  expect(JSON.parse(map)).toMatchObject({ sources: ["../app.tova"], sourcesContent: [notes] });
  await build({ file: "app.tova", cwd: workspace.path("apps/a"), log: createRecorder() });
  expect(readFileSync(mapPath, "utf8")).toBe(map);
  expect(readFileSync(workspace.path("apps/a/.tova-out/app.edge.api.js"), "utf8")).toBe(code);
});

test("a second build changes nothing", async () => {
  workspace = createWorkspace({ "app.tova": notes });
  await run();
  const { log } = await run();
  expect(log.infos.every((line) => line.endsWith("(unchanged)"))).toBe(true);
});

test("one block is built alone", async () => {
  workspace = createWorkspace({ "app.tova": notes });
  const { exitCode } = await run({ block: "reader" });
  expect(exitCode).toBe(0);
  expect(readdirSync(workspace.path(".tova-out")).sort()).toEqual([
    "app.edge.reader.d.ts",
    "app.edge.reader.js",
    "app.edge.reader.js.map",
    "wrangler.reader.toml",
  ]);
});

test("an unknown block is an error that names the blocks", async () => {
  workspace = createWorkspace({ "app.tova": notes });
  const { exitCode, log } = await run({ block: "reeder" });
  expect(exitCode).toBe(1);
  expect(log.errors[0]).toContain("T020");
  expect(log.errors[0]).toContain('"api", "reader"');
  expect(readdirSync(workspace.folder)).toEqual(["app.tova"]);
});

test("an unnamed block is built by the name `default`", async () => {
  workspace = createWorkspace({ "app.tova": 'edge { route GET "/" => fn(req) "x" }\n' });
  const { files } = await run({ block: "default" });
  expect(files.map((file) => file.slice(workspace.folder.length))).toContain(
    "/.tova-out/app.edge.js",
  );
});

test("a file without edge blocks is a plain module", async () => {
  workspace = createWorkspace({ "sums.tova": "pub fn add(a, b) { a + b }\n" });
  const { exitCode, log } = await run({ file: "sums.tova" });
  expect(log.errors).toEqual([]);
  expect(exitCode).toBe(0);
  expect(readdirSync(workspace.path(".tova-out")).sort()).toEqual(["sums.js", "sums.js.map"]);
});

describe("a plain program that imports files", () => {
  const files = {
    "limits.json": '{ "largest": 5, "colours": ["red", "blue"] }',
    "sub/shapes.tova": `import { twice } from "../twice"
pub type Shape { Circle(r: Float) Dot }
impl Shape { fn size(self) { match self { Circle(r) => twice(r) Dot => 0 } } }
pub place = env("TOVA_TEST_PLACE", "nowhere")
`,
    "twice.js": "export const twice = (x) => x * 2;\n",
    "main.tova": `import limits from "./limits.json"
import { largest } from "./limits.json"
import { Shape, place } from "./sub/shapes"
import { basename } from "node:path"
import { two } from "pair"
print(limits.colours[1], largest, Shape.Circle(3).size(), place, basename("/a/b"), two)
pub fn most() { largest }
`,
    "node_modules/pair/package.json":
      '{ "name": "pair", "type": "module", "exports": "./pair.js" }',
    "node_modules/pair/pair.js": "export const two = 2;\n",
  };

  test("runs in Node as it is written, with its packages beside it", async () => {
    workspace = createWorkspace(files);
    const { exitCode, log } = await run({ file: "main.tova" });
    expect(log.errors).toEqual([]);
    expect(exitCode).toBe(0);
    const built = workspace.path(".tova-out/main.js");
    const ran = spawnSync(process.execPath, [built], {
      encoding: "utf8",
      env: { ...process.env, TOVA_TEST_PLACE: "here" },
    });
    expect(ran.stderr).toBe("");
    expect(ran.stdout).toBe("blue 5 6 here b 2\n");
    const code = readFileSync(built, "utf8");
    expect(code).toContain("most");
    expect(code.match(/from ".*"/g)).toEqual(['from "node:path"', 'from "pair"']);
  });

  test("has a map that leads into each file", async () => {
    workspace = createWorkspace(files);
    await run({ file: "main.tova" });
    const map = JSON.parse(readFileSync(workspace.path(".tova-out/main.js.map"), "utf8"));
    expect(map.sources).toEqual(
      expect.arrayContaining(["../main.tova", "../sub/shapes.tova", "../twice.js"]),
    );
  });

  test("asks Node for what its scripts require, when they do", async () => {
    workspace = createWorkspace({
      ...files,
      "node_modules/pair/package.json":
        '{ "exports": { "import": "./pair.mjs", "require": "./pair.js" } }',
      "node_modules/pair/pair.js": "exports.two = 3;\n",
      "old.cjs": `const { two } = require("pair");
const { basename } = require("path");
let more = "alone";
try { more = require("not-there"); } catch {}
exports.all = [two, basename("/a/c"), more].join(" ");
`,
      "main.tova": 'import { all } from "./old.cjs"\nprint(all)\n',
    });
    const { log } = await run({ file: "main.tova" });
    expect(log.errors).toEqual([]);
    const ran = spawnSync(process.execPath, [workspace.path(".tova-out/main.js")]);
    expect(String(ran.stderr)).toBe("");
    expect(String(ran.stdout)).toBe("3 c alone\n");
  });

  test("is told of compiled code as what it is, not as a worker", async () => {
    workspace = createWorkspace({
      "fast.js": 'import "./fast.node";\nexport const fast = 1;\n',
      "fast.node": "",
      "main.tova": 'import { fast } from "./fast"\nprint(fast)\n',
    });
    const { exitCode, log } = await run({ file: "main.tova" });
    expect(exitCode).toBe(1);
    expect(log.errors.join("")).toMatch(/error\[E400\]: `.\/fast` cannot be bundled: .*fast\.node/);
  });

  test("of packages alone stays as it is", async () => {
    const { "main.tova": _, ...others } = files;
    workspace = createWorkspace({
      ...others,
      "main.tova": 'import { two } from "pair"\nprint(two)\n',
    });
    await run({ file: "main.tova" });
    expect(readFileSync(workspace.path(".tova-out/main.js"), "utf8")).toMatch(
      /^import { two } from "pair";\n.*\(two\);\n/s,
    );
  });
});

test("warnings are shown and do not stop a build", async () => {
  const twice = 'edge "a" { health "/h" }\nedge "a" { health "/other" }\n';
  workspace = createWorkspace({ "app.tova": twice });
  const { exitCode, log } = await run();
  expect(log.warnings.length).toBeGreaterThan(0);
  expect(exitCode).toBe(0);
});

test("an error leaves the last good outputs as they are", async () => {
  workspace = createWorkspace({ "app.tova": notes });
  await run();
  const before = readFileSync(workspace.path(".tova-out/app.edge.api.js"), "utf8");
  workspace.write("app.tova", `${notes}\nedge "api" { route`);
  const { exitCode, files } = await run();
  expect(exitCode).toBe(1);
  expect(files).toEqual([]);
  expect(readFileSync(workspace.path(".tova-out/app.edge.api.js"), "utf8")).toBe(before);
});

const source = (text: string) => () => workspace.write("app.tova", text);

test.each<[string, () => unknown, RegExp]>([
  ["a missing file", () => undefined, /error\[T001\].*app\.tova/],
  ["a folder", () => mkdirSync(workspace.path("app.tova")), /error\[T002\]/],
  [
    "a binary file",
    () => workspace.write("app.tova", Buffer.from([0x7f, 0x45, 0, 1])),
    /error\[T003\]/,
  ],
  [
    "text in Latin-1",
    () => workspace.write("app.tova", Buffer.from([0x61, 0xe9])),
    /error\[T003\]/,
  ],
  [
    "a broken link",
    () => symlinkSync("gone.tova", workspace.path("app.tova")),
    /error\[T005\].*gone\.tova/,
  ],
  ["an unclosed brace", source('edge "a" {\n  health "/h"\n'), /E00\d[\s\S]*app\.tova:\d+:\d+/],
  ["an unknown target", source('edge "a" {\n  target: "netlify"\n  health "/h"\n}\n'), /:2:\d+/],
  ["two bindings of one name", source('edge "a" {\n  kv A\n  sql A\n  health "/h"\n}\n'), /:3:\d+/],
  [
    "an invalid cron",
    source('edge "a" {\n  schedule "s" cron("99 * * * *") { print(1) }\n}\n'),
    /W_INVALID_CRON[\s\S]*:2:\d+/,
  ],
])("%s is a coded error and writes nothing", async (_, prepare, expected) => {
  workspace = createWorkspace({});
  prepare();
  const before = readdirSync(workspace.folder);
  const { exitCode, log, files } = await run();
  expect(log.errors.join("\n")).toMatch(expected);
  expect(log.errors.join("\n")).not.toMatch(/^\s+at /m);
  expect({ exitCode, files }).toEqual({ exitCode: 1, files: [] });
  expect(readdirSync(workspace.folder)).toEqual(before);
});

test("a file of another kind is refused", async () => {
  workspace = createWorkspace({ "app.ts": "let x = 1;\n" });
  const { exitCode, log } = await run({ file: "app.ts" });
  expect(exitCode).toBe(1);
  expect(log.errors[0]).toContain("error[T008]");
});

test("no name of a block leads out of the output folder", async () => {
  workspace = createWorkspace({ "apps/app.tova": 'edge "../../x" { health "/h" }\n' });
  const { files } = await run({ file: "apps/app.tova" });
  const inside = workspace.path("apps/.tova-out/");
  for (const file of files) expect(resolve(file).startsWith(inside)).toBe(true);
  expect(readdirSync(workspace.folder)).toEqual(["apps"]);
});

test.each(["", "\uFEFF", "\r\n \n"])("an empty file, %j, is a coded error", async (text) => {
  workspace = createWorkspace({ "app.tova": text });
  const { exitCode, log } = await run();
  expect(exitCode).toBe(1);
  expect(log.errors.join("\n")).toContain("error[T009]: `app.tova` is empty");
  expect(existsSync(workspace.path(".tova-out"))).toBe(false);
});

test("a byte order mark is not part of the program", async () => {
  workspace = createWorkspace({ "app.tova": `\uFEFF${notes}` });
  const { exitCode } = await run();
  expect(exitCode).toBe(0);
});

test("a file in place of the output folder is a coded error", async () => {
  workspace = createWorkspace({ "app.tova": notes, ".tova-out": "in the way" });
  const { exitCode, log } = await run();
  expect(exitCode).toBe(1);
  expect(log.errors[0]).toMatch(/error\[T011\].*\.tova-out/);
  expect(readFileSync(workspace.path(".tova-out"), "utf8")).toBe("in the way");
});

test("an output folder without permission is a coded error", async () => {
  workspace = createWorkspace({ "app.tova": notes, ".tova-out/kept.js": "old" });
  chmodSync(workspace.folder, 0o755);
  chmodSync(workspace.path(".tova-out"), 0o555);
  // The superuser may write anywhere, so be somebody else for the build.
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  const { exitCode, log } = await run().finally(() => isRoot && process.seteuid?.(0));
  expect(exitCode).toBe(1);
  expect(log.errors[0]).toMatch(/error\[T010\].*\.tova-out.*permission denied/);
  expect(readdirSync(workspace.path(".tova-out"))).toEqual(["kept.js"]);
  chmodSync(workspace.path(".tova-out"), 0o755);
});

test("a mistake in the deploy file is shown there", async () => {
  workspace = createWorkspace({ "app.tova": notes, "app.deploy.toml": "ok = 1\nbroken = = 2\n" });
  const { exitCode, log } = await run();
  expect(exitCode).toBe(1);
  expect(log.errors.join("\n")).toContain("app.deploy.toml:2:");
});

test("outputs go where they are wanted", async () => {
  workspace = createWorkspace({ "app.tova": notes, "migrations/1.sql": migration });
  await run({ outDir: "dist/edge" });
  const config = readFileSync(join(workspace.folder, "dist/edge/wrangler.api.toml"), "utf8");
  expect(config).toContain('migrations_dir = "../../migrations"');
});
