// Times what the checks before a deployment add when nothing is wrong, on a stand-in for Cloudflare.
// Usage: node bench/preflight.mjs [rounds] [milliseconds an answer takes]
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const rounds = Number(process.argv[2] ?? 20);
const latency = Number(process.argv[3] ?? 0);
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const { preflightStages } = await loadStages();
const stages = await preflightStages(latency);
const times = { "compile, as without checks": [], "all checks": [] };
const first = [];
try {
  for (let round = -2; round < rounds; round++) {
    const { compile, checks } = await stages.run();
    if (round === -2) first.push(compile, checks);
    if (round < 0) continue;
    times["compile, as without checks"].push(compile);
    times["all checks"].push(checks);
  }
} finally {
  await stages.close();
}

const at = (list, share) => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) * share)];
console.log(
  `Seed with two workers, answers after ${latency} ms, ${rounds} rounds, ${stages.requests()} requests a run\n`,
);
console.log("| step | median ms | 90 % under | first in its process |\n| --- | --- | --- | --- |");
for (const [name, list] of Object.entries(times)) {
  console.log(
    `| ${name} | ${at(list, 0.5).toFixed(0)} | ${at(list, 0.9).toFixed(0)} | ${first.shift().toFixed(0)} |`,
  );
}

/** The tools' own sources in one file beside the packages, so that their dependencies are found. */
async function loadStages() {
  const folder = path("../packages/tova-cli/tmp");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `preflight-${process.pid}.cjs`);
  buildSync({
    entryPoints: [path("./preflight-stages.ts")],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "cjs",
    outfile,
  });
  try {
    return await import(outfile);
  } finally {
    rmSync(outfile);
  }
}
