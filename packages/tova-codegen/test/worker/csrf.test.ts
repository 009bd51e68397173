// Requests that other sites make browsers send, in workerd (spec 12).
import { compile } from "../../src";
import { type Running, start } from "./start";

jest.setTimeout(60_000);

const program = `edge "shop" {
  route GET "/cart" => fn() "cart"
  route POST "/cart" => fn() "changed"
  route DELETE "/cart" => fn() "gone"
  route POST "/hooks" => fn() "hooks"
  route POST "/hooks/:name" => fn(req, params) params.name
  route POST "/in/:name/done" => fn(req, params) params.name
  route POST "/caf%C3%A9" => fn() "coffee"
  route POST "/*rest" => fn(req, params) "rest {params.rest}"
}
security {
  csrf {
    exempt: ["/hooks/*", "/in/:name/done", "/caf%C3%A9", "/a//b"]
    trusted_origins: ["https://shop.example"]
  }
}`;

let running: Running;
beforeAll(async () => {
  running = await start({ shop: program });
});
afterAll(() => running.mf.dispose());

const send = async (headers: Record<string, string>, path = "/cart", method = "POST") =>
  (await running.fetch("shop", path, { method, headers })).status;
const cookie = { Cookie: "session=1" };
const here = "http://localhost";
const there = "https://evil.example";

it.each<[string, Record<string, string>]>([
  ["from another site", { "Sec-Fetch-Site": "cross-site", Origin: there }],
  [
    "from another host of the site",
    { "Sec-Fetch-Site": "same-site", Origin: "http://a.localhost" },
  ],
  [
    "that says it is from here, which browsers deny",
    { "Sec-Fetch-Site": "cross-site", Origin: here },
  ],
  ["of an old browser from another site", { Origin: there }],
  ["of an old browser from another port", { Origin: `${here}:81` }],
  ["from an opaque origin", { Origin: "null" }],
  ["with an origin that is none", { Origin: "localhost" }],
  ["whose origin only begins like a trusted one", { Origin: "https://shop.example.evil.example" }],
  ["of which nothing tells where it is from", {}],
])("refuses a request %s", async (_, headers) => {
  expect(await send({ ...cookie, ...headers })).toBe(403);
  expect(await send({ ...cookie, ...headers }, "/cart", "DELETE")).toBe(403);
});

it.each<[string, Record<string, string>]>([
  ["from its own pages", { "Sec-Fetch-Site": "same-origin", Origin: here }],
  ["of the user alone", { "Sec-Fetch-Site": "none" }],
  ["of an old browser from its own pages", { Origin: here }],
  ["from a trusted origin", { "Sec-Fetch-Site": "cross-site", Origin: "https://shop.example" }],
])("takes a request %s", async (_, headers) => {
  expect(await send({ ...cookie, ...headers })).toBe(200);
});

it("leaves alone what changes nothing, and what has no credentials of the browser", async () => {
  const foreign = { "Sec-Fetch-Site": "cross-site", Origin: there };
  expect(await send({ ...cookie, ...foreign }, "/cart", "GET")).toBe(200);
  expect(await send({ ...cookie, ...foreign }, "/cart", "HEAD")).toBe(200);
  expect(await send(foreign)).toBe(200);
  expect(await send({ ...foreign, Authorization: "Bearer x" })).toBe(200);
  expect(await send({ ...foreign, Authorization: "Basic eDp5" })).toBe(403);
});

const foreign = { ...cookie, "Sec-Fetch-Site": "cross-site", Origin: there };

it.each([
  ...["/hooks/pay", "/hooks/", "/hooks/a/b", "/hooks/a%2Fb", "/%68ooks/pay", "/in/x/done"],
  ...["/in/%2F/done", "/caf%C3%A9", "/caf%c3%a9", "/a//b", "/hooks/pay?x=/cart"],
])("lets other sites at %s, which is exempt", async (path) => {
  expect(await send(foreign, path)).toBe(200);
});

it.each([
  // What a route of the exempt path would not take is not exempt.
  ...["/hooks", "//hooks/pay", "/hooks%2Fpay", "/hooks/../cart", "/hooks/%2e%2e/cart"],
  ...["/Hooks/pay", "/cart/hooks/pay", "/hookspay", "/x/%2fhooks/pay", "/%2568ooks/pay"],
  ...["/in//done", "/in/done", "/in/x/done/", "/in/x/y/done", "/in/x//done", "/in/x/done%2F"],
  ...["/caf%C3%A9/", "//caf%C3%A9", "/caf%25C3%25A9", "/cafe", "/a/b", "/a///b", "/a%2F/b"],
])("takes %s for another path than the exempt ones", async (path) => {
  expect(await send(foreign, path)).toBe(403);
});

it.each([["hooks/*"], ["/hooks*"], ["/*/hooks"], ["/hooks?x"]])("%s is no exempt path", (path) => {
  const source = `edge { route GET "/" => fn() 1 }\nsecurity { csrf { exempt: ["${path}"] } }`;
  const { diagnostics } = compile(source, { fileName: "a.tova" });
  expect(diagnostics.map(({ severity }) => severity)).toContain("error");
});

it("says why", async () => {
  const response = await running.fetch("shop", "/cart", { method: "POST", headers: cookie });
  expect(await response.json()).toEqual({ error: "Request from another site refused" });
});
