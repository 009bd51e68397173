// The projects of real folders, read through what Nx itself calls.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { logger, type ProjectConfiguration } from "@nx/devkit";
import { createNodes } from "../src/plugin";
import { createTempWorkspace, type TempWorkspace } from "./temp-workspace";

const block = (name: string, members = "") => `edge "${name}" {
  target: "cloudflare"
  ${members}
  route GET "/" => fn(req) { "ok" }
}
`;
const shop = `${block("api", "kv CACHE\n  queue JOBS")}
edge "worker" {
  target: "cloudflare"
  consume JOBS fn(messages) { print(len(messages)) }
}
`;

let workspace: TempWorkspace;
let warn: jest.SpyInstance;

beforeEach(() => {
  warn = jest.spyOn(logger, "warn").mockImplementation(() => {});
});

afterEach(() => {
  warn.mockRestore();
  workspace.remove();
});

async function infer(
  paths: string[],
  options?: unknown,
  namedInputs: Record<string, string[]> = {},
): Promise<Record<string, ProjectConfiguration>> {
  const context = { workspaceRoot: workspace.root, nxJsonConfiguration: { namedInputs } };
  const nodes = await createNodes[1](paths, options as object | undefined, context);
  return Object.assign({}, ...nodes.map(([, { projects }]) => projects));
}

async function inferFiles(files: Record<string, string>, options?: unknown) {
  workspace = createTempWorkspace(files);
  return infer(
    Object.keys(files).filter((path) => path.endsWith(".tova")),
    options,
  );
}

const namesOf = (projects: Record<string, ProjectConfiguration>) =>
  Object.entries(projects).map(([root, { name }]) => `${name} at ${root}`);

const warnings = () => warn.mock.calls.map(([text]) => text);

test("the pattern finds every Tova file", () => {
  workspace = createTempWorkspace({});
  expect(createNodes[0]).toBe("**/*.tova");
});

test("a block's project says everything about itself", async () => {
  const projects = await inferFiles({ "apps/shop/shop.tova": shop });
  expect(projects["apps/shop/shop-api"]).toMatchInlineSnapshot(`
{
  "metadata": {
    "description": "Edge block "api" of apps/shop/shop.tova.",
    "technologies": [
      "tova",
      "cloudflare",
    ],
    "tova": {
      "block": "api",
      "consumes": [],
      "crons": [],
      "file": "apps/shop/shop.tova",
      "produces": [
        "jobs",
      ],
      "stores": {
        "kv": [
          "TODO_CACHE_ID",
        ],
        "sql": [],
        "storage": [],
      },
    },
  },
  "name": "shop-api",
  "namedInputs": {
    "default": [
      "{workspaceRoot}/apps/shop/shop.tova",
      "{workspaceRoot}/apps/shop/shop.deploy.toml",
      "{workspaceRoot}/apps/shop/migrations/**/*",
    ],
  },
  "projectType": "application",
  "root": "apps/shop/shop-api",
  "sourceRoot": "apps/shop",
  "targets": {
    "build": {
      "cache": true,
      "executor": "nx-tova:build",
      "inputs": [
        "{workspaceRoot}/apps/shop/shop.tova",
        "{workspaceRoot}/apps/shop/shop.deploy.toml",
        "{workspaceRoot}/apps/shop/migrations/**/*",
      ],
      "metadata": {
        "description": "Compile the cloudflare worker shop-api and its config.",
        "help": {
          "command": "npx nx build shop-api",
          "example": {
            "options": {
              "outDir": "dist/shop-api",
            },
          },
        },
        "technologies": [
          "tova",
        ],
      },
      "options": {
        "block": "api",
        "file": "apps/shop/shop.tova",
        "outDir": "apps/shop/.tova-out",
      },
      "outputs": [
        "{options.outDir}/shop.edge.api.js",
        "{options.outDir}/shop.edge.api.js.map",
        "{options.outDir}/wrangler.api.toml",
      ],
    },
    "deploy": {
      "cache": false,
      "dependsOn": [
        "build",
      ],
      "executor": "nx-tova:deploy",
      "inputs": [
        "{workspaceRoot}/apps/shop/shop.tova",
        "{workspaceRoot}/apps/shop/shop.deploy.toml",
        "{workspaceRoot}/apps/shop/migrations/**/*",
      ],
      "metadata": {
        "description": "Build, check and deploy the worker shop-api.",
        "help": {
          "command": "npx nx deploy shop-api",
          "example": {
            "options": {
              "dryRun": true,
              "env": "staging",
            },
          },
        },
        "technologies": [
          "tova",
        ],
      },
      "options": {
        "block": "api",
        "file": "apps/shop/shop.tova",
        "outDir": "apps/shop/.tova-out",
      },
    },
  },
}
`);
});

test("the file's own project builds its blocks, checks and serves", async () => {
  const projects = await inferFiles({ "apps/shop/shop.tova": shop });
  expect(Object.keys(projects)).toEqual([
    "apps/shop",
    "apps/shop/shop-api",
    "apps/shop/shop-worker",
  ]);
  expect(projects["apps/shop"]).toMatchInlineSnapshot(`
{
  "metadata": {
    "description": "Edge program apps/shop/shop.tova.",
    "technologies": [
      "tova",
      "cloudflare",
    ],
    "tova": {
      "blocks": [
        "shop-api",
        "shop-worker",
      ],
      "file": "apps/shop/shop.tova",
    },
  },
  "name": "shop",
  "projectType": "application",
  "root": "apps/shop",
  "sourceRoot": "apps/shop",
  "targets": {
    "build": {
      "dependsOn": [
        {
          "projects": [
            "shop-api",
            "shop-worker",
          ],
          "target": "build",
        },
      ],
      "executor": "nx:noop",
      "inputs": [
        "{workspaceRoot}/apps/shop/shop.tova",
        "{workspaceRoot}/apps/shop/shop.deploy.toml",
        "{workspaceRoot}/apps/shop/migrations/**/*",
      ],
      "metadata": {
        "description": "Build all workers of apps/shop/shop.tova.",
        "help": {
          "command": "npx nx build shop",
          "example": {
            "options": {},
          },
        },
        "technologies": [
          "tova",
        ],
      },
    },
    "check": {
      "cache": true,
      "executor": "nx-tova:check",
      "inputs": [
        "{workspaceRoot}/apps/shop/shop.tova",
        "{workspaceRoot}/apps/shop/shop.deploy.toml",
        "{workspaceRoot}/apps/shop/migrations/**/*",
      ],
      "metadata": {
        "description": "Report the errors and warnings of apps/shop/shop.tova.",
        "help": {
          "command": "npx nx check shop",
          "example": {
            "options": {},
          },
        },
        "technologies": [
          "tova",
        ],
      },
      "options": {
        "file": "apps/shop/shop.tova",
      },
      "outputs": [],
    },
    "serve": {
      "cache": false,
      "continuous": true,
      "executor": "nx-tova:serve",
      "inputs": [
        "{workspaceRoot}/apps/shop/shop.tova",
        "{workspaceRoot}/apps/shop/shop.deploy.toml",
        "{workspaceRoot}/apps/shop/migrations/**/*",
      ],
      "metadata": {
        "description": "Run all workers of apps/shop/shop.tova together, rebuilding on save.",
        "help": {
          "command": "npx nx serve shop",
          "example": {
            "options": {
              "port": 8787,
            },
          },
        },
        "technologies": [
          "tova",
        ],
      },
      "options": {
        "file": "apps/shop/shop.tova",
      },
      "readyWhen": {
        "signal": true,
      },
    },
  },
}
`);
});

test("a file without edge blocks is no project", async () => {
  expect(await inferFiles({ "libs/lib.tova": "fn twice(n) { n * 2 }\n" })).toEqual({});
  expect(warnings()).toEqual([]);
});

test("an unnamed block is the file's own project", async () => {
  const source = 'edge {\n  target: "cloudflare"\n  route GET "/" => fn(req) { "ok" }\n}\n';
  const projects = await inferFiles({ "apps/one/one.tova": source });
  expect(namesOf(projects)).toEqual(["one at apps/one"]);
  const { targets } = projects["apps/one"] ?? {};
  expect(Object.keys(targets ?? {})).toEqual(["build", "deploy", "check", "serve"]);
  expect(targets?.build?.options).toMatchObject({ block: null });
  expect(targets?.build?.outputs).toEqual([
    "{options.outDir}/one.edge.js",
    "{options.outDir}/one.edge.js.map",
    "{options.outDir}/wrangler.toml",
  ]);
});

test("an unnamed block waits for the named ones of its file", async () => {
  const source = `${block("api")}edge {\n  target: "cloudflare"\n  route GET "/" => fn(req) { "ok" }\n}\n`;
  const projects = await inferFiles({ "one.tova": source });
  expect(namesOf(projects)).toEqual(["one at .", "one-api at one-api"]);
  expect(projects["."]?.targets?.build).toMatchObject({
    executor: "nx-tova:build",
    dependsOn: [{ projects: ["one-api"], target: "build" }],
    options: { block: null, outDir: ".tova-out" },
  });
});

test("several files in one folder have roots of their own", async () => {
  const projects = await inferFiles({
    "apps/shop/orders.tova": block("api"),
    "apps/shop/bills.tova": block("api"),
  });
  expect(namesOf(projects)).toEqual([
    "bills at apps/shop/bills",
    "bills-api at apps/shop/bills-api",
    "orders at apps/shop/orders",
    "orders-api at apps/shop/orders-api",
  ]);
});

test("a plain module beside a program does not take its folder", async () => {
  const projects = await inferFiles({
    "apps/shop/shop.tova": block("api"),
    "apps/shop/money.tova": "fn cents(n) { n * 100 }\n",
  });
  expect(namesOf(projects)).toEqual(["shop at apps/shop", "shop-api at apps/shop/shop-api"]);
});

test("named inputs of the workspace mean the source in a project without a folder", async () => {
  workspace = createTempWorkspace({ "apps/shop/shop.tova": shop });
  const projects = await infer(["apps/shop/shop.tova"], undefined, {
    default: ["{projectRoot}/**/*", "globals"],
    production: ["default", "!{projectRoot}/**/*.md"],
    globals: ["{workspaceRoot}/babel.config.json"],
  });
  const source = expect.arrayContaining(["{workspaceRoot}/apps/shop/shop.tova"]);
  expect(projects["apps/shop/shop-api"]?.namedInputs).toEqual({
    default: source,
    production: source,
  });
  expect(projects["apps/shop"]?.namedInputs).toBeUndefined();
});

describe("options", () => {
  test("rename the targets, and what refers to them", async () => {
    const projects = await inferFiles(
      { "apps/shop/shop.tova": shop },
      {
        buildTargetName: "tova-build",
        checkTargetName: "tova-check",
        serveTargetName: "dev",
        deployTargetName: "ship",
      },
    );
    const parent = projects["apps/shop"]?.targets ?? {};
    expect(Object.keys(parent)).toEqual(["tova-build", "tova-check", "dev"]);
    expect(parent["tova-build"]?.dependsOn).toEqual([
      { projects: ["shop-api", "shop-worker"], target: "tova-build" },
    ]);
    const api = projects["apps/shop/shop-api"]?.targets ?? {};
    expect(Object.keys(api)).toEqual(["tova-build", "ship"]);
    expect(api.ship?.dependsOn).toEqual(["tova-build"]);
    expect(api.ship?.metadata?.help?.command).toBe("npx nx ship shop-api");
  });

  test.each([
    [{ buildTarget: "x" }, /unknown option `buildTarget`; the options are buildTargetName, /],
    [{ buildTargetName: 3 }, /`buildTargetName` must be a target name without colons, not 3/],
    [{ buildTargetName: "a:b" }, /must be a target name without colons, not "a:b"/],
    [{ buildTargetName: "deploy" }, /`buildTargetName` and `deployTargetName` are both "deploy"/],
    [["build"], /unknown option `0`/],
    ["build", /the options must be an object/],
  ])("%j is one warning, and the defaults stay", async (options, message) => {
    const projects = await inferFiles({ "apps/shop/shop.tova": shop }, options);
    expect(Object.keys(projects["apps/shop/shop-api"]?.targets ?? {})).toEqual(["build", "deploy"]);
    expect(warnings()).toEqual([expect.stringMatching(message)]);
    expect(warnings()[0]).toMatch(/^nx\.json, plugin nx-tova\/plugin: /);
  });
});

describe("bad input", () => {
  test("a syntax error in one block keeps the file's projects", async () => {
    const projects = await inferFiles({
      "apps/shop/shop.tova": shop.replace('"ok"', "return ="),
      "apps/other/other.tova": block("api"),
    });
    expect(namesOf(projects)).toEqual([
      "other at apps/other",
      "other-api at apps/other/other-api",
      "shop at apps/shop",
      "shop-api at apps/shop/shop-api",
      "shop-worker at apps/shop/shop-worker",
    ]);
  });

  test("text that is no Tova at all keeps a project that reports it", async () => {
    const projects = await inferFiles({ "apps/shop/shop.tova": "\u0000\u0001 edge ((((" });
    expect(projects["apps/shop"]?.name).toBe("shop");
    expect(projects["apps/shop"]?.targets?.build).toMatchObject({
      executor: "nx-tova:build",
      options: { file: "apps/shop/shop.tova" },
    });
  });

  test("a folder, a broken link and a removed file are one warning each", async () => {
    workspace = createTempWorkspace({ "apps/shop/shop.tova": block("api") });
    mkdirSync(join(workspace.root, "apps/folder.tova"));
    symlinkSync(join(workspace.root, "nowhere"), join(workspace.root, "apps/link.tova"));
    const paths = ["apps/folder.tova", "apps/link.tova", "apps/gone.tova", "apps/shop/shop.tova"];
    expect(Object.keys(await infer(paths))).toEqual(["apps/shop", "apps/shop/shop-api"]);
    expect(warnings()).toEqual([
      "nx-tova: apps/folder.tova cannot be read as a file; it has no projects.",
      "nx-tova: apps/gone.tova cannot be read as a file; it has no projects.",
      "nx-tova: apps/link.tova cannot be read as a file; it has no projects.",
    ]);
  });

  test("of two files with one name the later keeps a project that says so", async () => {
    const projects = await inferFiles({
      "apps/a/shop.tova": block("api"),
      "apps/b/shop.tova": block("admin"),
      "apps/c/other.tova": block("api"),
    });
    expect(namesOf(projects)).toEqual([
      "shop at apps/a",
      "shop-api at apps/a/shop-api",
      "apps-b-shop at apps/b",
      "other at apps/c",
      "other-api at apps/c/other-api",
    ]);
    const message =
      'apps/a/shop.tova and apps/b/shop.tova both make a project named "shop". ' +
      "Rename one of the files or edge blocks.";
    expect(warnings()).toEqual([`nx-tova: ${message}`]);
    const { targets = {} } = projects["apps/b"] ?? {};
    expect(Object.keys(targets)).toEqual(["build", "check", "serve", "deploy"]);
    for (const target of Object.values(targets)) {
      expect(target).toMatchObject({ executor: "nx-tova:report", options: { message } });
    }
  });

  test("a block of one file may not be named like another file", async () => {
    const projects = await inferFiles({
      "apps/a/shop-api.tova": block("web"),
      "apps/b/shop.tova": block("api"),
    });
    expect(namesOf(projects)).toEqual([
      "shop-api at apps/a",
      "shop-api-web at apps/a/shop-api-web",
      "shop at apps/b",
    ]);
    expect(warnings()).toEqual([expect.stringContaining('both make a project named "shop-api"')]);
  });

  test("a block's folder may not be another file's", async () => {
    const projects = await inferFiles({
      "apps/shop/shop-api/inner.tova": block("web"),
      "apps/shop/shop.tova": block("api"),
    });
    expect(namesOf(projects)).toEqual([
      "inner at apps/shop/shop-api",
      "inner-web at apps/shop/shop-api/inner-web",
      "shop at apps/shop",
    ]);
    expect(warnings()).toEqual([
      expect.stringContaining("both make a project at apps/shop/shop-api"),
    ]);
  });
});

describe("the cache of outlines", () => {
  const cacheOf = () => join(workspace.root, ".nx/workspace-data/nx-tova-outlines.json");
  const read = () => JSON.parse(readFileSync(cacheOf(), "utf8")) as Record<string, object>;

  test("is used while nothing changes", async () => {
    const before = await inferFiles({ "apps/shop/shop.tova": shop });
    const [[key, outline] = ["", {}]] = Object.entries(read());
    // A name that is only in the cache can only come from it.
    const renamed = JSON.stringify({ [key]: outline }).replaceAll("shop-api", "shop-kept");
    writeFileSync(cacheOf(), renamed);
    expect(namesOf(before)).toContain("shop-api at apps/shop/shop-api");
    expect(namesOf(await infer(["apps/shop/shop.tova"]))).toContain(
      "shop-kept at apps/shop/shop-kept",
    );
  });

  test("misses after an edit of the source or of the deploy file, and forgets the old", async () => {
    await inferFiles({ "apps/shop/shop.tova": shop });
    const first = Object.keys(read());
    workspace.write({ "apps/shop/shop.tova": `${shop}${block("admin")}` });
    expect(namesOf(await infer(["apps/shop/shop.tova"]))).toContain(
      "shop-admin at apps/shop/shop-admin",
    );
    const second = Object.keys(read());
    workspace.write({ "apps/shop/shop.deploy.toml": '[kv]\nCACHE = "0123456789abcdef"\n' });
    await infer(["apps/shop/shop.tova"]);
    const third = Object.keys(read());
    expect([first.length, second.length, third.length]).toEqual([1, 1, 1]);
    expect(new Set([...first, ...second, ...third]).size).toBe(3);
  });

  test("is made anew when it cannot be read", async () => {
    await inferFiles({ "apps/shop/shop.tova": shop });
    writeFileSync(cacheOf(), '{"half');
    expect(Object.keys(await infer(["apps/shop/shop.tova"]))).toHaveLength(3);
    expect(Object.keys(read())).toHaveLength(1);
  });
});
