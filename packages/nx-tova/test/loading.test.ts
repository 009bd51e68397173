// What the built plugin loads, in a process of its own as Nx gives it one.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createTempWorkspace } from "./temp-workspace";

const script = `
const { readFileSync, writeFileSync, existsSync } = require("node:fs");
const { join } = require("node:path");
const { createNodes } = require("nx-tova/plugin");
createNodes[1](["a/a.tova"], {}, { workspaceRoot: process.argv[1], nxJsonConfiguration: {} }).then((nodes) => {
  const loaded = Object.keys(require.cache).map((file) => file.replaceAll("\\\\", "/"));
  const has = (name) => loaded.some((file) => file.includes("/" + name + "/"));
  const projects = Object.keys(nodes[0][1].projects);
  console.log(JSON.stringify({ projects, compiler: has("tova-codegen"), devkit: has("devkit") }));
  return nodes[0][1].projects;
}).then((projects) => {
  if (process.argv[2] !== "sync") return;
  const { syncManifests } = require("nx-tova/dist/generators/sync/generator");
  const at = (path) => join(process.argv[1], path);
  const files = {
    exists: (path) => existsSync(at(path)),
    read: (path) => readFileSync(at(path), "utf8"),
    write: (path, text) => writeFileSync(at(path), text),
  };
  return syncManifests(files, projects, process.argv[1]);
});
`;

test("the compiler is loaded for text that neither a cache nor a seal knows, Nx's devkit for messages only", () => {
  const workspace = createTempWorkspace({
    "a/a.tova": 'edge "api" { route GET "/" => fn(req) { "ok" } }',
  });
  const run = (...args: string[]) =>
    JSON.parse(
      execFileSync(process.execPath, ["-e", script, workspace.root, ...args], {
        cwd: __dirname,
        encoding: "utf8",
      }),
    );
  try {
    const projects = ["a", "a/a-api"];
    expect(run()).toEqual({ projects, compiler: true, devkit: false });
    expect(run()).toEqual({ projects, compiler: false, devkit: false });
    workspace.write({ "a/a.tova": 'edge "web" { route GET "/" => fn(req) { "ok" } }' });
    expect(run("sync")).toMatchObject({ projects: ["a", "a/a-web"], compiler: true });
    rmSync(join(workspace.root, ".nx"), { recursive: true });
    expect(run()).toEqual({ projects: ["a", "a/a-web"], compiler: false, devkit: false });
  } finally {
    workspace.remove();
  }
});
