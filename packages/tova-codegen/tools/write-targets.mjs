// Takes the support tables of the targets, gives the tables of docs/targets.md that stand between two
// marks each. Another file may be given as argument.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadSources, packageRoot } from "./load-sources.mjs";

const target = resolve(process.argv[2] ?? join(packageRoot, "../../docs/targets.md"));
const targets = ["cloudflare", "deno", "vercel", "lambda", "bun"];
const capabilities = ["kv", "sql", "storage", "queue", "consume", "schedule", "rateLimit"];
const titles = { rateLimit: "`rate_limit`" };

const { httpFeatures, supportOf } = loadSources([
  'export { supportOf } from "./src/targets";',
  'export { httpFeatures } from "./src/model/support";',
]);
const cell = (entry) => entry?.by ?? "–";
const rows = capabilities.map((capability) => [
  titles[capability] ?? `\`${capability}\``,
  ...targets.map((name) => cell(supportOf(name)[capability])),
]);

/** As the formatter of this repository writes tables. */
function table(lines) {
  const widths = lines[0].map((_, at) => Math.max(3, ...lines.map((line) => line[at].length)));
  const show = (line) => `| ${line.map((part, at) => part.padEnd(widths[at])).join(" | ")} |`;
  const rule = show(widths.map((width) => "-".repeat(width)));
  return [show(lines[0]), rule, ...lines.slice(1).map(show)].join("\n");
}

const lackOf = (name, feature) => supportOf(name).lacks?.[feature];
const features = Object.entries(httpFeatures).map(([feature, title]) => [
  `${feature}: ${title}`,
  ...targets.map((name) => {
    const lack = lackOf(name, feature);
    if (!lack) return "yes";
    return lack.behind ? `not behind an ${lack.behind}` : "–";
  }),
]);
const reasons = targets.flatMap((name) =>
  Object.keys(httpFeatures).flatMap((feature) => {
    const lack = lackOf(name, feature);
    if (!lack) return [];
    const behind = lack.behind ? ` behind an ${lack.behind}` : "";
    return [`- ${feature}, ${name}${behind}: ${lack.reason}.`];
  }),
);

const parts = {
  support: table([["", ...targets], ...rows]),
  http: `${table([["", ...targets], ...features])}\n\n${reasons.join("\n")}`,
};
let text = readFileSync(target, "utf8");
for (const [name, part] of Object.entries(parts)) {
  const [start, end] = [`<!-- ${name}: npm run pages -->`, `<!-- /${name} -->`];
  const [before, rest = ""] = text.split(start);
  const after = rest.split(end)[1];
  if (after === undefined) throw new Error(`${target} has no ${start} … ${end}`);
  text = `${before}${start}\n\n${part}\n\n${end}${after}`;
}
writeFileSync(target, text);
