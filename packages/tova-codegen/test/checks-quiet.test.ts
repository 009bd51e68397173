// Programs without mistakes get no warnings: the cases of behaviour, and code close to a mistake.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../src";

const warningsOf = (source: string) =>
  compile(source, { fileName: "x.tova" })
    .diagnostics.filter(({ severity }) => severity === "warning")
    .map(({ code, line, column }) => `${code} ${line}:${column}`);

/** What the cases do on purpose: constant conditions, names that only show where they end. */
const onPurpose = /^(W001|W002|W101|W201|W202|W203) /;

/** Cases that are about a mistake, which only shows when it runs. */
const mistaken = new Set([
  "A name used before its definition throws, as in JavaScript",
  "A default cannot await",
  "`is` of the language's own types",
  "A decorator changes nothing",
  "A deferred call outside a function runs never",
  "A short enum derives too, and one trait alone",
  "Concurrency of the full language throws where it is reached",
]);

const folder = join(__dirname, "behaviour", "cases");

test.each(readdirSync(folder))("the cases of %s", (file) => {
  const unexpected = readFileSync(join(folder, file), "utf8")
    .split(/^# /m)
    .slice(1)
    .flatMap((part) => {
      const end = part.indexOf("\n");
      const title = part.slice(0, end);
      const [source = ""] = part.slice(end + 1).split(/^==>$/m);
      const found = warningsOf(source).filter((warning) => !onPurpose.test(warning));
      return mistaken.has(title) ? [] : found.map((warning) => `${title}: ${warning}`);
    });
  expect(unexpected).toEqual([]);
});

test("the seed, and each of its blocks alone", () => {
  const seed = readFileSync(join(__dirname, "../../../apps/pipeline/pipeline.tova"), "utf8");
  expect(warningsOf(seed)).toEqual([]);
});

test.each([
  [
    "a field that the platform adds",
    "type P { a: Int }\np = P(1)\nObject.assign(p, { b: 2 })\nprint(p.b)",
  ],
  ["a field by its name as a text", 'type P { a: Int }\np = P(1)\np["b"] = 2\nprint(p.b)'],
  ["a field by a computed key", 'type P { a: Int }\np = P(1)\nk = "b"\np[k] = 2\nprint(p.b)'],
  [
    "methods of stores, and others whose lack is minded",
    `edge { kv K sql D storage S queue Q
route POST "/" => fn(req, params, env, _ctx) {
  await K.put("a", JSON.stringify(await req.json()))
  await Q.sendBatch([{ body: 1 }])
  upload = await S.createMultipartUpload("a")
  session = D.withSession()
  [upload.key, K.toString(), K?.peek, (await session.prepare("SELECT 1").first()) ?? nil]
} }`,
  ],
  [
    "bodies of requests that are waited for later, or by others",
    `edge { route POST "/" => fn(req) {
  both = Promise.all([req.clone().json(), req.text()])
  [json, text] = await both
  [json, text]
}
route PUT "/" => fn(req) { req.json() }
route PATCH "/" => fn(req) { body = req.json() await body.then(fn(x) x) }
route DELETE "/" => fn(req) { found = try_async(fn() req.json()) await found } }`,
  ],
  [
    "names of one's own that the platform has too, and what a name alone calls",
    "type Response { a: Int }\nprint(Response(1), [1].map(String), Error('a').message, Array(2), Date())",
  ],
  [
    "keys of tokens that the platform alone knows",
    `security { auth jwt { secret: K } }
edge "a" { env K route GET "/" => fn() 1 }
edge "b" { K = env("KEY") route GET "/" => fn() 1 }`,
  ],
  [
    "a key of tokens that is empty where it is not set",
    `security { auth jwt { secret: env("K", "") } }
edge "a" { route GET "/" => fn() 1 }`,
  ],
  [
    "an address of keys",
    `security { auth jwt { jwks: K } }
edge { env K = "https://a.example/keys" route GET "/" => fn() 1 }`,
  ],
  ["a method that only sounds like a test", "x = Ok(1)\nif x.toString() { print(x.unwrap()) }"],
  [
    "parameters that a path has, or whose lack is minded",
    `edge { routes "/v/:version" { route GET "/:id/*" => fn(req, p) [p.version, p.id, p.wild] }
route GET "/a/:id" => fn(req, { id, page = 1 }) [id, page]
route GET "/b/:id" => fn(req, params) { params?.page ?? params.id }
route GET "/c/:id" => fn(req, params) { params.extra = 1 [params.id, params.extra, params] } }`,
  ],
  [
    "a name of another block in shared code",
    `shared { fn count() { HITS.get("n") } }
edge "a" { kv HITS route GET "/" => fn() { count() } }
edge "b" { route GET "/" => fn() { "b" } }`,
  ],
  [
    "shared code that one worker uses",
    `shared { fn one() { 1 } two = 2 }
edge "a" { route GET "/" => fn() { one() } }
edge "b" { route GET "/" => fn() { two } }`,
  ],
  [
    "a handler and middleware by name",
    `fn home(req) { req.url }
edge { middleware fn log(req, next) { next(req) } route GET "/" => home }`,
  ],
  [
    "a middleware that another one calls with more than a worker gives",
    `edge {
  middleware fn tag(req, next, name) { if name { print(name) }
    next(req) }
  middleware fn named(req, next) { tag(req, next, "a") }
  route GET "/" => fn() 1
}`,
  ],
  [
    "a local of the name that the script gives to its result further down",
    "fn count(rows) {\n  total = len(rows)\n  total\n}\ntotal = count([1])\nprint(total)",
  ],
  [
    "a signature without `self` of a method",
    "interface Ranked { fn rank() -> Int fn above(other) -> Bool }\ntype P { n: Int }\nimpl Ranked for P { fn rank(self) { self.n } fn above(self, other) { self.n > other.n } }\nprint(P(1).rank(), P(1).above(P(2)))",
  ],
  ["a file that only defines", "fn area(w, h) { w * h }\nlimit = 10\ntype T { a: Int }"],
  [
    "a function that calls itself",
    "fn fact(n) { if n < 2 { 1 } else { n * fact(n - 1) } }\nprint(fact(5))",
  ],
  [
    "names of the host",
    "print(process.env, Buffer.from([1]), HTMLRewriter, structuredClone({}), null, NaN)",
  ],
  ["extern functions", "extern fn host_call(n) -> Int\nprint(host_call(1))"],
  [
    "what is added to a text, and a Bool that is counted",
    'var s = ""\ns += 1\ns += len("ab")\ns += 1 < 2\ns += nil\nvar n = 0\nn += 2 > s.length\nn += 1.5\nprint(s, n)',
  ],
  ["nil in a typed place", 'type T { name: String, age: Int }\nprint(T(nil, nil), T("a", 2.0))'],
  [
    "a catch-all after all variants",
    "type S { A B }\nfn f(s) { match s { A => 1 B => 2 _ => 3 } }\nprint(f(A))",
  ],
  [
    "nested patterns that cover all",
    "fn f(r) { match r { Ok(Some(x)) => x Ok(None) => 0 Err(e) => e } }\nprint(f(Err(1)))",
  ],
  [
    "guards before a general arm",
    "fn f(o) { match o { Some(x) if x > 1 => x Some(_) => 0 None => 1 } }\nprint(f(None))",
  ],
  [
    "alternatives that cover all",
    "type S { A B C }\nfn f(s) { match s { A | B => 1 C => 2 } }\nprint(f(A))",
  ],
  ["numbers without a catch-all", 'fn f(n) { match n { 1 => "a" 2 => "b" } }\nprint(f(1))'],
  [
    "return in each branch",
    "fn f(n) -> Int {\n  if n > 1 { return 1 } elif n > 0 { return 2 } else { return 3 }\n}\nprint(f(1))",
  ],
  [
    "return in try and catch",
    "fn f(n) -> Int {\n  try { return JSON.parse(n) } catch { return 0 }\n}\nprint(f(1))",
  ],
  [
    "a loop that only leaves by return",
    "fn f(n) -> Int {\n  var i = n\n  loop { if i > 9 { return i } i += 1 }\n}\nprint(f(1))",
  ],
  ["a procedure with early return", "fn f(n) -> Nil {\n  if n { return nil }\n  print(n)\n}\nf(1)"],
  [
    "promises kept, raced, handed on",
    "fn load(id) { await fetch(id) }\np = load(1)\nawait Promise.all([p, load(2)])\nprint(await p)\nfn later() { load(3) }\nawait later()",
  ],
  [
    "a promise that is deliberately left",
    "fn load(id) { await fetch(id) }\nfn go() {\n  _ = load(1)\n  2\n}\nprint(go())",
  ],
  [
    "a record that grows",
    "type T { a: Int }\nt = T(1)\nt.extra = 2\nprint(t.extra ?? 0 == 2, t.a)",
  ],
  ["a field checked for nil", 'fn f(x) { if x != nil { x.name } else { "none" } }\nprint(f(nil))'],
  [
    "SQL from constants",
    'edge { sql DB\nroute GET "/" => fn() {\n  table = "users"\n  n = int("5")\n  await DB.prepare("SELECT * FROM {table} LIMIT {n}").all()\n} }',
  ],
  [
    "HTML with escaped values",
    'edge { route GET "/:n" => fn(req, params) { Response.new("<h1>{escape_html(params.n)}</h1>") } }',
  ],
  ["timers with functions", 'setTimeout(fn() print("x"), 5)\nsetInterval(() => print("y"), 5)'],
  [
    "camelCase of the host",
    '{ httpMetadata } = { httpMetadata: 1 }\nprint(httpMetadata, [1].toString(), JSON.parse("1"))',
  ],
  ["rest that leaves fields out", "{ a, ...rest } = { a: 1, b: 2 }\nprint(rest)"],
  [
    "lists of tuples, tuples",
    'print([["a", 1], ["b", 2]], ("a", 1))\npairs = [("a", 1)]\nprint(pairs)',
  ],
  ["`_` for what is not needed", "fn f(_a, b) { [_, second] = b second }\nprint(f(1, [1, 2]))"],
  [
    "lists and tuples inside variants",
    "fn f(o) { match o { Some([]) => 0 Some([h, ...t]) => h + len(t) None => 1 } }\nfn g(o) { match o { Ok((a, b)) => a + b Err(e) => e } }\nprint(f(None), g(Err(1)))",
  ],
  [
    "operators around a pipe in parentheses, and functions chosen by operators",
    "fn twice(n) { n * 2 }\nfn run(xs, own) { [(xs |> first) ?? 0, (xs |> len) > 3, xs |> own ?? twice, 3 |> (own ?? twice)] }\nprint(run([1], nil))",
  ],
  [
    "functions of lists that are the program's own, and expressions that are functions of a value",
    'fn find(test, list) { [x for x in list if test(x)] }\nprint(find(fn(x) x > 1, [1, 2]))\nprint([1] |> map("{it}"), map([1], [it]), map([1], { n: it }), (fn(x) x) |> map([1], _), any([0]))',
  ],
  [
    "typed arguments behind a pipe",
    'fn say(n: Int, word: String) { "{n}{word}" }\nprint(5 |> say("a"), "b" |> say(5, _))',
  ],
  [
    "a match of a known variant",
    "type S { A(n: Int) B }\nprint(match A(1) { A(n) => n }, match Ok(1) { Ok(v) => v })",
  ],
  [
    "an import that is only a type",
    'import { User } from "./user.tova"\nfn f(u: User) { u.name }\nprint(f({ name: 1 }))',
  ],
  [
    "functions in refinements and defaults",
    'fn good(s) { s != "" }\nfn first() { 1 }\ntype Name = String where { good(it) }\nfn f(x = first()) { x }\nprint(f(), Name)',
  ],
  [
    "traits with defaults",
    'trait N { fn name(self) -> String  fn hi(self) { "hi {self.name()}" } }\ntype U { n: String }\nimpl N for U { fn name(self) -> String { self.n } }\nprint(U("a").hi())',
  ],
])("%s", (_title, source) => {
  expect(warningsOf(source)).toEqual([]);
});
