// Takes the package in the working directory, gives its `dist`: every entry its package.json,
// executors.json and generators.json promise, bundled by esbuild, with declarations by tsc (left out
// with --code-only). Dependencies stay external, so a package never carries a second copy of another.
// Files are made in a folder beside `dist` and renamed into place: Nx may have this package loaded.
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const require = createRequire(import.meta.url);
const codeOnly = process.argv.includes("--code-only") || process.env.TOVA_BUILD === "code-only";
const next = `.dist-${process.pid}`;

/** `./dist/a/b.js` of a manifest is made from `src/a/b.ts`. */
const source = (promised) => promised.replace(/^\.\/dist\//, "src/").replace(/(\.m?js)?$/, ".ts");
const sources = (promises) =>
  [...new Set(promises)].filter((path) => path?.startsWith("./dist/")).map(source);
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));
const filesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    : [];

const { exports } = readJson("package.json");
const readParts = (kind) =>
  existsSync(`${kind}.json`) ? Object.values(readJson(`${kind}.json`)[kind]) : [];
const parts = [...readParts("executors"), ...readParts("generators")];
const conditions = Object.values(exports).filter((entry) => typeof entry === "object");
const entryPoints = sources([
  ...conditions.map((entry) => entry.default),
  ...parts.map(({ implementation, factory }) => implementation ?? factory),
  ...parts.map(({ batchImplementation }) => batchImplementation),
]);
function emit() {
  for (const { schema } of parts) {
    const copy = schema.replace(/^\.\/dist/, next);
    mkdirSync(dirname(copy), { recursive: true });
    const written = schema.replace(/^\.\/dist/, "src");
    cpSync(written, copy);
    const templates = join(dirname(written), "files");
    if (existsSync(templates)) cpSync(templates, join(dirname(copy), "files"), { recursive: true });
  }
  if (codeOnly) return;
  const tsc = require.resolve("typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--outDir", next], {
    stdio: "inherit",
  });
}

function replaceDist() {
  const made = filesIn(next);
  for (const file of made) {
    mkdirSync(dirname(join("dist", file)), { recursive: true });
    renameSync(join(next, file), join("dist", file));
  }
  const kept = new Set(made);
  if (!codeOnly) {
    for (const file of filesIn("dist")) if (!kept.has(file)) rmSync(join("dist", file));
  }
}

try {
  // One format: Node and bundlers import names from it as from an ES module, and no program ever
  // loads a package twice.
  await build({
    entryPoints,
    format: "cjs",
    outbase: "src",
    outdir: next,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20.19",
    // What is loaded late is CommonJS, too; Jest, in whose tests programs are started, has no `import()`.
    supported: { "dynamic-import": false },
    sourcemap: true,
    sourcesContent: false,
    logLevel: "warning",
  });
  emit();
  replaceDist();
} catch (error) {
  // esbuild and tsc have already shown what is wrong.
  if (!("errors" in error) && !("status" in error)) console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(next, { recursive: true, force: true });
}
