// Which programs have targets for stores, databases and secrets.
import { block, inferFiles } from "./infer";

test("databases can be migrated and secrets set where a program has them", async () => {
  const projects = await inferFiles({
    "apps/shop/shop.tova": block("api", "sql DB\n  secret TOKEN") + block("plain"),
  });
  const parent = projects["apps/shop"]?.targets ?? {};
  expect(Object.keys(parent)).toEqual([
    "build-all",
    "check",
    "serve",
    "topology",
    "provision",
    "migrate",
  ]);
  expect(parent.migrate).toMatchObject({
    executor: "nx-tova:migrate",
    dependsOn: [{ projects: ["shop-api"], target: "build" }],
    options: { file: "apps/shop/shop.tova" },
  });
  const api = projects["apps/shop/shop-api"]?.targets ?? {};
  expect(api.secrets).toMatchObject({
    executor: "nx-tova:secrets",
    options: { file: "apps/shop/shop.tova", block: "api" },
  });
  const plain = projects["apps/shop/shop-plain"]?.targets ?? {};
  expect(Object.keys(plain)).toEqual(["build", "deploy", "rollback"]);
});

test.each([
  ["deno", "kv CACHE\n  sql DB", ["migrate"]],
  ["bun", "sql DB\n  storage FILES", ["migrate"]],
  ["deno", "kv CACHE", []],
  ["vercel", "env LIMIT", []],
  ["lambda", "queue JOBS", []],
])("for %s with %j nothing is provided on Cloudflare", async (target, members, expected) => {
  const source = block("api", `${members}\n  secret TOKEN`).replace("cloudflare", target);
  const projects = await inferFiles({ "apps/shop/shop.tova": source });
  const targets = Object.values(projects).flatMap(({ targets = {} }) => Object.keys(targets));
  const wanted = ["build-all", "check", "serve", "topology", ...expected, "build", "deploy"];
  expect(targets).toEqual(wanted);
});
