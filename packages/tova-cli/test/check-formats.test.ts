// `tova check --format`: what GitHub, code scanning and editors get; `tova explain`.
import { existsSync } from "node:fs";
import "@microsoft/jest-sarif";
import { runCommand } from "../src/command";
import { artifactLocation } from "../src/formats/sarif";
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

test.each([
  ["/home/a b/ä.tova", false, { uri: "file:///home/a%20b/%C3%A4.tova" }],
  ["C:/a b/x#1.tova", true, { uri: "file:///C:/a%20b/x%231.tova" }],
  ["//server/share/x.tova", true, { uri: "file://server/share/x.tova" }],
  ["C:/x.tova", false, { uri: "C%3A/x.tova", uriBaseId: "%SRCROOT%" }],
])("sarif: %s, on Windows: %s", (fileName, windows, expected) => {
  workspace = createWorkspace({});
  expect(artifactLocation(fileName, windows)).toEqual(expected);
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

describe("strict checks", () => {
  const suspicious = 'fn size(n) -> Int { "large" }\nprint(size(1), persn)\nx = 1\n';

  test("unknown names and mismatched types are errors, other warnings stay", async () => {
    workspace = createWorkspace({ "a.tova": suspicious });
    const lax = await tova("check", "a.tova", "--format", "json");
    const strict = await tova("check", "a.tova", "--format", "json", "--strict");
    const found = ({ out }: { readonly out: string }) =>
      JSON.parse(out).diagnostics.map(
        (one: Record<string, string>) => `${one.severity} ${one.code}`,
      );
    expect([lax.exitCode, ...found(lax)]).toEqual([
      0,
      "warning E101",
      "warning E200",
      "warning W001",
    ]);
    expect([strict.exitCode, ...found(strict)]).toEqual([
      1,
      "error E101",
      "error E200",
      "warning W001",
    ]);
  });

  test("an imported file is held to the same", async () => {
    workspace = createWorkspace({
      "a.tova": 'import { twice } from "./b"\nprint(twice(2))\n',
      "b.tova": "pub fn twice(x) { x * tow }\n",
    });
    expect((await tova("check", "a.tova")).exitCode).toBe(0);
    const { exitCode, err } = await tova("check", "a.tova", "--strict");
    expect([exitCode, err]).toEqual([1, expect.stringContaining("error[E200]")]);
  });

  test("what a comment lets pass is no error", async () => {
    workspace = createWorkspace({ "a.tova": "// tova-ignore E200\nprint(persn)\n" });
    expect((await tova("check", "a.tova", "--strict")).exitCode).toBe(0);
  });

  test("a strict build writes nothing that it refuses", async () => {
    workspace = createWorkspace({ "a.tova": suspicious });
    expect((await tova("build", "a.tova", "--strict")).exitCode).toBe(1);
    expect(existsSync(workspace.path(".tova-out"))).toBe(false);
    expect((await tova("build", "a.tova")).exitCode).toBe(0);
  });

  test.each([
    ["3", 0],
    ["2", 1],
    ["0", 1],
  ])("--max-warnings %s of three: exit code %i", async (most, exitCode) => {
    workspace = createWorkspace({ "a.tova": suspicious });
    const { exitCode: code, err } = await tova("check", "a.tova", "--max-warnings", most);
    expect(code).toBe(exitCode);
    if (code === 1) expect(err).toContain(`has 3 warnings, and ${most} would be allowed`);
  });

  test("a limit that is no number is a usage error", async () => {
    workspace = createWorkspace({ "a.tova": suspicious });
    const { exitCode, err } = await tova("check", "a.tova", "--max-warnings", "few");
    expect([exitCode, err]).toEqual([2, expect.stringContaining("whole number")]);
  });
});
