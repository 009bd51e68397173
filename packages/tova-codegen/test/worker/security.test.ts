// Tokens, protected paths, sensitive fields and headers of security blocks, in workerd (spec 12).
import { createHmac } from "node:crypto";
import { type Running, start } from "./start";

jest.setTimeout(60_000);

const shared = `
shared {
  type Account { id: String, iban: String, note: String }
  type Page { items: [Account], at: Any }
}`;

const programs = {
  guarded: `${shared}
edge "guarded" {
  secret JWT_KEY
  cors { origins: ["https://a.example"] }
  middleware fn seen(req, next) { res = await next(req); res.headers.set("X-Seen", "yes"); res }
  route GET "/open" => fn(req) { if req.user == nil { "nobody" } else { req.user.sub } }
  route GET "/admin" => fn() "admin"
  route GET "/admin/:page" => fn(req, params) params.page
  route GET "/me" => fn(req) req.user.sub
  route GET "/*rest" => fn(req, params) "rest {params.rest}"
}
security {
  auth jwt { secret: JWT_KEY, issuer: "us", audience: "them" }
  role Admin { can: [all] }
  protect "/admin/open" { require: authenticated }
  protect "/admin/login" { require: anyone }
  protect "/admin/*" { require: Admin }
  protect "/me" { require: authenticated }
  hsts { max_age: 60, include_subdomains: true }
  csp { default_src: ["self"], script_src: ["self", "https://cdn.example"] }
}`,
  fields: `${shared}
edge "fields" {
  route GET "/one" => fn() Account("u1", "DE1", "n1")
  route GET "/deep" => fn() { { page: Page([Account("u1", "DE1", "n1"), Account("u2", "DE2", "n2")], Date.new(0)) } }
  route GET "/plain" => fn() { { iban: "DE3" } }
  route GET "/own" => fn() Response.new("iban DE4")
  middleware fn outer(req, next) { if req.url.endsWith("/outer") { Account("u1", "DE1", "n1") } else { next(req) } }
  middleware fn inner(req, next) {
    if req.url.endsWith("/inner") { return Account("u1", "DE1", "n1") }
    answer = await next(req)
    answer
  }
  on_error fn(err, req) { { failed: err.cause } }
  route GET "/fails" => fn() { throw Error.new("no", { cause: Account("u1", "DE1", "n1") }) }
  type Signed { account: Account, note: String }
  impl Signed { fn toJSON(self) { { by: self.account, note: self.note } } }
  route GET "/json" => fn() Signed(Account("u1", "DE1", "n1"), "n2")
  route GET "/kept/:in" => fn(req, params) {
    account = Account("u1", "DE1", "n1")
    match params.in {
      "dict" => OrderedDict([["a", account]])
      "deque" => Deque([account])
      "seq" => Seq([account])
      _ => [account] |> map(fn(one) Some(one))
    }
  }
}
security {
  auth jwt { secret: env("JWT_KEY") }
  role Admin { can: [all] }
  sensitive Account.iban { visible_to: [Admin, "self"] }
  sensitive Account.note { never_expose: true }
  sensitive Signed.note { never_expose: true }
}`,
  routes: `
edge "routes" {
  route GET "/user" with auth => fn(req) req.user.sub
  route GET "/admin" with auth(Admin) => fn() "admin"
  route POST "/user" => fn() "open"
}
security { auth jwt { secret: env("JWT_KEY") } role Admin { can: [all] } }`,
  changed: `
shared { type Account { id: String, iban: String } }
edge "changed" {
  middleware fn named(req, next) {
    res = await next(Request.new(req, { headers: { "X-Id": "7" } }))
    res.headers.set("X-Named", "yes")
    res
  }
  middleware fn counted(req, next) {
    inner = Request.new(req)
    if req.url.endsWith("/nobody") { inner.user = nil }
    if req.url.endsWith("/twice") { await next(inner) }
    next(inner)
  }
  middleware fn last(req, next) { if req.method == "GET" { next(Request.new(req)) } else { next(req) } }
  on_error fn(err, req) { "{err.message} {req.user.sub}" }
  route GET "/user" with auth => fn(req) "{req.user.sub} {req.headers.get("X-Id")}"
  route GET "/admin" with auth(Admin) => fn() Account("u2", "DE2")
  route GET "/nobody" with auth => fn(req) req.user.sub
  route GET "/twice" => fn() 1
}
security {
  auth jwt { secret: env("JWT_KEY") }
  role Admin { can: [all] }
  sensitive Account.iban { visible_to: [Admin] }
}`,
  keyless: `
edge "keyless" { route GET "/a" => fn() 1 }
security { auth jwt { secret: env("NO_SUCH_KEY") } protect "/*" { require: authenticated } }`,
};

const key = "k".repeat(40);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function token(claims: object, head: object = { alg: "HS256", typ: "JWT" }, secret = key): string {
  const signed = `${encode(head)}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

const good = { sub: "u1", iss: "us", aud: "them" };
let running: Running;
beforeAll(async () => {
  running = await start(programs, { JWT_KEY: key });
});
afterAll(() => running.mf.dispose());

const get = (program: string, path: string, bearer?: string) =>
  running.fetch(program, path, {
    headers: {
      Origin: "https://a.example",
      ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
    },
  });
const text = async (program: string, path: string, bearer?: string) => {
  const response = await get(program, path, bearer);
  return `${response.status} ${await response.text()}`;
};

const unauthenticated = '401 {"error":"Authentication required"}';
const forbidden = '403 {"error":"Insufficient permissions"}';

describe("a request that a middleware passes on in place of another", () => {
  it("has its user", async () => {
    expect(await text("changed", "/user", token({ sub: "u1" }))).toBe('200 "u1 7"');
    expect(await text("changed", "/user")).toBe(unauthenticated);
  });
  it("has its user's roles", async () => {
    const admin = token({ sub: "u1", role: "admin" });
    expect(await text("changed", "/admin", admin)).toBe('200 {"id":"u2","iban":"DE2"}');
    expect(await text("changed", "/admin", token({ sub: "u1" }))).toBe(forbidden);
  });
  it("has the user that the middleware gives it", async () => {
    expect(await text("changed", "/nobody", token({ sub: "u1" }))).toBe(unauthenticated);
  });
  it("is counted as before", async () => {
    expect(await text("changed", "/twice", token({ sub: "u1" }))).toBe(
      '500 "Middleware counted called next twice u1"',
    );
  });
});

describe("a token", () => {
  const now = Math.floor(Date.now() / 1000);
  it.each([
    ["good", token(good)],
    ["not yet expired", token({ ...good, exp: now + 60, nbf: now - 60 })],
    ["for several audiences", token({ ...good, aud: ["x", "them"] })],
  ])("%s is taken", async (_, bearer) => {
    expect(await text("guarded", "/me", bearer)).toBe('200 "u1"');
  });

  const [head = "", body = "", mark = ""] = token(good).split(".");
  it.each([
    ["expired", token({ ...good, exp: now - 1 })],
    ["expired as a text", token({ ...good, exp: String(now + 60) })],
    ["not valid yet", token({ ...good, nbf: now + 60 })],
    ["of another issuer", token({ ...good, iss: "others" })],
    ["for another audience", token({ ...good, aud: "others" })],
    ["without an audience", token({ sub: "u1", iss: "us" })],
    ["signed with another key", token(good, { alg: "HS256" }, "other")],
    ["signed with an empty key", token(good, { alg: "HS256" }, "")],
    ["of algorithm none", `${encode({ alg: "none" })}.${body}.`],
    ["of algorithm none, signed", token(good, { alg: "none" })],
    ["of another algorithm", token(good, { alg: "HS512" })],
    ["that says RS256", token(good, { alg: "RS256" })],
    ["with critical extensions", token(good, { alg: "HS256", crit: ["exp"] })],
    ["with a changed body", `${head}.${encode({ ...good, roles: ["admin"] })}.${mark}`],
    ["cut short", `${head}.${body}`],
    ["whose body is no object", token([1])],
    ["of rubbish", "a.b.c"],
    ["that is empty", ""],
  ])("%s is refused", async (_, bearer) => {
    expect(await text("guarded", "/me", bearer)).toBe(unauthenticated);
    expect(await text("guarded", "/open", bearer)).toBe('200 "nobody"');
  });

  it("is taken under any spelling of the scheme, and from no other header", async () => {
    const send = async (headers: Record<string, string>) =>
      (await running.fetch("guarded", "/me", { headers })).status;
    expect(await send({ Authorization: `bEARER ${token(good)}` })).toBe(200);
    expect(await send({ Authorization: `Basic ${token(good)}` })).toBe(401);
    expect(await send({ Cookie: `token=${token(good)}` })).toBe(401);
  });

  it("is refused where the platform has no secret", async () => {
    expect(await text("keyless", "/a", token(good, undefined, "undefined"))).toBe(unauthenticated);
    expect(await text("keyless", "/a", token(good, undefined, ""))).toBe(unauthenticated);
  });
});

describe("a protected path", () => {
  const user = token(good);
  const admin = token({ ...good, roles: ["other", "ADMIN"] });
  const single = token({ ...good, role: "Admin" });

  it.each([
    "/admin",
    "/admin/",
    "/admin/x",
    "/admin/x/y",
    "//admin",
    "/admin//x",
    "/%61dmin",
    "/admin%2Fx",
    "/x/../admin",
    "/admin/%2e%2e/admin/x",
  ])("%s needs the role", async (path) => {
    expect(await text("guarded", path)).toBe(unauthenticated);
    expect(await text("guarded", path, user)).toBe(forbidden);
    expect((await get("guarded", path, admin)).status).toBe(200);
    expect((await get("guarded", path, single)).status).toBe(200);
  });

  it("is decided by the first rule that matches", async () => {
    expect(await text("guarded", "/admin/open", user)).toBe('200 "open"');
    expect(await text("guarded", "/admin/open2", user)).toBe(forbidden);
  });

  it("may be left open before a rule that would close it, and no path beside it", async () => {
    expect(await text("guarded", "/admin/login")).toBe('200 "login"');
    expect(await text("guarded", "/admin/log%69n", user)).toBe('200 "login"');
    for (const path of ["/admin/login/", "/admin/Login", "//admin/login", "/admin%2Flogin"]) {
      expect(await text("guarded", path)).toBe(unauthenticated);
    }
  });

  it.each(["/administrator", "/x/admin", "/Admin"])("%s is another path", async (path) => {
    expect((await get("guarded", path)).status).toBe(200);
  });

  it("is refused before middleware, with CORS headers, to any method", async () => {
    const response = await get("guarded", "/me");
    expect(response.headers.get("X-Seen")).toBeNull();
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe("https://a.example");
    expect(response.headers.get("WWW-Authenticate")).toBe("Bearer");
    expect((await running.fetch("guarded", "/me", { method: "HEAD" })).status).toBe(401);
    expect((await running.fetch("guarded", "/me", { method: "DELETE" })).status).toBe(401);
    expect((await running.fetch("guarded", "/me", { method: "OPTIONS" })).status).toBe(204);
  });
});

describe("a route with auth", () => {
  it("takes a user, or one of the role", async () => {
    const admin = token({ sub: "a", role: "admin" });
    expect(await text("routes", "/user")).toBe(unauthenticated);
    expect(await text("routes", "/user", token(good))).toBe('200 "u1"');
    expect(await text("routes", "/admin")).toBe(unauthenticated);
    expect(await text("routes", "/admin", token(good))).toBe(forbidden);
    expect(await text("routes", "/admin", admin)).toBe('200 "admin"');
  });

  it("leaves the other methods of its path open", async () => {
    expect((await running.fetch("routes", "/user", { method: "POST" })).status).toBe(200);
    expect((await running.fetch("routes", "/user", { method: "HEAD" })).status).toBe(401);
  });
});

it("csp and hsts stand on every response", async () => {
  for (const path of ["/open", "/me", "/admin"]) {
    const { headers } = await get("guarded", path);
    expect(headers.get("Content-Security-Policy")).toBe(
      "default-src 'self'; script-src 'self' https://cdn.example",
    );
    expect(headers.get("Strict-Transport-Security")).toBe("max-age=60; includeSubDomains");
  }
});

describe("a sensitive field", () => {
  const one = '200 {"id":"u1"}';
  const shown = '200 {"id":"u1","iban":"DE1"}';

  it("is seen by the roles named and by its owner", async () => {
    expect(await text("fields", "/one")).toBe(one);
    expect(await text("fields", "/one", token({ id: "u2" }))).toBe(one);
    expect(await text("fields", "/one", token({ id: "u1" }))).toBe(shown);
    expect(await text("fields", "/one", token({ roles: ["admin"] }))).toBe(shown);
    expect(await text("fields", "/one", token({ id: "u1" }, undefined, "forged"))).toBe(one);
  });

  it("is hidden at any depth, and dates survive", async () => {
    expect(await text("fields", "/deep", token({ id: "u2" }))).toBe(
      '200 {"page":{"items":[{"id":"u1"},{"id":"u2","iban":"DE2"}],"at":"1970-01-01T00:00:00.000Z"}}',
    );
  });

  it.each([
    ["dict", '{"a":{"id":"u1"}}'],
    ["deque", '[{"id":"u1"}]'],
    ["seq", '[{"id":"u1"}]'],
    ["list", '[{"value":{"id":"u1"}}]'],
  ])("is hidden in a %s", async (collection, json) => {
    expect(await text("fields", `/kept/${collection}`)).toBe(`200 ${json}`);
  });

  it.each(["/outer", "/inner"])("is hidden in the result of a middleware (%s)", async (path) => {
    expect(await text("fields", path)).toBe(one);
    expect(await text("fields", path, token({ id: "u1" }))).toBe(shown);
  });

  it("is hidden in what on_error gives", async () => {
    expect(await text("fields", "/fails")).toBe('500 {"failed":{"id":"u1"}}');
    expect(await text("fields", "/fails", token({ id: "u1" }))).toBe(
      '500 {"failed":{"id":"u1","iban":"DE1"}}',
    );
  });

  it("is hidden in what a type says of itself as JSON", async () => {
    expect(await text("fields", "/json")).toBe('200 {"by":{"id":"u1"}}');
  });

  it("of a plain object or in a response of one's own is not covered", async () => {
    expect(await text("fields", "/plain")).toBe('200 {"iban":"DE3"}');
    expect(await text("fields", "/own")).toBe("200 iban DE4");
  });
});
