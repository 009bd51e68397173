// Requests and what a worker answers, in workerd (spec 11.2, 11.3, 11.5, 11.6).
import { type Running, start } from "./start";

jest.setTimeout(60_000);

const programs = {
  routes: `
    route GET "/" => fn() "root"
    route GET "/items/:id" => fn(req, params) { params }
    route GET "/items/new" => fn() "never: an earlier route matches"
    route GET "/fixed/a.b" => fn() "dot"
    route GET "/café/:__proto__" => fn(req, params) { [Object.keys(params), params["__proto__"]] }
    route GET "/files/*" => fn(req, params) params.wild
    route GET "/deep/:a/x/*rest" => fn(req, params) { [params.a, params.rest] }
    route post "/items" => create
    route GET "/env" => fn(req, params, env) { env.GREETING }
    route GET "/text" => fn() { "hi" }
    route GET "/nothing" => fn() { x = 1 }
    route GET "/nil" => fn() { nil }
    route GET "/record" => fn() { Item(1, "n") }
    route GET "/own" => fn() { Response.new("teapot", { status: 418, headers: { "X-A": "b" } }) }
    route HEAD "/head" => fn() { Response.new(nil, { status: 204 }) }
    route GET "/head" => fn() "get"
    route OPTIONS "/options" => fn() "mine"
    routes "/v1" {
      route GET "/a" => fn() "grouped"
      routes "/n" { route GET "/b" => fn() "nested" }
    }
    type Item { id: Int, name: String }
    fn create(req) { body = await req.json() Response.new(JSON.stringify(body), { status: 201 }) }
  `,
  failing: `
    route GET "/throws" => fn() { null.x }
    route GET "/rejects" => fn() { await Promise.reject(Error.new("secret detail")) }
    route GET "/cycle" => fn() { o = {} o.o = o o }
  `,
  handled: `
    on_error fn(err, req) { if req.url.endsWith("response") { Response.new("gone", { status: 410 }) } else { { said: err.message } } }
    route GET "/json" => fn() { throw Error.new("m") }
    route GET "/response" => fn() { throw Error.new("m") }
  `,
  badhandler: `
    on_error fn(err) { null.x }
    route GET "/" => fn() { throw Error.new("first") }
  `,
  layers: `
    middleware fn outer(req, next) {
      res = await next(req)
      res.headers.append("X-Order", "outer")
      res
    }
    middleware fn inner(req, next) {
      if req.url.endsWith("/stop") { Response.new("stopped", { status: 403 }) }
      elif req.url.endsWith("/twice") { await next(req) next(req) }
      elif req.url.endsWith("/early") { throw Error.new("early") }
      elif req.url.endsWith("/changed") { next(Request.new("http://localhost/ok", { headers: { "X-User": "u" } })) }
      else {
        res = await next(req)
        res.headers.append("X-Order", "inner")
        res
      }
    }
    health "/live"
    route GET "/ok" => fn(req) { { user: req.headers.get("X-User") } }
    route GET "/twice" => fn() 1
  `,
  anyorigin: `cors {} route GET "/" => fn() 1`,
  listed: `
    cors { origins: ["https://a.example"], methods: [GET, "PUT"], headers: ["X-A"], max_age: 60 }
    route GET "/" => fn() { Response.new("x", { headers: { Vary: "Accept" } }) }
    route GET "/redirect" => fn() Response.redirect("https://b.example/", 302)
    route GET "/throws" => fn() { null.x }
    route OPTIONS "/own" => fn() "own"
  `,
  live: `health "/live"`,
};

let running: Running;
beforeAll(async () => {
  running = await start(programs, { GREETING: "hello" });
});
afterAll(() => running.mf.dispose());

const text = async (program: string, path: string, init?: RequestInit) => {
  const response = await running.fetch(program, path, init);
  return `${response.status} ${await response.text()}`;
};

describe("routes", () => {
  it.each([
    ["/", '200 "root"'],
    ["/items/7", '200 {"id":"7"}'],
    ["/items/a%20b%2Fc", '200 {"id":"a b/c"}'],
    ["/items/100%", '200 {"id":"100%"}'],
    ["/items/new", '200 {"id":"new"}'],
    ["/items/7?id=8", '200 {"id":"7"}'],
    ["/items/", "404 Not Found"],
    ["/items/7/", "404 Not Found"],
    ["//items/7", "404 Not Found"],
    ["/ITEMS/7", "404 Not Found"],
    ["/fixed/a.b", '200 "dot"'],
    ["/fixed/axb", "404 Not Found"],
    ["/caf%C3%A9/v", '200 [["__proto__"],"v"]'],
    ["/files/a/b%20c", '200 "a/b c"'],
    ["/files/", '200 ""'],
    ["/files", "404 Not Found"],
    ["/deep/1/x/2/3", '200 ["1","2/3"]'],
    ["/env", '200 "hello"'],
    ["/text", '200 "hi"'],
    ["/nothing", "200 null"],
    ["/nil", "200 null"],
    ["/record", '200 {"id":1,"name":"n"}'],
    ["/own", "418 teapot"],
    ["/v1/a", '200 "grouped"'],
    ["/v1/n/b", '200 "nested"'],
  ])("GET %s", async (path, expected) => {
    expect(await text("routes", path)).toBe(expected);
  });

  it("a result other than a response is JSON by its content type", async () => {
    const response = await running.fetch("routes", "/text");
    expect(response.headers.get("Content-Type")).toBe("application/json");
  });

  it("a method in lower case and a named handler", async () => {
    const init = { method: "POST", body: '{"a":1}' };
    expect(await text("routes", "/items", init)).toBe('201 {"a":1}');
  });

  it("HEAD takes its own route first, and that of GET without the body", async () => {
    expect(await text("routes", "/head", { method: "HEAD" })).toBe("204 ");
    const response = await running.fetch("routes", "/own", { method: "HEAD" });
    expect([response.status, response.headers.get("X-A"), await response.text()]).toEqual([
      418,
      "b",
      "",
    ]);
  });

  it.each([
    ["POST", "/items/7", 405, "GET, HEAD, OPTIONS"],
    ["DELETE", "/items", 405, "POST, OPTIONS"],
    ["OPTIONS", "/items/7", 204, "GET, HEAD, OPTIONS"],
    ["OPTIONS", "/nowhere", 404, null],
    ["PATCH", "/nowhere", 404, null],
  ])("%s %s", async (method, path, status, allow) => {
    const response = await running.fetch("routes", path, { method });
    expect([response.status, response.headers.get("Allow")]).toEqual([status, allow]);
  });

  it("OPTIONS with a route of its own", async () => {
    expect(await text("routes", "/options", { method: "OPTIONS" })).toBe('200 "mine"');
  });
});

describe("errors", () => {
  it.each(["/throws", "/rejects", "/cycle"])("%s tells nothing of its cause", async (path) => {
    expect(await text("failing", path)).toBe('500 {"error":"Internal Server Error"}');
  });

  it("are logged", () => {
    expect(running.logs.join("\n")).toContain("secret detail");
  });

  it("go through on_error", async () => {
    expect(await text("handled", "/json")).toBe('500 {"said":"m"}');
    expect(await text("handled", "/response")).toBe("410 gone");
  });

  it("of on_error itself give the default", async () => {
    expect(await text("badhandler", "/")).toBe('500 {"error":"Internal Server Error"}');
    expect(running.logs.join("\n")).toContain("first");
  });
});

describe("middleware", () => {
  it("wraps the route, the first outermost, and may change the response", async () => {
    const response = await running.fetch("layers", "/ok");
    expect(response.headers.get("X-Order")).toBe("inner, outer");
  });

  it.each([
    ["/stop", "403 stopped"],
    ["/changed", '200 {"user":"u"}'],
    ["/early", '500 {"error":"Internal Server Error"}'],
    ["/twice", '500 {"error":"Internal Server Error"}'],
    ["/live", '200 {"status":"ok"}'],
    ["/unknown", "404 Not Found"],
  ])("%s", async (path, expected) => {
    expect(await text("layers", path)).toBe(expected);
  });
});

describe("cors", () => {
  const from = (origin: string) => ({ headers: { Origin: origin } });
  const allowed = (response: Response) => response.headers.get("Access-Control-Allow-Origin");

  it("without origins allows any", async () => {
    const response = await running.fetch("anyorigin", "/", from("https://x.example"));
    expect(allowed(response)).toBe("*");
    expect(response.headers.get("Access-Control-Allow-Credentials")).toBeNull();
    const preflight = await running.fetch("anyorigin", "/", {
      method: "OPTIONS",
      ...from("https://x.example"),
    });
    expect(preflight.headers.get("Access-Control-Allow-Methods")).toBe(
      "GET, POST, PUT, DELETE, PATCH, OPTIONS",
    );
  });

  it.each(["/", "/redirect", "/throws", "/nowhere"])(
    "stands on the response of %s",
    async (path) => {
      const init = { redirect: "manual" as const, ...from("https://a.example") };
      const response = await running.fetch("listed", path, init);
      expect(allowed(response)).toBe("https://a.example");
      expect(response.headers.get("Vary")).toContain("Origin");
    },
  );

  it("keeps what the handler varies by", async () => {
    const response = await running.fetch("listed", "/", from("https://b.example"));
    expect(response.headers.get("Vary")).toBe("Accept, Origin");
    expect(allowed(response)).toBeNull();
  });

  it("leaves OPTIONS to a route of its own", async () => {
    const own = await running.fetch("listed", "/own", {
      method: "OPTIONS",
      ...from("https://a.example"),
    });
    expect([own.status, await own.text(), allowed(own)]).toEqual([
      200,
      '"own"',
      "https://a.example",
    ]);
    const other = await running.fetch("listed", "/", {
      method: "OPTIONS",
      ...from("https://a.example"),
    });
    expect([other.status, other.headers.get("Access-Control-Max-Age")]).toEqual([204, "60"]);
  });
});

it("health alone is a handler", async () => {
  expect(await text("live", "/live")).toBe('200 {"status":"ok"}');
  expect((await running.fetch("live", "/live", { method: "HEAD" })).status).toBe(200);
  expect((await running.fetch("live", "/live", { method: "POST" })).status).toBe(405);
});
