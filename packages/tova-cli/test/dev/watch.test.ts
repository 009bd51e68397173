// Files beside a program that change, a real watcher on a folder of its own.
import { mkdirSync, symlinkSync } from "node:fs";
import { watchProgram } from "../../src/dev/watch";
import { placeSource } from "../../src/source";
import { createWorkspace, type Workspace } from "../workspace";

let workspace: Workspace;
beforeEach(() => {
  workspace = createWorkspace({ "app.tova": "a = 1" });
});
afterEach(() => workspace.remove());

async function watch(since = Date.now()) {
  const source = await placeSource(workspace.path("app.tova"), { text: "", deploy: null }, "/");
  const failed: string[] = [];
  let count = 0;
  let told: () => void = () => undefined;
  const seen = new Promise<void>((resolve) => {
    told = resolve;
  });
  const watching = await watchProgram(source, [], {
    since,
    changed: () => {
      count += 1;
      told();
    },
    failed: ({ code = "", path = "" }) => void failed.push(`${code} ${path}`),
  });
  return { watching, failed, seen, count: () => count };
}

const quiet = () => new Promise((resolve) => setTimeout(resolve, 150));

test("what was saved between the reading of a program and its watch is a change", async () => {
  const before = Date.now() - 1000;
  const { watching, seen } = await watch(before);
  await seen;
  await watching.close();
  const later = await watch(Date.now() + 1000);
  await quiet();
  expect(later.count()).toBe(0);
  workspace.write("migrations/0001_a.sql", "");
  await later.seen;
  await later.watching.close();
});

test("a file that cannot be watched is told of, and the others go on", async () => {
  const { watching, failed, seen } = await watch(Date.now() + 1000);
  symlinkSync(".dev.vars", workspace.path(".dev.vars"));
  while (failed.length === 0) await new Promise(setImmediate);
  expect(failed).toEqual([`ELOOP ${workspace.path(".dev.vars")}`]);
  workspace.write("app.tova", "a = 2");
  await seen;
  await watching.close();
});

test("a watch that is closed stays closed, whatever it is told to follow", async () => {
  const watchers = () => process.getActiveResourcesInfo().filter((name) => name === "FSEventWrap");
  const { watching } = await watch();
  expect(watchers().length).toBeGreaterThan(0);
  await watching.close();
  mkdirSync(workspace.path("lib"));
  watching.follow([workspace.write("lib/more.tova", "b = 1")]);
  await quiet();
  expect(watchers()).toEqual([]);
});
