// `tova check --format`: what GitHub, code scanning and editors get; `tova explain`.
import "@microsoft/jest-sarif";
import { runCommand } from "../src/command";
import { createRecorder, createWorkspace, type Workspace } from "./workspace";

declare module "expect" {
  interface Matchers<R> {
    toBeValidSarifLog(): R;
  }
}

let workspace: Workspace;
afterEach(() => workspace.remove());

async function tova(...argv: string[]) {
  const log = createRecorder();
  const exitCode = await runCommand(argv, { cwd: workspace.folder, log, version: "1.2.3" });
  return { exitCode, out: log.infos.join("\n"), err: [...log.warnings, ...log.errors].join("\n") };
}

const broken = "x = 1\nx = 2\n\tprint(yy, x)\n";

/** Reads workflow commands as GitHub's runner does. */
function readCommands(text: string) {
  const plain = (value: string) =>
    value
      .replaceAll("%0D", "\r")
      .replaceAll("%0A", "\n")
      .replaceAll("%3A", ":")
      .replaceAll("%2C", ",")
      .replaceAll("%25", "%");
  return text.split("\n").map((line) => {
    const [, name, properties = "", data = ""] = /^::(\w+) ([^:]*)::(.*)$/.exec(line) ?? [];
    const pairs = properties.split(",").map((pair) => pair.split("=").map(plain));
    return { name, ...Object.fromEntries(pairs), data: plain(data) };
  });
}

test("github: a workflow command each, at its place", async () => {
  workspace = createWorkspace({ "a, 100%: b.tova": broken });
  const { exitCode, out, err } = await tova("check", "a, 100%: b.tova", "--format", "github");
  expect([exitCode, err]).toEqual([1, ""]);
  const file = "a, 100%: b.tova";
  expect(readCommands(out)).toMatchObject([
    { name: "error", file, line: "2", endLine: "2", col: "1", endColumn: "1", title: "E202" },
    { name: "warning", file, line: "3", endLine: "3", col: "8", endColumn: "9", title: "E200" },
  ]);
  expect(readCommands(out)[0]?.data).toBe(
    "`x` is immutable and cannot be assigned again.\nDeclare it with `var x = …` to change it later.",
  );
});

test("github: nothing for a program without mistakes, an error for a file that is not there", async () => {
  workspace = createWorkspace({ "a.tova": "print(1)" });
  expect(await tova("check", "a.tova", "--format", "github")).toEqual({
    exitCode: 0,
    out: "",
    err: "",
  });
  const { exitCode, out } = await tova("check", "gone.tova", "--format", "github");
  expect(exitCode).toBe(1);
  expect(readCommands(out)).toMatchObject([{ name: "error", file: "gone.tova", title: "T001" }]);
});

test("sarif: a valid log with a result each", async () => {
  workspace = createWorkspace({ "dir x/ä.tova": broken });
  const { exitCode, out, err } = await tova("check", "dir x/ä.tova", "--format", "sarif");
  expect([exitCode, err]).toEqual([1, ""]);
  const log = JSON.parse(out);
  expect(log).toBeValidSarifLog();
  const { results, tool, columnKind } = log.runs[0];
  expect(columnKind).toBe("utf16CodeUnits");
  expect(tool.driver.semanticVersion).toBe("1.2.3");
  expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(["E200", "E202"]);
  const location = results[1].locations[0].physicalLocation;
  expect(results[1]).toMatchObject({ ruleId: "E200", ruleIndex: 0, level: "warning" });
  expect(location.artifactLocation).toEqual({ uri: "dir%20x/%C3%A4.tova", uriBaseId: "%SRCROOT%" });
  expect(location.region).toEqual({ startLine: 3, startColumn: 8, endLine: 3, endColumn: 10 });
});

test("sarif: a file that is not there is a notification, and the log still valid", async () => {
  workspace = createWorkspace({});
  const { exitCode, out } = await tova("check", "gone.tova", "--format", "sarif");
  expect(exitCode).toBe(1);
  const log = JSON.parse(out);
  expect(log).toBeValidSarifLog();
  const [run] = log.runs;
  expect(run.results).toEqual([]);
  expect(run.invocations[0]).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [{ descriptor: { id: "T001" }, level: "error" }],
  });
});

test("explain: the page of a code, in any letter case", async () => {
  workspace = createWorkspace({});
  const { exitCode, out } = await tova("explain", "e202");
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^# E202\n/);
  expect(out).toContain("error[E202]: `total` is immutable");
  expect(await tova("explain", "E209")).toMatchObject({
    exitCode: 1,
    err: expect.stringMatching(/T091.*\n.*Did you mean `E\d+`/),
  });
  expect((await tova("explain", "T041")).err).toContain("begin with T are of the tool");
  expect(await tova("explain")).toMatchObject({ exitCode: 2 });
});
