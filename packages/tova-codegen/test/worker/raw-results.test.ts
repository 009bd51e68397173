// Bytes, streams and generators that handlers give, in workerd; workers that give none stay small (spec 11.2).
import { compile } from "../../src";
import { type Running, start } from "./start";

jest.setTimeout(60_000);

const source = `
type Note { text: String, secret: String }
fn bytes(text) { TextEncoder.new().encode(text) }
fn ticks(state) {
  for n in 1..1000 {
    yield "{n} "
    state.count += 1
    await sleep(50)
  }
}
state = { count: 0 }
cors { origins: ["https://a.example"] }
on_error fn(err, req) { bytes("broken: {err.message}") }
middleware fn marked(req, next) {
  if req.url.endsWith("/blocked") { return bytes("blocked") }
  res = await next(req)
  res.headers.set("X-Type", res.headers.get("Content-Type") ?? "none")
  res
}
route GET "/blocked" => fn() 1
route GET "/bytes" => fn() bytes("b")
route GET "/typed/:kind" => fn(req, { kind }) {
  match kind {
    "floats" => Float32Array.new([1])
    "view" => DataView.new(bytes("view").buffer)
    "json" => Note("t", "s")
    "list" => [bytes("x")]
    "nil" => nil
    "wrapped" => Ok(bytes("w"))
    _ => None
  }
}
route GET "/ticks" => fn() ticks(state)
route GET "/count" => fn() state.count
route GET "/late" => fn() { yield "first" nil.x }
route GET "/used" => fn() { res = Response.new("x") await res.text() res.body }
route GET "/throws" => fn() nil.x
route POST "/sized" with max_body(2) => fn(req) { data = await req.arrayBuffer() data }
route GET "/open" with auth => fn() bytes("for users")
`;
const security = `security { auth jwt { secret: env("KEY") } sensitive Note.secret { never_expose: true } }`;

let running: Running;
beforeAll(async () => {
  running = await start({ raw: `edge {\n${source}\n}\n${security}` }, { KEY: "key" });
});
afterAll(() => running.mf.dispose());

async function get(path: string, init: RequestInit = {}) {
  const response = await running.fetch("raw", path, init);
  return [response.status, response.headers.get("Content-Type"), await response.text()] as const;
}
/** Past Miniflare, which gathers what comes, and without compression, which does so too. */
async function direct(path: string) {
  const headers = { "MF-Route-Override": "raw", "Accept-Encoding": "identity" };
  return fetch(new URL(path, await running.mf.ready), { headers });
}
const binary = "application/octet-stream";

it("middleware sees a response of the bytes, and may give bytes itself", async () => {
  const headers = { Origin: "https://a.example" };
  const response = await running.fetch("raw", "/bytes", { headers });
  expect(response.headers.get("X-Type")).toBe(binary);
  expect(response.headers.get("Access-Control-Allow-Origin")).toBe("https://a.example");
  expect(await response.text()).toBe("b");
  expect(await get("/blocked")).toEqual([200, binary, "blocked"]);
});

it("bytes of on_error have status 500", async () => {
  expect(await get("/throws")).toEqual([500, binary, expect.stringMatching(/^broken: /)]);
  expect((await get("/used"))[0]).toBe(500);
});

it("every view of bytes is one; what only holds bytes is JSON", async () => {
  expect(await get("/typed/floats")).toEqual([200, binary, "\0\0\ufffd?"]);
  expect(await get("/typed/view")).toEqual([200, binary, "view"]);
  expect(await get("/typed/json")).toEqual([200, "application/json", '{"text":"t"}']);
  expect(await get("/typed/list")).toEqual([200, "application/json", '[{"0":120}]']);
  expect(await get("/typed/nil")).toEqual([200, "application/json", "null"]);
  expect(await get("/typed/wrapped")).toEqual([200, binary, "w"]);
  expect(await get("/typed/none")).toEqual([200, "application/json", '{"__tag":"None"}']);
});

it("what stands before a handler stays before it", async () => {
  expect(await get("/sized", { method: "POST", body: "ab" })).toEqual([200, binary, "ab"]);
  expect((await get("/sized", { method: "POST", body: "abc" }))[0]).toBe(413);
  expect((await get("/open"))[0]).toBe(401);
});

it("pieces are sent as they come, and made no further than the client reads", async () => {
  const response = await direct("/ticks");
  expect(response.headers.get("X-Type")).toBe("text/plain; charset=utf-8");
  const reader = response.body?.getReader();
  const first = await reader?.read();
  expect(new TextDecoder().decode(first?.value)).toBe("1 ");
  await reader?.cancel();
  const count = async () => Number((await get("/count"))[2]);
  const before = await count();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(before).toBeLessThan(100);
  expect((await count()) - before).toBeLessThanOrEqual(1);
});

it("a failure behind the first piece is logged, as the response has begun", async () => {
  const response = await direct("/late");
  expect([response.status, await response.text()]).toEqual([200, "first"]);
  // It comes by another way than the response.
  for (let tries = 0; running.logs.length === 0 && tries < 100; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(running.logs.join("\n")).toMatch(/TypeError: .*'x'/);
});

const worker = (handler: string) =>
  compile(
    `edge "a" {
  kv STORE
  sql DB
  storage FILES
  env NAME = "n"
  type Item { id: Int }
  fn plain() { if NAME == "x" { Item(1) } else { [1] } }
  fn again(n) { if n > 3 { again(n - 1) } else { "done" } }
  fn given(x) { x }
  route GET "/:id" => ${handler}
}`,
    { fileName: "a.tova" },
  ).workers[0]?.code ?? "no worker";

it.each([
  'fn() "text"',
  "fn() { x = 1 }",
  "fn() { print(1) }",
  "fn(req, params) params.id",
  "fn(req, { id }) { { id } }",
  "fn() plain()",
  "plain",
  "fn() again(9)",
  "fn() Ok(Item(1))",
  "fn(req) { data = await req.json() Item(data.id) }",
  'fn() await STORE.get("a", "json") ?? None',
  'fn() { await DB.prepare("SELECT 1 AS n").bind(1).first() }',
  'fn() { { results } = await DB.prepare("SELECT 1 AS n").all() results |> map(fn(row) row.n) }',
  'fn() (await DB.prepare("SELECT 1 AS n").all()).results.filter(fn(row) row.n > 1)',
  'fn(req) { guard NAME else { return Response.new("no", { status: 404 }) } JSON.parse(NAME) }',
  'fn(req) { match NAME { "a" => [1] _ => await req.text() } }',
  "fn(req) { return (await FILES.head(NAME)) or crypto.randomUUID() }",
])("%s gives no bytes, and its worker has no code for them", (handler) => {
  expect(worker(handler)).toMatch(/^(?!.*\$sent)/s);
});

it.each([
  'fn() { found = DB.prepare("SELECT ? AS n") one = found.bind(1) (await one.all()).results }',
  'fn() { found = DB.prepare("SELECT 1 AS n") await found.first() }',
  'fn() { session = DB.withSession() await session.prepare("SELECT 1 AS n").first() }',
  'fn() { rows = fn(statement) { await statement.all() } await rows(DB.prepare("SELECT 1")) }',
])("%s calls the statement's own method, and its worker has no other", (handler) => {
  expect(worker(handler)).toMatch(/^(?!.*\$(callMethod|all|first)\b)/s);
});

it.each([
  'fn() given("x")',
  "fn(req) req.body",
  "fn(req, params) params",
  'fn() await STORE.get("a", "stream")',
  'fn() { file = await FILES.get("a") file.body }',
  "fn() ReadableStream.new({})",
  "fn() { fn bytes() { Uint8Array.new(3) } bytes() }",
  "fn(req) { if NAME { req.body } else { 1 } }",
  "fn(req) { if NAME { return await req.arrayBuffer() } 1 }",
  'fn() { var x = "" x = Uint8Array.new(1) x }',
  "fn() Some(Blob.new([]))",
  "fn() { yield 1 }",
  'fn() { row = await DB.prepare("SELECT 1 AS n").first("n") row }',
])("%s may give bytes", (handler) => {
  expect(worker(handler)).toContain("$sent(");
});
