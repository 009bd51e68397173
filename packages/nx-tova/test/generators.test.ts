// Generators on a tree in memory: what they write, and what they leave alone.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { logger, readJson, readNxJson, type Tree, writeJson } from "@nx/devkit";
import { createTreeWithEmptyWorkspace } from "@nx/devkit/testing";
import { compile } from "tova-codegen";
import { parse } from "yaml";
import { makeApplication } from "../src/generators/application/generator";
import ci from "../src/generators/ci/generator";
import { addEdge } from "../src/generators/edge/generator";
import init from "../src/generators/init/generator";
import { versionsToInstall } from "../src/generators/init/versions";

let tree: Tree;
beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
});

const text = (path: string): string => tree.read(path, "utf-8") ?? "";

describe("init", () => {
  it("registers the plugin once, beside others and with options it may have", async () => {
    writeJson(tree, "nx.json", { plugins: ["other", { plugin: "nx-tova/plugin", options: {} }] });
    await init(tree, { skipFormat: true });
    expect(readNxJson(tree)?.plugins).toEqual(["other", { plugin: "nx-tova/plugin", options: {} }]);
  });

  it("says what is missing where `nx init` has made no package.json", async () => {
    tree.delete("package.json");
    const install = await init(tree, { skipFormat: true });
    expect(readNxJson(tree)?.plugins).toEqual(["nx-tova/plugin"]);
    const warn = jest.spyOn(logger, "warn").mockImplementation(() => {});
    await install();
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/no package\.json to add .*wrangler/)],
    ]);
    warn.mockRestore();
  });

  it("leaves the layout of an nx.json alone that has all it needs", async () => {
    const nxJson = '{ "plugins": ["nx-tova/plugin"], "sync": { "applyChanges": false } }';
    tree.write("nx.json", nxJson);
    await init(tree, { skipFormat: true });
    expect(text("nx.json")).toBe(nxJson);
  });

  it.each([
    [
      { outputs: ["{projectRoot}/dist"], dependsOn: ["^build"] },
      { cache: true, dependsOn: ["^build"] },
    ],
    [{ outputs: ["{projectRoot}/dist"], cache: false }, { cache: false }],
    [
      [{ outputs: ["x"] }, { filter: { plugin: "x" }, outputs: [] }],
      [{ cache: true }, { cache: true, filter: { plugin: "x" } }],
    ],
    [{ dependsOn: ["^build"] }, undefined],
  ])("keeps outputs of other builds from those of Tova: %j", async (build, own) => {
    writeJson(tree, "nx.json", { targetDefaults: { build } });
    await init(tree, { skipFormat: true });
    const { targetDefaults } = readJson(tree, "nx.json");
    expect(targetDefaults).toEqual({ build, ...(own && { "nx-tova:build": own }) });
    const before = text("nx.json");
    await init(tree, { skipFormat: true });
    expect(text("nx.json")).toBe(before);
  });

  it("keeps what the user has said of syncing", async () => {
    writeJson(tree, "nx.json", { sync: { applyChanges: false } });
    await init(tree, { skipFormat: true });
    expect(readNxJson(tree)?.sync).toEqual({ applyChanges: false });
  });

  it.each([
    ["nothing", "", "# Tova\n.tova-out/\n.wrangler/\n.dev.vars\n.dev.vars.*\n!.dev.vars.example\n"],
    ["no last line break", "dist", "dist\n\n# Tova\n.tova-out/\n"],
    ["one of the lines, written otherwise", "/.tova-out/\r\n.wrangler\n", "# Tova\n.dev.vars\n"],
  ])("adds what is missing to a .gitignore with %s", async (_, before, expected) => {
    tree.write(".gitignore", before);
    await init(tree, { skipFormat: true });
    expect(text(".gitignore").startsWith(before)).toBe(true);
    expect(text(".gitignore")).toContain(expected);
    const once = text(".gitignore");
    await init(tree, { skipFormat: true });
    expect(text(".gitignore")).toBe(once);
  });

  it("keeps a version that package.json asks for, and touches none when told so", async () => {
    writeJson(tree, "package.json", { devDependencies: { wrangler: "4.50.0" } });
    await init(tree, { skipPackageJson: true, skipFormat: true });
    expect(readJson(tree, "package.json").devDependencies).toEqual({ wrangler: "4.50.0" });
    await init(tree, { skipFormat: true });
    expect(readJson(tree, "package.json").devDependencies).toMatchObject({ wrangler: "4.50.0" });
  });

  it("installs what a workspace lacks, and nothing of the one that makes it", async () => {
    await init(tree, { skipFormat: true });
    const { devDependencies } = readJson(tree, "package.json");
    expect(Object.keys(devDependencies)).toEqual(["wrangler"]);
    const elsewhere = versionsToInstall(process.versions.node, "installed");
    expect(Object.keys(elsewhere)).toEqual(["nx-tova", "tova-cli", "wrangler"]);
  });

  it("asks for a wrangler that runs on the Node that is there", () => {
    expect(versionsToInstall("20.19.0").wrangler).toBe("4.86.0");
    expect(versionsToInstall("24.1.0").wrangler).toBe("^4.86.0");
  });
});

describe("application", () => {
  it.each([
    ["shop", "", "apps/shop/shop.tova"],
    ["BigShop", "", "apps/big-shop/big-shop.tova"],
    ["shop", "workers/eu/shop", "workers/eu/shop/shop.tova"],
    ["shop", "./my apps//shop/", "my apps/shop/shop.tova"],
    ["shop", ".", "./shop.tova"],
  ])("makes %s (folder: %j) without a warning of the compiler", async (name, directory, path) => {
    const options = { name, skipFormat: true, ...(directory ? { directory } : {}) };
    await makeApplication(tree, options, {});
    const { diagnostics, workers } = compile(text(path), { fileName: path });
    expect(diagnostics).toEqual([]);
    expect(workers).toHaveLength(1);
    const folder = path.slice(0, path.lastIndexOf("/"));
    const schema = readJson(tree, `${folder}/project.json`).$schema as string;
    expect(posix.join(folder, schema)).toBe("node_modules/nx/schemas/project-schema.json");
    expect(text(`${folder}/README.md`)).not.toContain("<%");
  });

  it.each(["", "1shop", "a/b", "größe", "../x", "x".repeat(50)])(
    "refuses the name %j",
    async (name) => {
      await expect(makeApplication(tree, { name, skipFormat: true }, {})).rejects.toThrow(
        "cannot name an application",
      );
    },
  );

  it("never writes over a file", async () => {
    tree.write("apps/shop/shop.tova", "mine");
    await expect(makeApplication(tree, { name: "shop" }, {})).rejects.toThrow(
      "apps/shop/shop.tova is there already",
    );
    tree = createTreeWithEmptyWorkspace();
    // Of files that are on the disk, not only in the tree.
    const root = mkdtempSync(join(tmpdir(), "nx-tova-app-"));
    Object.defineProperty(tree, "root", { value: root });
    for (const file of ["README.md", "project.json"]) writeFileSync(join(root, file), "mine");
    await expect(makeApplication(tree, { name: "shop", directory: "." }, {})).rejects.toThrow(
      "README.md, project.json are there already. Choose another name or --directory.",
    );
    await expect(
      makeApplication(tree, { name: "shop", directory: "README.md/a" }, {}),
    ).rejects.toThrow("README.md is a file. Choose another --directory.");
    rmSync(root, { recursive: true });
  });

  it.each(["../shop", "/srv/shop", "C:\\shop", "apps/../../shop"])(
    "refuses the folder %j, outside of the workspace",
    async (directory) => {
      await expect(makeApplication(tree, { name: "shop", directory }, {})).rejects.toThrow(
        `${directory} is no folder of the workspace.`,
      );
    },
  );

  it.each(["shop", "shop-api"])("refuses to make a second project %s", async (taken) => {
    const projects = { [taken]: { root: "libs/taken" } };
    await expect(makeApplication(tree, { name: "shop" }, projects)).rejects.toThrow(
      `A project named "${taken}" is at libs/taken already. Choose another name.`,
    );
  });
});

describe("application in a folder of another", () => {
  it.each([
    ["a package", { mail: { root: "apps/shop" } }],
    [
      "a program",
      { mail: { root: "apps/shop/mail", metadata: { tova: { file: "apps/shop/mail.tova" } } } },
    ],
  ])("refuses that of %s", async (_, projects) => {
    await expect(makeApplication(tree, { name: "shop" }, projects)).rejects.toThrow(
      'The project "mail" is in apps/shop already. Choose another --directory.',
    );
  });

  it("has nothing against one around it, or in it", async () => {
    const projects = { all: { root: "apps" }, api: { root: "apps/shop/shop-api" } };
    await makeApplication(tree, { name: "shop", skipFormat: true }, projects);
    expect(tree.exists("apps/shop/shop.tova")).toBe(true);
  });
});

describe("edge", () => {
  it.each(["cloudflare", "deno"] as const)("adds a block for %s that compiles", (target) => {
    const before = 'edge "api" {\r\n\troute GET "/" => fn(req) { "ü 😀" }\r\n}';
    tree.write("shop.tova", before);
    addEdge(tree, { name: "order mails", file: "shop.tova", target }, {});
    expect(text("shop.tova").startsWith(before)).toBe(true);
    expect(text("shop.tova")).toContain(`\r\n\ttarget: "${target}"\r\n`);
  });

  it.each([
    ["none.tova", "There is no file none.tova. Give its path from the workspace's root."],
    ["shop.tova", "There is no file shop.tova. Did you mean apps/shop/shop.tova?"],
    ["apps/shop/shop.tov", "Did you mean apps/shop/shop.tova?"],
    ["apps/shop", "apps/shop is no Tova source file."],
    ["package.json", "package.json is no Tova source file."],
    ["broken.tova", "broken.tova: The source has syntax errors"],
  ])("refuses %s", (file, message) => {
    tree.write("broken.tova", 'edge "a" {');
    tree.write("apps/shop/shop.tova", 'edge "a" { target: "cloudflare" }');
    const shop = { root: "apps/shop", metadata: { tova: { file: "apps/shop/shop.tova" } } };
    const projects = file === "none.tova" ? {} : { shop };
    expect(() => addEdge(tree, { name: "b", file }, projects)).toThrow(message);
  });

  it("refuses a block whose project another has the name of", () => {
    tree.write("a/shop.tova", 'edge "api" { target: "cloudflare" }');
    const projects = { "shop-order-mails": { root: "libs/mails" } };
    const options = { name: "order mails", file: "./a/shop.tova" };
    expect(() => addEdge(tree, options, projects)).toThrow(
      'A project named "shop-order-mails" is at libs/mails already. Choose another name.',
    );
    addEdge(tree, options, { "shop-order-mails": { root: "a/shop-order-mails" } });
    expect(text("a/shop.tova")).toContain('edge "order mails"');
  });
});

describe("ci", () => {
  it.each([
    ["npm", "package-lock.json", "npm ci", "npx nx"],
    ["pnpm", "pnpm-lock.yaml", "pnpm install --frozen-lockfile", "pnpm exec nx"],
    ["yarn", "yarn.lock", "yarn install --immutable", "yarn nx"],
  ])("writes a workflow for %s", async (manager, lockfile, install, nx) => {
    const root = mkdtempSync(join(tmpdir(), "nx-tova-ci-"));
    writeFileSync(join(root, lockfile), "");
    Object.defineProperty(tree, "root", { value: root });
    await ci(tree, { provider: "github", skipFormat: true });
    rmSync(root, { recursive: true });
    const { on, jobs } = parse(text(".github/workflows/ci.yml"));
    const uses = (action: string) =>
      jobs.check.steps.find((step: { uses?: string }) => step.uses?.startsWith(action));
    expect(uses("nrwl/nx-set-shas").with).toBeUndefined();
    // Without a word of package.json the action installs none.
    expect(uses("pnpm/")?.with.version).toEqual(manager === "pnpm" ? expect.anything() : undefined);
    expect(on.push.branches).toEqual(["main"]);
    const commands = (job: { steps: { run?: string }[] }) =>
      job.steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
    expect(commands(jobs.check)).toEqual([
      install,
      `${nx} sync:check`,
      `${nx} affected -t lint check test build`,
    ]);
    expect(commands(jobs.deploy)).toEqual([install, `${nx} affected -t deploy`]);
    expect(jobs.deploy.if).toContain("refs/heads/main");
    expect(jobs.deploy.env.CLOUDFLARE_API_TOKEN).toContain("{ secrets.CLOUDFLARE_API_TOKEN }");
  });

  it("speaks of the branch and the pnpm that the workspace names", async () => {
    writeJson(tree, "nx.json", { defaultBase: "trunk" });
    tree.write("pnpm-lock.yaml", "");
    writeJson(tree, "package.json", { packageManager: "pnpm@10.1.0" });
    await ci(tree, { provider: "github", skipFormat: true });
    const { on, jobs } = parse(text(".github/workflows/ci.yml"));
    expect(on.push.branches).toEqual(["trunk"]);
    for (const { steps } of [jobs.check, jobs.deploy]) {
      expect(steps).toContainEqual({
        uses: "nrwl/nx-set-shas@v4",
        with: { "main-branch-name": "trunk" },
      });
      expect(JSON.stringify(steps)).not.toContain('"version"');
    }
  });

  it("writes none that could install nothing", async () => {
    tree.delete("package.json");
    await expect(ci(tree, { provider: "github", skipFormat: true })).rejects.toThrow(
      "no package.json to install from",
    );
  });

  it("asks for targets by the names that they have", async () => {
    const options = {
      buildTargetName: "compile",
      checkTargetName: "tova-check",
      deployTargetName: "ship",
    };
    writeJson(tree, "nx.json", { plugins: ["other", { plugin: "nx-tova/plugin", options }] });
    await ci(tree, { provider: "github", skipFormat: true });
    const workflow = text(".github/workflows/ci.yml");
    expect(workflow).toContain("nx affected -t lint tova-check test build compile\n");
    expect(workflow).toContain("nx affected -t ship\n");
    await makeApplication(tree, { name: "shop", skipFormat: true }, {});
    expect(text("apps/shop/README.md")).toContain("npx nx ship shop-api --dry-run");
  });

  it("never writes over a workflow", async () => {
    tree.write(".github/workflows/ci.yml", "mine");
    await expect(ci(tree, { provider: "github", skipFormat: true })).rejects.toThrow(
      "is there already",
    );
    await ci(tree, { provider: "github", name: "edge", skipFormat: true });
    expect(parse(text(".github/workflows/edge.yml")).name).toBe("edge");
  });
});
