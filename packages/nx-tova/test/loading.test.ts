// What the built plugin loads, in a process of its own as Nx gives it one.
import { execFileSync } from "node:child_process";
import { createTempWorkspace } from "./temp-workspace";

const script = `
const { createNodes } = require("nx-tova/plugin");
createNodes[1](["a/a.tova"], {}, { workspaceRoot: process.argv[1], nxJsonConfiguration: {} }).then((nodes) => {
  const loaded = Object.keys(require.cache).map((file) => file.replaceAll("\\\\", "/"));
  const has = (name) => loaded.some((file) => file.includes("/" + name + "/"));
  const projects = Object.keys(nodes[0][1].projects);
  console.log(JSON.stringify({ projects, compiler: has("tova-codegen"), devkit: has("devkit") }));
});
`;

test("the compiler is loaded for new text only, Nx's devkit for messages only", () => {
  const workspace = createTempWorkspace({
    "a/a.tova": 'edge "api" { route GET "/" => fn(req) { "ok" } }',
  });
  const run = () =>
    JSON.parse(
      execFileSync(process.execPath, ["-e", script, workspace.root], {
        cwd: __dirname,
        encoding: "utf8",
      }),
    );
  try {
    const projects = ["a", "a/a-api"];
    expect(run()).toEqual({ projects, compiler: true, devkit: false });
    expect(run()).toEqual({ projects, compiler: false, devkit: false });
    workspace.write({ "a/a.tova": 'edge "web" { route GET "/" => fn(req) { "ok" } }' });
    expect(run()).toMatchObject({ projects: ["a", "a/a-web"], compiler: true });
  } finally {
    workspace.remove();
  }
});
