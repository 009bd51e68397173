// The helpers inside workerd, whose Response, streams and upgrades are not Node's.
import { Miniflare } from "miniflare";
import { link } from "../../src/emit/link";
import { type HelperName, runtime } from "../../src/generated/runtime";

const cors = `{ origins: ["https://a.test"], methods: "GET", headers: "X-A", credentials: true, maxAge: "60" }`;
const worker = `
${link(Object.keys(runtime) as HelperName[])}
const cors = ${cors};
async function answer(request, env) {
  const parts = $pathOf(request.url).split("/").slice(1).map((part) => $paramOf(part, 0));
  switch (parts[0]) {
    case "fetched": return env.OTHER.fetch(request);
    case "socket": {
      const pair = new WebSocketPair();
      pair[1].accept();
      return new Response(null, { status: 101, webSocket: pair[0] });
    }
    case "stored": {
      await env.FILES.put("k", "stored body");
      return new Response((await env.FILES.get("k")).body, { headers: { Vary: "Accept" } });
    }
    case "cycle": { const a = {}; a.a = a; return $respond(a); }
    case "bigint": return $respond({ n: 1n });
    case "memory": return $healthMemory();
    case "hash": return $respond([$base64Encode("é"), $uuid().length, $parseUrl("https://h/p").unwrap().host]);
    default: return $respond(parts);
  }
}
export default {
  async fetch(request, env) {
    const dispatch = (req, path, method = req.method) =>
      method === "HEAD"
        ? $unrouted(dispatch, req, path, method, "GET, HEAD, OPTIONS", $headLater)
        : answer(req, env);
    const layered = $nextOnce((req, next) => next(req), dispatch);
    const onError = (thrown) => ({ error: thrown.message });
    let response;
    try {
      response = $respond(await layered(request));
    } catch (error) {
      response = await $fail(error, request, onError);
    }
    return $withCors(cors, request, response);
  },
};`;
const other = `export default { fetch() { return new Response("from another", { headers: { "X-B": "1" } }); } };`;

const options = { modules: true, compatibilityDate: "2026-04-01", cf: false } as const;
let mf: Miniflare;
beforeAll(async () => {
  mf = new Miniflare({
    host: "127.0.0.1",
    workers: [
      {
        ...options,
        name: "main",
        script: worker,
        r2Buckets: ["FILES"],
        serviceBindings: { OTHER: "other" },
      },
      { ...options, name: "other", script: other },
    ],
  });
  await mf.ready;
});
afterAll(() => mf.dispose());

const get = (path: string, init: { method?: string; headers?: Record<string, string> } = {}) =>
  mf.dispatchFetch(`http://h${path}`, {
    ...init,
    headers: { Origin: "https://a.test", ...init.headers },
  });

test("paths are decoded part by part", async () => {
  expect(await (await get("/a%20b/%2F/%E0%A4%A?q=/z")).json()).toEqual(["a b", "/", "%E0%A4%A"]);
});

test("a fetched response, whose headers are fixed, gets CORS headers", async () => {
  const response = await get("/fetched");
  expect(await response.text()).toBe("from another");
  expect(response.headers.get("x-b")).toBe("1");
  expect(response.headers.get("access-control-allow-origin")).toBe("https://a.test");
});

test("a stored body streams through, Vary merged", async () => {
  const response = await get("/stored");
  expect(await response.text()).toBe("stored body");
  expect(response.headers.get("vary")).toBe("Accept, Origin");
});

test.each(["/fetched", "/stored", "/x"])("HEAD %s has no body", async (path) => {
  const response = await get(path, { method: "HEAD" });
  expect([response.status, await response.text()]).toEqual([200, ""]);
});

test("a WebSocket upgrade passes", async () => {
  const response = await get("/socket", { headers: { Upgrade: "websocket" } });
  expect(response.status).toBe(101);
  expect(response.webSocket).toBeTruthy();
});

test.each([
  ["/cycle", /circular/i],
  ["/bigint", /BigInt/],
])("%s reaches on_error with a clear message", async (path, message) => {
  const response = await get(path);
  expect(response.status).toBe(500);
  expect(((await response.json()) as { error: string }).error).toMatch(message);
  expect(response.headers.get("access-control-allow-origin")).toBe("https://a.test");
});

test("memory is said to be unknown rather than invented", async () => {
  expect(await (await get("/memory")).json()).toMatchObject({
    status: "healthy",
    checks: { memory: { status: "unavailable" } },
  });
});

test("the library runs on the platform's own encoders and crypto", async () => {
  expect(await (await get("/hash")).json()).toEqual(["w6k=", 36, "h"]);
});
