// Locks between processes: who waits, who takes over, who gives up.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { type Holder, withLocks } from "../../src/deploy/lock";
import { createWorkspace, type Workspace } from "../workspace";

let workspace: Workspace;
beforeEach(() => {
  workspace = createWorkspace({});
});
afterEach(() => workspace.remove());

const path = (name: string) => join(workspace.folder, `${name}.lock`);

function hold(name: string, holder: Partial<Holder>): void {
  const all = { pid: process.pid, host: hostname(), since: "2026-01-01T00:00:00Z", ...holder };
  writeFileSync(path(name), JSON.stringify(all));
}

function run<T>(names: readonly string[], action: () => Promise<T>, timeout = 5) {
  const waits: string[] = [];
  const onWait = (name: string) => void waits.push(name);
  const { folder } = workspace;
  return withLocks({ folder, names, onWait, timeout }, action).then((value) => ({ value, waits }));
}

/** A number that belonged to a process. */
const deadPid = () => spawnSync(process.execPath, ["-e", ""]).pid;

test("many that want the same go one after the other, also past the lock of a dead process", async () => {
  hold("a", { pid: deadPid() });
  let inside = 0;
  let most = 0;
  const action = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((done) => setTimeout(done, 5));
    inside -= 1;
  };
  await Promise.all([1, 2, 3, 4, 5].map(() => run(["b", "a"], action, 20)));
  expect(most).toBe(1);
  expect(readdirSync(workspace.folder)).toEqual([]);
});

test("a living process is waited for, then named", async () => {
  hold("a", {});
  await expect(run(["a"], async () => 1, 0)).rejects.toThrow(
    new RegExp(`T084: a is still .* process ${process.pid} on ${hostname()}, since 2026-01-01`),
  );
});

test("a lock of another machine counts until it is old", async () => {
  hold("a", { host: "elsewhere", pid: deadPid() });
  await expect(run(["a"], async () => 1, 0)).rejects.toThrow(/T084.* on elsewhere/);
  const hourAgo = new Date(Date.now() - 3_600_000);
  utimesSync(path("a"), hourAgo, hourAgo);
  await expect(run(["a"], async () => 1)).resolves.toEqual({ value: 1, waits: [] });
});

test.each(["", '{"pid":', "[]", "null"])(
  "half a lock, `%s`, counts for a few seconds",
  async (text) => {
    writeFileSync(path("a"), text);
    await expect(run(["a"], async () => 1, 0)).rejects.toThrow(/T010: .*a\.lock/);
    const before = new Date(Date.now() - 6000);
    utimesSync(path("a"), before, before);
    await expect(run(["a"], async () => 1)).resolves.toEqual({ value: 1, waits: [] });
  },
);

test("what is no lock at all is named and left alone", async () => {
  symlinkSync(path("nowhere"), path("a"));
  await expect(run(["a"], async () => 1, 0.1)).rejects.toThrow(/T010: .*a\.lock/);
  mkdirSync(path("b"));
  await expect(run(["b"], async () => 1, 0.1)).rejects.toThrow(/T012: .*b\.lock/);
  expect(readdirSync(workspace.folder).sort()).toEqual(["a.lock", "b.lock"]);
});

test("a failure inside frees the lock", async () => {
  await expect(run(["a"], () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(run(["a"], async () => 1)).resolves.toEqual({ value: 1, waits: [] });
});
