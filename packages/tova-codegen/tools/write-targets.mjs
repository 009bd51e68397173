// Takes the support tables of the targets, gives the table of docs/targets.md that stands between two
// marks. Another file may be given as argument.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadSources, packageRoot } from "./load-sources.mjs";

const target = resolve(process.argv[2] ?? join(packageRoot, "../../docs/targets.md"));
const [start, end] = ["<!-- support: npm run pages -->", "<!-- /support -->"];
const targets = ["cloudflare", "deno", "vercel", "lambda", "bun"];
const capabilities = ["kv", "sql", "storage", "queue", "consume", "schedule", "rateLimit"];
const titles = { rateLimit: "`rate_limit`" };

const { supportOf } = loadSources(['export { supportOf } from "./src/targets";']);
const cell = (entry) => entry?.by ?? "–";
const rows = capabilities.map((capability) => [
  titles[capability] ?? `\`${capability}\``,
  ...targets.map((name) => cell(supportOf(name)[capability])),
]);
const lines = [["", ...targets], ...rows];
const widths = lines[0].map((_, at) => Math.max(3, ...lines.map((line) => line[at].length)));
const show = (line) => `| ${line.map((part, at) => part.padEnd(widths[at])).join(" | ")} |`;
const rule = show(widths.map((width) => "-".repeat(width)));
// As the formatter of this repository writes tables.
const table = [show(lines[0]), rule, ...rows.map(show)].join("\n");

const text = readFileSync(target, "utf8");
const [before, rest = ""] = text.split(start);
const after = rest.split(end)[1];
if (after === undefined) throw new Error(`${target} has no ${start} … ${end}`);
writeFileSync(target, `${before}${start}\n\n${table}\n\n${end}${after}`);
