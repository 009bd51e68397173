// Programs of the kinds that users write, without a mistake: the compiler has nothing to say about
// them, and they do what they say.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { compile } from "../../src";
import { readCases } from "../support/read-cases";
import { runJavaScript, stop } from "../support/run-program";

afterAll(stop);

const said = (source: string, fileName: string): readonly string[] =>
  compile(source, { fileName }).diagnostics.map(
    ({ code, line, column, message }) => `${code} ${line}:${column} ${message}`,
  );

for (const file of readdirSync(__dirname).filter((name) => name.endsWith(".txt"))) {
  describe(file.replace(/\.txt$/, ""), () => {
    for (const { title, source, expected } of readCases(
      readFileSync(join(__dirname, file), "utf8"),
    )) {
      it(title, async () => {
        expect(said(source, "program.tova")).toEqual([]);
        const { program } = compile(source, { fileName: "program.tova" });
        const { printed, thrown } = await runJavaScript(program?.code ?? "");
        expect(thrown).toBeNull();
        expect(printed.join("\n").trim()).toBe(expected);
      });
    }
  });
}

const workers = join(__dirname, "workers");

test.each(readdirSync(workers))("the workers of %s load", async (file) => {
  const source = readFileSync(join(workers, file), "utf8");
  expect(said(source, basename(file))).toEqual([]);
  const result = compile(source, { fileName: basename(file) });
  expect(result.workers.length).toBeGreaterThan(0);
  for (const worker of result.workers) {
    // What a worker imports is joined to it by the bundler.
    if (worker.imports.length > 0) continue;
    const { thrown, exports } = await runJavaScript(worker.code);
    expect(thrown).toBeNull();
    expect(exports).toHaveProperty("default");
  }
});
