// What is shown of problems, of faults of the tool, and in which colours.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { consoleLogger } from "../src/logger";
import { ProblemError, problems, renderProblem } from "../src/problems";
import { guarded } from "../src/report";
import { createRecorder } from "./workspace";

const failing = (error: unknown) => async () => {
  throw error;
};

afterEach(() => {
  delete process.env.TOVA_DEBUG;
});

test("a problem is a code, a sentence and what to do, painted only when wanted", () => {
  const problem = problems.noFile({ path: "x.tova" });
  expect(renderProblem(problem)).toBe(
    "error[T001]: There is no file `x.tova`.\n  = help: Check the path; it is relative to the working directory.",
  );
  expect(renderProblem(problem, true)).toContain("\u001b[31m");
});

test("all problems of an error are shown, and its exit code is kept", async () => {
  const log = createRecorder();
  const list = ["a", "b"].map((path) => problems.noFile({ path }));
  const exitCode = await guarded(log, failing(new ProblemError(list, 2)), (code) => code);
  expect(exitCode).toBe(2);
  expect(log.errors).toHaveLength(2);
});

test("a fault of the tool is one line without a stack, which TOVA_DEBUG adds", async () => {
  const log = createRecorder();
  await guarded(log, failing(new TypeError("x is undefined\nand more")), (code) => code);
  expect(log.errors[0]).toMatch(
    /^error\[T099\]: .*x is undefined\n {2}= help: .*report.*TOVA_DEBUG/,
  );
  expect(log.errors[0]).not.toContain("    at ");
  process.env.TOVA_DEBUG = "1";
  await guarded(log, failing(new TypeError("x is undefined")), (code) => code);
  expect(log.errors[1]).toContain("    at ");
});

test("every code is given once, and every problem can come up", () => {
  const folder = join(__dirname, "../src");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
  const codes = [...sources.matchAll(/^ {4}"(T\d{3})",$/gm)].map(([, code]) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes).toHaveLength(Object.keys(problems).length);
  for (const name of Object.keys(problems)) expect(sources).toContain(`problems.${name}(`);
});

test.each([
  [{ NO_COLOR: "1", FORCE_COLOR: "1" }, false],
  [{ FORCE_COLOR: "1" }, true],
  [{ FORCE_COLOR: "0" }, false],
  [{ CI: "true" }, false],
])("with %j colour is %s outside a terminal", (env, expected) => {
  const before = { ...process.env };
  for (const name of ["NO_COLOR", "FORCE_COLOR", "CI"]) delete process.env[name];
  Object.assign(process.env, env);
  const isTTY = process.stdout.isTTY;
  process.stdout.isTTY = false;
  expect(consoleLogger.color).toBe(expected);
  process.stdout.isTTY = isTTY;
  process.env = before;
});
