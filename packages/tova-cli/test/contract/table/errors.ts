// What throws, and what the client and the log get of it (spec 11.3).
import { type Group, json, notFound, send, text } from "../row";

const get = (path: string) => send(`GET ${path}`);
const said = (message: string | RegExp) => json({ said: message }, 500);

export const errors: Group = {
  name: "errors",
  edge: `
  middleware fn gate(req, next) { if req.url.endsWith("/gate") { throw Error.new("at the gate") } else { next(req) } }
  on_error fn(err, req) {
    if req.url.endsWith("/again") { throw Error.new("the handler of errors") }
    elif req.url.endsWith("/word") { { word: err } }
    elif req.url.endsWith("/mapped") { Response.new("gone", { status: 410, headers: { "X-E": "1" } }) }
    elif req.url.endsWith("/silent") { nil }
    elif req.url.endsWith("/read") { { method: req.method, sent: req.headers.get("X-A") } }
    else { { said: err.message } }
  }
  route GET "/throws" => fn() { throw Error.new("m") }
  route GET "/rejects" => fn() { await Promise.reject(Error.new("r")) }
  route GET "/text" => fn() { throw TypeError.new("t") }
  route GET "/mapped" => fn() { throw Error.new("m") }
  route GET "/silent" => fn() { throw Error.new("m") }
  route GET "/again" => fn() { throw Error.new("the first one") }
  route POST "/read" => fn(req) { throw Error.new("m") }
  route GET "/circle" => fn() { o = {}; o.o = o; o }
  route GET "/word" => fn() { throw "just a text" }
  route GET "/gate" => fn() 1
  `,
  rows: [
    { name: "on_error's value has status 500", send: get("/throws"), gives: said("m") },
    { name: "a promise that fails", send: get("/rejects"), gives: said("r") },
    { name: "other errors", send: get("/text"), gives: said("t") },
    {
      name: "a text that is thrown",
      send: get("/word"),
      gives: json({ word: "just a text" }, 500),
    },
    { name: "of a middleware", send: get("/gate"), gives: said("at the gate") },
    {
      name: "a result that has no JSON",
      send: get("/circle"),
      gives: { status: 500, text: /circular|cyclic/i },
    },
    {
      name: "on_error's response as it is",
      send: get("/mapped"),
      gives: text("gone", 410, { "X-E": "1" }),
    },
    { name: "on_error's nothing", send: get("/silent"), gives: json(null, 500) },
    {
      name: "on_error sees the request",
      send: send("POST /read", { headers: ["X-A: b"], body: "x" }),
      gives: json({ method: "POST", sent: "b" }, 500),
    },
    {
      name: "on_error that throws tells nothing",
      send: get("/again"),
      gives: json({ error: "Internal Server Error" }, 500),
      log: "the first one",
    },
    {
      name: "and its own error is in the log",
      send: get("/again"),
      gives: { status: 500 },
      log: "the handler of errors",
    },
    { name: "no route is no error", send: get("/none"), ...notFound() },
    { name: "HEAD of what throws", send: send("HEAD /throws"), gives: { status: 500 } },
    {
      name: "the next request is answered",
      send: get("/throws") + get("/mapped"),
      gives: [said("m"), text("gone", 410)],
      needs: ["wire"],
    },
  ],
};
