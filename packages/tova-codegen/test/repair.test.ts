// Programs whose brackets or quotes have no partners: that is told where it is, and so are the mistakes behind it.
import { compile } from "../src";

const lines = `// Carts and their orders.
type Line { name: String, price: Float }

fn total(lines) {
  var sum = 0
  for line in lines {
    if line.price === 0 {
      print("empty")
    }
    sum += line.price
  }
  sum
}

edge "shop" {
  kv CARTS
  queue ORDERS
  route GET "/carts/:id" => fn(req, { id }) {
    const cart = await CARTS.get(id)
    guard cart != nil else {
      return Response.json({ error: "no cart" }, { status: 404 })
    }
    { cart: cart }
  }
  route POST "/orders" => fn(req) {
    order = await req.json()
    size: Int = order.size
    if size <> 3 {
      await ORDERS.send({
        order: order,
        at: noww()
      })
    }
    match order.kind {
      "gift" => { ok: true }
      _ => { ok: false }
    }
  }
  schedule "tidy" cron("0 3 * * *") {
    await CARTS.delete("all")
  }
}
`.split("\n");

/** The mistakes in all of them. */
const others = ["E009 7:19", "E001 19:5", "E001 27:9", "E009 28:13", "E200 31:13"];

/** What is told of brackets for which another may be meant, or of one near by a name. */
const doubtful = ["E003 29:24", "E001 12:6", "E001 11:3", "E001 41:4"];

const found = (source: string) =>
  compile(source, { fileName: "x.tova" }).diagnostics.map(
    ({ code, line, column }) => `${code} ${line}:${column}`,
  );

/** The program with a line changed, one that keeps its number. */
const withLine = (number: number, change: (line: string) => string) =>
  lines.map((line, i) => (i === number - 1 ? change(line) : line)).join("\n");

/** Statements in an edge block, none of them indented. */
const flat = (source: string) => `edge "w" {\n${source}\nroute GET "/" => fn(req) { "ok" }\n}\n`;

const without = (part: string) => (line: string) => line.replace(part, "");

const byLine = (a: string, b: string) =>
  Number(/ (\d+)/.exec(a)?.[1]) - Number(/ (\d+)/.exec(b)?.[1]);

test("the program as it is has five mistakes", () => {
  expect(found(lines.join("\n"))).toEqual(others);
});

test.each([
  ["the end of an `if`", 33, without("}"), "E003 28:18"],
  ["the end of an `if` in a loop", 9, without("}"), "E003 7:25"],
  ["the end of a loop", 11, without("}"), "E003 6:21"],
  ["the end of a function", 13, without("}"), "E003 4:17"],
  ["the end of a handler", 24, without("}"), "E003 18:45"],
  ["the end of a `match`", 37, without("}"), "E003 34:22"],
  ["the end of an object in a call", 32, without("}"), "E003 29:25"],
  ["the end of a call", 32, without(")"), "E003 29:24"],
  ["the end of the block", 42, without("}"), "E003 15:13"],
  ["a `)` on its line", 8, without(")"), "E003 8:12"],
  ["a `]` too many", 12, (line: string) => `${line}]`, "E001 12:6"],
  ["a `}` too many, by the one behind it", 10, (line: string) => `${line} }`, "E001 11:3"],
  ["a `)` too many", 41, (line: string) => `${line})`, "E001 41:4"],
  ["a closing quote", 8, without('y"'), "E002 8:13"],
  ["the closing quote of a path", 18, without('d"'), "E002 18:13"],
  ["the closing quote of a name", 15, without('p"'), "E002 15:6"],
  ["the closing quote of one of two texts", 39, without('y"'), "E002 39:12"],
  ["the opening quote of a path", 25, without('"'), "E002 25:21"],
  ["the opening quote of a pattern", 35, without('"'), "E002 35:11"],
  ["the quote of a text in an object", 21, without('"'), "E002 21:44"],
  ["a quote too many", 23, (line: string) => `${line}"`, "E002 23:19"],
  ["a quote too many behind a binding", 16, (line: string) => `${line}"`, "E002 16:11"],
] as const)(
  "%s is told where it is missing, and all that follows is checked",
  (_name, at, change, own) => {
    const all = found(withLine(at, change));
    expect(all).toContain(own);
    // Where names may come of that bracket, it is not looked for ones that are unknown.
    const certain = doubtful.includes(own)
      ? others.filter((one) => !one.startsWith("E200"))
      : others;
    expect(all.filter((one) => one !== own)).toEqual(certain);
  },
);

test.each([6, 12, 37])("a `}` too many on a line of its own, behind line %i", (at) => {
  const indent = /^ */.exec(lines[at - 1] ?? "")?.[0] ?? "";
  const all = found(lines.toSpliced(at, 0, `${indent}}`).join("\n"));
  expect(all).toContain(`E001 ${at + 1}:${indent.length + 1}`);
  expect(all).toHaveLength(others.length);
});

test.each([
  [4, "E001 4:15"],
  [6, "E001 6:19"],
  [15, "E001 15:11"],
  [34, "E001 34:20"],
])("a `{` that is missing before the comment of line %i is told before it", (at, own) => {
  const open = withLine(at, (line) => line.slice(0, -2));
  const all = found(withLine(at, (line) => `${line.slice(0, -2)} // 😀 all.`));
  expect(all).toContain(own);
  expect(all).toEqual(found(open));
});

test.each([
  ["fn f(a", ["E003 1:5"]],
  ["fn f(a, // one\n", ["E003 1:5"]],
  ["if (a", ["E003 1:4"]],
  ["match (a", ["E003 1:7"]],
  ["for x in f(a", ["E003 1:11"]],
  ['edge "a" {\n  route GET "/" => fn(req', ["E003 1:10", "E003 2:22"]],
])("of %j only the brackets are told", (source, all) => {
  expect(found(source)).toEqual(all);
});

test("several brackets and quotes without partners are told one by one", () => {
  const source = lines
    .map((line, i) =>
      [8, 23].includes(i) ? "" : i === 7 || i === 38 ? line.replace('y"', "") : line,
    )
    .join("\n");
  expect(found(source)).toEqual(
    [...others, "E002 8:13", "E003 18:45", "E002 39:12"].concat("E003 7:25").sort(byLine),
  );
});

test("a text of several lines, with code in it, is one where it is closed", () => {
  const source = `code = '
fn f(x) {
  return x
}
x = 1
'
print(code
print("a", 1 === 2)
`;
  expect(found(source)).toEqual(["E003 7:6", "E009 8:14"]);
});

test("blocks that are badly indented are told as before", () => {
  const source = `fn f(a) {
if a {
print(a)
}
else {
    print(1)
}
`;
  expect(found(source)).toEqual(["E003 1:9"]);
});

test.each([
  ["fn f( {\n  x = 1\n}\n", ["E003 1:5"]],
  ["pub value = 1\npub fn f( {\n", ["E003 2:9"]],
  ["fn f(a, b {\n  a + b\n}\nfn g(c) {\n  c + nowhere\n}\n", ["E003 1:5", "E200 5:7"]],
  ["if (1 < 2 {\n  print(1)\n}\nif [1, 2 {\n  print(2)\n}\n", ["E003 1:4", "E003 4:4"]],
])("the bracket that is missing before a block ends no file: %j", (source, expected) => {
  expect(found(source)).toEqual(expected);
});

test.each([
  ['fn f(a) {{ "{a}" }\ng = () => f\nprint(g()(1))\n', ["E003 1:9"]],
  [
    "fn f(x) {\n  y = match x { 1 => 2 _ => g{.h(3)\n  }\n  y\n}\nprint(f(1))\nfn g(x) { x }\n",
    ["E003 2:30"],
  ],
  [
    "type U { n: Int; a: Int { min(0) }\n  b: [Int], call: (Int) -> Int\n}\nprint(U(1, ]2, [3]))\n",
    ["E001 4:12"],
  ],
  ["c = { m: 1, l: [1] }\nc.{m = 2\nc.l[0] = 9\nprint(c)\n", ["E003 2:3"]],
  [flat("fn f() {{\n  print(1)\n}\nf()"), ["E003 2:9"]],
  [flat('fn {f(a) { "{a}" }\nprint(f(1))'), ["E003 2:4"]],
  [flat("for k in 3..=1 {{ print(k) }\nprint(2)"), ["E003 2:17"]],
  [flat('print(f("a"), }f("b"))\nfn f(x) { x }'), ["E001 2:15"]],
  [flat('arm = match 1 { 1 => {{ n: 1 } _ => { n: 2 } }\nprint(arm.n, "a")'), ["E003 2:23"]],
])(
  "a bracket too many, without which there is no mistake, is the only one told: %j",
  (source, expected) => {
    expect(found(source)).toEqual(expected);
  },
);

test("a brace that is missing at the end of its line is told alone", () => {
  const source = "xs = [1]\nxs[0] = match 5 { v => { print(v) v }\nprint(xs.join())";
  expect(found(flat(source))).toEqual(["E003 3:17"]);
});

test("behind a bracket that another line may close, unknown names are told from some lines on", () => {
  const known = 'print("a")\n'.repeat(8);
  const source = `print(max(1, 2)\nprint(near())\n${known}print(far())\n`;
  expect(found(source)).toEqual(["E003 1:6", "E200 11:7"]);
});

test("in a long text a bracket without a partner is told, and what else is wrong", () => {
  const part = 'fn f(x) {\n  if x > 1 {\n    print("{x}")\n  }\n}\nf(1)\n';
  const parts = Array.from({ length: 3000 }, (_, i) => part.replaceAll("f(", `f${i}(`));
  const source = parts.with(1000, parts[1000]?.replace("  }\n}", "}") ?? "").join("");
  expect(source.length).toBeGreaterThan(150_000);
  expect(found(`${source}print(nowhere)\n`)).toEqual(["E003 6002:12", "E200 18000:7"]);
});

test("a text that begins with a line break has its lines counted from there", () => {
  expect(found("\n  }\n")).toEqual(["E001 2:3"]);
  expect(found("\n\n  )\nx = nowhere\n")).toContain("E001 3:3");
});
