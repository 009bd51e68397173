// One commit makes the same bytes wherever it is built, so that clones can share what they have built.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { files } from "./exact/program";
import { type RemoteCache, startRemoteCache } from "./exact/remote-cache";
import { tasksOf } from "./exact/runs";
import {
  cloneWorkspace,
  createInstalledWorkspace,
  type InstalledWorkspace,
} from "./installed-workspace";

jest.setTimeout(120_000);

const all = ["shop-api:build", "shop-processor:build", "shop-web:build"];
const build = ["run-many", "-t", "build", "--outputStyle=static"];

/** Somebody else's machine: user, home, language and clock. */
const elsewhere = (home: string) => ({
  HOME: home,
  USER: "someone",
  LOGNAME: "someone",
  LANG: "tr_TR.UTF-8",
  LC_ALL: "tr_TR.UTF-8",
  TZ: "Pacific/Kiritimati",
});

function outputs({ root }: InstalledWorkspace): Record<string, string> {
  const folder = join(root, "apps/shop/.tova-out");
  const names = readdirSync(folder).sort();
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(join(folder, name), "latin1")]),
  );
}

let original: InstalledWorkspace;
let remote: RemoteCache;
const clones: InstalledWorkspace[] = [];

function makeClone(): InstalledWorkspace {
  const clone = cloneWorkspace(original);
  clones.push(clone);
  return clone;
}

beforeAll(async () => {
  original = createInstalledWorkspace(files);
  expect(original.nx(["sync"])).toMatchObject({ exitCode: 0 });
  original.commit();
  remote = await startRemoteCache();
  expect(tasksOf(await original.startNx(build, remote.env)).ran).toEqual(all);
});

afterAll(async () => {
  await remote.stop();
  for (const workspace of [original, ...clones]) workspace.remove();
});

test("in another folder, for another user, in another language and time zone", () => {
  const clone = makeClone();
  expect(tasksOf(clone.nx(build, elsewhere(clone.root))).ran).toEqual(all);
  expect(Object.keys(outputs(clone))).toHaveLength(12);
  expect(outputs(clone)).toEqual(outputs(original));
});

test("a clone restores all workers from Nx's remote cache, and builds none", async () => {
  const clone = makeClone();
  expect(remote.archives.size).toBe(all.length);
  const run = await clone.startNx(build, { ...remote.env, ...elsewhere(clone.root) });
  expect(tasksOf(run)).toEqual({ tasks: all, ran: [] });
  expect(run.output.match(/\[remote cache\]/g)).toHaveLength(all.length);
  expect([...remote.fetched].sort()).toEqual([...remote.archives.keys()].sort());
  expect(outputs(clone)).toEqual(outputs(original));
});
