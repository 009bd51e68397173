// Constructs that need statements, in every position of a worker, in workerd (spec 5, 6, 11).
import { compile } from "../../src";
import { type Running, start } from "./start";

jest.setTimeout(60_000);

const program = `
shared {
  type Order { id: Id, n: Int } derive [Show]
  type Id = String where { len(it) > 2 }
  type Status = Waiting | Sent
  type Event { Opened(at: Int) Closed } derive [Eq]
  trait Labelled { fn label(self) { "#{self.id}" } }
  impl Labelled for Order { }
  impl String { fn loud(self) { "{self}!" } }
  trait Unused { fn never_in_the_worker(self) { 1 } }
}
edge {
  env FIRST = match 2 { 1 => "one" n => "n{n}" }
  env SECOND = if FIRST == "given" { a = "from given" a } else { "other" }
  env THIRD = "{SECOND ?? "none"}!"
  middleware fn gate(req, next) {
    guard match req.headers.get("x-stop") { nil => true _ => false } else { return Response.new("stop", { status: 418 }) }
    match req.method { "PUT" => { return next(req) } _ => next(req) }
  }
  route GET "/env" => fn() { [FIRST, SECOND, THIRD] }
  route GET "/env/methods" => fn() { [FIRST.upper(), FIRST.split("v").first()] }
  route GET "/order/:id" => fn(req, params) {
    id = Id(params.id)
    o = Order(n: [n for n in [1, 2] if match n { 1 => false _ => true }].length, id: id)
    { show: Order.__show(o), label: o.label(), loud: id.loud(), is: "ab" is Id, eq: __eq_Event(Opened(1), Opened(1)) }
  }
  route POST "/take" => fn(req) {
    body = await req.json()
    defer print("left {body?.n}")
    n = match body { nil => { return { error: "empty" } } b => (await check(b.n))? }
    { n: n + match n { 1 => 10 _ => 0 } }
  }
  fn check(n) { if n > 0 { Ok(n) } else { Err("low") } }
  on_error fn(error) { { caught: match error { TypeError => "type {error.message}" e => e.message } } }
}
`;

const nodeProgram = `
shared {
  fn unused() { Buffer.alloc(1) }
  fn encoded(text) { Buffer.from(text).toString("base64") }
}
edge { route GET "/" => fn() { [encoded("hi"), type_of(process.env), global == globalThis] } }
edge "other" { fn own(Buffer) { Buffer } route GET "/" => fn() { own(1) } }
`;

let running: Running;
beforeAll(async () => {
  running = await start({ language: program, node: nodeProgram }, { FIRST: "given" });
});
afterAll(() => running.mf.dispose());

async function json(path: string, init?: RequestInit): Promise<unknown> {
  return (await running.fetch("language", path, init)).json();
}

it("evaluates the default of an env variable where it has no value, after earlier ones", async () => {
  expect(await json("/env")).toEqual(["given", "from given", "from given!"]);
});

it("calls methods of the library on env variables, which are texts", async () => {
  expect(await json("/env/methods")).toEqual(["GIVEN", "gi"]);
});

it("leaves a middleware from inside a condition", async () => {
  const response = await running.fetch("language", "/env", { headers: { "x-stop": "1" } });
  expect([response.status, await response.text()]).toEqual([418, "stop"]);
});

it("derives, refines, and takes methods of traits and of the platform's types", async () => {
  expect(await json("/order/abc")).toEqual({
    show: 'Order(id: "abc", n: 1)',
    label: "#abc",
    loud: "abc!",
    is: false,
    eq: true,
  });
});

it("gives what a refinement throws to on_error", async () => {
  expect(await json("/order/ab")).toEqual({ caught: 'type "ab" is not a valid Id.' });
});

it.each([
  ["null", { error: "empty" }],
  ['{"n":1}', { n: 11 }],
  ['{"n":5}', { n: 5 }],
  ['{"n":0}', { error: "low" }],
])("returns from a handler inside a value, for %s", async (body, answer) => {
  expect(await json("/take", { method: "POST", body })).toEqual(answer);
});

it("leaves out what no handler uses", () => {
  const [worker] = compile(program, { fileName: "language.tova" }).workers;
  expect(worker?.code).not.toMatch(/never_in_the_worker|Waiting/);
});

it("refuses a default that awaits", () => {
  const source = 'edge { env A = await fetch("x")\n route GET "/" => fn() { A } }';
  const { diagnostics } = compile(source, { fileName: "a.tova" });
  expect(diagnostics.map(({ code, line, column }) => [code, line, column])).toEqual([
    ["E300", 1, 16],
  ]);
});

it("has what Node defines for all code, where the worker uses it", async () => {
  expect(await (await running.fetch("node", "/")).json()).toEqual(["aGk=", "Object", true]);
  const { workers, diagnostics } = compile(nodeProgram, { fileName: "x.tova" });
  expect(diagnostics.map(({ code }) => code)).toEqual(["W002"]);
  expect(workers.map(({ config }) => /nodejs_compat/.test(config?.text ?? ""))).toEqual([
    true,
    false,
  ]);
});
