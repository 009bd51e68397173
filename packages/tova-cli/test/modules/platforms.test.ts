// Packages in workers of other platforms than Cloudflare: each takes what is meant for its platform.
import { build } from "../../src/build";
import { startProgram } from "../../src/testing";
import { createRecorder, createWorkspace, type Workspace } from "../workspace";

jest.setTimeout(30_000);

let workspace: Workspace;
afterEach(() => workspace.remove());

const names = ["workerd", "deno", "bun", "node", "browser", "default"];
const files = {
  "node_modules/where/package.json": JSON.stringify({
    name: "where",
    type: "module",
    exports: Object.fromEntries(names.map((name) => [name, `./${name}.js`])),
  }),
  ...Object.fromEntries(
    names.map((name) => [`node_modules/where/${name}.js`, `export const where = "${name}";\n`]),
  ),
  "node_modules/parent/package.json": JSON.stringify({ name: "parent", main: "index.js" }),
  "node_modules/parent/index.js":
    'const { basename } = require("path");\nconst { inspect } = require("node:util");\nexports.text = () => basename("a/b") + inspect({ a: 1 }) + process.env.GIVEN;\n',
};

test.each(["deno", "bun"] as const)("%s takes its own code and modules of Node", async (target) => {
  const imports = 'import { where } from "where"\nimport { text } from "parent"\n';
  const program = `${imports}edge { target: "${target}" env GIVEN route GET "/" => fn(req) [where, text()] }\n`;
  workspace = createWorkspace({ ...files, "app.tova": program });
  const running = await startProgram({
    file: "app.tova",
    cwd: workspace.folder,
    variables: { GIVEN: "given" },
  });
  try {
    const answer = await running.fetch("/");
    expect(await answer.json()).toEqual([target, "b{ a: 1 }given"]);
    expect(running.log.filter((line) => /warning|error/.test(line))).toEqual([]);
  } finally {
    await running.stop();
  }
});

const edge = (target: string) => `edge { target: "${target}" route GET "/" => fn() { text() } }\n`;

/** Builds a program that imports a script which imports a module of Node. */
async function buildWith(module: string, target: string) {
  workspace = createWorkspace({
    "app.tova": `import { text } from "./text.js"\n${edge(target)}`,
    "text.js": `import * as given from "${module}";\nexport const text = () => Object.keys(given);\n`,
  });
  const log = createRecorder();
  const { exitCode } = await build({ file: "app.tova", cwd: workspace.folder, log });
  return { exitCode, errors: log.errors.join("\n") };
}

test.each([
  ["node:fs", "vercel", /E400\]: `\.\/text\.js` cannot be bundled: vercel has no node:fs\./],
  ["node:buffer", "vercel", null],
  ["node:fs", "lambda", null],
] as const)("%s on %s", async (module, target, wrong) => {
  const { exitCode, errors } = await buildWith(module, target);
  expect([exitCode, errors]).toEqual(wrong === null ? [0, ""] : [1, expect.stringMatching(wrong)]);
});
