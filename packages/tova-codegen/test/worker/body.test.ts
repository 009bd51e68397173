// Bodies whose type a route names, in workerd (spec 11.2).
import { type Running, start } from "./start";

jest.setTimeout(60_000);

const source = `
shared {
  type Size { w: Int, h: Float }
  type Color = Red | Green
  type Shape { Circle(r: Float) Dot }
  type Name = String
  type Tree { value: Int, children: [Tree] }
  type Box<T> { content: T }
  type Link { next: Option<Link>, n: Int }
  type Left { down: Left | Right, l: Int }
  type Right { down: Left | Right, r: Int }
  type Item {
    id: Int
    name: Name
    tags: [String]
    size: Size
    note: Option<String>
    price: Int | String | Nil
    color: Color
    shape: Shape
    pair: (Int, Bool)
    extra: Map<String, Int>
    any: Any
  }
}
edge "body" {
  route POST "/item" body: Item => fn(req) { item = await req.json() { got: item.id } }
  route POST "/tree" body: Tree => fn(req) "ok"
  route POST "/list" body: [Int] => fn() "ok"
  route PUT "/box" body: Box<Int> => fn() "ok"
  route POST "/link" body: Link => fn() "ok"
  route POST "/sides" body: Left => fn() "ok"
  route POST "/trees" body: [Tree] => fn() "ok"
  route POST "/open" => fn(req) await req.text()
}`;

const item = {
  id: 1,
  name: "n",
  tags: ["a"],
  size: { w: 1, h: 1.5 },
  price: null,
  color: { __tag: "Red" },
  shape: { __tag: "Circle", r: 2 },
  pair: [1, true],
  extra: { a: 1 },
  any: [{}],
  unknown: "fields are no one's business",
};

let running: Running;
beforeAll(async () => {
  running = await start({ body: source });
});
afterAll(() => running.mf.dispose());

async function post(path: string, body: unknown, method = "POST") {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await running.fetch("body", path, { method, body: text });
  return [response.status, await response.json()] as const;
}

const wrong = async (path: string, body: unknown) => {
  const [status, answer] = await post(path, body);
  const { error, fields } = answer as {
    error: string;
    fields: { field: string; message: string }[];
  };
  expect([status, error]).toEqual([400, "The body is not valid"]);
  return fields.map(({ field, message }) => `${field} ${message}`.trim());
};

it("takes what has the type, and leaves the body to the handler", async () => {
  expect(await post("/item", item)).toEqual([200, { got: 1 }]);
  expect(await post("/item", { ...item, note: "x", price: "9", shape: { __tag: "Dot" } })).toEqual([
    200,
    { got: 1 },
  ]);
});

it.each(["", "{", "undefined", '{"id":1'])("refuses %j, which is no JSON", async (body) => {
  expect(await post("/item", body)).toEqual([400, { error: "The body is not JSON" }]);
});

it("names every field that is wrong", async () => {
  const body = {
    ...item,
    id: 1.5,
    name: undefined,
    tags: ["a", 1],
    size: { w: "1", h: 2 },
    note: 5,
    price: true,
    color: "Red",
    shape: { __tag: "Circle", r: "2" },
    pair: [1],
    extra: { a: 1, b: "x" },
  };
  expect(await wrong("/item", body)).toEqual([
    "id must be Int",
    "name is required",
    "tags[1] must be String",
    "size.w must be Int",
    "note must be String or Nil",
    "price must be Int or String or Nil",
    "color must have a __tag of Red, Green",
    "shape.r must be Float",
    "pair must have 2 items",
    "extra.b must be Int",
  ]);
});

it.each([[null], [[]], ["text"], [7]])("refuses %j in place of a record", async (body) => {
  expect(await wrong("/item", JSON.stringify(body))).toEqual(["must be an object"]);
});

it("checks lists, types that hold themselves, and leaves parameters open", async () => {
  expect((await post("/list", [1, 2]))[0]).toBe(200);
  expect(await wrong("/list", [1, "2"])).toEqual(["[1] must be Int"]);
  const tree = { value: 1, children: [{ value: 2, children: [] }] };
  expect((await post("/tree", tree))[0]).toBe(200);
  expect(await wrong("/tree", { value: 1, children: [{ value: "2" }] })).toEqual([
    "children[0].value must be Int",
    "children[0].children is required",
  ]);
  expect((await post("/box", { content: "anything" }, "PUT"))[0]).toBe(200);
});

it.each([
  ["/link", '{"n":1,"next":', '{"n":"x"}', "next.".repeat(60), "n must be Int"],
  ["/sides", '{"l":1,"r":1,"down":', '{"l":1,"r":1}', "down.".repeat(60), "down is required"],
])("checks each level of a deep body for %s but once", async (path, start, end, at, problem) => {
  const body = start.repeat(60) + end + "}".repeat(60);
  expect(await wrong(path, body)).toEqual([`${at}${problem}`]);
});

it("names the first hundred of very many wrong places", async () => {
  const problems = await wrong("/list", Array(200_000).fill("x"));
  expect([problems.length, problems.at(-1)]).toEqual([100, "[99] must be Int"]);
});

it("does not take fields from an object's prototype", async () => {
  expect(await wrong("/tree", '{"__proto__":{"value":1,"children":[]}}')).toEqual([
    "value is required",
    "children is required",
  ]);
});

it("leaves other routes alone", async () => {
  expect(await post("/open", "{")).toEqual([200, "{"]);
});

it("answers 400 to a body that is nested deeper than it can be checked", async () => {
  const deep = (start: string, end: string) => start.repeat(50_000) + end.repeat(50_000);
  const body = deep('{"children":[', "]}");
  const init = { method: "POST", body };
  for (const path of ["/tree", "/trees"]) {
    const sent = path === "/trees" ? { ...init, body: `[${body}]` } : init;
    const response = await running.fetch("body", path, sent);
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: "The body is nested too deeply" },
    ]);
  }
});
