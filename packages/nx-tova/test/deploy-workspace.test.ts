// From nothing to production and back through real Nx and real wrangler, on a stand-in for Cloudflare.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { broken } from "../../tova-cli/test/fake/faults";
import { type FakeCloudflare, startFakeCloudflare } from "../../tova-cli/test/fake/server";
import { createInstalledWorkspace, type InstalledWorkspace } from "./installed-workspace";

jest.setTimeout(300_000);

const source = `edge "api" {
  target: "cloudflare"
  kv CACHE
  sql DB
  queue JOBS
  secret TOKEN
  route POST "/jobs" => fn(req) {
    await JOBS.send({ at: 1 })
    "queued"
  }
}

edge "worker" {
  target: "cloudflare"
  kv CACHE
  consume JOBS fn(messages) {
    for msg in messages { await CACHE.put("last", "{msg.body.at}") }
  }
}

edge "web" {
  target: "cloudflare"
  route GET "/" => fn(req) "first"
}
`;
const nxJson = { analytics: false, neverConnectToCloud: true, plugins: ["nx-tova/plugin"] };
const files = {
  "nx.json": JSON.stringify(nxJson),
  "apps/shop/shop.tova": source,
  "apps/shop/shop.deploy.toml": "# Ids of the shop.\n",
  "apps/shop/migrations/0001_notes.sql": "CREATE TABLE notes (id TEXT);\n",
  "secrets.env": "TOKEN=t0ken\n",
};

let workspace: InstalledWorkspace;
let cloudflare: FakeCloudflare;
beforeAll(async () => {
  cloudflare = await startFakeCloudflare();
  workspace = createInstalledWorkspace(files);
});
afterAll(async () => {
  await cloudflare.close();
  workspace.remove();
});

const nx = (...args: string[]) =>
  workspace.startNx([...args, "--outputStyle=static"], cloudflare.env);
const answering = (name: string) => {
  const { metadata, modules } = cloudflare.scripts.get(name)?.current ?? {};
  return modules?.[metadata?.main_module ?? ""];
};

test("all that is missing is on one screen for all workers; then it is provided and migrated", async () => {
  const early = await nx("run-many", "-t", "deploy");
  expect(early.exitCode).toBe(1);
  expect(early.output.match(/Deployment of apps\/shop\/shop\.tova/g)).toHaveLength(1);
  expect(early.output).toMatch(/error\[T041\].*CACHE[\s\S]*error\[T086\].*queue jobs/);
  expect(cloudflare.scripts.size).toBe(0);

  expect(await nx("provision", "shop", "--dryRun")).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining("KV namespace CACHE: create shop-CACHE"),
  });
  expect(cloudflare.namespaces.size).toBe(0);
  expect(await nx("provision", "shop")).toMatchObject({ exitCode: 0 });
  const deployFile = readFileSync(join(workspace.root, "apps/shop/shop.deploy.toml"), "utf8");
  expect(deployFile).toMatch(/^# Ids of the shop\.\n[\s\S]*\[kv\.CACHE\]\nid = "/);
  const migrated = await nx("run", "shop:migrate", "--remote");
  expect(migrated.output).toContain("0001_notes.sql");
  expect(migrated.exitCode).toBe(0);
});

test("deployed together: what a failed worker takes along is left out, the rest goes on", async () => {
  const worker = /^\/workers\/scripts\/shop-worker$/;
  cloudflare.faults.push(...[1, 2, 3].map(() => broken("PUT", worker)));
  const deploy = ["run-many", "-t", "deploy", "--secretsFile=secrets.env"];
  const half = await nx(...deploy);
  expect(half.output).toContain("Deployed: shop-web. Failed: shop-worker. Left out: shop-api.");
  expect(half.exitCode).toBe(1);
  const whole = await nx(...deploy);
  expect(whole.output).toContain("Deployed: shop-worker, shop-api, shop-web.");
  expect(whole.output).not.toContain("t0ken");
  expect(whole.exitCode).toBe(0);
  expect([...(cloudflare.secrets.get("shop-api") ?? [])]).toEqual([["TOKEN", "t0ken"]]);

  workspace.write({ "secrets.env": "TOKEN=fr3sh\n" });
  const secrets = await nx("secrets", "shop-api", "--from=secrets.env");
  expect(secrets.output).not.toContain("fr3sh");
  expect(cloudflare.secrets.get("shop-api")?.get("TOKEN")).toBe("fr3sh");
});

test("one worker: a preview, a deployment, and back", async () => {
  workspace.write({ "apps/shop/shop.tova": source.replace('"first"', '"second"') });
  const preview = await nx("deploy", "shop-web", "-c", "preview");
  expect(preview).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining("Version Preview URL:"),
  });
  expect(answering("shop-web")).toContain("first");
  const alone = await nx("deploy", "shop-web");
  expect(alone.exitCode).toBe(0);
  expect(answering("shop-web")).toContain("second");
  expect(cloudflare.scripts.get("shop-api")?.versions).toHaveLength(1);

  const dryRun = await nx("rollback", "shop-web", "-c", "dry-run");
  expect(dryRun).toMatchObject({ exitCode: 0, output: expect.stringContaining(" → ") });
  expect(answering("shop-web")).toContain("second");
  expect(await nx("rollback", "shop-web")).toMatchObject({ exitCode: 0 });
  expect(answering("shop-web")).toContain("first");
});
