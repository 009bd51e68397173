// Mistakes that lie close to programs without any → the one warning or error of each, at its place.
import { compile } from "../src";
import { hostGlobals } from "../src/generated/globals";

const found = (source: string) =>
  compile(source, { fileName: "x.tova" }).diagnostics.map(
    ({ code, line, column }) => `${code} ${line}:${column}`,
  );

test.each([
  ["r = Ok(1)\nmatch r { Ok(v) => print(v) }", "W200 2:1"],
  ["type S { A(n: Int) B }\ns = A(1)\nprint(match s { A(n) => n })", "W200 3:7"],
  ["fn f(x) -> Int { if x { 1 } }\nf(1)", "W205 1:4"],
  ['x = [1, "a", nil]\nprint(x)', "W209 1:5"],
  ["loop { print(1) }\nprint(2)", "W201 2:1"],
  ['throw Error.new("x")\nprint(2)', "W201 2:1"],
  ['if "a" == "b" { print(1) }', "W203 1:4"],
  ['if "b" > "a" { print(1) }', "W202 1:4"],
  ["if 1_000 == 1000 { print(1) }", "W202 1:4"],
  ['print "a"', "W206 1:1"],
  [
    'edge { route GET "/a/:id" => fn(req, params) { [params.id, params.idd] } }',
    "W_UNKNOWN_FIELD 1:67",
  ],
  ['edge { route GET "/a/*rest" => fn(req, { wild }) wild }', "W_UNKNOWN_FIELD 1:42"],
  [
    'edge { kv K route GET "/a" => fn() { await K.prepare("SELECT 1").all() } }',
    "W_UNKNOWN_FIELD 1:46",
  ],
  ['edge { sql DB route GET "/a" => fn() { await DB.get("a") } }', "W_UNKNOWN_FIELD 1:49"],
  ['edge { queue Q route GET "/a" => fn() { await Q.push(1) } }', "W_UNKNOWN_FIELD 1:49"],
  ['edge { storage F route GET "/a" => fn() { await F.upload("a") } }', "W_UNKNOWN_FIELD 1:51"],
  [
    'shared { fn f() { S.first() } }\nedge { kv S route GET "/a" => fn() f() }',
    "W_UNKNOWN_FIELD 1:21",
  ],
  ['edge { route GET "/a" => fn(req, params, env, ctx) ctx.waitUntil(1) }', "E103 1:47"],
  [
    'edge { middleware fn m(req, next, env) { if env { next(req) } else { 1 } } route GET "/" => fn() 1 }',
    "E103 1:35",
  ],
  ['edge { on_error fn(e, req, env) env route GET "/a" => fn() 1 }', "E103 1:28"],
  ["edge { queue Q consume Q fn(messages, env) { print(env) } }", "E103 1:39"],
  ['edge { fn f(req, params, env, ctx) { ctx.waitUntil(1) } route GET "/a" => f }', "E103 1:31"],
  ['edge { f = fn(req, params, env, ctx) ctx.waitUntil(1) route GET "/a" => f }', "E103 1:33"],
  [
    'fn f(req, params, env, ctx) { ctx.waitUntil(1) }\nedge { route GET "/a" => f route POST "/a" => f }',
    "E103 1:24",
  ],
  ["edge { fn f(messages, env) { print(messages, env) } queue Q consume Q f }", "E103 1:23"],
  [
    'edge { fn f(req, params) { params.idd } route GET "/a/:id" => f route PUT "/b/:no" => f }',
    "W_UNKNOWN_FIELD 1:35",
  ],
  ['fn f(req, { idd }) { idd }\nedge { route GET "/a/:id" => f }', "W_UNKNOWN_FIELD 1:13"],
  ['edge { f = fn(req, params) params.idd route GET "/a/:id" => f }', "W_UNKNOWN_FIELD 1:35"],
  [
    'fn f(req) { body = req.json() body.name }\nedge "a" { route GET "/" => fn() 1 }\nedge "b" { route POST "/" => f }',
    "W_MISSING_AWAIT 1:31",
  ],
  [
    'edge { fn f(req) { body = req.json() body.name } route POST "/a" => f }',
    "W_MISSING_AWAIT 1:38",
  ],
  [
    'edge { f = fn(req) { body = req.json() body.name } route POST "/a" => f }',
    "W_MISSING_AWAIT 1:40",
  ],
  ['edge { fn f(req) { { all: req.headers } } route GET "/a" => f }', "W_EMPTY_IN_JSON 1:27"],
  ['edge { f = fn(req) [Set.new()] route GET "/a" => f }', "W_EMPTY_IN_JSON 1:21"],
  ['edge { route GET "/a" => fn() Response("a") }', "E105 1:31"],
  ["print([1] |> Set)", "E105 1:14"],
  ['edge { target "deno" route GET "/a" => fn() 1 }', "W_UNKNOWN_EDGE_CONFIG 1:8"],
  ['edge { max_body "1mb" route GET "/a" => fn() 1 }', "W_UNKNOWN_EDGE_CONFIG 1:8"],
  [
    'security { auth jwt { secret: K } }\nedge { env K = "dev" route GET "/a" => fn() 1 }',
    "W_HARDCODED_SECRET 2:12",
  ],
  [
    'security { auth jwt { secret: env("K", "dev") } }\nedge { route GET "/a" => fn() 1 }',
    "W_HARDCODED_SECRET 1:31",
  ],
  [
    'security { auth jwt { secret: K } }\nshared { K = "dev" }\nedge { route GET "/a" => fn() 1 }',
    "W_HARDCODED_SECRET 1:31",
  ],
  ['edge { route GET "/a/<id>" => fn(req, { id }) id }', "W_ROUTE_PATH 1:18"],
  ['edge { route GET "/a/:id?" => fn(req, params) params.id }', "E_ROUTE_PATH 1:18"],
  ["print(round(1.234, 2))", "E103 1:20"],
  ["1.234 |> round(2) |> print()", "E103 1:16"],
  ['print(len("a", "b"))', "E103 1:16"],
  ["print(math.round(1.234, 2))", "E103 1:25"],
  ["print([None()])", "E105 1:8"],
  ["for key in { a: 1 } { print(key) }", "E105 1:12"],
  ["o = { a: 1 }\nprint([key for key in o])", "E105 2:23"],
  ["o = { a: 1 }\nprint([...o])", "E105 2:11"],
  ["print(match Some(1) { Some(a) | None => a })", "E500 1:33"],
  ["print(match [1] { [a, b] | [a] => a, _ => 0 })", "E500 1:28"],
  ["print(2 |> 5)", "E105 1:12"],
  ["print(map(fn(x) x * 2, [1]))", "E105 1:11"],
  ["print(filter(x => x > 1, [1]))", "E105 1:14"],
  ["print(reduce([1], 0, fn(a, b) a + b))", "E105 1:19"],
  ['print([1] |> map("?"))', "E105 1:18"],
  ["print([1] |> reduce([], fn(a, b) [...a, b]))", "E105 1:21"],
  ["print([1] |> len > 3)", "E105 1:14"],
  ["print(5 |> _ > 1)", "E007 1:12"],
  ["print([1] |> .length > 0)", "E007 1:14"],
  ["print([1] |> sum + 3)", "E105 1:14"],
  ["print([1] |> map(it + 1) |> first ?? 5)", "E105 1:29"],
  ["fn f(xs, d) { xs |> first ?? d }\nprint(f([1], 2))", "E105 1:21"],
  ["fn f(xs, d) { xs |> find(it > 1) ?? d }\nprint(f([1], 2))", "E105 1:21"],
  ["fn f(xs, d) { xs |> any(it > 1) and d }\nprint(f([1], 2))", "E105 1:21"],
  ["fn f(xs) { xs |> len in [1] }\nprint(f([1]))", "E105 1:18"],
  ["print([1, 2] | len)", "E104 1:7"],
  ['print("a" | 1)', "E104 1:7"],
  ["print(5 & fn(x) x)", "E104 1:11"],
  ["limit = 5\nprint(2 |> limit)", "E105 2:12"],
  ["type S { A B() C(n: Int) }\nprint([A(), C(1)])", "E105 2:8"],
  ["type S { A B() C(n: Int) }\nprint(B())", "E105 2:7"],
  ["type D = Up | Down\nprint(Up())", "E105 2:7"],
  ["type P { x: Int }\np = P(1)\nprint(p(2))", "E105 3:7"],
  ["async fn g() { yield 1 }\nfor x in g() { print(x) }", "E105 2:10"],
  ["async fn g() { yield 1 }\nprint([x for x in g()])", "E105 2:19"],
  ["async fn g() { yield 1 }\nprint([...g()])", "E105 2:11"],
  ["trait Repo<Elem> { fn all(self) -> [Itm] }\ntype Item { a: Int }\nprint(Item(1))", "E200 1:37"],
  ["fn f(x: Flaot) { x }\nf(1)", "E200 1:9"],
  ["fn f(x: BOOL) { x }\nf(true)", "E200 1:9"],
  ["type Light { red Green }\nprint(red, Green)", "W100 1:14"],
  ["type Item { a: Int }\nfn f(x: [Itm]) { x }\nf([Item(1)])", "E200 2:10"],
  ["fn f(x: number) { x }\nf(1)", "E200 1:9"],
  ["fn f(x) -> string { x }\nf(1)", "E200 1:12"],
  ["type T { a: Strng }\nprint(T(1))", "E200 1:13"],
  ["type T = Strng | Nil\nfn f(x: T) { x }\nf(1)", "E200 1:10"],
  ["match now { now(x) => print(x) _ => print(1) }", "E500 1:13"],
  [
    "type T { a: Int }\nimpl T { fn m(self) { 1 } }\nimpl T { fn m(self) { 2 } }\nprint(T(1))",
    "E602 3:13",
  ],
  ["fn go(x) { x }\ngo 5", "W206 2:1"],
  ["@wasm @cached\nfn f() { 1 }\nf()", "W_UNKNOWN_DECORATOR 1:7"],
  [
    'edge { sql DB route GET "/:id" => fn(req, params) {\n  await DB.prepare("SELECT " ++ params.id).all()\n} }',
    "W_UNSAFE_INTERPOLATION 2:33",
  ],
  [
    'edge { sql DB route GET "/:id" => fn(req, params) {\n  q = "SELECT 1 WHERE a = \'" + params.id + "\'"\n  await DB.prepare(q).all()\n} }',
    "W_UNSAFE_INTERPOLATION 2:32",
  ],
])("%s", (source, finding) => expect(found(source)).toEqual([finding]));

test.each([
  'fn f(req, params, env, more = 1) { more }\nedge { route GET "/a" => f }',
  'edge { fn f(req, params, env, more) { [req, env, more, params.idd] } route GET "/:id" => f schedule "a" cron("0 3 * * *") { print(f(1, {}, 2, 3)) } }',
  'edge { fn f(req, params) { [params.id, params.no] } route GET "/a/:id" => f route PUT "/b/:no" => f }',
  'edge { fn f(req, env) { [req.url, env] } on_error f route GET "/:id" => f }',
  'edge { fn f(req) { body = await req.json() body.name } route POST "/a" => f }',
  'fn f(req) { req.json() }\nedge { route POST "/a" => f }',
  "print(match Ok(1) { Ok(v) => v })",
  "fn f(x) -> Int { if x { print(1) } }\nf(1)",
  "fn save() { 1 }\nfn f(x) -> Unit { if x { save() } }\nf(1)",
  "x = [1, nil]\nprint(x)",
  "loop { break }\nprint(2)",
  'if "1" == 1 { print(1) }',
  "print\nprint(1)",
  'print(5 | 2, 5 & "3", true | 1, 1 << 2 ^ 3, "7" >> 1)',
  "o = { a: 1 }\nfor k, v in o { print(k, v) }\nprint([k for k, v in o], { k: v for k, v in o }, { ...o })",
  "o = { [Symbol.iterator]: fn() [1][Symbol.iterator]() }\nfor x in o { print(x) }",
  "print(match Some(1) { Some(a) | Some(a) if a > 2 => a, Some(_) | None => 0 })",
  "print(2 |> fn(x) x, [2] |> .length, {} |> .a, 2 |> (fn(x) x))",
  "math = { round: fn(x, n) x + n }\nprint(math.round(1.234, 2), Math.round(1))",
  "type S { A B() C(n: Int) }\nprint(A, B, C(1), S.A)",
  "async fn g() { yield 1 }\nfn h() { yield 1 }\nasync for x in g() { print(x) }\nprint([...h()], [x for x in h()])",
  "fn round(x, digits) { x * digits }\nprint(round(1.234, 2))",
  "print([1.4] |> map(round), [1.4].map(round), max(1, 2, 3), round(...[1.4, 2]))",
  'print(join(["a"], ","), range(1, 9, 2), sorted([2, 1], fn(a, b) a - b), get({}, "a", 1))',
  "type Item { a: Int }\nfn f<Itm>(x: Itm, y: Money, z: Response) -> Unit { [x, y, z] }\nf(Item(1), 2, 3)",
  "type Str = String\nfn f(x: Str) { x }\nf(1)",
  "fn f(x: Book, y: Note, z: Action, a: Setting, b: Flat) -> Pool { [x, y, z, a, b] }\nf(1, 2, 3, 4, 5)",
  "trait Repo<Itm> { fn one(self) -> Itm }\ntype Item { a: Int }\nprint(Item(1))",
  "type Item<Itm> { a: Itm }\nimpl<Itmm> Item<Itmm> { fn one(self) -> Itmm { self.a } }\nprint(Item(1).one())",
  "type Item { a: Int }\nfn f<Itm>(x: Itm) { map([x], fn(y: Itm) y) }\nf(Item(1))",
  "print(JSON.stringify({ all: Set.new() }, fn(k, v) if v is Set { [...v] } else { v }))",
  "type Item { a: Int }\ntype Users { all: [User] }\nfn f(x: Items) { x }\nf([Item(1), Users([])])",
  "type Low = Hihg | Lwo\nprint(Hihg, Lwo)",
  'edge { sql DB route GET "/" => fn() {\n  columns = "id, name"\n  await DB.prepare("SELECT " + columns + " FROM t").all()\n} }',
  "fn go(x) { x }\ngo\n5",
  "fn find_it(xs) { find(xs, fn(it) it) }\nprint(find_it([1]))",
])("%s is no mistake", (source) => expect(found(source)).toEqual([]));

test.each([
  ["x = 1\nx = 2", "var x = …"],
  ["fn f(a) { a = 2; a }\nf(1)", "var copy = …"],
  ["fn a() { 1 }\na = 5\nprint(a)", "var copy = …"],
])("%s: what helps against an immutable name", (source, help) => {
  const [found] = compile(source, { fileName: "x.tova" }).diagnostics;
  expect(found?.code).toBe("E202");
  expect(found?.help).toContain(help);
});

test("words of a method in JavaScript's way are no names that are missing", () => {
  const source =
    'export default {\n  async fetch(request) {\n    return new Response("hi")\n  },\n}\n';
  expect(found(source)).toEqual(["E001 2:9"]);
});

test.each([
  ["kv A A = 3", "E203 1:13"],
  ["fn A() { 1 } kv A", "E201 1:11"],
  ["env A = 1 type A { x: Int }", "E201 1:23"],
  ["secret A var A = 3", "E203 1:21"],
])("a binding's name has one meaning in its block: %s", (members, finding) => {
  expect(found(`edge { ${members} route GET "/" => fn() A }`)).toEqual([finding]);
});

test.each([
  ['=> "hello"', "E_HANDLER 1:25"],
  ["=> { status: 1 }", "E_HANDLER 1:25"],
  ["=> table", "E105 1:25"],
  ["=> fn() 1 on_error nil", "E_HANDLER 1:41"],
  ["=> fn() 1 queue Q consume Q 42", "E_HANDLER 1:50"],
])("a handler is a function: %s", (rest, finding) => {
  expect(found(`edge { route GET "/" ${rest} table = { a: 1 } }`)).toContain(finding);
});

test.each([
  "=> table.a",
  "=> make(1)",
  "=> late",
  "=> (fn() 1)",
  "=> if 1 < len(KEY) { late } else { make(2) }",
])("%s may give a function", (handler) => {
  const members = "secret KEY table = { a: fn() 1 } fn make(n) { fn() n } fn late() { 1 }";
  const used = 'route GET "/all" => fn() [table, make(1), late(), KEY]';
  expect(found(`edge { ${members} ${used} route GET "/" ${handler} }`)).toEqual([]);
});

test("shared code that a block runs says what the block does not have", () => {
  const shared = `shared {
  fn load(key) { await CACHE.get(key) }
  fn deep() { await load("a") }
  fn help() { helper() }
}
edge "a" { kv CACHE fn helper() { 1 } route GET "/" => fn() { [await deep(), helper()] } }
`;
  expect(found(shared)).toEqual(["W002 4:6", "E200 4:15"]);
  const other = 'edge "b" { route GET "/" => fn() { await deep() } }';
  expect(found(shared.replace("helper()", "1") + other)).toEqual(["E200 2:24", "W002 4:6"]);
  const typed = `${shared.replace("helper()", "1")}
shared { type Key { k: String } impl Key { fn load(self) { await CACHE.get(self.k) } } }
edge "b" { route GET "/" => fn() Key("a") }`;
  expect(found(typed)).toEqual(["W002 4:6"]);
  const given = `shared { fn note(x) { log(count([x])) } }
edge "a" { kv log env count route GET "/" => fn() note(1) } edge "b" { route GET "/" => fn() note(2) }`;
  expect(found(given)).toEqual([]);
  const alone = 'edge "b" { route GET "/" => fn() { help() } }';
  expect(found(shared.replace("helper()", "1") + alone)).toEqual([]);
});

test("names of browsers are unknown, those of edge runtimes are not", () => {
  const of = (names: string) => found(`edge { route GET "/" => fn() { [${names}] } }`);
  const browsers = ["window", "document", "Notification", "Lock", "Client", "indexedDB"];
  for (const name of browsers) expect(of(name)).toEqual(["E200 1:33"]);
  expect(
    of(
      "caches, scheduler, HTMLRewriter, EventSource, Worker, AsyncLocalStorage, WebSocketPair, Deno, Buffer",
    ),
  ).toEqual([]);
});

const inRoute = (params: string, body: string) =>
  found(`edge { sql DB kv K\nroute GET "/:id" => fn(${params}) {\n${body}\n[DB, K] } }`);
const query = "URL.new(req.url).searchParams";

test.each([
  ["req, { id }", 'await DB.prepare("SELECT * FROM t WHERE id = " + id).first()'],
  ["req, { id }", `await DB.prepare("SELECT * FROM t WHERE id = '" ++ id ++ "'").first()`],
  ["req", `s = ${query}.get("by") ?? "id" await DB.prepare("SELECT * FROM t ORDER BY {s}").all()`],
  ...["id or 10", "(id ?? 1) * 1", "if id == 1 { id } else { 1 }", "id |> trim", "id + 1"].map(
    (value): [string, string] => [
      "req, { id }",
      `await DB.prepare("SELECT * FROM t LIMIT {${value}}").all()`,
    ],
  ),
  ["req, { id }", 'Response.new("<p>{id}</p>")'],
  ["req", `q = ${query} Response.new("<p>" + (q.get("x") ?? "") + "</p>")`],
])("what the request says is no part of SQL or HTML: (%s) %s", (params, body) => {
  expect(inRoute(params, body)).toEqual([expect.stringMatching(/^W_UNSAFE_INTERPOLATION 3:/)]);
});

test.each([
  [
    "req",
    `s = ${query}.get("by") guard includes(["id", "name"], s) else { return 1 }\nawait DB.prepare("SELECT * FROM t ORDER BY {s}").all()`,
  ],
  [
    "req, { id }",
    'await DB.prepare("SELECT * FROM t " + "WHERE id = ?" ++ " LIMIT " + int(id)).bind(1).all()',
  ],
  ["req, { id }", 'guard is_alpha(id) else { return 1 }\nResponse.new("<p>{id}</p>")'],
  ["req, { id }", 'Response.new("<p>" + escape_html(id) + "</p>")'],
  ["req, { id }", 'n = int(id) ?? 10\nawait DB.prepare("SELECT * FROM t LIMIT {n}").all()'],
  ["req, { id }", 'await DB.prepare("SELECT * FROM t LIMIT {min([int(id), 9])}").all()'],
  ["req, { id }", 'await DB.prepare("SELECT * FROM t LIMIT {Math.min(int(id), 9)}").all()'],
  ...[
    "(int(id) ?? 1) * 10 + 1",
    "int(id) or 10",
    "id |> int",
    "(id |> int()) ?? 10",
    "if int(id) > 9 { 9 } else { int(id) }",
    'match id { "" => 1 _ => int(id) }',
    "-int(id)",
    "n * k",
  ].map((value): [string, string] => [
    "req, { id }",
    `n = int(id) m = n k = m\nawait DB.prepare("SELECT * FROM t LIMIT {${value}} OFFSET {k}").all()`,
  ]),
  ["{ method }", 'Response.new("<p>{method}</p>")'],
])("what the program has checked may be: (%s) %s", (params, body) => {
  expect(inRoute(params, body)).toEqual([]);
});

test.each([
  [
    'route GET "/" => fn() { try { Response.json(1) } catch e { { error: e.message } } }',
    ["W205 2:31", "W205 2:60"],
  ],
  [
    'route GET "/" => fn(req) { if req.url { try { [req.url] } finally { print(1) } } else { 2 } }',
    ["W205 2:47"],
  ],
  ["middleware fn m(req, next) { answer = await next(req)\nprint(answer.status) }", ["W205 2:15"]],
  ['middleware fn m(req, next) { if req.url == "" { Response.new("x") } }', ["W205 2:15"]],
  [
    'middleware fn m(req, next) { try { await next(req) } catch { Response.new("x") } }',
    ["W205 2:36", "W205 2:62"],
  ],
  ["middleware fn m(req, next) { with { a: 1 } as l { print(l) next(req) } }", ["W205 2:60"]],
  ['fn all() { try { [1] } catch e { print(e) } } route GET "/" => all', ["W205 2:18"]],
])("an end without the answer is told: %s", (member, findings) => {
  expect(found(`edge { health "/live"\n${member} }`)).toEqual(findings);
});

test.each([
  'kv K route GET "/" => fn() { try { await K.put("a", "b") } catch e { print(e) } }',
  'route POST "/" => fn(req) { print(req.url) }',
  'route GET "/" => fn() { try { return { a: 1 } } catch e { return Err(e.message) } }',
  "middleware fn m(req, next) { loop { return await next(req) } }",
  'middleware fn m(req, next) { match req.method { "GET" => next(req) _ => { throw "x" } } }',
  "middleware fn m(req, next) { defer print(req.url) next(req) }",
])("nothing is told of %s", (member) => {
  expect(found(`edge { health "/live"\n${member} }`)).toEqual([]);
});

test("a class of the platform is told of where it is called, and no function is", () => {
  const names = Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Z]/.test(name));
  const callable = new Map<string, boolean>();
  for (const name of names) {
    const value: unknown = Reflect.get(globalThis, name);
    if (typeof value !== "function" || !hostGlobals.has(name)) continue;
    try {
      value();
      callable.set(name, true);
    } catch (error) {
      callable.set(name, !/new|constructor/i.test(String(error)));
    }
  }
  const source = [...callable.keys()].map((name) => `print(${name}())`).join("\n");
  const told = new Set(found(source).filter((each) => each.startsWith("E105")));
  const expected = [...callable.values()].flatMap((is, i) => (is ? [] : `E105 ${i + 1}:7`));
  expect([...told]).toEqual(expected);
  expect(expected.length).toBeGreaterThan(60);
});
