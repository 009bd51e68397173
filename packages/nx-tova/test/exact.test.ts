// Real runs of Nx: each edit of a program rebuilds exactly the workers that it changes, and no others.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { files, source } from "./exact/program";
import { apply, buildAffected, buildAll, run } from "./exact/runs";
import { type Row, replace, table } from "./exact/table";
import {
  cloneWorkspace,
  createInstalledWorkspace,
  type InstalledWorkspace,
  lockfile,
  withDaemon,
} from "./installed-workspace";
import { syncFiles } from "./sync-files";

jest.setTimeout(180_000);

const all = ["shop-api:build", "shop-processor:build", "shop-web:build"];
const api = ["shop-api:build"];

type Env = Readonly<Record<string, string>>;

let original: InstalledWorkspace;
let clone: InstalledWorkspace;

beforeAll(() => {
  original = createInstalledWorkspace(files);
  expect(original.nx(["sync"])).toMatchObject({ exitCode: 0 });
  original.commit();
  clone = cloneWorkspace(original);
});

afterAll(() => {
  original.remove();
  clone.remove();
});

/** Each row once, by turns with the daemon and without; all of them both ways with EXACT=all. */
const isWanted = (turn: number) => (_: unknown, index: number) =>
  process.env.EXACT === "all" || index % 2 === turn;

/** What `affected` selects has to run, and after it nothing of the rest. */
async function check(
  { edit, builds }: Row,
  workspace: InstalledWorkspace,
  env: Env = {},
): Promise<void> {
  apply(workspace, edit);
  await syncFiles(workspace.root, [source]);
  const tasks = builds.map((name) => `${name}:build`);
  expect(run(workspace, buildAffected, env)).toMatchObject({ tasks, ran: tasks });
  expect(run(workspace, buildAll, env).ran).toEqual([]);
}

function checkOption(workspace: InstalledWorkspace, env?: Env): void {
  const build = ["build", "shop-api", "--outDir=dist/api"];
  expect(run(workspace, build, env).ran).toEqual(api);
  expect(run(workspace, build, env).ran).toEqual([]);
  expect(run(workspace, ["build", "shop-api"], env).ran).toEqual([]);
}

async function checkVersion(workspace: InstalledWorkspace, env?: Env): Promise<void> {
  const manifest = join(workspace.root, "node_modules/tova-codegen/package.json");
  const installed = readFileSync(manifest, "utf8");
  try {
    writeFileSync(manifest, installed.replace(/"version": "[^"]+"/, '"version": "0.9.9"'));
    apply(workspace, { "package-lock.json": lockfile({ "tova-codegen": "0.9.9" }) });
    expect(workspace.nx(["sync:check"], env).output).toContain("another compiler");
    const builds = all.map((task) => task.slice(0, -":build".length));
    await check({ title: "", edit: {}, builds }, workspace, env);
  } finally {
    writeFileSync(manifest, installed);
  }
}

/** What else makes another task, beside edits of files. */
const others = [
  { title: "an option of the command line", check: checkOption },
  { title: "another version of the compiler", check: checkVersion },
];

describe("with the daemon", () => {
  beforeAll(() => {
    expect(run(original, buildAll, withDaemon).ran).toEqual(all);
  });
  afterEach(() => original.reset());
  afterAll(() => {
    original.nx(["daemon", "--stop"], withDaemon);
  });

  test.each(table.filter(isWanted(0)))("$title", (row) => check(row, original, withDaemon));
  test.each(others.filter(isWanted(0)))("$title", (row) => row.check(original, withDaemon));
});

describe("without the daemon, on a clone with an empty cache", () => {
  beforeAll(() => {
    expect(run(clone, buildAll).ran).toEqual(all);
  });
  afterEach(() => clone.reset());

  test.each(table.filter(isWanted(1)))("$title", (row) => check(row, clone));
  test.each(others.filter(isWanted(1)))("$title", (row) => row.check(clone));

  test("a manifest left behind by an edit is found by `nx sync:check`, and gives no cache hit", () => {
    apply(clone, replace(source, '"/orders/:id"', '"/stale/:id"'));
    expect(run(clone, buildAll).ran).toEqual(api);
    const worker = readFileSync(join(clone.root, "apps/shop/.tova-out/shop.edge.api.js"), "utf8");
    expect(worker).toContain("stale");
    const stale = clone.nx(["sync:check"]);
    expect(stale.exitCode).toBe(1);
    expect(stale.output).toContain("apps/shop/shop.edge.json (api changed)");
    // On a developer's machine the build itself asks for it.
    expect(clone.nx(["build", "shop-web"], { CI: "false" })).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining("apps/shop/shop.edge.json (api changed)"),
    });
    // What `nx sync` does, as a generator that somebody starts.
    expect(clone.nx(["g", "nx-tova:sync"])).toMatchObject({ exitCode: 0 });
    expect(clone.nx(["sync:check"]).exitCode).toBe(0);
    expect(run(clone, buildAffected).tasks).toEqual(api);
  });

  test("seals that a comment has broken are renewed by a generator, and nothing is rebuilt", () => {
    const manifest = join(clone.root, "apps/shop/shop.edge.json");
    const before = readFileSync(manifest, "utf8");
    apply(clone, { [source]: `// A comment.\n${files[source]}` });
    expect(clone.nx(["g", "nx-tova:seal"])).toMatchObject({ exitCode: 0 });
    const after = readFileSync(manifest, "utf8");
    expect(after).not.toBe(before);
    const unsealed = (text: string) => text.replaceAll(/"seal": "[0-9a-f]+"/g, "");
    expect(unsealed(after)).toBe(unsealed(before));
    expect(run(clone, buildAffected)).toEqual({ tasks: [], ran: [] });
    expect(run(clone, buildAll).ran).toEqual([]);
  });

  test("where Nx selects projects by their files, every block of an edited one", async () => {
    const legacy = { NX_LEGACY_AFFECTED: "true" };
    apply(clone, replace(source, '"/orders/:id"', '"/legacy/:id"'));
    await syncFiles(clone.root, [source]);
    expect(run(clone, buildAffected, legacy).tasks).toEqual(all);
  });
});
