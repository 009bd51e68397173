// The seed provided for on a stand-in for Cloudflare in, one run of compiling and checking it out.
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openAccount } from "../packages/tova-cli/src/cloudflare/session";
import { compileSource } from "../packages/tova-cli/src/compiled";
import { readGit } from "../packages/tova-cli/src/deploy/git";
import { planDeploy } from "../packages/tova-cli/src/deploy/plan";
import { runPreflight } from "../packages/tova-cli/src/deploy/preflight";
import { readSource } from "../packages/tova-cli/src/source";
import { startFakeCloudflare } from "../packages/tova-cli/test/fake/server";
import { addDatabase } from "../packages/tova-cli/test/fake/stores";

const kvId = "0123456789abcdef0123456789abcdef";
const sqlId = "01234567-89ab-cdef-0123-456789abcdef";
const log = { info() {}, warn: console.error, error: console.error };

export async function preflightStages(latency: number) {
  const root = resolve(process.argv[1] ?? "", "../..");
  const cloudflare = await startFakeCloudflare(["process-queue"]);
  Object.assign(process.env, cloudflare.env);
  const folder = mkdtempSync(join(tmpdir(), "tova-bench-"));
  cpSync(join(root, "apps/pipeline"), folder, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const ids = `[kv.METADATA]\nid = "${kvId}"\n[sql.DB]\nid = "${sqlId}"\n`;
  writeFileSync(join(folder, "pipeline.deploy.toml"), ids);

  cloudflare.namespaces.set("pipeline-METADATA", kvId);
  cloudflare.buckets.add("images");
  const database = addDatabase(cloudflare.state, "pipeline", sqlId);
  await database.all("CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY, name TEXT)");
  await database.all("CREATE TABLE tova_migrations (name TEXT PRIMARY KEY, sha256 TEXT)");
  for (const name of readdirSync(join(folder, "migrations"))) {
    await database.all(readFileSync(join(folder, "migrations", name), "utf8"));
    await database.all(`INSERT INTO d1_migrations (name) VALUES ('${name}')`);
  }
  cloudflare.deploy("pipeline-api", { API_KEY: "x" }, "tova pipeline/api");
  cloudflare.deploy("pipeline-processor", {}, "tova pipeline/processor");
  cloudflare.latency = latency;

  let requests = 0;
  return {
    requests: () => requests,
    async run() {
      const start = performance.now();
      const source = await readSource("pipeline.tova", folder);
      const outDir = join(folder, ".tova-out");
      const { compiled } = await compileSource(source, { outDir, cwd: folder, log });
      if (compiled === null) throw new Error("the seed does not compile");
      const steps = planDeploy(compiled.result.workers, {
        stem: "pipeline",
        hasEnvironments: false,
      });
      const compiledAt = performance.now();
      const before = cloudflare.requests.length;
      const checks = await runPreflight({
        compiled,
        steps,
        env: undefined,
        outDir,
        cwd: folder,
        build: true,
        secrets: null,
        adopt: false,
        skipMigrationsCheck: false,
        git: readGit(folder, [source.path]),
        api: openAccount(source, {}),
      });
      const end = performance.now();
      const errors = checks.flatMap(({ problems }) => problems);
      if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
      requests = cloudflare.requests.length - before;
      return { compile: compiledAt - start, checks: end - compiledAt };
    },
    async close() {
      await cloudflare.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
