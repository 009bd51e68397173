// Times what the checks before a deployment add when nothing is wrong, on a stand-in for Cloudflare.
// Usage: node bench/preflight.mjs [rounds] [milliseconds an answer takes]
import { loadTools } from "./load-tools.mjs";

const rounds = Number(process.argv[2] ?? 20);
const latency = Number(process.argv[3] ?? 0);

const { preflightStages } = await loadTools("./preflight-stages.ts");
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
