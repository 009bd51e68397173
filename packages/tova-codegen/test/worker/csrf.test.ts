// Requests that other sites make browsers send, in workerd (spec 12).
import { type Running, start } from "./start";

jest.setTimeout(60_000);

const program = `edge "shop" {
  route GET "/cart" => fn() "cart"
  route POST "/cart" => fn() "changed"
  route DELETE "/cart" => fn() "gone"
  route POST "/hooks/:name" => fn(req, params) params.name
}
security {
  csrf { exempt: ["/hooks/*"], trusted_origins: ["https://shop.example"] }
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

it("lets other sites at exempt paths only", async () => {
  const foreign = { ...cookie, "Sec-Fetch-Site": "cross-site", Origin: there };
  expect(await send(foreign, "/hooks/pay")).toBe(200);
  expect(await send(foreign, "//hooks/pay")).toBe(403);
  expect(await send(foreign, "/hooks%2Fpay")).toBe(403);
  expect(await send(foreign, "/hooks/../cart")).toBe(403);
  expect(await send(foreign, "/Hooks/pay")).toBe(403);
  expect(await send(foreign, "/cart/hooks/pay")).toBe(403);
});

it("says why", async () => {
  const response = await running.fetch("shop", "/cart", { method: "POST", headers: cookie });
  expect(await response.json()).toEqual({ error: "Request from another site refused" });
});
