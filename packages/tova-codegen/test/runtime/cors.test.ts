// CORS headers on responses and preflight answers.
import { type CorsRules, withCors } from "../../src/runtime/cors";

const any: CorsRules = { origins: null, credentials: false };
const listed: CorsRules = { origins: ["https://a.test"], credentials: true };
const from = (origin?: string) =>
  new Request("http://h/", origin ? { headers: { Origin: origin } } : {});
const cors = (response: Response) =>
  Object.fromEntries([...response.headers].filter(([name]) => /^(vary|access-)/.test(name)));

test("any origin is allowed by *", () => {
  const response = withCors(any, from("https://b.test"), new Response());
  expect(cors(response)).toEqual({ "access-control-allow-origin": "*", vary: "Origin" });
});

test("a listed origin is echoed, with credentials", () => {
  expect(cors(withCors(listed, from("https://a.test"), new Response()))).toEqual({
    "access-control-allow-credentials": "true",
    "access-control-allow-origin": "https://a.test",
    vary: "Origin",
  });
});

test.each(["https://b.test", "https://a.test.evil.test", "null", undefined])(
  "nothing but Vary for origin %s",
  (origin) => {
    expect(cors(withCors(listed, from(origin), new Response()))).toEqual({ vary: "Origin" });
  },
);

test.each([
  ["Accept", "Accept, Origin"],
  ["origin", "origin"],
  ["Accept, Origin, X", "Accept, Origin, X"],
  ["X-Origin", "X-Origin, Origin"],
  ["*", "*"],
])("Vary: %s becomes %s", (vary, merged) => {
  const response = withCors(any, from("https://a.test"), new Response("", { headers: { vary } }));
  expect(response.headers.get("vary")).toBe(merged);
});

test("an origin that is not listed gets nothing that was allowed to another", () => {
  const shared = new Response(null, { status: 204 });
  withCors(listed, from("https://a.test"), shared);
  const later = withCors(listed, from("https://b.test"), shared).headers;
  expect([later.get("access-control-allow-origin"), later.get("vary")]).toEqual([null, "Origin"]);
});

test("keeps status, headers and a streaming body", async () => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("part"));
      controller.close();
    },
  });
  const given = new Response(body, {
    status: 206,
    headers: [
      ["set-cookie", "a"],
      ["set-cookie", "b"],
    ],
  });
  const response = withCors(any, from("https://a.test"), given);
  expect(response.status).toBe(206);
  expect(response.headers.getSetCookie()).toEqual(["a", "b"]);
  expect(await response.text()).toBe("part");
});

test("adds to responses whose headers cannot change, and leaves the one it was given alone", () => {
  const fixed = Response.redirect("http://h/z", 302);
  const response = withCors(any, from("https://a.test"), fixed);
  expect(response.status).toBe(302);
  expect(response.headers.get("location")).toBe("http://h/z");
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect(fixed.headers.has("access-control-allow-origin")).toBe(false);
});

test("responses without a body stay so", () => {
  expect(
    withCors(any, from("https://a.test"), new Response(null, { status: 204 })).body,
  ).toBeNull();
});

test("an upgrade to a WebSocket passes untouched", () => {
  const upgrade = { status: 101, webSocket: {} } as unknown as Response;
  expect(withCors(any, from("https://a.test"), upgrade)).toBe(upgrade);
});

test("the answer to a preflight keeps the headers it has", () => {
  const headers = { "Access-Control-Allow-Methods": "GET", "Access-Control-Max-Age": "60" };
  const answer = new Response(null, { status: 204, headers });
  expect(cors(withCors(listed, from("https://a.test"), answer))).toEqual({
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": "GET",
    "access-control-allow-origin": "https://a.test",
    "access-control-max-age": "60",
    vary: "Origin",
  });
});
