// Many mistakes in one file: each is told once, at its place, and none makes others up.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../src";

const found = (source: string) =>
  compile(source, { fileName: "x.tova" }).diagnostics.map(
    ({ code, line, column }) => `${code} ${line}:${column}`,
  );

test("ten mistakes of syntax and meaning are ten diagnostics", () => {
  const source = `type Parcel { id: String, weight: Float }
const limit = 10
count = 0
count = 5
fn area(w, h) {
  if w === h { return "square" }
  return w * hh
  print("done")
}
fn load(id) { await fetch("/{id}") }
fn show(id) {
  reply = load(id)
  size = id ? 1 : 2
  print(reply.status, size)
  user = new User(id)
  throw(user)
}
print(are(1, 2), show(1))
`;
  expect(found(source)).toEqual([
    "E001 2:1",
    "E202 4:1",
    "E009 6:8",
    "E200 7:14",
    "W201 8:3",
    "E009 13:13",
    "W_MISSING_AWAIT 14:9",
    "E001 15:10",
    "W206 16:3",
    "E200 18:7",
  ]);
});

test("mistakes in the heads of routes, blocks and arms leave what follows as it is", () => {
  const source = `edge "api" {
  kv CACHE
  route GET "/a/:id" -> fn(req, params) {
    size: Int = int(params.id)
    if size > 3
      return Response.json({ error: "too long" })
    }
    for (let i = 0; i < size; i++) {
      await CACHE.put("a", i)
    }
    fetchd(size)
  }
  route GET "/b" fn(req) {
    match await load(req) {
      Ok({ id }) => id
      Err(e) e.message
    }
  }
  async fn load(req) {
    now() > req.time {
      return Err("late")
    } else {
      print(req)
    }
    urls := req.urls
    for url in urls { await fetch(url) }
    Ok({ id: 1 })
  }
  schedule "tidy" cron("0 25 * * *") { await CACHE.delete("a") }
}
`;
  expect(found(source)).toEqual([
    "E001 3:25",
    "E001 4:9",
    "E001 5:15",
    "E001 8:10",
    "E200 11:5",
    "E001 13:18",
    "E001 15:10",
    "E001 16:14",
    "E001 20:22",
    "E009 25:10",
    "W_INVALID_CRON 29:24",
  ]);
});

test("ten mistakes of meaning alone are ten diagnostics", () => {
  const source = `type Shape { Circle(r: Float) Dot }
fn area(s: Shape) -> Float {
  match s { Circle(r) => r * r }
}
fn name(n) -> String { 5 }
x = 1
x = 2
return 3
round = Circle("two")
print(round.radius, nam(1), [x for x in 5 if 1 > 2])
n = nil
print(n.length, name(1), area(Dot))
break
userName = "Ada"
print(userName)
`;
  expect(found(source)).toEqual([
    "W200 3:3",
    "E101 5:24",
    "E202 7:1",
    "E301 8:1",
    "E100 9:16",
    "W_VARIANT_UNKNOWN_PROP 10:13",
    "E200 10:21",
    "E105 10:41",
    "W203 10:46",
    "W_NULL_ACCESS 12:9",
    "E301 13:1",
    "W100 14:1",
  ]);
});

test("types and variants in patterns are known or reported, at any depth", () => {
  const source = `type Color { Green  Rgb(r: Int) }
type Shape { Dot  Red(x: Int) }
print(match Green { Color.Nope => 1, Color.Rgbb(a) => 2, _ => 3 })
print(match Green { Color.Dot => 1, _ => 3 })
print(match [Green] { [Nopes] => 1, [Ok(Nope2(x))] => 2, Zip.Zap => 4, _ => 3 })
print(match Some(Dot) { Some(Shape.Dot) => 1, Some(Date) => 2, Some(String | Nil) => 3, _ => 5 })
`;
  expect(found(source)).toEqual([
    "E200 3:21",
    "E200 3:38",
    "E200 4:21",
    "E200 5:24",
    "E200 5:41",
    "E200 5:58",
  ]);
});

test("a name that a broken line may define is not called unknown", () => {
  expect(found("total: Int = 5\nprint(total)\nfn f(a b) { a }\nf(1)")).toEqual([
    "E001 1:6",
    "E001 3:8",
  ]);
});

test.each([
  ["fn move(from, to) { print(to) }\nmove(1, 2)", "E001 1:9"],
  ["fn move(a, to b) { print(to) }\nmove(1, 2, 3)", "E001 1:15"],
  ["fn move(a ...args) { print(args, a) }\nmove(1, 2, 3)", "E001 1:11"],
  ["type S { A(x Int, y: Int) B }\nprint(match A(1, 2) { A(x, y) => x + y, B => 0 })", "E001 1:14"],
  ["type S {\n  A(x: Int y: Int, z: Int)\n  B\n}\nprint(A(1, 2, 3), B)", "E001 2:12"],
])("parameters and fields that could not be read are not counted: %s", (source, only) => {
  expect(found(source)).toEqual([only]);
});

test("a statement that an arm does not take ends no block whose names then are unknown", () => {
  const source = `fn parse(tokens) {
  var i = 0
  fn expr() {
    var left = 1
    loop {
      match tokens[i] {
        1 => { left = 2 }
        _ => break
      }
    }
    left
  }
  expr() + i
}
print(parse([2]))
`;
  expect(found(source)).toEqual(["E001 8:14"]);
});

test("what a type of another language would define is not called unknown", () => {
  const source = `enum Light { Red, Green }
struct Lamp { light: Light }
impl Lamp { fn lit(self) { self.light == Green } }
print(Lamp(Red).lit(), Light.Red)
`;
  expect(found(source)).toEqual(["E001 1:1", "E001 2:1"]);
});

test("names in what the parser could not read are not called unknown", () => {
  const source = `type Shape { C(r: Int) D(w: Int, h: Int) }
area = match C(1) {
  C(r: n) => n
  D { w, h } => w * h
  _ => 0
}
print(area)
`;
  expect(found(source)).toEqual(["E001 3:6", "E001 4:5"]);
});

test("a bracket that stands where none can ends no block whose names then are unknown", () => {
  const source = `edge "a" {
  fn told(answer) {
    match answer {
      Ok({ ok: true }) => "sent"
      Ok(other) => other.status
      Err(reason) => reason
    }
  }
  schedule "send" cron("0 7 * * *") { print(told(Ok(1))) }
  route GET "/" => fn(req) { told(nil) }
}`;
  const [only, ...others] = compile(source, { fileName: "x.tova" }).diagnostics;
  expect([only?.code, only?.line, only?.column, others]).toEqual(["E001", 4, 10, []]);
  expect(only?.help).toContain("Write `Ok(answer) if answer.ok");
});

test("positions behind tabs, CR LF, astral characters and a byte order mark", () => {
  expect(found('\uFEFFfn f() {\r\n\t["😀", missing]\r\n}\r\nprint(f())')).toEqual(["E200 2:9"]);
});

const seed = readFileSync(join(__dirname, "../../../apps/pipeline/pipeline.tova"), "utf8");

describe("a missing brace in the seed gives less than three diagnostics", () => {
  const braces = [...seed.matchAll(/\}/g)].map(({ index }) => index);
  test.each(braces.map((index) => [seed.slice(0, index).split("\n").length, index]))(
    "of line %d",
    (_line, index) => {
      const count = found(seed.slice(0, index) + seed.slice(index + 1)).length;
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThan(3);
    },
  );
});

describe("a bracket too few or too many gives less than three diagnostics", () => {
  test.each([
    ["k = (x, y = match x { 1 => 10 _ => 20 ) => x + y\nprint(k(1))", ["E003 1:21"]],
    [
      "x = 1\nother = { q: 1 }\nh = match 1 { 1 => { x }  _ => {} }\nfn k() { x, ..[.other }\nfn f() {\n  var a, b = 1, 2\n  a, b = b, a\n  { a, b }\n}\n",
      ["E003 4:15"],
    ],
  ])("in %j", (source, expected) => {
    expect(found(source).sort()).toEqual([...expected].sort());
  });

  const folder = join(__dirname, "programs/workers");
  test("at the end of a line of the seed", () => {
    const lines = seed.split("\n");
    for (const at of lines.keys()) {
      if (at % 3 !== 0 || lines[at]?.trim() === "" || lines[at]?.includes("//")) continue;
      const text = lines.map((line, i) => (i === at ? `${line} }` : line)).join("\n");
      expect({ line: at + 1, found: found(text).slice(2) }).toEqual({ line: at + 1, found: [] });
    }
  });

  // Every bracket of a program in turn would take a minute: of each program another part is taken.
  test.each(readdirSync(folder).map((file, place) => [file, place] as const))(
    "in %s",
    (file, place) => {
      const source = readFileSync(join(folder, file), "utf8");
      const brackets = [...source.matchAll(/[()[\]{}]/g)].map(({ index }) => index);
      for (const at of brackets.filter((_, i) => i % 11 === place % 11)) {
        const [before, after] = [source.slice(0, at), source.slice(at + 1)];
        for (const text of [before + after, before + source[at] + source[at] + after]) {
          const line = before.split("\n").length;
          expect({ line, found: found(text).slice(2) }).toEqual({ line, found: [] });
        }
      }
    },
  );
});
