import { block, create, infer, inferFiles, namesOf, shop, warnings } from "./infer";

test("a file without edge blocks is no project", async () => {
  expect(await inferFiles({ "libs/lib.tova": "fn twice(n) { n * 2 }\n" })).toEqual({});
  expect(warnings()).toEqual([]);
});

test("an unnamed block is the file's own project", async () => {
  const source = 'edge {\n  target: "cloudflare"\n  route GET "/" => fn(req) { "ok" }\n}\n';
  const projects = await inferFiles({ "apps/one/one.tova": source });
  expect(namesOf(projects)).toEqual(["one at apps/one"]);
  const { targets } = projects["apps/one"] ?? {};
  expect(Object.keys(targets ?? {})).toEqual([
    "build",
    "deploy",
    "rollback",
    "check",
    "serve",
    "topology",
  ]);
  expect(targets?.build?.options).toMatchObject({ block: null });
  expect(targets?.build?.outputs).toEqual([
    "{options.outDir}/one.edge.js",
    "{options.outDir}/one.edge.js.map",
    "{options.outDir}/one.edge.d.ts",
    "{options.outDir}/wrangler.toml",
  ]);
});

test("an unnamed block is built apart from the named ones of its file, and with them", async () => {
  const source = `${block("api")}edge {\n  target: "cloudflare"\n  route GET "/" => fn(req) { "ok" }\n}\n`;
  const projects = await inferFiles({ "one.tova": source });
  expect(namesOf(projects)).toEqual(["one at .", "one-api at one-api"]);
  expect(projects["."]?.targets?.build).toMatchObject({
    executor: "nx-tova:build",
    options: { block: null, outDir: ".tova-out" },
  });
  expect(projects["."]?.targets?.build).not.toHaveProperty("dependsOn");
  expect(projects["."]?.targets?.["build-all"]?.dependsOn).toEqual([
    { projects: ["one-api"], target: "build" },
    "build",
  ]);
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
  create({ "apps/shop/shop.tova": shop });
  const projects = await infer(["apps/shop/shop.tova"], undefined, {
    default: ["{projectRoot}/**/*", "globals"],
    production: ["default", "!{projectRoot}/**/*.md"],
    globals: ["{workspaceRoot}/babel.config.json"],
  });
  const source = expect.arrayContaining(["{workspaceRoot}/apps/shop/shop.tova"]);
  expect(projects["apps/shop/shop-api"]?.namedInputs).toEqual({
    worker: source,
    default: ["worker"],
    production: ["default"],
  });
  expect(projects["apps/shop"]?.namedInputs).toEqual({ program: source });
});
