// Checks that need no account: sizes, dates, what git says, whose worker it is.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { renderChecks } from "../../src/deploy/check";
import { checkGit, readGit } from "../../src/deploy/git";
import { messageOf, strangers } from "../../src/deploy/mark";
import { checkRuntime } from "../../src/deploy/runtime-date";
import { checkSizes } from "../../src/deploy/size";
import type { Problem } from "../../src/problems";
import { createWorkspace } from "../workspace";

const shown = (problems: readonly Problem[]) =>
  problems.map(({ code, severity }) => `${severity} ${code}`);

test("sizes count after gzip, against both plans", async () => {
  const mebibyte = 1024 * 1024;
  const random = randomBytes(11 * mebibyte);
  const target = "cloudflare";
  const [check] = await checkSizes([
    { target, worker: "zeros", code: new Uint8Array(30 * mebibyte) },
    { target, worker: "small", code: random.subarray(0, 2 * mebibyte) },
    { target, worker: "free", code: random.subarray(0, 4 * mebibyte) },
    { target, worker: "huge", code: random },
  ]);
  if (check === undefined) throw new Error("no check");
  expect(check.fact).toMatch(
    /^zeros [\d.]+ KiB, small 2\.0 MiB, free 4\.0 MiB, huge 11\.0 MiB after/,
  );
  expect(shown(check.problems)).toEqual(["warning T079", "error T078"]);
  expect(check.problems.map(({ message }) => message.slice(0, 8))).toEqual([
    "`free` t",
    "`huge` t",
  ]);
});

test("sizes count as each platform counts them; where no limit is known nothing is said", async () => {
  const mebibyte = 1024 * 1024;
  const random = randomBytes(5 * mebibyte);
  const code = (size: number) => random.subarray(0, size * mebibyte);
  const zeros = new Uint8Array(130 * mebibyte);
  const checks = await checkSizes([
    { target: "vercel", worker: "small", code: code(0.9) },
    { target: "vercel", worker: "hobby", code: code(1.5) },
    { target: "vercel", worker: "pro", code: code(3) },
    { target: "vercel", worker: "none", code: random },
    { target: "lambda", worker: "zip", code: random, beside: zeros },
    { target: "lambda", worker: "maps", code: zeros, beside: zeros },
    { target: "bun", worker: "box", code: zeros },
  ]);
  expect(checks).toHaveLength(2);
  const messages = checks.flatMap(({ problems }) => problems);
  expect(messages.map(({ code: name, message }) => `${name} ${message}`)).toEqual([
    "T079 `hobby` takes 1.5 MiB after gzip; accounts without a paid plan accept 1.0 MiB.",
    "T079 `pro` takes 3.0 MiB after gzip; plans below Enterprise accept 2.0 MiB.",
    "T078 `none` takes 5.0 MiB after gzip; Vercel accepts 4.0 MiB.",
    "T078 `maps` takes 260.0 MiB; Lambda accepts 250.0 MiB.",
  ]);
});

test.each([
  ["2026-04-01", []],
  ["2026-05-02", ["warning T081"]],
  ["2026-05-03", ["error T080"]],
])("on 2026-05-02, with a workerd of 2026-04-26, the date %s gives %j", (date, expected) => {
  const options = { today: "2026-05-02", local: "2026-04-26" };
  expect(shown(checkRuntime([{ worker: "a", date }], options).problems)).toEqual(expected);
});

test("git: only the program's files count; a pushed branch and no repository give no warning", async () => {
  const workspace = createWorkspace({ "a/app.tova": "1", "a/b/lib.tova": "1", "a/other.txt": "1" });
  const folder = workspace.path("a");
  const files = [
    workspace.path("a/app.tova"),
    workspace.path("a/b/lib.tova"),
    workspace.path("no"),
  ];
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@localhost", ...args], {
      cwd: workspace.folder,
      stdio: "pipe",
    });
  try {
    const state = async () => checkGit(await readGit(folder, files));
    expect(await state()).toEqual({ name: "git", fact: "no commit", problems: [] });
    git("init", "--quiet", "--bare", "remote");
    git("init", "--quiet", "--initial-branch", "main");
    git("add", "a");
    git("commit", "--quiet", "--message", "1");
    expect((await state()).fact).toMatch(/^\w{7} on main, not pushed$/);
    git("remote", "add", "origin", "remote");
    git("push", "--quiet", "--set-upstream", "origin", "main");
    workspace.write("a/other.txt", "2");
    expect((await state()).problems).toEqual([]);
    workspace.write("a/b/lib.tova", "2");
    git("commit", "--quiet", "--all", "--message", "2");
    workspace.write("a/app.tova", "2");
    const changed = await state();
    expect(changed.fact).toMatch(/^\w{7} on main, 1 file not committed, not pushed$/);
    expect(changed.problems.map(({ message }) => message)).toEqual([
      "Not committed: app.tova.",
      "The branch main has 1 unpushed commit.",
    ]);
    git("checkout", "--quiet", "--detach");
    expect(shown((await state()).problems)).toEqual(["warning T082"]);
    git("commit", "--quiet", "--all", "--message", "3");
    git("tag", "third");
    git("checkout", "--quiet", "HEAD~1");
    workspace.write("a/app.tova", "3");
    git("commit", "--quiet", "--all", "--message", "4");
    expect(() => git("merge", "--quiet", "third")).toThrow();
    expect((await state()).problems[0]?.message).toBe("Not committed: app.tova.");
  } finally {
    workspace.remove();
  }
});

const version = (message: string | null) => ({
  id: "1",
  message,
  author: null,
  createdOn: "2026-01-01",
});

test("a worker is known by the message of any of its uploads", () => {
  const message = messageOf("tova app/api", { commit: "0123456789abcdef", isDirty: true }, "why");
  expect(message).toBe("tova app/api (0123456789ab, changed): why");
  expect(strangers("w", "tova app/api", null)).toEqual([]);
  expect(strangers("w", "tova app/api", [version(null), version(message)])).toEqual([]);
  expect(shown(strangers("w", "tova app/ap", [version(message)]))).toEqual(["error T074"]);
  expect(shown(strangers("w", "tova app/api", []))).toEqual(["error T074"]);
});

test("the screen has one line a check", () => {
  const problem = { code: "T", message: "" };
  const text = renderChecks([
    { name: "a", fact: "1", problems: [] },
    { name: "long", fact: "2", problems: [{ ...problem, severity: "warning" }] },
    {
      name: "b",
      fact: "3",
      problems: [
        { ...problem, severity: "warning" },
        { ...problem, severity: "error" },
      ],
    },
  ]);
  expect(text).toBe("  ✓ a     1\n  ! long  2\n  ✗ b     3");
});
