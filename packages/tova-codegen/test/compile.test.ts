// The public contract of `compile`: what it gives for programs, workers and mistakes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compile, outline, parse } from "../src";

const codesOf = (source: string) =>
  compile(source, { fileName: "x.tova" }).diagnostics.map(
    ({ code, severity, line, column }) => `${severity} ${code} ${line}:${column}`,
  );

test("the seed gives two workers and nothing to complain about", () => {
  const seed = join(__dirname, "../../../apps/pipeline/pipeline.tova");
  const { diagnostics, program, workers } = compile(readFileSync(seed, "utf8"), {
    fileName: "apps/pipeline/pipeline.tova",
  });
  expect([diagnostics, program]).toEqual([[], null]);
  expect(workers.map(({ name, fileName, config }) => [name, fileName, config?.fileName])).toEqual([
    ["api", "pipeline.edge.api.js", "wrangler.api.toml"],
    ["processor", "pipeline.edge.processor.js", "wrangler.processor.toml"],
  ]);
});

test("line breaks of Windows change nothing that is made of a text", () => {
  const seed = readFileSync(join(__dirname, "../../../apps/pipeline/pipeline.tova"), "utf8");
  const others = [
    'x = """\n    one\n      {1}\n  """\nprint(x, "a\nb", \'c\nd\', r"e\nf", "g\\\nh", f"{1}\n")\n',
    'edge "api" {\n  sql DB\n  route GET "/" => fn(req) {\n    DB.prepare("SELECT 1\n  ").all()\n  }\n}\n',
  ];
  const madeOf = (source: string) => {
    const { program, workers, diagnostics } = compile(source, { fileName: "x.tova" });
    const codes = [program?.code, ...workers.map(({ code, config }) => [code, config])];
    return JSON.stringify([diagnostics, codes]);
  };
  for (const source of [seed, ...others]) {
    expect(madeOf(source.replaceAll("\n", "\r\n"))).toBe(madeOf(source));
  }
});

test("an edited text with the tree of the text before gives what the text alone gives", () => {
  const seed = join(__dirname, "../../../apps/pipeline/pipeline.tova");
  const before = readFileSync(seed, "utf8");
  const options = { fileName: "pipeline.tova" };
  const plain = (result: unknown) => JSON.parse(JSON.stringify(result));
  const edits: readonly (readonly [RegExp, string])[] = [
    [/processed/, "finished"],
    [/edge "processor"/, 'edge "worker"'],
    [/consume/, "consumes"],
    [/^}$/m, ""],
  ];
  for (const [from, to] of edits) {
    const source = before.replace(from, to);
    const parsed = parse(source, parse(before));
    expect(source).not.toBe(before);
    expect(plain(compile(parsed, options))).toEqual(plain(compile(source, options)));
    expect(plain(outline(parsed, options))).toEqual(plain(outline(source, options)));
  }
});

test("one block is compiled alone, all are checked", () => {
  const source = 'edge "a" { health "/h" }\nedge "b" { health "/h" }\nedge { health "/h" }';
  const names = (block: string | null) =>
    compile(source, { fileName: "x.tova", block }).workers.map(({ name }) => name);
  expect([names("b"), names(null), names("c")]).toEqual([["b"], [null], []]);
  expect(codesOf(`${source}\nedge "d" { health "/h" route GET "/x" => gone }`)).toEqual([
    "error E200 4:42",
  ]);
});

test("the same text gives the same bytes, whatever the folder", () => {
  const source = 'edge "a" { kv K route GET "/:id" => fn(req, params) { await K.get(params.id) } }';
  const [one] = compile(source, { fileName: "x.tova" }).workers;
  const [other] = compile(source, { fileName: "/somewhere/else/x.tova" }).workers;
  expect(other).toEqual(one);
});

test("nothing comes out with an error, wherever it is", () => {
  for (const source of [
    "x = = 1",
    "x = 1\nx = 2",
    'edge "a" { health "/h" schedule "s" cron("x") { 1 } }',
  ]) {
    const { program, workers, diagnostics } = compile(source, { fileName: "x.tova" });
    expect([program, workers]).toEqual([null, []]);
    expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
  }
});

test("handlers must exist: in the block, in shared code, or as a lambda", () => {
  const source = `shared { fn known() { 1 } }
edge "a" {
  queue Q
  fn own() { 2 }
  on_error nobody
  route GET "/a" => known
  route GET "/b" => own
  route GET "/c" => missing
  consume Q lost
}`;
  expect(codesOf(source)).toEqual(["error E200 5:12", "error E200 8:21", "error E200 9:13"]);
});

test("bindings have no value while the worker loads", () => {
  const source = `edge "a" {
  kv K
  env SIZE = 3
  early = K
  size = fn() { SIZE }
  route GET "/" => fn() { size() }
}`;
  expect(codesOf(source)).toEqual(["error E305 4:11"]);
});
