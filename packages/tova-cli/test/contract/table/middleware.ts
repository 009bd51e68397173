// What stands around the routes (spec 11.3).
import { type Answer, failed, type Group, json, notFound, send, text } from "../row";

const get = (path: string, ...headers: string[]) => send(`GET ${path}`, { headers });
const marked: Answer["headers"] = { "X-Order": "inner, outer" };

export const middleware: Group = {
  name: "middleware",
  edge: `
  middleware fn outer(req, next) {
    if req.url.endsWith("/stop-outer") { return Response.new("outer", { status: 403 }) }
    res = await next(req)
    res.headers.append("X-Order", "outer")
    res
  }
  middleware fn inner(req, next) {
    path = URL.new(req.url).pathname
    if path == "/stop" { Response.new("stopped", { status: 403 }) }
    elif path == "/value" { { value: "by middleware" } }
    elif path == "/nothing" { nil }
    elif path == "/twice" { await next(req) next(req) }
    elif path == "/same" { next() }
    elif path == "/early" { throw Error.new("early") }
    elif path == "/late" { await next(req) throw Error.new("late") }
    elif path == "/changed" { next(Request.new("http://localhost/ok", { headers: { "X-User": "u" } })) }
    elif path == "/caught" { try { return await next(req) } catch e { return Response.new("caught {e.message}", { status: 502 }) } }
    elif path == "/replaced" { res = await next(req); Response.new(await res.text() ++ "!", { status: res.status }) }
    else {
      res = await next(req)
      res.headers.append("X-Order", "inner")
      res
    }
  }
  health "/live"
  route GET "/ok" => fn(req) { { user: req.headers.get("X-User") } }
  route POST "/ok" => fn(req) { await req.text() }
  route GET "/same" => fn(req) req.url.endsWith("/same")
  route GET "/immutable" => fn() Response.redirect("https://b.example/", 302)
  route GET "/twice" => fn() 1
  route GET "/late" => fn() 1
  route GET "/caught" => fn() { throw Error.new("inside") }
  route GET "/replaced" => fn() Response.new("made", { status: 201 })
  `,
  rows: [
    {
      name: "the first is outermost",
      send: get("/ok", "X-User: a"),
      gives: json({ user: "a" }, 200, marked),
    },
    {
      name: "a request's body passes through",
      send: send("POST /ok", { body: "it" }),
      gives: json("it", 200, marked),
    },
    {
      name: "health passes through",
      send: get("/live"),
      gives: json({ status: "ok" }, 200, marked),
    },
    { name: "not found passes through", send: get("/none"), ...notFound(marked) },
    {
      name: "another method passes through",
      send: send("DELETE /ok"),
      gives: { status: 405, headers: marked },
    },
    {
      name: "HEAD passes through",
      send: send("HEAD /ok"),
      gives: { status: 200, headers: marked },
    },
    {
      name: "an answer of its own ends it",
      send: get("/stop"),
      gives: text("stopped", 403, { "X-Order": "outer" }),
    },
    {
      name: "of the outermost too",
      send: get("/stop-outer"),
      gives: text("outer", 403, { "X-Order": null }),
    },
    {
      name: "its value becomes JSON",
      send: get("/value"),
      gives: json({ value: "by middleware" }),
    },
    { name: "nothing becomes null", send: get("/nothing"), gives: json(null) },
    { name: "next called twice", send: get("/twice"), gives: failed, log: "called next twice" },
    { name: "next without a request passes the same one", send: get("/same"), gives: json(true) },
    { name: "an error before next", send: get("/early"), gives: failed, log: "early" },
    { name: "an error after next", send: get("/late"), gives: failed, log: "late" },
    {
      name: "an error of the handler can be caught",
      send: get("/caught"),
      gives: text("caught inside", 502),
    },
    {
      name: "another request goes to its route",
      send: get("/changed"),
      gives: json({ user: "u" }),
    },
    {
      name: "the response can be read and made anew",
      send: get("/replaced"),
      gives: text("made!", 201),
    },
    {
      name: "headers of a redirect can be changed",
      send: get("/immutable"),
      gives: { status: 302, headers: { Location: "https://b.example/", ...marked } },
    },
  ],
};
