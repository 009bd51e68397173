// Promises that nothing waits for: of the program's own functions, the library, stores and queues.
import { compile } from "../src/compile";
import { builtins, namespaces, results, runtime } from "../src/generated/runtime";

const found = (source: string) =>
  compile(source, { fileName: "x.tova" }).diagnostics.map(({ code, line, message }) => {
    return `${code} ${line} ${/`([^`]*)`/.exec(message)?.[1]}`;
  });

const worker = (body: string) => `edge "a" {
  kv STORE
  sql DB
  queue JOBS
  storage FILES
  secret KEY
  route POST "/" => fn(req) {
    ${body}
  }
}`;

test.each([
  ["crypto.verify_password", 'if crypto.verify_password("a", "b") { 1 } else { 2 }'],
  [
    "crypto.verify_password",
    'guard KEY != "" and crypto.verify_password("a", "b") else { return 1 } 2',
  ],
  [
    "is_right",
    'is_right = crypto.verify_password("a", KEY) guard KEY and is_right else { return 1 } 2',
  ],
  ["http.get", 'http.get("https://a.example").isOk()'],
  ["fetch", 'fetch("https://a.example").status'],
  ["STORE.get", 'STORE.get("a") == nil'],
  ["STORE.get", 'match STORE.get("a") { nil => 1 _ => 2 }'],
  ["FILES.get", 'FILES.get("a").body'],
  ["first", 'DB.prepare("SELECT 1 AS n").first().n'],
  ["row", 'row = DB.prepare("SELECT ? AS n").bind(1).first() row.n'],
  ["all", 'DB.prepare("SELECT 1 AS n").all().results'],
  ["JOBS.send", "JOBS.send({ a: 1 }) 1"],
  ["STORE.put", 'STORE.put("a", "b") 1'],
  ["sleep", "sleep(10) 1"],
  ["STORE.get", 'STORE.get("a") ?? "none"'],
  ["STORE.get", 'await (STORE.get("a") ?? nil)'],
  ["req.json", "req.json().name"],
  ["body", "body = req.json() { name: body.name }"],
  ["req.text", 'if req.text() == "" { 1 } else { 2 }'],
  ["req.formData", "{ form: req.formData() }"],
])("%s is waited for, or told", (name, body) => {
  expect(found(worker(body))).toEqual([`W_MISSING_AWAIT 8 ${name}`]);
});

test.each([
  ["fetch", '{ a: fetch("https://a.example") }'],
  ["fetch", 'return [1, [fetch("https://a.example")]]'],
  ["STORE.get", 'if KEY { { a: { b: STORE.get("a") } } } else { nil }'],
  ["note", 'note = STORE.get("a") { note }'],
  ["note", 'note = STORE.get("a") answer = { note: note } answer'],
  ["first", 'match KEY { "a" => Ok(DB.prepare("SELECT 1 AS n").first()) _ => None }'],
  ["STORE.get", 'Response.json({ a: STORE.get("a") })'],
  ["STORE.get", 'x = JSON.stringify(STORE.get("a")) x'],
  ["load", 'fn load(x) { await STORE.get(x) } [load(x) for x in ["a"]]'],
  ["map", '["a"].map(fn(x) await STORE.get(x))'],
  ["map", '["a"] |> map(fn(x) await STORE.get(x))'],
  ["map", 'notes = { all: map(["a"], fn(x) await STORE.get(x)) } notes'],
  ["late", "async fn late() { 1 } json_pretty([late()])"],
])("%s in a result or in JSON is waited for, or told", (name, body) => {
  expect(found(worker(body))).toEqual([`W_MISSING_AWAIT 8 ${name}`]);
});

test("what middleware, `on_error`, named handlers and records give is JSON too", () => {
  const source = `edge "a" {
  kv STORE
  type Note { text: String }
  fn named() { Note(STORE.get("a")) }
  route GET "/a" => named
  route GET "/b" => named
  middleware fn m(req, next) { if req.method == "PUT" { [STORE.get("a")] } else { next(req) } }
  on_error fn(err) { { a: STORE.get("a") } }
}`;
  expect(found(source).sort()).toEqual([4, 7, 8].map((n) => `W_MISSING_AWAIT ${n} STORE.get`));
});

test.each([
  '{ a: await STORE.get("a") }',
  'fetch("https://a.example")',
  'both = await parallel([STORE.get("a"), STORE.get("b")]) both',
  'all = { a: STORE.get("a") } a = await all.a { a }',
  'answer = { a: STORE.get("a") } answer.a = await answer.a answer',
  'answers = [STORE.get("a")] answers[0] = await answers[0] answers',
  'answer = { a: [STORE.get("a")] } answer.a[0] = await answer.a[0] answer',
  'jobs = map(["a"], fn(x) await STORE.get(x)) await parallel(jobs)',
  'await Promise.all(["a"].map(fn(x) await STORE.get(x)))',
  '["a"] |> map(fn(x) await STORE.get(x)) |> parallel',
  'fn view() { { a: STORE.get("a") } } (await view().a).length',
  'JSON = { stringify: fn(x) x } x = JSON.stringify([STORE.get("a")]) await x[0]',
  "JOBS.send({ a: 1 })",
  '[fn() await STORE.get("a")] |> len',
  '{ a: ["a"].map(fn(x) x.length) }',
  '[await x for x in [STORE.get("a")]]',
])("nothing is told of the result %s", (body) => {
  expect(found(worker(body))).toEqual([]);
});

const generators = 'fn list() { yield "a" } fn later() { yield await STORE.get("a") } ';

test.each([
  ["list", "{ all: list() }"],
  ["later", "[later()]"],
  ["lines", "lines = list() { lines }"],
  ["lines", "lines = list() { all: lines }"],
  ["list", "json_stringify(list())"],
  ["list", "{ all: Ok([list()]) }"],
])("a generator `%s` in a result or in JSON is told: %s", (name, body) => {
  expect(found(worker(generators + body))).toContain(`W_GENERATOR_IN_JSON 8 ${name}`);
});

test("what to do about it depends on whether its values are waited for", () => {
  const help = (name: string) => {
    const { diagnostics } = compile(worker(`${generators}{ all: ${name}() }`), {
      fileName: "x.tova",
    });
    return diagnostics.find(({ code }) => code === "W_GENERATOR_IN_JSON")?.help;
  };
  expect(help("list")).toContain("`[...values]`");
  expect(help("later")).toContain("`async for`");
});

test.each([
  "list()",
  "lines = later() lines",
  "Ok(list())",
  "{ all: [...list()], of: list }",
  "{ all: map(list(), it + 1), count: len([...list()]) }",
  "view = fn(list) { { all: list() } } view(fn() [1])",
])("nothing is told of the generator in %s", (body) => {
  expect(found(worker(generators + body)).filter((each) => /JSON/.test(each))).toEqual([]);
});

test.each([
  'await STORE.put("a", "b") await STORE.get("a") == nil',
  'STORE.get("a")',
  '_ = JOBS.send(1) text = STORE.get("a") await text',
  '(await DB.prepare("SELECT 1 AS n").first()).n',
  'a, b = STORE.get("a"), STORE.get("b") both = await parallel([a, b]) both[0] == nil',
  'STORE.get("a").then(fn(text) text == nil)',
  "fn sleep(ms) { ms } sleep(10) == 10",
  'fetch = fn(url) { { status: url } } fetch("a").status',
  'if crypto.constant_time_equal("a", KEY) { 1 } else { 2 }',
  "KEY.length > 3",
])("nothing is told of %s", (body) => {
  expect(found(worker(body))).toEqual([]);
});

test("all functions of the library that are written `async` are known to be", () => {
  const offered = [builtins, ...Object.values(namespaces)].flatMap((table) => Object.values(table));
  const missing = offered.filter(
    (name) => /^async function(?!\*)/.test(runtime[name].code) && results[name] !== "promise",
  );
  expect(missing).toEqual([]);
});

const answer = (body: string) =>
  found(`edge "a" {\n  route POST "/a" => fn(req) {\n${body}\n  }\n}`);

test.each([
  ["FormData", "form = await req.formData() { form }"],
  ["URLSearchParams", "{ q: URL.new(req.url).searchParams }"],
  ["URLSearchParams", "url = URL.new(req.url) url.searchParams"],
  ["Headers", "Response.json({ headers: req.headers })"],
  ["Headers", "req.headers"],
  ["Map", 'Ok([Map.new([["a", 1]])])'],
  ["Set", "seen = Set.new() for x in [1, 2] { seen.add(x) } seen"],
  ["Iterator", "m = Map.new() { ids: m.keys() }"],
  ["RegExp", "json_pretty([/a/])"],
  ["Error", '{ error: Error.new("x") }'],
])("an object of the platform `%s` that is empty in JSON is told: %s", (name, body) => {
  expect(answer(body)).toEqual([`W_EMPTY_IN_JSON 3 ${name}`]);
});

test.each([
  'Response.new("x", { headers: Headers.new() })',
  "m = Map.new() { m: [...m], n: from_entries(m), k: [...m.keys()], size: m.size }",
  'await fetch("https://a.example", { headers: req.headers, body: await req.formData() })',
  'kept = { headers: req.headers } kept.headers.get("x")',
  "try { 1 } catch e { return { error: e.message } }\n{ url: URL.new(req.url), at: Date.new() }",
  "fn view(req) { { h: req.headers } } view({ headers: { a: 1 } })",
  "class_of = { Map: fn() 1 } { n: class_of.Map() }",
  "m = Map.new() m.toJSON = fn() [...m] { m }",
])("nothing is told of the object in %s", (body) => expect(answer(body)).toEqual([]));

test("an `impl` that says what the JSON is counts for its class alone", () => {
  const impl = "impl Set { fn toJSON(self) { [...self] } }\n";
  const of = (made: string) => found(`${impl}edge { route GET "/" => fn() { { of: ${made} } } }`);
  expect(of("Set.new([1])")).toEqual([]);
  expect(of("Map.new()")).toEqual(["W_EMPTY_IN_JSON 2 Map"]);
});
