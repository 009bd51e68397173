// Takes the grammar, gives the parsers' tables in `src/generated`: `lezer-generator` takes ten
// seconds and more, so it runs only when the grammar, or what is made of its tables, is newer than the last.
import { execSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { addQuickParser } from "./default-reductions.mjs";

const grammar = "src/tova.grammar";
const tables = ["src/generated/parser.ts", "src/generated/parser.terms.ts"];
const sources = [grammar, "tools/default-reductions.mjs"];
const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (tables.some((file) => sources.some((source) => changed(file) <= changed(source)))) {
  mkdirSync("src/generated", { recursive: true });
  // npm has put the workspace's binaries on the path.
  execSync(`lezer-generator ${grammar} --typeScript -o ${tables[0]}`, { stdio: "inherit" });
  writeFileSync(tables[0], addQuickParser(readFileSync(tables[0], "utf8")));
}
