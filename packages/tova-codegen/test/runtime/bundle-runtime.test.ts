// The tool that turns the runtime's modules into the table of helpers.
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformSync } from "esbuild";

const tool = join(__dirname, "../../tools/bundle-runtime.mjs");
const noNames =
  "export const names = [], otherNames = {}, methodNames = [], namespaces = {}, nodeOnly = [];";
let folder: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "runtime-"));
  target = join(folder, "out/runtime.ts");
});
afterEach(() => rmSync(folder, { recursive: true }));

function bundle(modules: Record<string, string>) {
  const source = join(folder, "in");
  mkdirSync(source, { recursive: true });
  for (const [name, text] of Object.entries({ "builtins.ts": noNames, ...modules })) {
    writeFileSync(join(source, name), text);
  }
  return spawnSync(process.execPath, [tool, source, target], { encoding: "utf8" });
}

/** The exports of the generated module. */
function generated() {
  const { code } = transformSync(readFileSync(target, "utf8"), { loader: "ts", format: "cjs" });
  const module = { exports: {} as Record<string, unknown> };
  new Function("module", "exports", code)(module, module.exports);
  return module.exports as {
    runtime: Record<string, { code: string; needs: string[] }>;
    builtins: Record<string, string>;
    platformNames: string[];
  };
}

test("references are renamed where they mean the helper, and only there", () => {
  const result = bundle({
    "a.ts": `
      import type { Shape } from "./b";
      import { twice as double } from "./b";
      interface Local { size: number }
      const size = 2;
      /** Doc. */
      export function area(shape: Shape & Local): { size: number; n: number } {
        // comment
        const { size: inner } = shape;
        const keep = { size, twice: inner, text: "size" };
        return ((size: number) => ({ size, n: double(keep.size) }))(size);
      }`,
    "b.ts": `
      export interface Shape { twice: number }
      export function twice(n: number): number;
      export function twice(n: number) { return n <= 0 ? 0 : 2 + twice(n - 1); }
      export class Box<T> { constructor(readonly value: T) {} same() { return new Box(this.value); } }
      export class Crate extends Box<string> implements Shape { twice = 2; }
      export const empty = Object.freeze({ at: Date.now });`,
  });
  expect([result.stderr, result.status]).toEqual(["", 0]);
  const { runtime, platformNames } = generated();
  expect(Object.keys(runtime)).toEqual(["Box", "Crate", "area", "empty", "size", "twice"]);
  expect(runtime.area?.needs).toEqual(["size", "twice"]);
  expect(runtime.area?.code).toBe(
    [
      "function $area(shape){const{size:inner}=shape;",
      'const keep={size:$size,twice:inner,text:"size"};',
      "return(size=>({size,n:$twice(keep.size)}))($size)}",
    ].join(""),
  );
  expect(runtime.twice).toEqual({
    code: "function $twice(n){return n<=0?0:2+$twice(n-1)}",
    needs: [],
  });
  expect(runtime.Box?.code).toContain("return new $Box(this.value)");
  expect(runtime.Box?.code).not.toContain("<T>");
  expect(runtime.Crate).toEqual({ code: "class $Crate extends $Box{twice=2}", needs: ["Box"] });
  expect(platformNames).toEqual(["Date", "Object"]);
});

test("names get their spelling in camelCase; a text that stays the same is not written again", () => {
  const names = noNames.replace(
    "names = [], otherNames = {}",
    'names = ["group_by"], otherNames = { is_finite: "finite" }',
  );
  const code = "export function groupBy() {} export function finite() {}";
  bundle({ "a.ts": code, "builtins.ts": names });
  expect(generated().builtins).toEqual({
    group_by: "groupBy",
    groupBy: "groupBy",
    is_finite: "finite",
  });
  utimesSync(target, 1, 1);
  bundle({ "a.ts": `// comment\n${code}`, "builtins.ts": names });
  expect(statSync(target).mtimeMs).toBe(1000);
  expect(readdirSync(join(folder, "out"))).toEqual(["runtime.ts"]);
});

test.each([
  ["what is no constant", { "a.ts": "export const a = 1;\nlet n = a;" }, "a.ts:2:1: a helper is"],
  [
    "one name twice",
    { "a.ts": "const n = 0;", "b.ts": "const n = 1;" },
    "b.ts:1:7: n is already in a.ts",
  ],
  [
    "a name without a helper",
    { "builtins.ts": noNames.replace("names = []", 'names = ["no_such"]') },
    "builtins.ts: no_such needs a helper noSuch",
  ],
])("%s is refused, and the last good file stays", (_, modules, message) => {
  mkdirSync(join(folder, "out"));
  writeFileSync(target, "good");
  const result = bundle(modules as Record<string, string>);
  expect(result.status).toBe(1);
  expect(result.stderr).toContain(message);
  expect(result.stderr).not.toMatch(/^\s+at /m);
  expect(readFileSync(target, "utf8")).toBe("good");
});
