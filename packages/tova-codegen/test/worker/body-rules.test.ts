// What refined types and rules of fields ask of bodies, and how large these may be, in workerd.
import { compile } from "../../src";
import { type Running, start } from "./start";

jest.setTimeout(60_000);

const rules = `
shared {
  type Email = String where { it |> contains("@") }
  type Work = Email where { it.endsWith("@work.example") }
  type Person { name: String, age: Int }
  type Adult = Person where { it.age >= 18 }
  type Even = Int where { rest = it % 2  rest == 0 }
  type User {
    name: String { required, min(2), max: 5 }
    mail: Email
    boss: Option<Work>
    who: Adult
    evens: [Even] { min(1), max(2) }
    level: Int { min(1), max(3) }
    code: String { length(3), pattern(/^[a-z]+$/) }
    tag: Option<String> { pattern("^#"), required: false }
    kind: String { one_of("a", "b") }
    site: Option<String> { url }
    id: Option<String> { uuid }
    contact: Option<String> { email }
    open: Option<Int> { required }
  }
}
edge "rules" { route POST "/user" body: User => fn(req) { user = await req.json() user.name } }
`;

const user = {
  name: "ann",
  mail: "a@b",
  boss: null,
  who: { name: "x", age: 18 },
  evens: [2],
  level: 1,
  code: "abc",
  kind: "a",
  site: "https://a.example",
  id: "8f7d5c3a-1111-4222-8333-444455556666",
  contact: "a@b.example",
  open: 0,
};

const limits = `edge "limits" {
  max_body: 10
  middleware fn seen(req, next) {
    if req.url.endsWith("/early") { await req.clone().text() }
    res = await next(req)
    res.headers.set("X-Seen", "yes")
    res
  }
  route POST "/text" => fn(req) await req.text()
  route POST "/early" => fn(req) await req.text()
  route POST "/caught" => fn(req) { try { await req.text() } catch e { e.message } }
  route POST "/large" with max_body("1kb") => fn(req) { text = await req.text() text.length }
  route POST "/json" body: [Int] => fn(req) await req.json()
  route POST "/unread" => fn() "unread"
  route POST "/echo" => fn(req) Response.new(req.body)
  route GET "/user" => fn(req) req.user
}`;

const typed = `edge "typed" {
  on_error fn(err) { { said: err.message } }
  route POST "/json" body: [String] => fn(req) { list = await req.json() list.length }
  route POST "/own" body: [String] with auth, max_body("2mb") => fn(req) { [req.user.sub, (await req.json()).length] }
  route POST "/small" body: [Int] with max_body(2), auth("Admin") => fn() 1
  route POST "/open" => fn(req) { text = await req.text() text.length }
}
security { auth jwt { secret: env("KEY") } }`;

let running: Running;
beforeAll(async () => {
  running = await start({ rules, limits, typed }, { KEY: "key" });
});
afterAll(() => running.mf.dispose());

const post = (program: string, path: string, init: RequestInit) =>
  running.fetch(program, path, { method: "POST", ...init });
const problems = async (body: unknown) => {
  const response = await post("rules", "/user", { body: JSON.stringify(body) });
  const { fields = [] } = (await response.json()) as {
    fields?: { field: string; message: string }[];
  };
  return [response.status, ...fields.map(({ field, message }) => `${field} ${message}`)];
};

it("takes what keeps all rules", async () => {
  expect(await problems(user)).toEqual([200]);
  expect(await problems({ ...user, tag: "#x", boss: "a@work.example" })).toEqual([200]);
});

it("names what breaks a rule, a refined type at any depth among them", async () => {
  const wrong = {
    name: "a",
    mail: "nobody",
    boss: "a@home.example",
    who: { name: "x", age: 17 },
    evens: [2, 3, 4],
    level: 4,
    code: "ab1",
    tag: "x",
    kind: "c",
    site: "a.example",
    id: "1",
    contact: "a",
    open: null,
  };
  expect(await problems(wrong)).toEqual([
    400,
    "name must have at least 2 characters",
    "mail must be a valid Email",
    "boss must be a valid Work",
    "who must be a valid Adult",
    "evens[1] must be a valid Even",
    "level must be at most 3",
    "code must match /^[a-z]+$/",
    "tag must match /^#/u",
    "kind must be one of a, b",
    "site must be a URL",
    "id must be a UUID",
    "contact must be an email address",
    "open is required",
  ]);
});

it("asks for the type before the rules, and for one thing at a time", async () => {
  const wrong = { ...user, name: "", mail: 1, evens: [], code: "a", who: { age: 3 } };
  expect(await problems(wrong)).toEqual([
    400,
    "name is required",
    "mail must be String",
    "who.name is required",
    "evens must have at least 1 items",
    "code must have 3 characters",
  ]);
});

// ── Sizes ──────────────────────────────────────────────────────────

/** A body whose length no header states. */
function chunked(parts: readonly string[]): RequestInit {
  const bytes = parts.map((part) => new TextEncoder().encode(part));
  const body = new ReadableStream({
    pull(controller) {
      const next = bytes.shift();
      if (next) controller.enqueue(next);
      else controller.close();
    },
  });
  return { body, duplex: "half" } as RequestInit;
}

const answer = async (program: string, path: string, init: RequestInit) => {
  const response = await post(program, path, init);
  return `${response.status} ${await response.text()}`;
};
const tooLarge = '413 {"error":"The body is too large"}';

it.each([
  ["of a stated length", (text: string): RequestInit => ({ body: text })],
  ["of a length not stated", (text: string) => chunked(text.match(/.{1,4}/g) ?? [])],
])("limits a body %s", async (_, init) => {
  expect(await answer("limits", "/text", init("0123456789"))).toBe('200 "0123456789"');
  expect(await answer("limits", "/text", init("01234567890"))).toBe(tooLarge);
  expect(await answer("limits", "/early", init("01234567890"))).toBe(tooLarge);
  expect(await answer("limits", "/json", init("[1,2,3,4,5]"))).toBe(tooLarge);
  expect(await answer("limits", "/json", init("[1,2]"))).toBe("200 [1,2]");
});

it("answers 413 also when a handler caught the error", async () => {
  expect(await answer("limits", "/caught", chunked(["01234567890"]))).toBe(tooLarge);
});

it("lets a route have more or less than its block", async () => {
  expect(await answer("limits", "/large", { body: "x".repeat(1024) })).toBe("200 1024");
  expect(await answer("limits", "/large", chunked(["x".repeat(1024)]))).toBe("200 1024");
  expect(await answer("limits", "/large", { body: "x".repeat(1025) })).toBe(tooLarge);
  expect(await answer("limits", "/large", chunked(["x".repeat(1000), "x".repeat(25)]))).toBe(
    tooLarge,
  );
});

it("does not count what nobody reads", async () => {
  expect(await answer("limits", "/unread", chunked(["01234567890"]))).toBe('200 "unread"');
  expect(await answer("limits", "/echo", chunked(["0123456789"]))).toBe("200 0123456789");
});

it("checks bodies of a megabyte, unless the program says more", async () => {
  const json = (size: number) => JSON.stringify(["x".repeat(size - 4)]);
  expect(await answer("typed", "/json", { body: json(1024 ** 2) })).toBe("200 1");
  expect(await answer("typed", "/json", { body: json(1024 ** 2 + 1) })).toBe(tooLarge);
  expect(await answer("typed", "/json", chunked([json(1024 ** 2 + 1)]))).toBe(tooLarge);
  expect(await answer("typed", "/open", { body: json(1024 ** 2 + 1) })).toBe("200 1048577");
});

it("refuses who may not come before it looks at the body, and keeps the user on the request", async () => {
  const body = chunked([JSON.stringify(["x"])]);
  expect(await answer("typed", "/small", { body: "[1]" })).toMatch(/^401/);
  // {"alg":"HS256"} . {"sub":"u1"}, signed with "key"
  const { createHmac } = await import("node:crypto");
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256" })}.${part({ sub: "u1" })}`;
  const mark = createHmac("sha256", "key").update(signed).digest("base64url");
  const headers = { Authorization: `Bearer ${signed}.${mark}` };
  expect(await answer("typed", "/own", { ...body, headers })).toBe('200 ["u1",1]');
});

it("refuses conditions that await, as a promise would pass for true", () => {
  const source = `fn known(x) { await fetch(x) }
type A = String where { await known(it) }
edge { route POST "/" body: A => fn() 1 }`;
  const { diagnostics, workers } = compile(source, { fileName: "a.tova" });
  expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([["E300", 2]]);
  expect(workers).toEqual([]);
});
