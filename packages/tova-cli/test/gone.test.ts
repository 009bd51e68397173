// A build removes what earlier builds wrote for blocks that are gone, and nothing else.
import { readdirSync, writeFileSync } from "node:fs";
import { build } from "../src/build";
import { createRecorder, createWorkspace, type Workspace } from "./workspace";

let workspace: Workspace;
afterEach(() => workspace.remove());

const block = (name: string) => `edge "${name}" { route GET "/" => fn(req) { "ok" } }\n`;

async function run(options: { file?: string; block?: string; outDir?: string } = {}) {
  const log = createRecorder();
  const { exitCode } = await build({ file: "app.tova", cwd: workspace.folder, log, ...options });
  return { exitCode, removed: log.infos.filter((line) => line.includes("removed")) };
}

const filesIn = (folder = ".tova-out") => readdirSync(workspace.path(folder)).sort();

const filesOf = (name: string) => [
  `app.edge.${name}.d.ts`,
  `app.edge.${name}.js`,
  `app.edge.${name}.js.map`,
  `wrangler.${name}.toml`,
];

test("the files of a renamed block go with the next build, also of another block alone", async () => {
  workspace = createWorkspace({ "app.tova": block("api") + block("old") });
  expect((await run()).removed).toEqual([]);
  workspace.write("app.tova", block("api") + block("new"));
  const { removed } = await run({ block: "api" });
  expect(filesIn()).toEqual(filesOf("api"));
  expect(removed.map((line) => line.split("  ")[0]).sort()).toEqual(
    filesOf("old").map((name) => `.tova-out/${name}`),
  );
  await run({ block: "new" });
  expect(filesIn()).toEqual([...filesOf("api"), ...filesOf("new")].sort());
});

test("a program with an error removes nothing", async () => {
  workspace = createWorkspace({ "app.tova": block("api") + block("old") });
  await run();
  const before = filesIn();
  workspace.write("app.tova", block("api").replace('"ok"', "return ="));
  expect((await run()).exitCode).toBe(1);
  expect(filesIn()).toEqual(before);
});

test("files that do not say that a build of this program made them stay", async () => {
  workspace = createWorkspace({
    "app.tova": block("api") + block("old"),
    "b/app.tova": block("b"),
  });
  await run({ outDir: "dist" });
  await run({ file: "b/app.tova", outDir: "dist" });
  const made = filesIn("dist");
  expect(made).toEqual(expect.arrayContaining([...filesOf("b"), ...filesOf("old")]));
  const own = ["app.edge.mine.js", "app.edge.mine.js.map", "wrangler.mine.toml", "notes.md"];
  for (const name of own) writeFileSync(workspace.path(`dist/${name}`), "// mine\n");
  // A config by hand of a worker of ours.
  writeFileSync(workspace.path("dist/wrangler.old.toml"), '\nmain = "app.edge.old.js"\n');
  workspace.write("app.tova", block("api"));
  await run({ outDir: "dist" });
  const gone = filesOf("old").filter((name) => name !== "wrangler.old.toml");
  expect(filesIn("dist")).toEqual([...made, ...own].filter((name) => !gone.includes(name)).sort());
});

const target = (name: string, platform: string) =>
  `edge "${name}" {\n  target: "${platform}"\n  route GET "/" => fn(req) { "ok" }\n}\n`;

const allFiles = () =>
  readdirSync(workspace.path(".tova-out"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();

test.each(["vercel", "lambda", "deno", "bun"])(
  "all that a build made for %s goes",
  async (platform) => {
    const deploy = "[env.staging]\n";
    workspace = createWorkspace({
      "app.tova": block("api") + target("old", platform),
      "app.deploy.toml": deploy,
    });
    await run();
    workspace.write("app.tova", block("api"));
    const { removed } = await run();
    expect(removed.length).toBeGreaterThan(1);
    expect(filesIn()).toEqual(filesOf("api"));
  },
);

test("a block of another platform than before leaves nothing of that", async () => {
  workspace = createWorkspace({ "app.tova": target("api", "deno") + target("fn", "vercel") });
  await run();
  workspace.write("app.tova", block("api") + target("fn", "bun"));
  await run();
  const bun = ["app.edge.fn.js", "app.edge.fn.js.map"];
  expect(filesIn()).toEqual([...filesOf("api"), ...bun].sort());
  workspace.write("app.tova", target("api", "deno"));
  await run();
  expect(filesIn()).toEqual(["app.edge.api.js", "app.edge.api.js.map", "deno.api.json"]);
});

test("what others have put beside stays", async () => {
  const programs = target("old", "lambda") + target("web", "vercel") + target("d", "deno");
  workspace = createWorkspace({ "app.tova": programs });
  await run();
  workspace.write(".tova-out/lambda.old/samconfig.toml", "mine");
  workspace.write(".tova-out/lambda.old/template.yaml", "mine");
  workspace.write(".tova-out/vercel.web/.vercel/project.json", "{}");
  workspace.write(".tova-out/deno.d.json", '{ "tasks": {}, "imports": {} }');
  workspace.write("app.tova", block("api"));
  await run();
  const mine = ["samconfig.toml", "template.yaml", "project.json", "deno.d.json"];
  expect(allFiles()).toEqual([...filesOf("api"), ...mine].sort());
});
