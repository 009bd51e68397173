// The typed tree: what `read` makes of the nodes beyond copying them.
import { type ast, parse, read } from "../src";

const file = (source: string) => read(parse(source).tree, source);
const first = (source: string) => file(source).items[0] as ast.Statement;

function expression(source: string): ast.Expression {
  const statement = first(`x = ${source}`);
  if (statement.kind !== "Assignment") throw new Error(statement.kind);
  return statement.values[0] as ast.Expression;
}

/** An expression as text with every grouping shown. */
function text(e: ast.Expression | ast.Spread): string {
  switch (e.kind) {
    case "Identifier":
      return e.name;
    case "Number":
      return e.text;
    case "String":
      return JSON.stringify(
        e.parts.map((part) => (typeof part === "string" ? part : [text(part)])),
      );
    case "Binary":
      return `(${text(e.left)} ${e.operator} ${text(e.right)})`;
    case "Comparison":
      return `[${e.operands.map((operand, i) => text(operand) + (e.operators[i] ?? "")).join("")}]`;
    case "Unary":
      return `(${e.operator} ${text(e.operand)})`;
    case "Await":
      return `(await ${text(e.argument)})`;
    case "Member":
      return `${e.object ? text(e.object) : ""}${e.optional ? "?." : "."}${e.property.name}`;
    case "Call":
      return `${text(e.callee)}()`;
    case "Index":
      return `${text(e.object)}[${text(e.index)}]`;
    default:
      return e.kind;
  }
}

const parts = (source: string) => (expression(source) as ast.StringLiteral).parts;

describe("strings", () => {
  test.each<[string, string]>([
    [String.raw`"a\n\t\r\\\"\'\{\}"`, "a\n\t\r\\\"'{}"],
    [String.raw`"\d\u0041"`, String.raw`\d\u0041`],
    [String.raw`'it\'s {x}'`, "it's {x}"],
    [String.raw`r"\d{2}\"`, "\\d{2}\\"],
    ['"two\nlines"', "two\nlines"],
    ['"""\n    a\n      b\n\n    c\n  """', "a\n  b\n\nc"],
    ['"""\r\n  a\r\n  b\r\n  """', "a\nb"],
    ['"two\r\nlines\\r\\n\\\r\nmore"', "two\nlines\r\n\\\nmore"],
    ["'two\r\nlines'", "two\nlines"],
    ['r"two\r\nlines\\"', "two\nlines\\"],
    ['"""one"""', "one"],
    ['"""say "hi" """', 'say "hi" '],
  ])("%s is decoded", (source, expected) => {
    expect(parts(source)).toEqual([expected]);
  });

  test("an empty string has no parts", () => {
    expect(parts('""')).toEqual([]);
    expect(parts('""""""')).toEqual([]);
  });

  test("triple strings are dedented round interpolations", () => {
    const [a, b, c] = parts('"""\n    {x} y\n      z\n    """') as readonly (
      | string
      | ast.Expression
    )[];
    expect(a).toMatchObject({ kind: "Identifier", name: "x" });
    expect(b).toBe(" y\n  z");
    expect(c).toBeUndefined();
  });

  test("interpolations nest", () => {
    expect(text(expression('"a{"b{c}"}d"'))).toBe('["a",["[\\"b\\",[\\"c\\"]]"],"d"]');
  });
});

describe("operators", () => {
  test.each([
    ["a < b <= c", "[a<b<=c]"],
    ["a < b", "(a < b)"],
    ["(a < b) < c", "((a < b) < c)"],
    ["a < (b < c)", "(a < (b < c))"],
    ["(a < b < c) < d", "([a<b<c] < d)"],
    ["a == b != c", "[a==b!=c]"],
    ['("a" + b) * 3', '((["a"] + b) * 3)'],
    ["a && b || c", "((a and b) or c)"],
    ["!a == b", "(not (a == b))"],
    ["not a and b", "((not a) and b)"],
    ["-2 ** 2", "((- 2) ** 2)"],
    ["await a + b", "((await a) + b)"],
    ["(await a).b", "(await a).b"],
    ["a ?? b ?? c", "((a ?? b) ?? c)"],
    ["1_000 + 0xF_F", "(1000 + 0xFF)"],
    ["t.0.1", "t[0][1]"],
    ["a?.b.c()", "a?.b.c()"],
  ])("%s", (source, expected) => {
    expect(text(expression(source))).toBe(expected);
  });

  test("membership and type tests know whether they are negated", () => {
    expect(expression("a not in b")).toMatchObject({ kind: "Membership", negated: true });
    expect(expression("a is not T")).toMatchObject({ kind: "TypeTest", type: "T", negated: true });
    expect(expression("a is nil")).toMatchObject({ kind: "TypeTest", type: "Nil", negated: false });
  });

  test("slices have three parts, each of which may be missing", () => {
    expect(expression("a[::-1]")).toMatchObject({
      ...{ kind: "Slice", start: null, end: null },
      step: { kind: "Unary" },
    });
    expect(expression("a[1:]")).toMatchObject({ start: { text: "1" }, end: null, step: null });
  });

  test("an expression's range leaves its parentheses out", () => {
    expect(expression("(a + b)")).toMatchObject({ from: 5, to: 10 });
  });
});

describe("functions", () => {
  test("parameters have names, patterns, defaults, types, a rest", () => {
    const { params } = first(
      "fn f(a, b: Int = 1, { c, d: e = 2 }, [g], ...h) { }",
    ) as ast.FunctionDeclaration;
    expect(params).toMatchObject([
      { target: { name: "a" }, fallback: null, type: null, rest: false },
      { target: { name: "b" }, fallback: { text: "1" }, type: { name: "Int" } },
      {
        target: {
          kind: "ObjectPattern",
          entries: [
            { key: "c", binding: { name: "c" }, fallback: null },
            { key: "d", binding: { name: "e" }, fallback: { text: "2" } },
          ],
        },
      },
      { target: { kind: "ArrayPattern", entries: [{ binding: { name: "g" } }] } },
      { target: { name: "h" }, rest: true },
    ]);
  });

  test("an arrow with one name has one parameter", () => {
    expect(expression("x => x")).toMatchObject({
      ...{ kind: "Lambda", async: false },
      params: [{ target: { name: "x" } }],
      body: { kind: "Identifier" },
    });
  });

  test("a lambda's body may be an assignment", () => {
    expect(expression("fn(x) total += x")).toMatchObject({ body: { kind: "CompoundAssignment" } });
    expect(expression("fn(x) last = x")).toMatchObject({ body: { kind: "Assignment" } });
  });

  test("an object where a block may stand is a block that holds it", () => {
    const { body } = first("fn f() { a: 1 }") as ast.FunctionDeclaration;
    expect(body).toMatchObject({
      kind: "Block",
      body: [{ kind: "ExpressionStatement", expression: { kind: "Object" } }],
    });
  });

  test("a default export of a function is its declaration and the export of its name", () => {
    expect(file("export default fn f() { }").items).toMatchObject([
      { kind: "Function", name: { name: "f" } },
      { kind: "Export", fallback: { kind: "Identifier", name: "f" }, declaration: null },
    ]);
  });
});

describe("statements", () => {
  test("if has its branches in order", () => {
    expect(first("if a { } elif b { } else if c { } else { }")).toMatchObject({
      expression: {
        branches: [{ test: { name: "a" } }, { test: { name: "b" } }, { test: { name: "c" } }],
        otherwise: { kind: "Block" },
      },
    });
  });

  test("for has a label, bindings, a condition, an else", () => {
    expect(first("l: async for i, x in { a: 1 } when c { } else { }")).toMatchObject({
      ...{ kind: "For", label: "l", async: true, binding: [{ name: "i" }, { name: "x" }] },
      ...{ iterable: { kind: "Object" }, condition: { name: "c" }, otherwise: { kind: "Block" } },
    });
  });

  test("match arms have patterns, guards and bodies", () => {
    const match = expression(
      'match a { Ok(v) if v > 1 => { v } -3..0 => 1, "p" ++ r => r, None => 2, [h, ...t] => h }',
    );
    expect(match).toMatchObject({
      arms: [
        {
          pattern: { kind: "VariantPattern", name: "Ok" },
          guard: { kind: "Binary" },
          body: { kind: "Block" },
        },
        { pattern: { kind: "RangePattern", start: { kind: "Unary" }, inclusive: false } },
        { pattern: { kind: "PrefixPattern", prefix: { parts: ["p"] }, rest: { name: "r" } } },
        { pattern: { kind: "VariantPattern", name: "None", fields: [] } },
        { pattern: { kind: "ListPattern", elements: [{ name: "h" }, { kind: "RestPattern" }] } },
      ],
    });
  });

  test("assignments keep their targets in order", () => {
    expect(first("a, b.c, d[0] = 1, 2, 3")).toMatchObject({
      targets: [{ kind: "Identifier" }, { kind: "Member" }, { kind: "Index" }],
      values: [{ text: "1" }, { text: "2" }, { text: "3" }],
    });
  });

  test("imports and exports keep both names", () => {
    expect(first('import d, { a, b as c } from "m"')).toMatchObject({
      ...{ fallback: { name: "d" }, from_: { parts: ["m"] } },
      names: [{ imported: { name: "a" }, local: { name: "a" } }, { local: { name: "c" } }],
    });
    expect(first("pub { a as b }")).toMatchObject({
      names: [{ local: { name: "a" }, exported: { name: "b" } }],
    });
  });

  test("constructs outside the toolchain keep their keyword", () => {
    expect(first("browser { don't }")).toMatchObject({ kind: "Unsupported", construct: "browser" });
  });
});

test("types keep their text", () => {
  expect(first("type T { a: Map<String, List<Int>>, b: Int }")).toMatchObject({
    fields: [
      { name: "a", type: { text: "Map<String, List<Int>>", name: null } },
      { name: "b", type: { name: "Int" } },
    ],
  });
});

test("edge members are read with their parts", () => {
  const source = `edge "api" {
    target: "bun"
    kv CACHE { ttl: 60 }
    env A = "1"
    secret B
    cors { methods: [GET] }
    health "/x" { check_memory }
    middleware fn m(req, next) { next(req) }
    route POST "/y" body: Order with auth, limit(5) => fn(req) { 1 }
    routes "/v1" { route GET "/z" => h }
    schedule "daily" cron("0 3 * * *") { f() }
    consume JOBS { batch: 5 } fn(messages) { 1 }
    on_error handler
    x = 1
  }`;
  expect(file(source).items).toMatchObject([
    {
      ...{ kind: "EdgeBlock", name: { parts: ["api"] }, header: { from: 0, to: 10 } },
      members: [
        { kind: "ConfigEntry", key: { name: "target" } },
        {
          kind: "BindingMember",
          binding: "kv",
          name: { name: "CACHE" },
          config: [{ key: { name: "ttl" } }],
        },
        { kind: "EnvMember", name: { name: "A" }, fallback: { parts: ["1"] } },
        { kind: "SecretMember", name: { name: "B" } },
        { kind: "CorsMember", config: [{ key: { name: "methods" } }] },
        { kind: "HealthMember", path: { parts: ["/x"] }, checks: [{ name: "check_memory" }] },
        { kind: "MiddlewareMember", declaration: { name: { name: "m" } } },
        {
          ...{ kind: "RouteMember", method: { name: "POST" }, path: { parts: ["/y"] } },
          ...{ bodyType: { name: "Order" }, handler: { kind: "Lambda" } },
        },
        { kind: "RouteGroup", prefix: { parts: ["/v1"] }, members: [{ kind: "RouteMember" }] },
        { kind: "ScheduleMember", name: { parts: ["daily"] }, cron: { parts: ["0 3 * * *"] } },
        {
          kind: "ConsumeMember",
          queue: { name: "JOBS" },
          config: [{}],
          handler: { kind: "Lambda" },
        },
        { kind: "OnErrorMember", handler: { kind: "Identifier" } },
        { kind: "Assignment" },
      ],
    },
  ]);
});

test("security rules have a subject and a flag or entries", () => {
  expect(
    file('security { protect "/a" { require: B } sensitive A.b { } trust_proxy true }').items,
  ).toMatchObject([
    {
      rules: [
        { rule: { name: "protect" }, subject: "/a", config: [{ key: { name: "require" } }] },
        { rule: { name: "sensitive" }, subject: "A.b" },
        { rule: { name: "trust_proxy" }, flag: true },
      ],
    },
  ]);
});
