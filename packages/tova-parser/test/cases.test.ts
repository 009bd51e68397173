// The tree cases under `cases/`: each is a piece of the language and the tree it must give.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileTests } from "@lezer/generator/test";
import { parser } from "../src";

const folder = join(__dirname, "cases");

for (const file of readdirSync(folder).sort()) {
  describe(file.replace(".txt", ""), () => {
    for (const { name, run } of fileTests(readFileSync(join(folder, file), "utf8"), file)) {
      test(name, () => run(parser));
    }
  });
}
