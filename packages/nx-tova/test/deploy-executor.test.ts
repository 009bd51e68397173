// Which built files the deploy executors hand to `deploy` of tova-cli.
import { join } from "node:path";
import type { ExecutorContext, TaskGraph } from "@nx/devkit";
import { type DeployOptions, deploy } from "tova-cli";
import runDeploys from "../src/executors/deploy/batch";
import runDeploy from "../src/executors/deploy/executor";

jest.mock("tova-cli", () => ({ deploy: jest.fn(async () => ({ exitCode: 0, outcomes: [] })) }));
const deployed = () =>
  jest.mocked(deploy).mock.calls.map(([{ block, outDir }]: [DeployOptions]) => ({ block, outDir }));
beforeEach(() => jest.mocked(deploy).mockClear());

const file = "apps/shop/shop.tova";
const project = (block: string, outDir?: string) => ({
  root: `apps/shop/shop-${block}`,
  targets: {
    compile: { executor: "nx-tova:build", options: { file, block, outDir } },
    deploy: { executor: "nx-tova:deploy", options: { file, block } },
  },
});
const projects = {
  "shop-api": project("api", "dist/api"),
  "shop-jobs": project("jobs", "dist/rest"),
  "shop-web": project("web", "dist/rest"),
  "shop-none": project("none"),
};
const context = {
  root: "/w",
  projectsConfigurations: { version: 2, projects },
} satisfies Partial<ExecutorContext>;

test.each([
  ["shop-api", undefined, join("/w", "dist/api")],
  ["shop-api", "elsewhere", join("/w", "elsewhere")],
  ["shop-none", undefined, undefined],
  ["gone", undefined, undefined],
])("%s with --outDir %s", async (projectName, outDir, expected) => {
  const options = { file, block: "x", ...(outDir === undefined ? {} : { outDir }) };
  await runDeploy(options, { ...context, projectName });
  expect(deployed()).toEqual([{ block: "x", outDir: expected }]);
});

test("workers of one folder are deployed together, those of others on their own", async () => {
  const blocks = ["api", "jobs", "web", "none"];
  const tasks = Object.fromEntries(
    blocks.map((block) => [`shop-${block}:deploy`, { target: { project: `shop-${block}` } }]),
  );
  const inputs = Object.fromEntries(
    blocks.map((block) => [`shop-${block}:deploy`, { file, block }]),
  );
  await runDeploys({ tasks } as unknown as TaskGraph, inputs, {}, context);
  expect(deployed()).toEqual([
    { block: ["api"], outDir: join("/w", "dist/api") },
    { block: ["jobs", "web"], outDir: join("/w", "dist/rest") },
    { block: ["none"], outDir: undefined },
  ]);
});
