// The edges between projects, from nothing but their metadata.
import type { ProjectConfiguration } from "@nx/devkit";
import { inferDependencies } from "../src/graph/dependencies";
import type { TovaMetadata } from "../src/graph/nodes";
import { describeLostOutputs } from "../src/graph/outputs";
import { createDependencies } from "../src/plugin";

type Queues = Pick<TovaMetadata, "produces" | "consumes" | "deadLetters" | "account" | "blocks">;

function graph(workers: Record<string, Queues>): Record<string, ProjectConfiguration> {
  return Object.fromEntries(
    Object.entries(workers).map(([name, queues]) => {
      return [name, { root: name, metadata: { tova: { file: `${name}.tova`, ...queues } } }];
    }),
  );
}

const edges = (workers: Record<string, Queues>) =>
  inferDependencies(graph(workers)).map(({ source, target }) => `${source} -> ${target}`);

test("a consumer depends on each producer of its queue, across files", () => {
  expect(
    edges({
      "pipeline-api": { produces: ["jobs"], consumes: [] },
      "admin-web": { produces: ["mail", "jobs"], consumes: [] },
      "pipeline-worker": { produces: [], consumes: ["jobs"] },
      "other-worker": { produces: [], consumes: ["unrelated"] },
    }),
  ).toEqual(["pipeline-worker -> admin-web", "pipeline-worker -> pipeline-api"]);
});

test("whoever takes dead letters depends on those whose messages failed", () => {
  expect(
    edges({
      api: { produces: ["jobs"] },
      worker: { consumes: ["jobs"], deadLetters: ["failed"] },
      mourner: { consumes: ["failed"] },
    }),
  ).toEqual(["mourner -> worker", "worker -> api"]);
});

test("queues of one name in two accounts are two", () => {
  expect(edges({ a: { produces: ["jobs"], account: "1" }, b: { consumes: ["jobs"] } })).toEqual([]);
});

test("a file's project depends on its blocks, so far as they have kept their names", () => {
  expect(edges({ shop: { blocks: ["shop-api", "shop-renamed"] }, "shop-api": {} })).toEqual([
    "shop -> shop-api",
  ]);
});

test("a worker that sends to itself does not depend on itself", () => {
  expect(edges({ retry: { produces: ["jobs"], consumes: ["jobs"] } })).toEqual([]);
});

test("two workers that send to each other give one edge, the same in any order", () => {
  const ping = { produces: ["ping"], consumes: ["pong"] };
  const pong = { produces: ["pong"], consumes: ["ping"] };
  expect(edges({ a: ping, b: pong })).toEqual(["a -> b"]);
  expect(edges({ b: pong, a: ping })).toEqual(["a -> b"]);
});

test("a longer circle is opened at one place", () => {
  const found = edges({
    a: { produces: ["1"], consumes: ["3"] },
    b: { produces: ["2"], consumes: ["1"] },
    c: { produces: ["3"], consumes: ["2"] },
  });
  expect(found).toEqual(["a -> c", "b -> a"]);
});

test("a chain of thousands is no burden", () => {
  const workers = Object.fromEntries(
    Array.from({ length: 5000 }, (_, at) => [
      `w${String(at).padStart(4, "0")}`,
      { produces: [`q${at}`], consumes: [`q${at - 1}`] },
    ]),
  );
  expect(edges(workers)).toHaveLength(4999);
});

test("projects that are not Tova's are left alone", async () => {
  const projects = {
    lib: { root: "lib" },
    ...graph({ a: { produces: ["jobs"] }, b: { consumes: ["jobs"] } }),
  };
  const context = { projects } as unknown as Parameters<typeof createDependencies>[1];
  expect(await createDependencies({}, context)).toEqual([
    { source: "b", target: "a", type: "implicit" },
  ]);
});

describe("outputs", () => {
  const described = (build: object, root = "a/shop-api") => {
    const target = { executor: "nx-tova:build", cache: true, options: { outDir: "a/.tova-out" } };
    const targets = { build: { ...target, ...build }, deploy: { executor: "nx-tova:deploy" } };
    return describeLostOutputs({
      other: { root: "other", targets: { build: { cache: true, outputs: ["dist"] } } },
      "shop-api": { root, targets, metadata: { tova: { file: "a/shop.tova" } as never } },
    });
  };

  test.each([
    [["{options.outDir}/shop.edge.api.js"]],
    [["{workspaceRoot}/a/.tova-out"]],
    [["{workspaceRoot}/a/.tova-out/shop.edge.api.js"]],
    [["dist", "{projectRoot}/../.tova-out/*"]],
    [["{workspaceRoot}/a"]],
    [["{workspaceRoot}/a/**/*"]],
    [["{workspaceRoot}/{a,b}/.tova-out/*.js"]],
    [["!{projectRoot}/dist/x", "{workspaceRoot}/a/.tova-*/shop*"]],
    [["{workspaceRoot}/**/.tova-out"]],
    [["{workspaceRoot}"]],
  ])("%j have what a build writes", (outputs) => {
    expect(described({ outputs })).toEqual([]);
  });

  test("{projectName} is the project's", () => {
    const options = { outDir: "dist/shop-api" };
    expect(described({ options, outputs: ["{workspaceRoot}/dist/{projectName}"] })).toEqual([]);
    expect(described({ options, outputs: ["{workspaceRoot}/out/{projectName}"] })).toHaveLength(1);
  });

  test.each([
    [["{projectRoot}/dist"]],
    [["{projectRoot}/dist/**/*", "{workspaceRoot}/dist/a/{options.file}"]],
    [["!{options.outDir}/x", "{projectRoot}/{dist,build}"]],
    [[]],
    [["{workspaceRoot}/a/.tova-out-2"]],
    [undefined],
  ])("%j restore nothing, which is said once", (outputs) => {
    expect(described({ outputs })).toEqual([
      expect.stringMatching(/^the `outputs` of shop-api:build have .* `"nx-tova:build": /),
    ]);
    expect(described({ outputs, cache: false })).toEqual([]);
  });
});
