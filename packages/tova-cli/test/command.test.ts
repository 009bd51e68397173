// Command lines, right and wrong, and their exit codes.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { runCommand } from "../src/command";
import { migration, notes } from "./program";
import { createRecorder, createWorkspace, type Workspace } from "./workspace";

let workspace: Workspace;
afterEach(() => workspace.remove());

async function tova(...argv: string[]) {
  const log = createRecorder();
  const exitCode = await runCommand(argv, { cwd: workspace.folder, log, version: "1.2.3" });
  return { exitCode, out: log.infos.join("\n"), err: [...log.warnings, ...log.errors].join("\n") };
}

test("build, check and their options", async () => {
  workspace = createWorkspace({ "app.tova": notes, "migrations/0001_notes.sql": migration });
  expect(await tova("build", "app.tova", "--block", "api", "-o", "out")).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining("out/app.edge.api.js  "),
  });
  expect(await tova("check", "app.tova")).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining("app.tova: no problems"),
  });
});

test("a block may be named several times: all of them are built, or are to have their secrets", async () => {
  workspace = createWorkspace({ "app.tova": notes, "migrations/0001_notes.sql": migration });
  const { exitCode, out } = await tova("build", "--block", "api", "-b", "reader");
  expect(exitCode).toBe(0);
  expect(out).toMatch(/app\.edge\.api\.js {2}[\s\S]*app\.edge\.reader\.js {2}/);
  expect(await tova("secrets", "--block", "none", "--block", "api")).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('no edge block "none"'),
  });
});

test("a working directory that is gone is one message", () => {
  workspace = createWorkspace({});
  const bin = join(__dirname, "../bin/tova.js");
  const command = `mkdir gone && cd gone && rmdir ../gone && "${process.execPath}" "${bin}" check`;
  const options = { encoding: "utf8", cwd: workspace.folder } as const;
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], options);
  expect(stderr).toMatch(/^error\[T110\]: [^\n]*\n[^\n]*\n$/);
  expect([status, stdout]).toEqual([2, ""]);
});

test("the only program of a folder need not be named", async () => {
  workspace = createWorkspace({ "app.tova": notes });
  expect((await tova("build")).exitCode).toBe(0);
});

test("check as JSON: an object of diagnostics, also for a file that is not there", async () => {
  workspace = createWorkspace({ "app.tova": 'edge "a" {' });
  const broken = await tova("check", "--format", "json");
  expect(broken.exitCode).toBe(1);
  expect(JSON.parse(broken.out).diagnostics[0]).toMatchObject({
    code: expect.stringMatching(/^E/),
    severity: "error",
    fileName: "app.tova",
    line: 1,
  });
  const missing = await tova("check", "gone.tova", "--format", "json");
  expect(missing.exitCode).toBe(1);
  expect(JSON.parse(missing.out).diagnostics[0]).toMatchObject({ code: "T001" });
});

test.each([
  ["no command", []],
  ["an unknown command", ["bild"]],
  ["an unknown option", ["build", "--colour"]],
  ["an option without its value", ["build", "--block"]],
  ["two files", ["build", "a.tova", "b.tova"]],
  ["a port that is no number", ["dev", "--port", "http"]],
  ["a port out of range", ["dev", "--port", "70000"]],
  ["an unknown format", ["check", "--format", "xml"]],
  ...["build", "topology", "deploy", "migrate"].map((name): [string, string[]] => [
    `an output folder of ${name} without a name`,
    [name, "-o", ""],
  ]),
  ["databases in a folder without a name", ["migrate", "--in", ""]],
])("%s is a usage error", async (_, argv) => {
  workspace = createWorkspace({ "app.tova": notes });
  const { exitCode, err, out } = await tova(...argv);
  expect(exitCode).toBe(2);
  expect(err).toMatch(/error\[T090\]: \S/);
  expect(err).toContain("--help");
  expect(out).toBe("");
});

test("with no program, or several, the file must be named", async () => {
  workspace = createWorkspace({});
  expect(await tova("build")).toMatchObject({ exitCode: 2, err: expect.stringContaining("T006") });
  workspace.write("folder.tova/inside", "");
  expect(await tova("build")).toMatchObject({ exitCode: 2, err: expect.stringContaining("T006") });
  workspace.write("a.tova", "");
  workspace.write("b.tova", "");
  expect(await tova("dev")).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining("a.tova, b.tova"),
  });
});

test("what another tool is to get stands behind `--`, and may be another's mistake only there", async () => {
  workspace = createWorkspace({ "app.tova": notes });
  for (const argv of [["app.tova", "other.js"], ["--minify"], ["app.tova", "--minify"]]) {
    expect(await tova("deploy", ...argv)).toMatchObject({
      exitCode: 2,
      err: expect.stringMatching(/T090.*\n.*tova deploy --help/),
    });
  }
  for (const argv of [
    ["--", "--name=x"],
    ["app.tova", "--", "--name=x", "--", "y"],
  ]) {
    expect(await tova("deploy", ...argv)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining("`--name=x` cannot be passed on to the platform's tool"),
    });
  }
  expect((await tova("deploy", "--help")).out).toContain("[file] [-- arguments for");
});

test("help has examples, version is the package's, both end well", async () => {
  workspace = createWorkspace({});
  expect(await tova("--help")).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining("deploy"),
  });
  for (const name of ["build", "check", "dev", "provision", "migrate", "secrets", "deploy"]) {
    const { exitCode, out } = await tova(name, "--help");
    expect(exitCode).toBe(0);
    expect(out).toContain(`$ tova ${name}`);
  }
  expect(await tova("--version")).toMatchObject({ exitCode: 0, out: "1.2.3" });
});

test.each([["provision"], ["migrate", "--local"], ["dev"]])(
  "%s: a file in the way of its folder is named",
  async (command, ...options) => {
    workspace = createWorkspace({ "app.tova": notes, ".tova-out": "", ".dev.vars": "TOKEN=1\n" });
    workspace.write("migrations/0001_notes.sql", migration);
    const { exitCode, err } = await tova(command, ...options);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^error\[T011\]: .*\.tova-out\/(locks|state\/app)` cannot be made/);
  },
);

test("`serve` is `dev`", async () => {
  workspace = createWorkspace({});
  const { exitCode, err } = await tova("serve", "gone.tova");
  expect(exitCode).toBe(1);
  expect(err).toContain("T001");
  expect((await tova("serve", "--prot", "1")).err).toContain("See `tova dev --help`.");
});

test("a reader that closes the pipe early gets no stack trace", () => {
  workspace = createWorkspace({});
  const command = `"${process.execPath}" "${join(__dirname, "../bin/tova.js")}" provision --help | true`;
  for (let tries = 0; tries < 3; tries++) {
    const { stderr } = spawnSync("sh", ["-c", command], { encoding: "utf8" });
    expect(stderr).toBe("");
  }
});

/** The command with a standard output that nobody reads from the beginning, or once it holds a text. */
function runUnread(args: readonly string[], heard = "") {
  const bin = join(__dirname, "../bin/tova.js");
  const child = spawn(process.execPath, [bin, ...args], { cwd: workspace.folder });
  let said = "";
  let out = "";
  const ended = once(child, "close").then(([code]) => ({ code, said }));
  child.stderr.on("data", (piece) => {
    said += piece;
  });
  if (heard === "") child.stdout.destroy();
  child.stdout.on("data", (piece) => {
    out += piece;
    if (out.includes(heard)) child.stdout.destroy();
  });
  return { child, ended };
}

test("an output that cannot be written is an error without a stack trace", () => {
  workspace = createWorkspace({});
  const bin = join(__dirname, "../bin/tova.js");
  const command = `"${process.execPath}" "${bin}" explain E202 > /dev/full`;
  const { status, stderr } = spawnSync("sh", ["-c", command], {
    encoding: "utf8",
    cwd: workspace.folder,
  });
  expect(stderr).toMatch(/^The output cannot be written: ENOSPC: [^\n]*\n$/);
  expect(status).toBe(1);
});

test("a closed pipe changes no exit code, and ends what nobody listens to", async () => {
  const route = 'route GET "/" => fn(req) "x"';
  workspace = createWorkspace({
    "wrong.tova": "x = nope(",
    "app.tova": `edge "a" { target: "lambda" ${route} }\n`,
  });
  const { code, said } = await runUnread(["check", "wrong.tova"]).ended;
  expect([code, said]).toEqual([
    1,
    expect.stringMatching(/^error\[E\d+\]: [\s\S]*\n {2}= help: .*\n$/),
  ]);
  const { child, ended } = await runUnread(
    ["dev", "app.tova", "--port", "20500"],
    "Ctrl-C ends it.",
  );
  await once(child.stdout, "close");
  workspace.write("app.tova", `edge "a" { target: "lambda" ${route.replace("x", "y")} }\n`);
  expect(await ended).toEqual({ code: 0, said: "" });
});
