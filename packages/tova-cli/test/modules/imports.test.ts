// Programs that import files, JSON and packages, built for real and run in workerd.
import { readFileSync, symlinkSync } from "node:fs";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { Miniflare } from "miniflare";
import { parse } from "smol-toml";
import { build } from "../../src/build";
import { createRecorder, createWorkspace, type Workspace } from "../workspace";

let workspace: Workspace;
let miniflare: Miniflare | undefined;

afterEach(async () => {
  await miniflare?.dispose();
  miniflare = undefined;
  workspace.remove();
});

const shapes = `import { square } from "./math"

pub type Shape { Circle(r: Float)  Box(w: Float, h: Float)  Dot }
pub type Parcel { id: String, weight: Float }
pub type Id = String

impl Parcel {
  fn heavy(self) { self.weight > 10 }
}

pub fn area(s) {
  match s { Circle(r) => square(r)  Box(w, h) => w * h  Dot => 0 }
}
pub fn boom(x) {
  x.nothing.here
}
pub fn never_used(x) { x |> sorted() }
`;
const math = "pub fn square(x) { x * x }\npub fn cube(x) { x * x * x }\n";
const route = (expression: string) => `edge "api" { route GET "/" => fn(req) { ${expression} } }\n`;

async function run(files: Record<string, string>, options: { block?: string } = {}) {
  workspace = createWorkspace(files);
  const log = createRecorder();
  const result = await build({ file: "app.tova", cwd: workspace.folder, log, ...options });
  return { ...result, log };
}

const output = (name: string) => readFileSync(workspace.path(`.tova-out/${name}`), "utf8");

/** Builds a program and answers one request to its worker `api`. */
async function answer(files: Record<string, string>, path = "/", bindings = {}) {
  const { log } = await run(files);
  expect(log.errors).toEqual([]);
  const { compatibility_date: date, compatibility_flags: flags } = parse(
    output("wrangler.api.toml"),
  );
  miniflare = new Miniflare({
    cf: false,
    modules: [{ type: "ESModule", path: "app.edge.api.js", contents: output("app.edge.api.js") }],
    compatibilityDate: String(date),
    compatibilityFlags: ((flags as string[] | undefined) ?? []).map(String),
    bindings,
  });
  const response = await miniflare.dispatchFetch(`http://app.test${path}`);
  const text = await response.text();
  return { status: response.status, json: text === "" ? null : JSON.parse(text) };
}

test("records and variants of another file are built, matched and tested by their fields", async () => {
  const { json } = await answer({
    "lib/shapes.tova": shapes,
    "lib/math.tova": math,
    "app.tova": `import { Shape, Box as Crate, Circle, Parcel, area, Id } from "./lib/shapes.tova"
${route(`
  crate = Crate(2, 3)
  parcel = Parcel(weight: 12, id: "a")
  Parcel_of = match parcel { Parcel(id, w) => "{id}:{w}" }
  sides = match crate { Circle(r) => r  Crate(w, h) => [w, h]  Dot => 0 }
  {
    areas: [area(crate), area(Circle(3)), area(Shape.Dot)], parcel: parcel, of: Parcel_of,
    heavy: parcel.heavy(), sides: sides,
    is: [crate is Crate, crate is Circle, crate is Shape, parcel is Parcel]
  }`)}`,
  });
  expect(json).toEqual({
    areas: [6, 9, 0],
    parcel: { id: "a", weight: 12 },
    of: "a:12",
    heavy: true,
    sides: [2, 3],
    is: [true, false, true, true],
  });
});

test("variants whose type alone is imported are matched by their fields", async () => {
  const { json } = await answer({
    "lib/shapes.tova": shapes,
    "lib/math.tova": math,
    "app.tova": `import { Shape } from "./lib/shapes"
${route("match Shape.Box(4, 5) { Circle(r) => r  Box(w, h) => [h, w]  Dot => 0 }")}`,
  });
  expect(json).toEqual([5, 4]);
});

test("aliases and refinements of another file test values, under other names too", async () => {
  const { json } = await answer({
    "types.tova": `pub type Id = String | Int
pub type Ids = [Id]
pub type Mail = String where { it |> contains("@") }
type Own { x: Int }
pub type Some_own = Own | Float
pub fn own() { Own(1) }
pub interface Named { fn name() -> String }
`,
    "index.tova": `pub { Id as Key, Mail, Named } from "./types"\n`,
    "app.tova": `import { Id, Ids, Some_own, own } from "./types"
import { Key, Mail as Post, Named } from "./index"
fn named(x: Named) { x }
${route(`[1 is Id, 1.5 is Id, "a" is Key, nil is Key, [] is Ids, own() is Some_own, 1 is Some_own,
    "a@b" is Post, named("a") is Post, match 1 { Key => "key"  _ => "other" }]`)}`,
  });
  expect(json).toEqual([true, false, true, false, true, true, false, true, false, "key"]);
});

test("patterns name types of a namespace", async () => {
  const { json } = await answer({
    "lib/shapes.tova": shapes,
    "lib/math.tova": math,
    "app.tova": `import * as lib from "./lib/shapes"
import { Shape as Form } from "./lib/shapes"
${route(`
  show = fn(x) match x {
    lib.Parcel(id, _) => id
    lib.Shape.Circle(r) => r
    Form.Box(w, h) => [w, h]
    lib.Dot => "dot"
  }
  [show(lib.Parcel("a", 1)), show(lib.Circle(2)), show(Form.Box(3, 4)), show(lib.Dot), show(5)]`)}`,
  });
  expect(json).toEqual(["a", 2, [3, 4], "dot", null]);
});

test("default, namespace and passed-on exports keep what they are", async () => {
  const { json } = await answer({
    "lib/shapes.tova": shapes,
    "lib/math.tova": `${math}export default fn(x) x + 1\npub var count = 1\npub ratio = 0.5\n`,
    "lib/index.tova": `pub { Circle as Round, area } from "./shapes"\npub * from "./math"\n`,
    "app.tova": `import { Round, area, cube } from "./lib/index"
import next, { count } from "./lib/math"
import * as math from "./lib/math"
${route("[match Round(7) { Round(r) => r }, area(Round(2)), cube(2), next(1), count, math.ratio]")}`,
  });
  expect(json).toEqual([7, 4, 8, 2, 1, 0.5]);
});

test("JSON is imported whole and by its keys, with a byte order mark too", async () => {
  const { json } = await answer({
    "data.json": '\uFEFF{ "version": "1.2", "größe": { "x": 1 } }',
    "list.json": "[1, 2]",
    "app.tova": `import { version, größe } from "./data.json"
import list from "./list.json"
${route("[version, größe.x, list]")}`,
  });
  expect(json).toEqual(["1.2", 1, [1, 2]]);
});

test("an imported module reads the worker's environment", async () => {
  const files = {
    "lib.tova": 'pub limit = int(env("LIMIT", "3"))\n',
    "app.tova": `import { limit } from "./lib"\n${route("limit")}`,
  };
  expect((await answer(files, "/", { LIMIT: "8" })).json).toBe(8);
});

test("shared code of a file with edge blocks is imported without its workers", async () => {
  const { json } = await answer({
    "other.tova": `shared { pub fn twice(x) { x * 2 } }\nedge "main" { kv CACHE\n route GET "/" => fn(req) { twice(1) } }\n`,
    "app.tova": `import { twice } from "./other"\n${route("twice(4)")}`,
  });
  expect(json).toBe(8);
  expect(output("app.edge.api.js")).not.toContain("CACHE");
});

test("a worker carries what it uses of its imports, each helper once, and nothing else", async () => {
  await run({
    "lib/shapes.tova": shapes,
    "lib/math.tova": math,
    "app.tova": `import { area, never_used } from "./lib/shapes"
edge "api" { route GET "/" => fn(req) { [area(nil), len([1])] } }
edge "other" { route GET "/" => fn(req) { 1 } }
`,
  });
  const code = output("app.edge.api.js");
  for (const unused of ["cube", "never_used", "sorted", "Crate", "Dot", "Parcel"]) {
    expect(code.replace(/"(Dot|Crate)"/g, "")).not.toContain(unused);
  }
  for (const once of ["function $unrouted(", "function square(", "function area("]) {
    expect(code.split(once)).toHaveLength(2);
  }
  expect(code).not.toMatch(/^import /m);
  expect(code).toMatch(/\n {2}match|\n {2}if/);
  expect(output("app.edge.other.js")).toContain("\n//# sourceMappingURL=app.edge.other.js.map\n");
  expect(output("app.edge.other.js")).not.toContain("area");
});

test("a block without imports is the same text as in a file without them", async () => {
  const other = 'edge "other" { route GET "/" => fn(req) { len([1]) } }\n';
  await run({ "app.tova": other });
  const alone = [output("app.edge.other.js"), output("wrangler.other.toml")];
  workspace.remove();
  await run({ "lib.tova": "pub x = 1\n", "app.tova": `import { x } from "./lib"\n${other}` });
  expect([output("app.edge.other.js"), output("wrangler.other.toml")]).toEqual(alone);
});

test("the map leads into each Tova file, as seen from the output folder, with its text", async () => {
  const files = {
    "lib/shapes.tova": shapes,
    "lib/math.tova": math,
    "app.tova": `import { boom } from "./lib/shapes"\n${route("boom(nil)")}`,
  };
  const { status } = await answer(files);
  expect(status).toBe(500);
  const map = JSON.parse(output("app.edge.api.js.map"));
  expect(map.sources).toEqual(["../lib/shapes.tova", "../app.tova"]);
  expect(map.sourcesContent).toEqual([shapes, files["app.tova"]]);
  const lines = output("app.edge.api.js").split("\n");
  const line = lines.findIndex((text) => text.includes(".nothing.here"));
  const found = originalPositionFor(new TraceMap(map), {
    line: line + 1,
    column: (lines[line] ?? "").indexOf("nothing"),
  });
  const expected = shapes.split("\n").findIndex((text) => text.includes(".nothing")) + 1;
  expect(found).toMatchObject({ source: "../lib/shapes.tova", line: expected });
});

test("a file reached by two paths is one module", async () => {
  workspace = createWorkspace({
    "lib/state.tova": "pub seen = []\n",
    "lib/add.tova": 'import { seen } from "../lib/state.tova"\npub fn add(x) { seen.push(x) }\n',
    "app.tova": `import { add } from "./lib/add"
import { seen } from "./linked"
${route("add(1)\n  len(seen)")}`,
  });
  symlinkSync(workspace.path("lib/state.tova"), workspace.path("linked.tova"));
  const log = createRecorder();
  await build({ file: "app.tova", cwd: workspace.folder, log });
  expect(log.errors).toEqual([]);
  expect(output("app.edge.api.js").split("seen = []")).toHaveLength(2);
});

test("byte order marks, CRLF and names of every script do no harm", async () => {
  const { json } = await answer({
    "bücher/größe.tova": "\uFEFFpub fn länge(x) {\r\n  len(x)\r\n}\r\n",
    "app.tova": `\uFEFFimport { länge } from "./bücher/größe"\r\n${route('länge("abc")')}`,
  });
  expect(json).toBe(3);
});

test("a chain of five hundred files is followed to its end", async () => {
  const files: Record<string, string> = { "m500.tova": "pub fn value() { 500 }\n" };
  for (let at = 0; at < 500; at++) {
    files[`m${at}.tova`] =
      `import { value as next } from "./m${at + 1}"\npub fn value() { next() }\n`;
  }
  files["app.tova"] = `import { value } from "./m0"\n${route("value()")}`;
  expect((await answer(files)).json).toBe(500);
}, 30_000);
