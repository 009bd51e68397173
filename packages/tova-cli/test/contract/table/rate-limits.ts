// How often clients may ask, where the platform counts requests (spec 12).
import { setTimeout as wait } from "node:timers/promises";
import { type Group, json, type Row, send } from "../row";

const get = (path: string, client: string) =>
  send(`GET ${path}`, { headers: [`X-Forwarded-For: ${client}`] });
const ok = json("ok");
const tooMany = json({ error: "Too many requests" }, 429, { "Retry-After": "60" });

const rows: readonly Row[] = [
  {
    name: "as many requests as the rule says, and no more",
    send: [get("/", "1.1.1.1"), get("/", "1.1.1.1"), get("/", "1.1.1.1"), get("/", "1.1.1.1")],
    gives: [ok, ok, ok, tooMany],
  },
  { name: "another client is counted by itself", send: get("/", "2.2.2.2"), gives: ok },
  {
    name: "a path with a rule of its own is counted there too",
    send: [get("/login", "3.3.3.3"), get("/login", "3.3.3.3"), get("/", "3.3.3.3")],
    gives: [ok, tooMany, ok],
  },
  {
    name: "a path written another way is the same path",
    send: [get("/login", "4.4.4.4"), get("/%6Cogin", "4.4.4.4")],
    gives: [ok, tooMany],
  },
  {
    name: "requests that are refused afterwards count",
    send: [get("/me", "5.5.5.5"), get("/me", "5.5.5.5")],
    gives: [json({ error: "Authentication required" }, 401), tooMany],
  },
  {
    name: "requests without a route count",
    send: ["/a", "/b", "/c", "/d"].map((path) => get(path, "6.6.6.6")),
    gives: [{ status: 404 }, { status: 404 }, { status: 404 }, tooMany],
  },
  {
    name: "addresses of one network of IPv6 are one client",
    send: [get("/login", "2001:db8::1"), get("/login", "2001:db8::2")],
    gives: [ok, tooMany],
  },
  {
    name: "the first proxy names the client",
    send: [get("/login", "7.7.7.7, 8.8.8.8"), get("/login", "8.8.8.8, 7.7.7.7")],
    gives: [ok, ok],
  },
];

export const rateLimits: Group = {
  name: "rate limits",
  around: `
security {
  auth jwt { secret: JWT_KEY }
  protect "/login" { require: anyone, rate_limit: { max: 1, window: 60 } }
  protect "/me" { require: authenticated, rate_limit: { max: 1, window: 60 } }
  rate_limit { max: 3, window: 60 }
  trust_proxy true
}`,
  edge: `
  secret JWT_KEY
  route GET "/" => fn() "ok"
  route GET "/login" => fn() "ok"
  route GET "/me" => fn() "me"
  `,
  env: { JWT_KEY: "k".repeat(40) },
  refused: "E_RATE_LIMIT_TARGET",
  // Miniflare's counter starts anew every ten seconds of the clock: the rows are to be between.
  async ready() {
    const left = 10_000 - (Date.now() % 10_000);
    if (left < 2500) await wait(left);
  },
  rows: rows.map((row): Row => ({ ...row, needs: ["rate_limit"] })),
};
