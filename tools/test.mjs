// Runs everything a change must pass, through Nx: lint, types, tests and builds of all projects, and
// whether the committed manifests of edge blocks say what the compiler now makes of them.
// Ends with the Jest totals of all projects, those of cached runs included.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const nx = createRequire(import.meta.url).resolve("nx/bin/nx.js");
const { graph } = JSON.parse(
  execFileSync(process.execPath, [nx, "graph", "--file=stdout"], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  }),
);
const tested = Object.values(graph.nodes)
  .filter(({ data }) => data.targets?.test !== undefined)
  .map(({ name, data }) => ({ name, results: join(data.root, "test-results.json") }));

// A run that ends before Jest does must not be counted with the figures of an earlier one.
for (const { results } of tested) rmSync(results, { force: true });

const runNx = (...args) => spawnSync(process.execPath, [nx, ...args], { stdio: "inherit" });
const targets = ["lint", "typecheck", "test", "build"];
const run = runNx("run-many", "-t", ...targets, ...process.argv.slice(2));
// By the compiler that has just been built.
const sync = runNx("sync:check");

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const { name, results } of tested) {
  if (!existsSync(results)) {
    console.error(`${name}: its tests did not run to their end`);
    sum.failed += 1;
    continue;
  }
  const totals = JSON.parse(readFileSync(results, "utf8"));
  for (const key of Object.keys(sum)) sum[key] += totals[key];
}

const failed = run.status !== 0 || sync.status !== 0 || sum.failed > 0;
if (run.status !== 0 && sum.failed === 0)
  console.error("lint, typecheck or build failed, see above");
if (sync.status !== 0) console.error("a manifest is out of date, see above");
if (sum.skipped > 0) console.log(`${sum.skipped} skipped`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = failed ? 1 : 0;
