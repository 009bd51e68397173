// Programs that import packages of npm: what is bundled, what it needs, and what cannot run.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { Miniflare } from "miniflare";
import { build } from "../../src/build";
import { createRecorder, createWorkspace, type Workspace } from "../workspace";

let workspace: Workspace;
let miniflare: Miniflare | undefined;

afterEach(async () => {
  await miniflare?.dispose();
  miniflare = undefined;
  workspace.remove();
});

const route = (expression: string) => `edge "api" { route GET "/" => fn(req) { ${expression} } }\n`;

/** A package of two files in node_modules. */
const installed = (name: string, code: string, more: object = {}) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: "index.js", ...more }),
  [`node_modules/${name}/index.js`]: code,
});

async function run(files: Record<string, string>) {
  workspace = createWorkspace(files);
  const log = createRecorder();
  const result = await build({ file: "app.tova", cwd: workspace.folder, log });
  return { ...result, log };
}

const output = (name: string) => readFileSync(workspace.path(`.tova-out/${name}`), "utf8");

async function answer(files: Record<string, string>, flags: string[] = []) {
  const { log } = await run(files);
  expect(log.errors).toEqual([]);
  miniflare = new Miniflare({
    cf: false,
    modules: [{ type: "ESModule", path: "app.edge.api.js", contents: output("app.edge.api.js") }],
    compatibilityDate: "2026-04-01",
    compatibilityFlags: flags,
  });
  return (await miniflare.dispatchFetch("http://app.test/")).json();
}

test("packages of both module systems are bundled and need no flag", async () => {
  const json = await answer({
    ...installed("old-style", "module.exports = { twice: (x) => x * 2 };"),
    ...installed("new-style", "export const half = (x) => x / 2;\nexport const unused = 41;", {
      type: "module",
    }),
    "app.tova": `import { twice } from "old-style"\nimport { half } from "new-style"\n${route("[twice(2), half(2)]")}`,
  });
  expect(json).toEqual([4, 1]);
  expect(output("wrangler.api.toml")).not.toContain("nodejs_compat");
  expect(output("app.edge.api.js")).not.toContain("unused");
});

/** What Yarn writes of one package that lies in an archive elsewhere (yarnpkg.com/advanced/pnp-spec). */
function yarnMap(name: string, packageLocation: string): string {
  const own = (location: string, linkType: string) => ({
    packageLocation: location,
    packageDependencies: [[name, "npm:1.0.0"]],
    linkType,
  });
  const root = own("./", "SOFT");
  return JSON.stringify({
    dependencyTreeRoots: [{ name: "app", reference: "workspace:." }],
    enableTopLevelFallback: true,
    ignorePatternData: null,
    fallbackExclusionList: [],
    fallbackPool: [],
    packageRegistryData: [
      [null, [[null, root]]],
      ["app", [["workspace:.", root]]],
      [name, [["npm:1.0.0", own(packageLocation, "HARD")]]],
    ],
  });
}

test("packages that Yarn keeps in archives are bundled, the same wherever these are", async () => {
  const bytes: string[] = [];
  for (const _ of ["one machine", "another"]) {
    const cache = createWorkspace({
      "left.zip/node_modules/left/package.json": '{ "name": "left", "main": "index.js" }',
      "left.zip/node_modules/left/index.js": "exports.left = (n) => n - 1;\n",
    });
    const json = await answer({
      ".pnp.data.json": yarnMap("left", `../${basename(cache.folder)}/left.zip/node_modules/left/`),
      "app.tova": `import { left } from "left"\n${route("left(3)")}`,
    });
    expect(json).toBe(2);
    bytes.push(output("app.edge.api.js") + output("app.edge.api.js.map"));
    await miniflare?.dispose();
    miniflare = undefined;
    workspace.remove();
    cache.remove();
  }
  expect(bytes[1]).toBe(bytes[0]);
  expect(bytes[0]).toContain("node_modules/left/index.js");
  const gone = `import { x } from "gone"\n${route("x")}`;
  const { log } = await run({ ".pnp.data.json": yarnMap("left", "./"), "app.tova": gone });
  expect(log.errors.join()).toMatch(/E400.*gone/);
});

test.each([
  [
    "an import",
    'import { Buffer } from "node:buffer";\nexport const hex = (s) => Buffer.from(s).toString("hex");',
    { type: "module" },
  ],
  [
    "a bare require",
    'const { Buffer } = require("buffer");\nexports.hex = (s) => Buffer.from(s).toString("hex");',
    {},
  ],
])(
  "a package that needs Node's modules by %s gets the flag, in its worker alone",
  async (_, code, more) => {
    const json = await answer(
      {
        ...installed("hexer", code, more),
        "app.tova": `import { hex } from "hexer"\n${route('hex("ab")')}edge "plain" { route GET "/" => fn(req) { 1 } }\n`,
      },
      ["nodejs_compat"],
    );
    expect(json).toBe("6162");
    expect(output("wrangler.api.toml")).toContain('compatibility_flags = ["nodejs_compat"]');
    expect(output("wrangler.plain.toml")).not.toContain("nodejs_compat");
  },
);

test("a need for Node that the used part does not have sets no flag", async () => {
  await run({
    ...installed(
      "mixed",
      'import { readFileSync } from "node:fs";\nexport const read = () => readFileSync("x");\nexport const one = 1;',
      { type: "module", sideEffects: false },
    ),
    "app.tova": `import { one } from "mixed"\n${route("one")}`,
  });
  expect(output("wrangler.api.toml")).not.toContain("nodejs_compat");
});

test("an installed package stands before Node's module of the same name", async () => {
  const json = await answer({
    ...installed("events", "exports.mine = true;"),
    "app.tova": `import { mine } from "events"\n${route("mine")}`,
  });
  expect(json).toBe(true);
});

test("what a package replaces for browsers is replaced", async () => {
  const json = await answer({
    ...installed("reader", 'const fs = require("fs");\nexports.has = typeof fs.readFileSync;', {
      browser: { fs: false },
    }),
    "app.tova": `import { has } from "reader"\n${route("has")}`,
  });
  expect(json).toBe("undefined");
});

test("a package may bring Tova files", async () => {
  const json = await answer({
    ...installed("tova-kit", ""),
    "node_modules/tova-kit/kit.tova": "pub fn thrice(x) { x * 3 }\n",
    "app.tova": `import { thrice } from "tova-kit/kit.tova"\n${route("thrice(2)")}`,
  });
  expect(json).toBe(6);
});

describe("packages that cannot run", () => {
  const errorsOf = async (files: Record<string, string>) => {
    const { log, exitCode } = await run(files);
    return { errors: log.errors.join("\n"), warnings: log.warnings.join("\n"), exitCode };
  };

  test("with compiled code are an error at the import", async () => {
    const { errors, exitCode } = await errorsOf({
      ...installed("fast-native", 'module.exports = require("./fast.node");'),
      "node_modules/fast-native/fast.node": "binary",
      "app.tova": `// one\nimport { hash } from "fast-native"\n${route("hash(1)")}`,
    });
    expect(exitCode).toBe(1);
    expect(errors).toContain("E_PACKAGE_NOT_FOR_WORKERS");
    expect(errors).toContain("app.tova:2:22");
  });

  test("with processes of their own are a warning at the import that brings them", async () => {
    const { warnings, exitCode } = await errorsOf({
      ...installed("spawner", 'exports.go = () => require("child_process").execSync("ls");'),
      ...installed("wrapper", 'exports.go = () => require("spawner").go();'),
      ...installed("harmless", "exports.fine = 1;"),
      "lib.tova":
        'import { fine } from "harmless"\nimport { go } from "wrapper"\npub fn run() { [fine, go()] }\n',
      "app.tova": `import { run } from "./lib"\n${route("run()")}`,
    });
    expect(exitCode).toBe(0);
    expect(warnings).toContain("W_PACKAGE_NEEDS_NODE");
    expect(warnings).toContain("lib.tova:2:20");
    expect(warnings).toContain("node:child_process");
  });

  test("without the name that is imported are an error at the import", async () => {
    const { errors, exitCode } = await errorsOf({
      ...installed("small", "export const one = 1;", { type: "module" }),
      "app.tova": `import { two } from "small"\n${route("two")}`,
    });
    expect(exitCode).toBe(1);
    expect(errors).toContain("E400");
    expect(errors).toContain("app.tova:1:21");
  });

  test("with a file that is not there are an error at the import", async () => {
    const { errors } = await errorsOf({
      ...installed("small", "module.exports = require('./gone');"),
      "app.tova": `import one from "small"\nimport two from "small/missing"\n${route("[one, two]")}`,
    });
    expect(errors).toContain("app.tova:1:17");
    expect(errors).toContain("app.tova:2:17");
  });
});
