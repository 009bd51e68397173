// Programs inspected and built: two have one fingerprint exactly when their workers are the same.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "../src/build";
import { inspect } from "../src/inspect";
import { migration, notes } from "./program";
import { createRecorder, createWorkspace, type Workspace } from "./workspace";

let workspace: Workspace;
afterEach(() => workspace.remove());

function inspectText(text: string, deploy: string | null = null, compiler = "1.0.0") {
  const path = workspace.write("app.tova", text);
  return inspect({ path, text, deploy, cwd: workspace.folder, compiler });
}

/** Code, types and config of each block, as a build writes them. */
async function built(deploy: string | null): Promise<string[]> {
  workspace.write("app.deploy.toml", deploy ?? "");
  const { exitCode } = await build({
    file: "app.tova",
    cwd: workspace.folder,
    log: createRecorder(),
  });
  expect(exitCode).toBe(0);
  const read = (name: string) => readFileSync(join(workspace.folder, ".tova-out", name), "utf8");
  return ["api", "reader"].map(
    (name) =>
      read(`app.edge.${name}.js`) + read(`app.edge.${name}.d.ts`) + read(`wrangler.${name}.toml`),
  );
}

const edits: readonly (readonly [text: string, deploy: string | null])[] = [
  [notes, null],
  [`// A comment.\n\n${notes}`, null],
  [notes.replaceAll("  ", "    "), null],
  [notes.replaceAll("GET", "POST"), null],
  [`${notes}\nshared { type Unused { id: Int } }\n`, null],
  [`security { csp { default_src: ["self"] } }\n${notes}`, null],
  [notes, "# Nothing yet.\n"],
  [notes, '[workers.api]\nname = "notes-api"\n'],
  [notes, "[workers.reader]\nworkers_dev = true\n"],
  [notes, '[env.staging.workers.reader]\nname = "reader-staging"\n'],
];

test("one fingerprint means one worker, and another another", async () => {
  workspace = createWorkspace({ "migrations/1.sql": migration });
  const seen: { fingerprint: string; output: string }[] = [];
  for (const [text, deploy] of edits) {
    const { fingerprints } = await inspectText(text, deploy);
    const outputs = await built(deploy);
    for (const [at, output] of outputs.entries()) {
      seen.push({ fingerprint: fingerprints?.[at] ?? "none", output });
    }
  }
  for (const a of seen) {
    for (const b of seen) expect(a.fingerprint === b.fingerprint).toBe(a.output === b.output);
  }
  // Some edits change one worker, some both, some none.
  const kinds = new Set(seen.map(({ fingerprint }) => fingerprint)).size;
  expect(kinds).toBeGreaterThan(4);
  expect(kinds).toBeLessThan(seen.length / 2);
}, 60_000);

test("another compiler makes other workers, until they are built", async () => {
  workspace = createWorkspace({});
  const { fingerprints: one } = await inspectText(notes, null, "1.0.0");
  const { fingerprints: two } = await inspectText(notes, null, "1.0.1");
  expect(one).toHaveLength(2);
  expect(new Set([...(one ?? []), ...(two ?? [])]).size).toBe(4);
});

test("of two programs with the same workers, one that only a strict build refuses has other fingerprints", async () => {
  workspace = createWorkspace({});
  const typed = (type: string) =>
    `edge "api" {\n  fn size() -> ${type} { 1 }\n  route GET "/" => fn(req) size()\n}\n`;
  const seen: unknown[] = [];
  for (const text of [typed("Int"), typed("String"), `// tova-ignore E101\n${typed("Int")}`]) {
    const { fingerprints } = await inspectText(text);
    const strict = { file: "app.tova", cwd: workspace.folder, log: createRecorder(), strict: true };
    seen.push({ fingerprint: fingerprints?.[0], exitCode: (await build(strict)).exitCode });
  }
  const [right, wrong, commented] = seen;
  expect([right, wrong]).toMatchObject([{ exitCode: 0 }, { exitCode: 1 }]);
  expect(wrong).not.toMatchObject({ fingerprint: (right as { fingerprint: string }).fingerprint });
  expect(commented).toEqual(right);
});

test("a program with an error has its blocks, and no fingerprints", async () => {
  workspace = createWorkspace({});
  const { fingerprints, hasErrors, blocks } = await inspectText(`${notes}\nedge "third" {`);
  expect({ fingerprints, hasErrors }).toEqual({ fingerprints: null, hasErrors: true });
  expect(blocks.map(({ name }) => name)).toEqual(["api", "reader", "third"]);
});

test("a program outside workers is not joined with its scripts: nothing stands on them", async () => {
  const source = 'import { a } from "./a.js"\nprint(a)\n';
  workspace = createWorkspace({ "a.js": "export const a = (;\n" });
  const { hasErrors, imports, blocks, files, bundle } = await inspectText(source);
  expect({ hasErrors, blocks, bundle }).toMatchObject({ hasErrors: false, blocks: [] });
  expect(imports).toMatchObject([{ specifier: "./a.js", blocks: [] }]);
  expect(files).toContain(workspace.path("a.js"));
  expect(bundle).not.toBeNull();
});

test("files that may change a worker are listed, present or not", async () => {
  const source = `import { a } from "./a"
import { b } from "./b.js"
import { c } from "c"
edge "api" { route GET "/" => fn(req) { [a, b, c] } }
`;
  workspace = createWorkspace({
    "a.tova": "pub a = 1\n",
    "b.js": 'export { b } from "./folder";\n',
    "folder/package.json": '{ "main": "../elsewhere/b.js" }',
    "elsewhere/b.js": "export const b = 1;\n",
    "node_modules/c/package.json": '{ "main": "lib/c.js" }',
    "node_modules/c/lib/c.js": 'exports.c = require("@d/e") + require("./inner");\n',
    "node_modules/c/lib/inner/package.json": '{ "main": "deep/inner.js" }',
    "node_modules/c/lib/inner/deep/inner.js": "module.exports = 2;\n",
    "node_modules/c/node_modules/@d/e/index.js": "module.exports = 1;\n",
  });
  const { files, bundle } = await inspectText(source);
  const short = (file: string) => file.slice(workspace.folder.length);
  const names = (files ?? []).map(short);
  expect(names).toEqual(
    expect.arrayContaining([
      "/a.tova",
      "/b.js",
      // A new file beside a script may take its place.
      "",
      "/migrations",
      "/package.json",
      // It says where the import of its folder leads.
      "/folder/package.json",
      "/node_modules/c/package.json",
      "/node_modules/c/lib/c.js",
      "/node_modules/c/lib/inner/package.json",
      "/node_modules/c/node_modules/@d/e/package.json",
      "/node_modules/c/node_modules/@d/e/index.js",
      "/node_modules/.package-lock.json",
      "/node_modules/.modules.yaml",
    ]),
  );
  expect({ ...bundle, files: bundle?.files.map(short) }).toEqual({
    files: [
      "/b.js",
      "/elsewhere/b.js",
      "/folder/package.json",
      "/node_modules/c/lib/c.js",
      "/node_modules/c/lib/inner/deep/inner.js",
      "/node_modules/c/lib/inner/package.json",
      "/node_modules/c/node_modules/@d/e/index.js",
    ],
    packages: ["@d/e", "c"],
  });
  const script = await inspectText(
    'import { b } from "./b"\nedge { route GET "/" => fn(req) { b } }\n',
  );
  // Either would be taken before `b.js`.
  for (const name of ["b.tova", "b"]) expect(script.files).toContain(workspace.path(name));
});
