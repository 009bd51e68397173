// How often clients may ask, counted by workerd's rate limiting binding (spec 12).
import { createHmac } from "node:crypto";
import { compile } from "../../src";
import { clientKey, network } from "../../src/runtime/rate-limit";
import { type Running, start } from "./start";

jest.setTimeout(60_000);

const programs = {
  all: `edge "all" {
  cors {}
  health "/live"
  route GET "/" => fn() "ok"
}
security { rate_limit { max: 2, window: 60 } }`,
  rules: `edge "rules" {
  kv RATE_LIMIT
  route GET "/open" => fn() "open"
  route GET "/login/again" => fn() "again"
  route POST "/login" => fn() "in"
  route GET "/me" => fn(req) req.user.sub
}
security {
  auth jwt { secret: env("KEY") }
  protect "/login/again" { require: authenticated }
  protect "/login/*" { require: authenticated, rate_limit: { max: 1, window: 60 } }
  protect "/me" { require: authenticated, rate_limit: { max: 2, window: 10 } }
}`,
  anyone: `edge "anyone" { route POST "/login" => fn() "in" route GET "/" => fn() "ok" }
security { protect "/login" { require: anyone, rate_limit: { max: 1, window: 60 } } }`,
  proxied: `edge "proxied" { route GET "/" => fn() "ok" }
security { trust_proxy true rate_limit { max: 1, window: 60 } }`,
};

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
function bearer(claims: object): string {
  const signed = `${encode({ alg: "HS256" })}.${encode(claims)}`;
  return `Bearer ${signed}.${createHmac("sha256", "key").update(signed).digest("base64url")}`;
}

let running: Running;
beforeAll(async () => {
  // The local counter starts anew every ten seconds of the clock: the tests are to be between.
  const left = 10_000 - (Date.now() % 10_000);
  if (left < 2500) await new Promise((resolve) => setTimeout(resolve, left));
  running = await start(programs, { KEY: "key" });
});
afterAll(() => running.mf.dispose());

async function statuses(program: string, path: string, requests: readonly RequestInit[]) {
  const found: number[] = [];
  for (const init of requests) found.push((await running.fetch(program, path, init)).status);
  return found;
}
const from = (address: string, init: RequestInit = {}): RequestInit => ({
  ...init,
  headers: { ...init.headers, "CF-Connecting-IP": address },
});
const as = (sub: string, address = "9.9.9.9"): RequestInit =>
  from(address, { headers: { Authorization: bearer({ sub }) } });

it("limits a path that anyone may ask for, without an auth", async () => {
  expect(compile(programs.anyone, { fileName: "anyone.tova" }).diagnostics).toEqual([]);
  const login = from("1.1.1.9", { method: "POST" });
  expect(await statuses("anyone", "/login", [login, login])).toEqual([200, 429]);
  expect(await statuses("anyone", "/", [from("1.1.1.9"), from("1.1.1.9")])).toEqual([200, 200]);
});

it("answers 429 with the time to wait, and the headers of every response", async () => {
  const me = from("1.1.1.1", { headers: { Origin: "https://a.example" } });
  expect(await statuses("all", "/", [me, me, me])).toEqual([200, 200, 429]);
  const response = await running.fetch("all", "/", me);
  expect([response.headers.get("Retry-After"), await response.json()]).toEqual([
    "60",
    { error: "Too many requests" },
  ]);
  expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
});

it("counts each client alone, over all paths, but no preflights", async () => {
  const one = from("2.2.2.2");
  expect(await statuses("all", "/", [{ ...one, method: "OPTIONS" }, one])).toEqual([204, 200]);
  expect(await statuses("all", "/nowhere", [one, one])).toEqual([404, 429]);
  expect(await statuses("all", "/", [from("2.2.2.3")])).toEqual([200]);
});

it("counts a network of IPv6 as one client", async () => {
  const addresses = ["2001:db8::1", "2001:db8:0:0:1:2:3:4", "2001:DB8::ffff"];
  expect(
    await statuses(
      "all",
      "/",
      addresses.map((one) => from(one)),
    ),
  ).toEqual([200, 200, 429]);
});

it("counts by the rule of the path, refused requests too", async () => {
  const post = from("3.3.3.3", { method: "POST" });
  expect(await statuses("rules", "/login", [post, post])).toEqual([401, 429]);
  expect(await statuses("rules", "//lo%67in", [post])).toEqual([429]);
  const get = from("3.3.3.3");
  expect(await statuses("rules", "/login/again", [get, get])).toEqual([401, 401]);
  expect(await statuses("rules", "/open", [get, get])).toEqual([200, 200]);
});

it("counts a user wherever from, and others at the same address apart", async () => {
  const sent = [as("u1"), as("u1", "8.8.8.8"), as("u1"), as("u2")];
  expect(await statuses("rules", "/me", sent)).toEqual([200, 200, 429, 200]);
});

it("believes a proxy only where the program does", async () => {
  const via = (address: string) => from("7.7.7.7", { headers: { "X-Forwarded-For": address } });
  const hops = [via("1.2.3.4, 10.0.0.1"), via("1.2.3.5"), via("1.2.3.4")];
  expect(await statuses("proxied", "/", hops)).toEqual([200, 200, 429]);
  expect(await statuses("all", "/", [via("1.2.3.6"), via("1.2.3.7"), via("1.2.3.8")])).toEqual([
    200, 200, 429,
  ]);
});

it.each([
  ["1.2.3.4", "1.2.3.4"],
  ["::1", "0:0:0:0"],
  ["fe80::1:2", "fe80:0:0:0"],
  ["2001:0db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["1:2:3::", "1:2:3:0"],
  ["64:ff9b::1.2.3.4", "64:ff9b:0:0"],
])("the network of %s is %s", (address, expected) => {
  expect(network(address)).toBe(expected);
});

it("knows a user by `sub` or `id`, and never takes one for an address", () => {
  const request = new Request("http://a/", { headers: { "CF-Connecting-IP": "user 1" } });
  expect(clientKey(request, { sub: "1" }, false)).toBe("user 1");
  expect(clientKey(request, { id: 1 }, false)).toBe("user 1");
  expect(clientKey(request, {}, false)).toBe("address user 1");
  expect(clientKey(new Request("http://a/"), null, true)).toBe("address ");
});

it.each([
  ["198.51.100.7", "198.51.100.7"],
  ["1.1.1.1, 198.51.100.7", "198.51.100.7"],
  ["1.1.1.1, 198.51.100.7, 203.0.113.9", "198.51.100.7"],
  ["1.1.1.1, 198.51.100.7, 10.0.0.1 , 172.16.3.4", "198.51.100.7"],
  ["1.1.1.1, 198.51.100.7:4711", "198.51.100.7"],
  ["1.1.1.1,[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2"],
  ["1.1.1.1, 198.51.100.7, ::ffff:10.0.0.1", "198.51.100.7"],
  ["1.1.1.1, ::FFFF:198.51.100.7, ::ffff:203.0.113.9", "198.51.100.7"],
  ["1.1.1.1, [::ffff:c633:6407]:4711, 0:0:0:0:0:ffff:a00:1", "198.51.100.7"],
  ["10.1.2.3", "10.1.2.3"],
  ["203.0.113.9", "203.0.113.9"],
  [" , ", "203.0.113.9"],
])("behind a proxy at 203.0.113.9 that tells of %s the client is %s", (hops, expected) => {
  const headers = { "CF-Connecting-IP": "203.0.113.9", "X-Forwarded-For": hops };
  expect(clientKey(new Request("http://a/", { headers }), null, true)).toBe(`address ${expected}`);
});

it("takes an address of IPv4 that is written as one of IPv6 for the same client", () => {
  const headers = { "CF-Connecting-IP": "::ffff:192.0.2.1" };
  expect(clientKey(new Request("http://a/", { headers }), null, false)).toBe("address 192.0.2.1");
});

describe("the configuration", () => {
  const worker = (source: string, deploy = "") =>
    compile(source, { fileName: "shop.tova", deploy: { fileName: "d.toml", text: deploy } });

  it("binds a counter for each rule, under a name that nothing else has", () => {
    const [made] = worker(programs.rules).workers;
    expect(made?.config?.text).toContain(`[[ratelimits]]
name = "RATE_LIMIT_"
namespace_id = "`);
    expect(made?.outline.rateLimiters).toMatchObject([
      { binding: "RATE_LIMIT_", max: 1, window: 60 },
      { binding: "RATE_LIMIT_2", max: 2, window: 10 },
    ]);
    expect(made?.types?.text).toContain("  RATE_LIMIT_: RateLimit;\n  RATE_LIMIT_2: RateLimit;\n");
  });

  it("counts apart in each worker and environment, the same in every build", () => {
    const two = `${programs.all}\nedge "b" { route GET "/" => fn() 1 }\nedge "c" { schedule "s" cron("0 0 * * *") { } }`;
    const ids = () => {
      const { workers } = worker(two, "[env.staging]\n");
      return workers.flatMap(({ outline, environments }) =>
        [outline, environments.staging].flatMap((one) => one?.rateLimiters.map(({ id }) => id)),
      );
    };
    expect(ids()).toHaveLength(4);
    expect(new Set(ids()).size).toBe(4);
    expect(ids()).toEqual(ids());
    for (const id of ids()) expect(id).toMatch(/^[1-9]\d{0,9}$/);
  });

  it("is refused, once, where it cannot be enforced", () => {
    const security = "security { rate_limit { max: 1, window: 30 } }";
    const block = (name: string, target: string) =>
      `edge "${name}" { target: "${target}" route GET "/" => fn() 1 }`;
    const codes = (source: string) =>
      worker(`${source}\n${security}`).diagnostics.map(({ code, message }) => `${code} ${message}`);
    expect(codes(block("a", "cloudflare") + block("b", "cloudflare"))).toEqual([
      "E_RATE_LIMIT_TARGET On cloudflare requests cannot be counted over 30 seconds.",
    ]);
    expect(codes(block("a", "deno"))).toEqual([
      "E_RATE_LIMIT_TARGET `rate_limit` is not enforced on deno, since the platform counts no requests.",
    ]);
  });
});
