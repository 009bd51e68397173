// Tools as npm installs them on Windows, as far as that shows without one: the platform's name is changed,
// and a stand-in for its shell tells how it was called.
import { chmodSync, readFileSync } from "node:fs";
import { createWorkspace, type Workspace } from "../workspace";

const { platform, env } = process;
let workspace: Workspace;
let tools: typeof import("../../src/platforms/tool");
beforeAll(() => {
  Object.defineProperty(process, "platform", { value: "win32" });
  process.env = { ...env, PATHEXT: ".EXE;.CMD", PATH: "" };
  // What depends on the platform looks at it when it is loaded.
  jest.isolateModules(() => {
    tools = require("../../src/platforms/tool");
  });
  workspace = createWorkspace({
    "node_modules/.bin/vercel.cmd": "",
    "node_modules/.bin/vercel": "",
    "node_modules/.bin/sam.exe": "",
    "node_modules/.bin/sam.cmd": "",
    "shell.js": `#!${process.execPath}\nrequire("node:fs").writeFileSync(__dirname + "/args", JSON.stringify(process.argv.slice(2)));\n`,
  });
  for (const name of ["vercel.cmd", "vercel", "sam.exe", "sam.cmd"]) {
    chmodSync(workspace.path(`node_modules/.bin/${name}`), 0o755);
  }
  chmodSync(workspace.path("shell.js"), 0o755);
});
afterAll(() => {
  Object.defineProperty(process, "platform", { value: platform });
  process.env = env;
  workspace.remove();
});

test("a program comes before a script of the shell, and what has neither ending is none", () => {
  const { folder } = workspace;
  expect(tools.toolPath("sam", folder)).toBe(workspace.path("node_modules/.bin/sam.exe"));
  expect(tools.toolPath("vercel", folder)).toBe(workspace.path("node_modules/.bin/vercel.cmd"));
});

test("a script is started by the shell, which takes no argument for a command", async () => {
  process.env.comspec = workspace.path("shell.js");
  const path = tools.toolPath("vercel", workspace.folder) ?? "";
  const child = tools.spawnTool(path, ["deploy", "--env", "A=1 & echo %PATH%"]);
  await new Promise((resolve) => child.once("close", resolve));
  const args = JSON.parse(readFileSync(workspace.path("args"), "utf8"));
  expect(args.slice(0, 3)).toEqual(["/d", "/s", "/c"]);
  const line = String(args[3]);
  expect(line).toMatch(/^".*vercel\.cmd .*"$/);
  // Each character that the shell would act on stands behind carets, one for each shell that reads it.
  expect(line).not.toMatch(/(^|[^^])[&%]/);
});
