// Programs in cases/*.txt, each compiled and run: what they print, or the errors they have.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../../src";
import { runJavaScript, stop } from "../support/run-program";

interface Case {
  readonly title: string;
  readonly source: string;
  readonly expected: string;
}

/** `# title`, the program, `==>`, and the lines it prints or `error CODE line:column`. */
function readCases(text: string): readonly Case[] {
  return text
    .split(/^# /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf("\n");
      const [source = "", expected = ""] = part.slice(end + 1).split(/^==>$/m);
      return { title: part.slice(0, end), source: source.trimEnd(), expected: expected.trim() };
    });
}

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
