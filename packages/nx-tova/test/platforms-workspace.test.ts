// Real runs of Nx over workers of other platforms than Cloudflare: what is built, cached, selected and handed to their tools.
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { buildAffected, buildAll, run } from "./exact/runs";
import { createInstalledWorkspace, type InstalledWorkspace } from "./installed-workspace";
import { syncFiles } from "./sync-files";

jest.setTimeout(180_000);

const source = "apps/shop/shop.tova";
const program = `shared { fn greet(name) { "Hello, {name}" } }
edge "hub" { target: "deno" sql DB route GET "/" => fn() { DB.prepare("SELECT id FROM notes").all() } }
edge "box" { target: "bun" sql DB route GET "/" => fn() { DB.prepare("SELECT id FROM notes").all() } }
edge "site" { target: "vercel" schedule "nightly" cron("0 3 * * *") { print(1) } route GET "/" => fn() { greet("site") } }
edge "api" { target: "lambda" secret TOKEN route GET "/" => fn() { [greet("api"), TOKEN] } }
`;
const nxJson = {
  analytics: false,
  neverConnectToCloud: true,
  defaultBase: "main",
  plugins: ["nx-tova/plugin"],
};
/** A stand-in that says how it was called. */
const sam = '#!/bin/sh\necho "sam was called: $*"\n';

/** With `deno`, `bun` and `edge-runtime`. */
const withTools = {
  PATH: [resolve(__dirname, "../../../node_modules/.bin"), process.env.PATH].join(delimiter),
};

let workspace: InstalledWorkspace;
beforeAll(async () => {
  workspace = createInstalledWorkspace({
    "nx.json": JSON.stringify(nxJson),
    [source]: program,
    "apps/shop/migrations/0001_notes.sql": "CREATE TABLE notes (id TEXT);\n",
  });
  workspace.write({ "node_modules/.bin/sam": sam });
  chmodSync(join(workspace.root, "node_modules/.bin/sam"), 0o755);
  await syncFiles(workspace.root, [source]);
  workspace.commit();
});
afterAll(() => workspace.remove());

const output = () => join(workspace.root, "apps/shop/.tova-out");

/** The outputs of all builds, with their texts. */
const outputs = () =>
  Object.fromEntries(
    readdirSync(output(), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(output().length + 1), readFileSync(path, "utf8")]),
  );

const tasks = (...blocks: string[]) => blocks.map((block) => `shop-${block}:build`);

test("all that a build writes is restored from the cache, folders for tools too", () => {
  expect(run(workspace, buildAll).ran).toEqual(tasks("api", "box", "hub", "site"));
  const built = outputs();
  expect(Object.keys(built)).toEqual([
    "deno.hub.json",
    "lambda.api/code/index.mjs",
    "lambda.api/code/index.mjs.map",
    "lambda.api/template.yaml",
    "shop.edge.api.js",
    "shop.edge.api.js.map",
    "shop.edge.box.js",
    "shop.edge.box.js.map",
    "shop.edge.hub.js",
    "shop.edge.hub.js.map",
    "shop.edge.site.js",
    "shop.edge.site.js.map",
    "vercel.site/.vercel/output/config.json",
    "vercel.site/.vercel/output/functions/index.func/.vc-config.json",
    "vercel.site/.vercel/output/functions/index.func/index.js",
    "vercel.site/.vercel/output/functions/index.func/index.js.map",
  ]);
  rmSync(output(), { recursive: true });
  expect(run(workspace, buildAll).ran).toEqual([]);
  expect(outputs()).toEqual(built);
});

test.each([
  ["what two blocks share", '"Hello', '"Hullo', "api changed, site changed"],
  ["a schedule", "0 3 * * *", "0 4 * * *", "site changed"],
  ["a secret", "TOKEN", "TICKET", "api changed"],
  ["a comment", "shared {", "// Shared.\nshared {", null],
])(
  "%s is in the fingerprints of the blocks that it changes",
  async (_title, old, next, changes) => {
    workspace.write({ [source]: program.replaceAll(old, next) });
    try {
      expect(await syncFiles(workspace.root, [source])).toEqual(
        changes === null ? [] : [`apps/shop/shop.edge.json (${changes})`],
      );
    } finally {
      workspace.reset();
    }
  },
);

test("an edit selects the blocks that it changes", async () => {
  workspace.write({ [source]: program.replace("SELECT id FROM notes", "SELECT * FROM notes") });
  try {
    await syncFiles(workspace.root, [source]);
    expect(run(workspace, buildAffected).tasks).toEqual(tasks("hub"));
  } finally {
    workspace.reset();
  }
});

test("a dry run of deploy shows what each platform's tool would do, and starts the one that has a dry run", () => {
  const { exitCode, output: text } = workspace.nx(["run-many", "-t", "deploy", "--dry-run"]);
  expect({ exitCode, text }).toMatchObject({ exitCode: 0 });
  for (const line of [
    "in apps/shop/.tova-out/shop.edge.hub.deno: deno deploy --app shop-hub --prod",
    "in apps/shop/.tova-out: bun build --compile --outfile shop-box shop.edge.box.js",
    "in apps/shop/.tova-out/vercel.site: vercel deploy --prebuilt --yes --prod",
    "sam was called: validate --lint --template-file template.yaml",
  ]) {
    expect(text).toContain(line);
  }
});

test("the workers of all platforms are served, and end without a word when Nx ends them", () => {
  const smoke = 'console.log("first:", await (await fetch(process.env.NX_READY_URL)).text());\n';
  const served = program.replaceAll(/=> fn\(\) \{ DB[^}]*\}/g, '=> fn() { greet("file") }');
  workspace.write({
    [source]: served.replace("secret TOKEN", 'env TOKEN = "none"'),
    "apps/shop/project.json": JSON.stringify({ targets: { serve: { options: { port: 0 } } } }),
    "libs/smoke/smoke.mjs": smoke,
    "libs/smoke/project.json": JSON.stringify({
      name: "smoke",
      targets: {
        smoke: {
          command: "node libs/smoke/smoke.mjs",
          dependsOn: [{ projects: ["shop"], target: "serve", waitFor: "ready" }],
        },
      },
    }),
  });
  try {
    const run = workspace.nx(["smoke", "smoke", "--outputStyle=stream"], withTools);
    expect(run).toMatchObject({ exitCode: 0 });
    for (const name of ["hub", "box", "site", "api"]) {
      expect(run.output).toMatch(new RegExp(`shop: shop-${name}\\s+http://127\\.0\\.0\\.1:\\d+`));
    }
    expect(run.output).toContain(`first: "Hello, file"`);
    expect(run.output).not.toContain("error[");
  } finally {
    workspace.reset();
  }
});

test("migrations reach databases in files where the option says", () => {
  const migrated = workspace.nx(["run", "shop:migrate", "--in=data"], withTools);
  expect(migrated).toMatchObject({ exitCode: 0 });
  expect(migrated.output).toContain("DB: applied 0001_notes.sql");
  expect(existsSync(join(workspace.root, "data/DB.sqlite"))).toBe(true);
  const refused = workspace.nx(["run", "shop:migrate", "--in=data", "--local"]);
  expect(refused.exitCode).toBe(1);
  expect(refused.output).not.toContain("applied");
});
