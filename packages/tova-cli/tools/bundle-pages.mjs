// Takes the pages of docs/diagnostics, gives `src/generated/pages.ts`: each by its code, for
// `tova explain`.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageRoot = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(packageRoot, "../../docs/diagnostics");
const target = join(packageRoot, "src/generated/pages.ts");

const pages = readdirSync(folder)
  .filter((name) => name.endsWith(".md") && name !== "README.md")
  .sort()
  .map((name) => [name.slice(0, -".md".length), readFileSync(join(folder, name), "utf8")]);
const text = [
  "// Made by tools/bundle-pages.mjs from docs/diagnostics: do not edit.",
  "/** The page of each diagnostic code. */",
  "export const pages: Readonly<Record<string, string>> =",
  `  ${JSON.stringify(Object.fromEntries(pages), null, 2)};`,
  "",
].join("\n");
mkdirSync(dirname(target), { recursive: true });
const next = `${target}.${process.pid}`;
writeFileSync(next, text);
renameSync(next, target);
