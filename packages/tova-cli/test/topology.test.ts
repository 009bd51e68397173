// The topology command: what it shows and writes, and what stops it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { topology } from "../src/topology";
import { notes } from "./program";
import { createRecorder, createWorkspace, type Workspace } from "./workspace";

let workspace: Workspace;
afterEach(() => workspace.remove());

function run(options: { outDir?: string; check?: boolean; env?: string; file?: string } = {}) {
  const log = createRecorder();
  const running = topology({ file: "app.tova", cwd: workspace.folder, log, ...options });
  return running.then((result) => ({ ...result, log, errors: log.errors.join("\n") }));
}

const read = (name: string) => readFileSync(workspace.path(name), "utf8");

test("shows the tree, and writes a picture, Mermaid text and JSON", async () => {
  workspace = createWorkspace({ "app.tova": notes });
  const { exitCode, files, log } = await run();
  expect(log.errors).toEqual([]);
  expect(exitCode).toBe(0);
  expect(log.infos[0]).toContain("app-api → jobs → app-reader");
  const names = ["topology.json", "topology.mmd", "topology.svg"];
  expect(readdirSync(workspace.path(".tova-out/app")).sort()).toEqual(names);
  expect(files).toEqual(names.map((name) => workspace.path(`.tova-out/app/${name}`)));
  expect(log.infos[1]).toContain(".tova-out/app/topology.svg");
  expect(JSON.parse(read(".tova-out/app/topology.json"))).toMatchObject({
    version: 1,
    file: "app.tova",
    workers: [{ name: "app-api" }, { name: "app-reader" }],
  });
  expect(read(".tova-out/app/topology.mmd")).toMatch(/^flowchart LR\n/);
  expect(read(".tova-out/app/topology.svg")).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
});

test("the files do not tell where they were made", async () => {
  workspace = createWorkspace({ "a/app.tova": notes, "b/c/app.tova": notes });
  await run({ file: "a/app.tova" });
  await run({ file: "b/c/app.tova" });
  for (const name of ["topology.json", "topology.mmd", "topology.svg"]) {
    expect(read(`a/.tova-out/app/${name}`)).toBe(read(`b/c/.tova-out/app/${name}`));
  }
});

test("a check passes while the files are fresh, and names those that are not", async () => {
  workspace = createWorkspace({ "app.tova": notes });
  const missing = await run({ outDir: "docs", check: true });
  expect(missing).toMatchObject({ exitCode: 1, files: [] });
  expect(existsSync(workspace.path("docs"))).toBe(false);
  await run({ outDir: "docs" });
  expect((await run({ outDir: "docs", check: true })).exitCode).toBe(0);
  workspace.write("docs/topology.svg", "<svg/>");
  const stale = await run({ outDir: "docs", check: true });
  expect(stale.exitCode).toBe(1);
  expect(stale.errors).toContain("error[T071]: Not as the program is now: docs/topology.svg.");
  expect(stale.errors).toContain("Run `tova topology app.tova --out-dir docs`");
  expect(read("docs/topology.svg")).toBe("<svg/>");
});

test("shows the names of an environment", async () => {
  workspace = createWorkspace({ "app.tova": notes, "app.deploy.toml": "[env.staging]\n" });
  expect((await run({ env: "staging" })).log.infos[0]).toContain("app-api-staging");
  const unknown = await run({ env: "stagign" });
  expect(unknown).toMatchObject({ exitCode: 1, files: [] });
  expect(unknown.errors).toContain("app.deploy.toml");
});

test("a program with an error leaves the files of the last run alone", async () => {
  workspace = createWorkspace({ "app.tova": notes });
  await run();
  const before = read(".tova-out/app/topology.svg");
  workspace.write("app.tova", `${notes}\nedge "api {`);
  const broken = await run();
  expect(broken).toMatchObject({ exitCode: 1, files: [] });
  expect(broken.errors).toMatch(/error\[E\d+\]/);
  expect(read(".tova-out/app/topology.svg")).toBe(before);
});

test("a program without edge blocks has nothing to show", async () => {
  workspace = createWorkspace({ "app.tova": "x = 1\n" });
  const { exitCode, errors } = await run();
  expect(exitCode).toBe(1);
  expect(errors).toContain("error[T070]: `app.tova` has no edge block");
  expect(existsSync(workspace.path(".tova-out"))).toBe(false);
});
