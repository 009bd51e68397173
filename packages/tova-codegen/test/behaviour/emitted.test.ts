// The code of every behaviour case and of the example's workers: nothing in it is there for nothing.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../../src";

const folder = join(__dirname, "cases");
const example = readFileSync(join(__dirname, "../../../../apps/pipeline/pipeline.tova"), "utf8");

/** The programs of the behaviour cases that compile. */
const programs = readdirSync(folder).flatMap((file) =>
  readFileSync(join(folder, file), "utf8")
    .split(/^# /m)
    .slice(1)
    .flatMap((part) => {
      const end = part.indexOf("\n");
      const [source = ""] = part.slice(end + 1).split(/^==>$/m);
      const { program } = compile(source, { fileName: "case.tova" });
      return program ? [[`${file}: ${part.slice(0, end)}`, program.code] as const] : [];
    }),
);
const workers = compile(example, { fileName: "pipeline.tova" }).workers.map(
  ({ name, code }) => [`worker ${name}`, code] as const,
);

/** How often each name that the compiler makes stands in a text. */
function countNames(code: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [name] of code.matchAll(/(?<![\w$])\$\w+/g)) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

it("has programs to look at", () => {
  expect(programs.length).toBeGreaterThan(200);
  expect(workers).toHaveLength(2);
});

test.each([...programs, ...workers])("%s", (_, code) => {
  const helpers = [...code.matchAll(/^(?:async )?(?:function\*?|class|const) ?(\$[A-Za-z]\w*)/gm)];
  const declared = helpers.map(([, name]) => name);
  expect(declared).toEqual([...new Set(declared)]);
  const once = [...countNames(code)].filter(([, count]) => count === 1).map(([name]) => name);
  expect(once).toEqual([]);
});
