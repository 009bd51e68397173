// What the compiler alone makes of imports: pure data in, code with its imports out.
import { compile, type ModuleLinks, outline, readImports, runtimeModule } from "../src";

const shapes = `pub type Shape { Circle(r: Float)  Box(w: Float, h: Float)  Dot }
pub type Item { id: String }
pub type Id = String
pub async fn load() { 1 }
impl Item { fn show(self) { "item {self.id}" } }
fn hidden() { 1 }
pub { hidden as shown }
`;
const asModule = (source: string, options = {}) =>
  compile(source, { fileName: "shapes.tova", as: "module", ...options });
const modules: ModuleLinks = new Map([
  ["./shapes", { kind: "module", exports: asModule(shapes).exports, open: false }],
]);

test("a module tells the kind and the fields of what it exports", () => {
  expect(asModule(shapes).exports).toMatchObject([
    { name: "Shape", kind: "type" },
    { name: "Circle", kind: "variant", fields: ["r"], tag: "Circle" },
    { name: "Box", kind: "variant", fields: ["w", "h"] },
    { name: "Dot", kind: "variant", fields: [] },
    { name: "Item", kind: "record", fields: ["id"] },
    { name: "Id", kind: "alias" },
    { name: "load", kind: "value", async: true },
    { name: "shown", kind: "value", async: false },
  ]);
});

test("a variant of its type's name is one export, known by its fields where it is imported", () => {
  const { exports } = asModule("pub type UserId { UserId(id: Int) }\n");
  expect(exports).toMatchObject([{ name: "UserId", kind: "variant", fields: ["id"] }]);
  const links: ModuleLinks = new Map([["./ids", { kind: "module", exports, open: false }]]);
  const source = `import { UserId } from "./ids"
print(match UserId(id: 3) { UserId(n) => n })
`;
  const { program, diagnostics } = compile(source, { fileName: "app.tova", modules: links });
  expect(diagnostics).toEqual([]);
  expect(program?.code).toContain("UserId(3)");
  expect(program?.code).toContain(".id");
});

test("what is exported on keeps its kind, its tag and its type", () => {
  const { exports } = compile(
    'pub { Shape as Form, Circle as Round } from "./shapes"\npub * from "./shapes"\n',
    { fileName: "index.tova", modules, as: "module" },
  );
  expect(exports.slice(0, 2)).toMatchObject([
    { name: "Form", kind: "type", family: "shapes.tova#Shape" },
    { name: "Round", kind: "variant", tag: "Circle", fields: ["r"], family: "shapes.tova#Shape" },
  ]);
  expect(exports.map(({ name }) => name)).toContain("Item");
});

test("a worker with imports names them and its helpers as modules; each helper is one", () => {
  const source = `import { Item } from "./shapes"
edge "api" { route GET "/" => fn(req) { [Item("a"), sorted([1])] } }
edge "other" { route GET "/" => fn(req) { sorted([1]) } }
`;
  const { workers, diagnostics } = compile(source, { fileName: "app.tova", modules });
  expect(diagnostics).toEqual([]);
  const [api, other] = workers;
  expect(api?.imports).toEqual([{ specifier: "./shapes", names: ["Item"] }]);
  expect(api?.code).toContain('import { Item } from "./shapes";');
  expect(api?.code).toContain('import { $sorted } from "tova:sorted";');
  expect(api?.code).toContain("new Item(");
  expect(api?.nodeConfig?.text).toContain('compatibility_flags = ["nodejs_compat"]');
  expect(other?.imports).toEqual([]);
  expect(other?.code).not.toMatch(/^import /m);
  expect(other?.nodeConfig).toBeNull();
  for (const [, name] of api?.code.matchAll(/"(tova:\w+)"/g) ?? []) {
    expect(runtimeModule(name ?? "")).toContain("export { $");
  }
  expect(runtimeModule("tova:nothing")).toBeNull();
  expect(runtimeModule("tova:__proto__")).toBeNull();
});

test("a program without edge blocks imports the built module of a Tova file", () => {
  const source =
    'import { Item, load } from "./shapes"\npub item = Item("a")\npub loaded = await load()\n';
  const { program } = compile(source, { fileName: "x.tova", modules });
  expect(program?.code).toContain('import { Item, load } from "./shapes.js";');
  expect(program?.code).toContain('new Item("a")');
});

test("a module for a program outside workers reads the environment of the process", () => {
  const source = 'pub home = env("HOME", "none")\n';
  const code = asModule(source, { target: null }).program?.code;
  expect(code).toContain("globalThis.process?.env");
  expect(code).toContain('from "tova:');
});

test("names without a value at run time are not imported", () => {
  const source = 'import { Id, Item } from "./shapes"\nfn f(x: Id) { Item(x) }\nprint(f("a"))\n';
  const { program } = compile(source, { fileName: "app.tova", modules });
  expect(program?.code).toContain('import { Item } from "./shapes.js";');
});

test("exports that nobody wants are left out with what only they use", () => {
  const kept = asModule(`${shapes}print("runs at load")\n`, { keep: ["load"] });
  expect(kept.program?.code).toContain("runs at load");
  expect(kept.program?.code).toContain("async function load");
  for (const gone of ["Shape", "Item", "hidden"]) expect(kept.program?.code).not.toContain(gone);
  expect(kept.exports).toHaveLength(8);
});

test("imports are listed with their place and the blocks that need them", () => {
  const source = `import { a } from "./a"
import { b } from "./b"
fn both() { [a, b] }
edge "one" { route GET "/" => fn(req) { a } }
edge "two" { route GET "/" => fn(req) { both() } }
edge { import { c } from "c"
  route GET "/" => fn(req) { c } }
`;
  const found = outline(source, { fileName: "app.tova" }).imports;
  expect(found.map(({ specifier, blocks }) => [specifier, blocks])).toEqual([
    ["./a", ["one", "two"]],
    ["./b", ["two"]],
    ["c", [null]],
  ]);
  expect(source.slice(found[0]?.range.from, found[0]?.range.to)).toBe('"./a"');
  expect(readImports(source)).toEqual(found);
  expect(readImports("import { from from from")).toEqual([]);
});

test("hostile specifiers are only texts", () => {
  const empty = compile('import { b } from ""\nprint(b)\n', { fileName: "app.tova" });
  expect(empty.diagnostics).toMatchObject([{ code: "E400", line: 1, column: 19 }]);
  const source = 'import { a } from "__proto__"\nprint(a)\n';
  const { diagnostics, program } = compile(source, { fileName: "app.tova", modules });
  expect(diagnostics).toEqual([]);
  expect(program?.code).toContain('from "__proto__"');
});

test("a specifier with an interpolation is refused", () => {
  const { diagnostics } = compile('import { a } from "./{x}"\nprint(a)\n', {
    fileName: "app.tova",
  });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toMatchObject([
    { line: 1, column: 19 },
  ]);
});
