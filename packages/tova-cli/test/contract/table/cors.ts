// Headers for other origins (spec 11.5), on every response.
import { type Answer, type Group, json, send } from "../row";

const from = (line: string, origin: string | null, more: readonly string[] = []) =>
  send(line, { headers: [...(origin === null ? [] : [`Origin: ${origin}`]), ...more] });
const own = "https://a.example";
const other = "https://b.example";

const allowed = (status: number, headers: Answer["headers"] = {}): Answer => ({
  status,
  headers: {
    "Access-Control-Allow-Origin": own,
    "Access-Control-Allow-Credentials": "true",
    Vary: /(^|[ ,:])Origin($|,)/,
    ...headers,
  },
});
const refused = (status: number, headers: Answer["headers"] = {}): Answer => ({
  status,
  headers: {
    "Access-Control-Allow-Origin": null,
    "Access-Control-Allow-Credentials": null,
    Vary: /(^|[ ,:])Origin($|,)/,
    ...headers,
  },
});
const preflight = {
  "Access-Control-Allow-Methods": "GET, PUT",
  "Access-Control-Allow-Headers": "X-A, Content-Type",
  "Access-Control-Max-Age": "60",
};

export const cors: Group = {
  name: "cors",
  edge: `
  cors {
    origins: ["${own}", "https://c.example"]
    methods: [GET, "PUT"]
    headers: ["X-A", "Content-Type"]
    credentials: true
    max_age: 60
  }
  middleware fn stop(req, next) { if req.url.endsWith("/stopped") { Response.new("no", { status: 403 }) } else { next(req) } }
  route GET "/" => fn() "root"
  route GET "/varies" => fn() Response.new("x", { headers: { Vary: "Accept-Encoding" } })
  route GET "/varies/by" => fn() Response.new("x", { headers: { Vary: "accept, ORIGIN" } })
  route GET "/redirect" => fn() Response.redirect("${other}/", 302)
  route GET "/throws" => fn() { null.x }
  route GET "/empty" => fn() Response.new(nil, { status: 204 })
  route GET "/cookies" => fn() { h = Headers.new(); h.append("Set-Cookie", "a=1"); h.append("Set-Cookie", "b=2"); Response.new("x", { headers: h }) }
  route OPTIONS "/own" => fn() "own"
  `,
  rows: [
    { name: "a listed origin", send: from("GET /", own), gives: allowed(200) },
    {
      name: "another listed origin",
      send: from("GET /", "https://c.example"),
      gives: allowed(200, { "Access-Control-Allow-Origin": "https://c.example" }),
    },
    { name: "an origin that is not listed", send: from("GET /", other), gives: refused(200) },
    { name: "no origin", send: from("GET /", null), gives: refused(200) },
    { name: "the origin of a file", send: from("GET /", "null"), gives: refused(200) },
    {
      name: "an origin that begins like a listed one",
      send: from("GET /", `${own}.evil.example`),
      gives: refused(200),
    },
    {
      name: "an origin in another case",
      send: from("GET /", "https://A.example"),
      gives: refused(200),
    },
    { name: "not found", send: from("GET /none", own), gives: allowed(404) },
    {
      name: "another method",
      send: from("DELETE /", own),
      gives: allowed(405, { Allow: "GET, HEAD, OPTIONS" }),
    },
    { name: "HEAD", send: from("HEAD /", own), gives: allowed(200) },
    { name: "an error", send: from("GET /throws", own), gives: allowed(500) },
    { name: "a middleware's own answer", send: from("GET /stopped", own), gives: allowed(403) },
    {
      name: "a redirect, whose headers cannot be changed",
      send: from("GET /redirect", own),
      gives: allowed(302, { Location: `${other}/` }),
    },
    { name: "an answer without a body", send: from("GET /empty", own), gives: allowed(204) },
    {
      name: "what else it varies by stays",
      send: from("GET /varies", own),
      gives: allowed(200, { Vary: "Accept-Encoding, Origin" }),
    },
    {
      name: "what it varies by is not repeated",
      send: from("GET /varies/by", own),
      gives: allowed(200, { Vary: "accept, ORIGIN" }),
    },
    {
      name: "cookies stay apart",
      send: from("GET /cookies", own),
      gives: allowed(200, { "Set-Cookie": ["a=1", "b=2"] }),
    },
    {
      name: "a preflight",
      send: from("OPTIONS /", own, [
        "Access-Control-Request-Method: PUT",
        "Access-Control-Request-Headers: x-a",
      ]),
      gives: { ...allowed(204, preflight), text: "" },
    },
    {
      name: "a preflight of a path that is not",
      send: from("OPTIONS /none", own),
      gives: allowed(204, preflight),
    },
    {
      name: "a preflight comes before middleware",
      send: from("OPTIONS /stopped", own),
      gives: allowed(204, preflight),
    },
    {
      name: "a preflight of an origin that is not listed",
      send: from("OPTIONS /", other),
      gives: refused(204),
    },
    {
      name: "OPTIONS with a route of its own",
      send: from("OPTIONS /own", own),
      gives: { ...json("own"), ...allowed(200) },
    },
  ],
};
