// Handlers of every form that the compiler puts where they are called, or calls: all answer alike.
import { compile } from "../../src";

interface Worker {
  fetch(request: Request, env?: object): Response | Promise<Response>;
}

const names = ["path", "req", "method", "allow", "end1", "response", "error", "result", "at"];

/** Module-level functions with the names that the code of routes has, each used by a handler. */
const hidden = names.map((name) => `fn ${name}(x) { "own ${name} {x}" }`);
const hiding = names.map(
  (name) => `route GET "/own/${name}/:id" => fn(r, params) ${name}(params.id)`,
);

const source = `edge "handlers" {
  env GREETING = "hello"
  kv STORE
  type Item { id: String, name: String }
  ${hidden.join("\n")}
  ${hiding.join("\n")}
  fn promised(x) { Promise.resolve({ x: x }) }
  fn late(x) { await Promise.resolve(nil) x }
  fn both(a, b) { [a, b] }
  route GET "/twice/:id" => fn(req, params) { { a: params.id, b: params.id } }
  route GET "/renamed/:id" => fn(request, args) { { url: request.url, id: args.id } }
  route GET "/inner/:id" => fn(r, params) { ["a"].map(fn(path) "{path} {params.id} {r.method}") }
  route GET "/inner-req/:id" => fn(r, params) { ["a"].map(fn(req) "{req} {r.method}") }
  route GET "/short/:id" => fn(req, params) { { params } }
  route GET "/taken/:id/:other" => fn(req, { other, id: mine }) { [mine, other] }
  route GET "/taken-default/:id" => fn(req, { id, none = "default" }) { [id, none] }
  route GET "/taken-missing/:id" => fn(req, { id, none }) { [id, none == nil] }
  route GET "/taken-async/:id" => fn(req, { id }) { await late(id) }
  route GET "/missing/:id" => fn(req, params) { [params.id, params.none == nil] }
  route GET "/called/:id" => fn(req, params) both(params.id, req.method)
  route GET "/promised/:id" => fn(req, params) promised(params.id)
  route GET "/late/:id" => fn(req, params) late(params.id)
  route GET "/text/:id" => fn(req, params) "{params.id}-{GREETING}"
  route GET "/nullish/:id" => fn(req, params) params.id ?? "none"
  route GET "/unused/:id" => fn(req, params) req.headers.get("X-None") ?? "none"
  route GET "/read/:id" => fn(req, params) env("GREETING") + params.id
  route GET "/member/:id" => fn(req, params) params.id.length
  route GET "/record/:id" => fn(req, params) Item(params.id, "n")
  route GET "/env/:id" => fn(req, params, env) { [params.id, env.GREETING] }
  route GET "/print" => fn() { print("printed") }
  route GET "/statements/:id" => fn(req, params) { x = params.id "{x}{x}" }
  route GET "/branch/:id" => fn(req, params) { if params.id == "a" { Response.new("r", { status: 202 }) } else { { id: params.id } } }
  route GET "/half/:id" => fn(req, params) { if params.id == "a" { "given" } }
  route GET "/early/:id" => fn(req, params) { if params.id == "a" { return promised(1) } "end" }
  route GET "/then" => fn() { { then: fn(done) done("thenable") } }
  route GET "/throws/:id" => fn(req, params) params.id.none.none
}`;

/** All that it gives is known to be there. */
const known = `edge "known" {
  cors { origins: ["https://a.example"] }
  route GET "/json/:id" => fn(req, params) { { id: params.id } }
  route GET "/nil" => fn() nil
  route GET "/nothing" => fn() { }
  route GET "/own" => fn() Response.new("own", { status: 202 })
  route GET "/branch/:id" => fn(req, params) { if params.id == "a" { Response.new("r", { status: 202 }) } else { "json" } }
  route GET "/half/:id" => fn(req, params) { if params.id == "a" { "given" } }
  route GET "/early/:id" => fn(req, params) { if params.id == "a" { return Response.new("r") } "end" }
  route GET "/cycle" => fn() { o = {} o.o = o; x = [o]; [1, x] }
  route GET "/throws" => fn() { [null.x] }
}`;

/** Nothing is declared that the platform supplies. */
const reading = `edge "reading" {
  route GET "/" => fn() env("GREETING")
}`;

const code = (text: string) => compile(text, { fileName: "handlers.tova" });

async function load(text: string): Promise<Worker> {
  const { workers, diagnostics } = code(text);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 1));
  const body = (workers[0]?.code ?? "").replace("export default", "return");
  return new Function("console", body)({ ...console, error() {}, log() {} });
}

const workers: Record<string, Worker> = {};
beforeAll(async () => {
  workers.handlers = await load(source);
  workers.known = await load(known);
  workers.reading = await load(reading);
});

const env = { GREETING: "hi", STORE: {} };

async function ask(program: string, path: string, method = "GET"): Promise<string> {
  const request = new Request(`http://localhost${path}`, { method });
  const response = await workers[program]?.fetch(request, env);
  return `${response?.status} ${await response?.text()}`;
}

test.each(names)(
  "a function called %s is the program's own where a handler calls it",
  async (name) => {
    expect(await ask("handlers", `/own/${name}/x`)).toBe(`200 "own ${name} x"`);
  },
);

test.each([
  ["/twice/a%20b", '{"a":"a b","b":"a b"}'],
  ["/renamed/1?q", '{"url":"http://localhost/renamed/1?q","id":"1"}'],
  ["/inner/1", '["a 1 GET"]'],
  ["/inner-req/1", '["a GET"]'],
  ["/short/1", '{"params":{"id":"1"}}'],
  ["/taken/1/2", '["1","2"]'],
  ["/taken-default/1", '["1","default"]'],
  ["/taken-missing/1", '["1",true]'],
  ["/taken-async/1", '"1"'],
  ["/missing/1", '["1",true]'],
  ["/called/1", '["1","GET"]'],
  ["/promised/1", '{"x":"1"}'],
  ["/late/1", '"1"'],
  ["/text/1", '"1-hi"'],
  ["/nullish/1", '"1"'],
  ["/unused/1", '"none"'],
  ["/read/1", '"hi1"'],
  ["/member/abc", "3"],
  ["/record/1", '{"id":"1","name":"n"}'],
  ["/env/1", '["1","hi"]'],
  ["/print", "null"],
  ["/statements/1", '"11"'],
  ["/branch/b", '{"id":"b"}'],
  ["/half/a", "null"],
  ["/half/b", "null"],
  ["/early/a", '{"x":1}'],
  ["/early/b", '"end"'],
  ["/then", '"thenable"'],
])("%s gives %s", async (path, text) => {
  expect(await ask("handlers", path)).toBe(`200 ${text}`);
  expect(await ask("handlers", path, "HEAD")).toBe("200 ");
});

test("a handler that throws where it is called is answered as any", async () => {
  expect(await ask("handlers", "/throws/1")).toBe('500 {"error":"Internal Server Error"}');
  expect(await ask("handlers", "/branch/a")).toBe("202 r");
});

test("a variable that is only read where a handler stands is the platform's", async () => {
  expect(await ask("reading", "/")).toBe('200 "hi"');
});

describe("a worker of which all results are known", () => {
  test.each([
    ["/json/a%2Fb", '200 {"id":"a/b"}'],
    ["/nil", "200 null"],
    ["/nothing", "200 null"],
    ["/own", "202 own"],
    ["/branch/a", "202 r"],
    ["/branch/b", '200 "json"'],
    ["/half/a", "200 null"],
    ["/half/b", "200 null"],
    ["/early/a", "200 r"],
    ["/early/b", '200 "end"'],
    ["/cycle", '500 {"error":"Internal Server Error"}'],
    ["/throws", '500 {"error":"Internal Server Error"}'],
    ["/nowhere", "404 Not Found"],
  ])("answers %s with %s", async (path, text) => {
    expect(await ask("known", path)).toBe(text);
    // The platform sends no body where an answer to HEAD has one.
    if (text.startsWith("2")) expect(await ask("known", path, "HEAD")).toBe(text.slice(0, 4));
  });

  test("answers at once, with CORS headers on all it answers", () => {
    for (const path of ["/json/1", "/throws", "/nowhere"]) {
      const response = workers.known?.fetch(new Request(`http://localhost${path}`), env);
      expect(response).toBeInstanceOf(Response);
      expect((response as Response).headers.get("vary")).toBe("Origin");
    }
  });
});
