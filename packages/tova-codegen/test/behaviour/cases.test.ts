// Programs in cases/*.txt, each compiled and run: what they print, or the errors they have.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../../src";
import { readCases } from "../support/read-cases";
import { runJavaScript, stop } from "../support/run-program";

async function outcome(source: string): Promise<string> {
  const { program, diagnostics } = compile(source, { fileName: "case.tova" });
  if (!program) {
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    return errors.map(({ code, line, column }) => `error ${code} ${line}:${column}`).join("\n");
  }
  const { printed, thrown } = await runJavaScript(program.code);
  return [...printed, ...(thrown === null ? [] : [`threw ${thrown}`])].join("\n");
}

const folder = join(__dirname, "cases");
afterAll(stop);

for (const file of readdirSync(folder)) {
  describe(file.replace(/\.txt$/, ""), () => {
    for (const { title, source, expected } of readCases(readFileSync(join(folder, file), "utf8"))) {
      it(title, async () => {
        expect(await outcome(source)).toBe(expected);
      });
    }
  });
}
