// Takes the grammar, gives the parser's tables in `src/generated`: `lezer-generator` takes ten
// seconds and more, so it runs only when the grammar is newer than what it made last.
import { execSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";

const grammar = "src/tova.grammar";
const tables = ["src/generated/parser.ts", "src/generated/parser.terms.ts"];
const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (tables.some((file) => changed(file) <= changed(grammar))) {
  mkdirSync("src/generated", { recursive: true });
  // npm has put the workspace's binaries on the path.
  execSync(`lezer-generator ${grammar} --typeScript -o ${tables[0]}`, { stdio: "inherit" });
}
