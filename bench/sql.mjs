// Times the check of the seed's SQL against its migrations: in a process that has not loaded SQLite,
// and in one that has, each round with a database of its own. Usage: node bench/sql.mjs [rounds]
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { compile } from "tova-codegen";

const rounds = Number(process.argv[2] ?? 100);
const root = fileURLToPath(new URL("..", import.meta.url));
const app = join(root, "apps/pipeline");
// Beside the package's own output, so that it finds what the package does.
const outfile = join(root, "packages/tova-cli", `.bench-sql-${process.pid}.cjs`);
buildSync({
  entryPoints: [join(root, "packages/tova-cli/src/sql/check.ts")],
  outfile,
  bundle: true,
  platform: "node",
  format: "cjs",
  packages: "external",
});
const { checkSql } = (await import(pathToFileURL(outfile).href)).default;
rmSync(outfile);

const text = readFileSync(join(app, "pipeline.tova"), "utf8");
const { sql } = compile(text, { fileName: "pipeline.tova" });
const folder = join(app, "migrations");
const files = readdirSync(folder).map((name) => {
  return { name, sql: readFileSync(join(folder, name), "utf8") };
});
const program = { fileName: "pipeline.tova", text, migrations: { files, migrationFor: String } };

/** Milliseconds that pass, and that the processor works for this process. */
function time() {
  const start = performance.now();
  const before = process.cpuUsage();
  const { length } = checkSql(sql, program);
  if (length > 0) throw new Error("the seed has diagnostics");
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - start, cpu: (user + system) / 1000 };
}

const first = time();
const times = Array.from({ length: rounds }, time);
const median = (kind) => times.map((one) => one[kind]).sort((a, b) => a - b)[rounds >> 1];
console.log(`${sql.texts.length} statements, ${files.length} migration, ${rounds} rounds\n`);
const row = (name, { wall, cpu }) => `| ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} |`;
console.log("| check of the seed's SQL | ms | ms of processor |\n| --- | --- | --- |");
console.log(row("first, SQLite loaded", first));
console.log(row("later, median", { wall: median("wall"), cpu: median("cpu") }));
