// Which built files the executors hand to `deploy` and `migrate` of tova-cli.
import { join } from "node:path";
import type { ExecutorContext, TaskGraph } from "@nx/devkit";
import { type DeployOptions, deploy, type MigrateOptions, migrate } from "tova-cli";
import runDeploys from "../src/executors/deploy/batch";
import runDeploy from "../src/executors/deploy/executor";
import runMigrate from "../src/executors/migrate/executor";

jest.mock("tova-cli", () => ({
  deploy: jest.fn(async () => ({ exitCode: 0, outcomes: [] })),
  migrate: jest.fn(async () => ({ exitCode: 0 })),
}));
const deployed = () =>
  jest.mocked(deploy).mock.calls.map(([{ block, outDir }]: [DeployOptions]) => ({ block, outDir }));
beforeEach(() => jest.clearAllMocks());

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

/** With builds that run before the task, each in a configuration or none. */
const withBuilds = (builds: Readonly<Record<string, string | undefined>>) => {
  const tasks = Object.entries(builds).map(([project, configuration]) => {
    const id = `${project}:compile`;
    return [id, { id, target: { project, target: "compile", configuration }, overrides: {} }];
  });
  return { ...context, taskGraph: { tasks: Object.fromEntries(tasks) } as TaskGraph };
};

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

test.each([
  ["that which the build runs with", "production", "dist/production"],
  ["the default where the build has none of that name", undefined, "dist/default"],
])("an outDir of a configuration: %s", async (_, configuration, expected) => {
  const { targets, root } = project("api", "dist/api");
  const configurations = {
    production: { outDir: "dist/production" },
    development: { outDir: "dist/default" },
  };
  const compile = { ...targets.compile, configurations, defaultConfiguration: "development" };
  const projectsConfigurations = {
    version: 2,
    projects: { "shop-api": { root, targets: { ...targets, compile } } },
  };
  const run = { ...withBuilds({ "shop-api": configuration }), projectsConfigurations };
  await runDeploy({ file, block: "api" }, { ...run, projectName: "shop-api" });
  expect(deployed()).toEqual([{ block: "api", outDir: join("/w", expected) }]);
});

test("of two targets that build a project, the one that runs before", async () => {
  const { root, targets } = project("api", "dist/api");
  const release = { ...targets.compile, options: { file, block: "api", outDir: "dist/release" } };
  const projects = { "shop-api": { root, targets: { ...targets, release } } };
  const id = "shop-api:release";
  const target = { project: "shop-api", target: "release" };
  const tasks = { [id]: { id, target, overrides: {} } };
  const taskGraph = { tasks } as unknown as TaskGraph;
  const run = { root: "/w", projectsConfigurations: { version: 2, projects }, taskGraph };
  await runDeploy({ file, block: "api" }, { ...run, projectName: "shop-api" });
  expect(deployed()).toEqual([{ block: "api", outDir: join("/w", "dist/release") }]);
});

const rest = { build: false, outDir: join("/w", "dist/rest") };
// Of several folders none has the configurations of all databases.
const own = { build: true, outDir: undefined };

test.each([
  [
    "one folder of the builds before it",
    { "shop-jobs": undefined, "shop-web": undefined },
    {},
    rest,
  ],
  ["what it is told", {}, { outDir: "dist/rest" }, rest],
  ["a build of its own", { "shop-api": undefined, "shop-web": undefined }, {}, own],
  [
    "one where some write beside the source",
    { "shop-api": undefined, "shop-none": undefined },
    {},
    own,
  ],
  ["one too where no task tells which ran", {}, {}, own],
])("migrate takes %s", async (_, builds, given, expected) => {
  await runMigrate({ file, remote: true, ...given }, withBuilds(builds));
  const [options] = jest.mocked(migrate).mock.calls[0] as [MigrateOptions];
  expect(options).toEqual({ file, remote: true, cwd: "/w", ...expected });
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
