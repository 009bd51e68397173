// HEAD, OPTIONS, 405 and methods (spec 11.2).
import { type Group, json, notAllowed, notFound, send, text } from "../row";

const empty = (status: number, headers: Record<string, string | null> = {}) =>
  text("", status, headers);

export const methods: Group = {
  name: "methods",
  edge: `
  route GET "/r/:id" => fn(req, params) { params.id }
  route PUT "/r/:id" => fn(req) { "put {await req.text()}" }
  route POST "/c" => fn(req) { Response.new("made", { status: 201, headers: { Location: "/r/1" } }) }
  route patch "/c" => fn() "patched"
  route DELETE "/c" => fn() Response.new(nil, { status: 204 })
  route GET "/big" => fn() Response.new("x" * 100000, { headers: { "X-Made": "yes" } })
  route HEAD "/own" => fn() Response.new(nil, { headers: { "X-Head": "own" } })
  route GET "/own" => fn() "get"
  route OPTIONS "/o" => fn() "mine"
  route GET "/o" => fn() "get"
  route GET "/fails" => fn() { throw Error.new("no") }
  route GET "/twice" => fn() "first"
  route GET "/:any" => fn(req, params) params.any
  health "/live"
  `,
  rows: [
    { name: "GET", send: send("GET /r/1"), gives: json("1") },
    { name: "PUT at the same path", send: send("PUT /r/1", { body: "it" }), gives: json("put it") },
    {
      name: "POST",
      send: send("POST /c", { body: "" }),
      gives: text("made", 201, { Location: "/r/1" }),
    },
    { name: "PATCH", send: send("PATCH /c", { body: "" }), gives: json("patched") },
    { name: "DELETE", send: send("DELETE /c"), gives: empty(204) },
    {
      name: "HEAD of a GET route",
      send: send("HEAD /r/1"),
      gives: empty(200, { "Content-Type": "application/json" }),
    },
    {
      name: "HEAD of a big answer",
      send: send("HEAD /big"),
      gives: empty(200, { "X-Made": "yes" }),
    },
    {
      name: "HEAD with a route of its own",
      send: send("HEAD /own"),
      gives: empty(200, { "X-Head": "own" }),
    },
    { name: "GET beside it", send: send("GET /own"), gives: json("get") },
    { name: "HEAD of health", send: send("HEAD /live"), gives: empty(200) },
    { name: "HEAD of nothing", send: send("HEAD /no/where"), gives: empty(404) },
    { name: "HEAD of what fails", send: send("HEAD /fails"), gives: empty(500) },
    { name: "HEAD where only others are", send: send("HEAD /c"), gives: empty(200) },
    {
      name: "HEAD with a body sent",
      send: send("HEAD /r/1", { body: "ignored" }),
      gives: empty(200),
    },
    {
      name: "another method",
      send: send("DELETE /r/1"),
      ...notAllowed("GET, HEAD, PUT, OPTIONS"),
    },
    {
      name: "another method with a body",
      send: send("POST /r/1", { body: "x".repeat(1000) }),
      ...notAllowed("GET, HEAD, PUT, OPTIONS"),
    },
    {
      name: "all routes of a path are allowed, of later patterns too",
      send: send("PUT /c", { body: "" }),
      ...notAllowed("POST, PATCH, DELETE, GET, HEAD, OPTIONS"),
    },
    {
      name: "health takes GET",
      send: send("POST /live", { body: "" }),
      gives: { status: 405, headers: { Allow: "GET, HEAD, OPTIONS" } },
    },
    {
      name: "OPTIONS of a path",
      send: send("OPTIONS /r/1"),
      gives: empty(204, { Allow: "GET, HEAD, PUT, OPTIONS" }),
    },
    { name: "OPTIONS of nothing", send: send("OPTIONS /no/where"), ...notFound() },
    { name: "OPTIONS with a route of its own", send: send("OPTIONS /o"), gives: json("mine") },
    {
      name: "a method that no route can have",
      send: send("PROPFIND /r/1"),
      ...notAllowed("GET, HEAD, PUT, OPTIONS"),
      needs: ["wire"],
    },
    {
      name: "such a method nowhere",
      send: send("PROPFIND /no/where"),
      ...notFound(),
      needs: ["wire"],
    },
  ],
};
