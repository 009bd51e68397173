// Routes whose bodies have types of other files, built for real and run in workerd (spec 9, 11.2).
import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";
import { build } from "../../src/build";
import { createRecorder, createWorkspace, type Workspace } from "../workspace";

let workspace: Workspace;
let miniflare: Miniflare | undefined;

const files = {
  "mail.tova": `pub type Mail = String where { contains(it, "@") and len(it) < limit() }
fn limit() { 20 }
pub type Id = Int
`,
  "types.tova": `import { Mail, Id as Key } from "./mail"
import { readFileSync } from "node:fs"
type Part { name: String { required, max(3) }, parts: [Part] }
type Size = Int where { it > 0 }
pub type Item { id: Key, owner: Mail, part: Part, size: Size, color: Color, box: Box<Int> }
pub type Box<T> { content: T }
pub type Color = Red | Green
pub type Shape { Circle(r: Float) Dot }
pub type Even = Int where { it % 2 == 0 }
pub fn unused() { readFileSync("x") }
pub { Mail as Address }
`,
  "index.tova": `pub { Item as Thing, Even } from "./types"\npub * from "./types"\n`,
  "app.tova": `import { Thing, Even, Color } from "./index"
import { Box, Item } from "./types"
import * as everything from "./types"
import { Address as Post } from "./types"
shared {
  type Part { other: Int }
  type Line = Post | Part
}
edge "api" {
  route POST "/item" body: Thing => fn(req) { item = await req.json() item.id }
  route POST "/own" body: Part => fn() "part"
  route POST "/list" body: [Even] => fn() "even"
  route POST "/line" body: Line => fn() "line"
  route POST "/maybe" body: Option<Item> => fn() "maybe"
  route POST "/either" body: Color | Even => fn() "either"
  route POST "/box" body: Box<Int> => fn() everything.Box(1)
}
edge "other" { route GET "/" => fn() 1 }
`,
};

beforeAll(async () => {
  workspace = createWorkspace(files);
  const log = createRecorder();
  await build({ file: "app.tova", cwd: workspace.folder, log });
  expect([log.errors, log.warnings]).toEqual([[], []]);
  miniflare = new Miniflare({
    cf: false,
    modules: [{ type: "ESModule", path: "app.edge.api.js", contents: output("api") }],
    compatibilityDate: "2025-10-01",
  });
});
afterAll(async () => {
  await miniflare?.dispose();
  workspace.remove();
});

const output = (block: string) =>
  readFileSync(workspace.path(`.tova-out/app.edge.${block}.js`), "utf8");

async function post(path: string, body: unknown): Promise<unknown> {
  const sent = miniflare?.dispatchFetch(`http://app.test${path}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  const answer = (await (await sent)?.json()) as { fields?: { field: string; message: string }[] };
  return answer.fields?.map(({ field, message }) => `${field} ${message}`.trim()) ?? answer;
}

const item = {
  id: 1,
  owner: "a@b",
  part: { name: "abc", parts: [{ name: "x", parts: [] }] },
  size: 1,
  color: { __tag: "Red" },
  box: { content: "anything" },
};

test("a type of another file is checked at any depth, with its rules and conditions", async () => {
  expect(await post("/item", item)).toBe(1);
  const wrong = {
    id: "1",
    owner: "nobody",
    part: { name: "", parts: [{ name: "longer", parts: [1] }] },
    size: 0,
    color: { __tag: "Blue" },
    box: {},
  };
  expect(await post("/item", wrong)).toEqual([
    "id must be Int",
    "owner must be a valid Mail",
    "part.name is required",
    "part.parts[0].name must have at most 3 characters",
    "part.parts[0].parts[0] must be an object",
    "size must be a valid Size",
    "color must have a __tag of Red, Green",
  ]);
});

test("a type of the program with the name of one of the other file stays its own", async () => {
  expect(await post("/own", { other: 1 })).toBe("part");
  expect(await post("/own", { name: "abc", parts: [] })).toEqual(["other is required"]);
});

test("lists, unions, options and aliases hold imported types", async () => {
  expect(await post("/list", [2, 4])).toBe("even");
  expect(await post("/list", [2, 3])).toEqual(["[1] must be a valid Even"]);
  expect(await post("/line", "a@b")).toBe("line");
  expect(await post("/line", { other: 1 })).toBe("line");
  expect(await post("/line", "nobody")).toEqual(["must be Address or Part"]);
  expect(await post("/maybe", null)).toBe("maybe");
  expect(await post("/maybe", { ...item, id: "1" })).toEqual(["id must be Int"]);
  expect(await post("/either", 2)).toBe("either");
  expect(await post("/either", 1)).toEqual(["must be Color or Even"]);
  expect(await post("/box", { content: "x" })).toEqual({ content: 1 });
});

test("a worker carries the types that its routes name, and no other code of their files", () => {
  expect(output("api")).toContain("Mail");
  expect(output("api")).not.toContain("Circle");
  expect(output("api")).not.toContain("readFileSync");
  expect(output("other")).not.toContain("Mail");
});

test.each([
  ["a function", 'import { unused as Thing } from "./types"'],
  ["what a package exports", 'import { Buffer as Thing } from "node:buffer"'],
  ["a name that is not there", ""],
])("%s is no type", async (_, head) => {
  const place = createWorkspace({
    ...files,
    "app.tova": `${head}\nedge "api" { route POST "/" body: Thing => fn() 1 }\n`,
  });
  const log = createRecorder();
  await build({ file: "app.tova", cwd: place.folder, log });
  place.remove();
  expect(log.errors.join("\n")).toContain("There is no type `Thing` to check the body against.");
});

test("mistakes of a file with types are told there alone", async () => {
  const place = createWorkspace({
    "types.tova": "pub type Item { id: }\n",
    "app.tova": `import { Item } from "./types"\nedge "api" { route POST "/" body: Item => fn() 1 }\n`,
  });
  const log = createRecorder();
  await build({ file: "app.tova", cwd: place.folder, log });
  place.remove();
  expect(log.errors.join("\n")).toContain("types.tova:1");
  expect(log.errors.join("\n")).not.toContain("E_ROUTE_BODY");
});
