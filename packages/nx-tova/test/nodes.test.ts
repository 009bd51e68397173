// The projects of real folders, read through what Nx itself calls.
import { createNodes } from "../src/plugin";
import { create, inferFiles, shop } from "./infer";

test("the pattern finds every Tova file, and the files that name other projects", () => {
  create({});
  expect(createNodes[0]).toBe("**/{*.tova,*.tova/**,project.json,package.json}");
});

/** A fingerprint changes with the compiler. */
const withoutFingerprints = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(/"[0-9a-f]{32}"/g, '"(fingerprint)"'));

test("a block's project says everything about itself", async () => {
  const projects = await inferFiles({ "apps/shop/shop.tova": shop });
  expect(withoutFingerprints(projects["apps/shop/shop-api"])).toMatchInlineSnapshot(`
{
  "metadata": {
    "description": "Edge block "api" of apps/shop/shop.tova.",
    "technologies": [
      "tova",
      "cloudflare",
    ],
    "tova": {
      "block": "api",
      "file": "apps/shop/shop.tova",
      "produces": [
        "jobs",
      ],
      "stores": {
        "kv": [
          "CACHE",
        ],
      },
    },
  },
  "name": "shop-api",
  "namedInputs": {
    "default": [
      "worker",
    ],
    "worker": [
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
        "worker",
      ],
      "metadata": {
        "description": "Compile the worker and its config.",
      },
      "options": {
        "block": "api",
        "file": "apps/shop/shop.tova",
        "fingerprint": "(fingerprint)",
        "outDir": "apps/shop/.tova-out",
      },
      "outputs": [
        "{options.outDir}/shop.edge.api.js",
        "{options.outDir}/shop.edge.api.js.map",
        "{options.outDir}/shop.edge.api.d.ts",
        "{options.outDir}/wrangler.api.toml",
      ],
      "syncGenerators": [
        "nx-tova:sync",
      ],
    },
    "deploy": {
      "configurations": {
        "dry-run": {
          "dryRun": true,
        },
        "preview": {
          "preview": true,
        },
      },
      "dependsOn": [
        "build",
        {
          "projects": [
            "shop-worker",
          ],
          "target": "build",
        },
      ],
      "executor": "nx-tova:deploy",
      "inputs": [
        "worker",
      ],
      "metadata": {
        "description": "Build, check and deploy the worker.",
      },
      "options": {
        "block": "api",
        "file": "apps/shop/shop.tova",
      },
    },
    "rollback": {
      "configurations": {
        "dry-run": {
          "dryRun": true,
        },
      },
      "executor": "nx-tova:rollback",
      "inputs": [
        "worker",
      ],
      "metadata": {
        "description": "Let the version answer that did before.",
      },
      "options": {
        "block": "api",
        "file": "apps/shop/shop.tova",
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
  "namedInputs": {
    "program": [
      "{workspaceRoot}/apps/shop/shop.tova",
      "{workspaceRoot}/apps/shop/shop.deploy.toml",
      "{workspaceRoot}/apps/shop/migrations/**/*",
    ],
  },
  "projectType": "application",
  "root": "apps/shop",
  "sourceRoot": "apps/shop",
  "targets": {
    "build-all": {
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
        "description": "Build all workers.",
      },
    },
    "check": {
      "cache": true,
      "executor": "nx-tova:check",
      "inputs": [
        "program",
      ],
      "metadata": {
        "description": "Report errors and warnings.",
      },
      "options": {
        "file": "apps/shop/shop.tova",
      },
      "outputs": [],
    },
    "provision": {
      "executor": "nx-tova:provision",
      "inputs": [
        "program",
      ],
      "metadata": {
        "description": "Create missing stores and queues on Cloudflare.",
      },
      "options": {
        "file": "apps/shop/shop.tova",
      },
    },
    "serve": {
      "continuous": true,
      "executor": "nx-tova:serve",
      "inputs": [
        "program",
      ],
      "metadata": {
        "description": "Run all workers together, rebuilding on save.",
      },
      "options": {
        "file": "apps/shop/shop.tova",
      },
      "readyWhen": {
        "signal": true,
      },
    },
    "topology": {
      "cache": true,
      "executor": "nx-tova:topology",
      "inputs": [
        "{workspaceRoot}/apps/shop/shop.tova",
        "{workspaceRoot}/apps/shop/shop.deploy.toml",
      ],
      "metadata": {
        "description": "Show and draw the system.",
      },
      "options": {
        "file": "apps/shop/shop.tova",
        "outDir": "apps/shop/.tova-out/shop",
      },
      "outputs": [
        "{options.outDir}/topology.svg",
        "{options.outDir}/topology.mmd",
        "{options.outDir}/topology.json",
      ],
    },
  },
}
`);
});
