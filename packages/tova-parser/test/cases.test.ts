// The tree cases under `cases/`: each is a piece of the language and the tree it must give.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Parser } from "@lezer/common";
import { fileTests } from "@lezer/generator/test";
import { parse } from "../src";

/** What everybody calls, as the runner of the cases wants it. */
const asParser = Object.assign(Object.create(Parser.prototype), {
  parse: (source: string) => parse(source).tree,
}) as Parser;

const folder = join(__dirname, "cases");

for (const file of readdirSync(folder).sort()) {
  describe(file.replace(".txt", ""), () => {
    for (const { name, run } of fileTests(readFileSync(join(folder, file), "utf8"), file)) {
      test(name, () => run(asParser));
    }
  });
}
