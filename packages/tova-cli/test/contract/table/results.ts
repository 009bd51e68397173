// What a handler gives, and what the client gets of it (spec 11.2).
import { failed, type Group, json, send, text } from "../row";

const binary = (body: string) => text(body, 200, { "Content-Type": "application/octet-stream" });
const plain = (body: string) => text(body, 200, { "Content-Type": "text/plain; charset=utf-8" });
const get = (path: string) => send(`GET ${path}`);

export const results: Group = {
  name: "results",
  edge: `
  type Item { id: Int, name: String }
  route GET "/text" => fn() "hi"
  route GET "/number" => fn() 1.5
  route GET "/true" => fn() true
  route GET "/zero" => fn() 0
  route GET "/empty" => fn() ""
  route GET "/list" => fn() [1, "a", nil]
  route GET "/unicode" => fn() "é😀 "
  route GET "/record" => fn() Item(1, "n")
  route GET "/nil" => fn() nil
  route GET "/nothing" => fn() { x = 1 }
  route GET "/date" => fn() { { at: Date.new(0) } }
  route GET "/promise" => fn() { Promise.resolve({ a: 1 }) }
  route GET "/own" => fn() Response.new("teapot", { status: 418, headers: { "X-A": "b" } })
  route GET "/html" => fn() Response.new("<p>", { headers: { "Content-Type": "text/html; charset=utf-8" } })
  route GET "/bytes" => fn() Response.new(Uint8Array.new([0, 255, 10]), { headers: { "Content-Type": "application/octet-stream" } })
  route GET "/cookies" => fn() { h = Headers.new(); h.append("Set-Cookie", "a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT"); h.append("Set-Cookie", "b=2"); Response.new("x", { headers: h }) }
  route GET "/redirect" => fn() Response.redirect("https://b.example/x?y=1", 307)
  route GET "/none" => fn() Response.new(nil, { status: 204, headers: { "X-A": "b" } })
  route GET "/unchanged" => fn() Response.new(nil, { status: 304, headers: { ETag: "\\"1\\"" } })
  route GET "/long" => fn() Response.new("x" * 1000000)
  route GET "/stream" => fn() {
    pair = TransformStream.new()
    writer = pair.writable.getWriter()
    encoder = TextEncoder.new()
    fn fill() {
      for i in [1, 2, 3] { await writer.write(encoder.encode("part {i};")) }
      await writer.close()
    }
    fill()
    Response.new(pair.readable, { headers: { "Content-Type": "text/plain" } })
  }
  route GET "/circle" => fn() { o = {}; o.o = o; o }
  route GET "/function" => fn() { fn() 1 }
  route GET "/big" => fn() { { n: BigInt(1) } }
  route GET "/raw/bytes" => fn() { Uint8Array.new([0, 255, 10]) }
  route GET "/raw/part" => fn() { Uint8Array.new([1, 65, 66, 2]).subarray(1, 3) }
  route GET "/raw/buffer" => fn() { TextEncoder.new().encode("buffer").buffer }
  route GET "/raw/empty" => fn() { ArrayBuffer.new(0) }
  route GET "/raw/blob" => fn() { Blob.new(["a,b"], { type: "text/csv" }) }
  route GET "/raw/untyped" => fn() { Blob.new(["a,b"]) }
  route GET "/raw/ok" => fn() { Ok(TextEncoder.new().encode("ok")) }
  route GET "/raw/some" => fn() { p = Promise.resolve(Some(Blob.new(["x"], { type: "text/css" }))); p }
  route GET "/raw/error" => fn() { Err("no bytes") }
  route GET "/raw/inside" => fn() { { bytes: [1, 2], at: Date.new(0) } }
  route GET "/raw/response" => fn() { res = Response.new("abc"); res.body }
  route POST "/raw/echo" => fn(req) req.body ?? "none"
  route POST "/raw/copy" => fn(req) { data = await req.arrayBuffer(); data }
  route GET "/raw/pieces" => fn() {
    yield "é1;"
    await Promise.resolve(1)
    yield TextEncoder.new().encode("2;")
    yield "3"
  }
  route GET "/raw/numbers" => fn() numbers()
  route GET "/raw/none" => fn() { for x in [] { yield x } }
  route GET "/raw/fails" => fn() { nil.x; yield "never" }
  route GET "/raw/wrong" => fn() { yield 1 }
  fn numbers() { for n in [1, 2, 3] { yield "{n} " } }
  `,
  rows: [
    { name: "text is JSON", send: get("/text"), gives: { ...json("hi"), text: '"hi"' } },
    { name: "a number", send: get("/number"), gives: json(1.5) },
    { name: "true", send: get("/true"), gives: json(true) },
    { name: "zero", send: get("/zero"), gives: json(0) },
    { name: "an empty text", send: get("/empty"), gives: json("") },
    { name: "a list", send: get("/list"), gives: json([1, "a", null]) },
    { name: "letters beyond ASCII", send: get("/unicode"), gives: json("é😀\u2028") },
    { name: "a record", send: get("/record"), gives: json({ id: 1, name: "n" }) },
    { name: "nil", send: get("/nil"), gives: json(null) },
    { name: "nothing", send: get("/nothing"), gives: json(null) },
    { name: "a date", send: get("/date"), gives: json({ at: "1970-01-01T00:00:00.000Z" }) },
    { name: "a promise", send: get("/promise"), gives: json({ a: 1 }) },
    { name: "a response", send: get("/own"), gives: text("teapot", 418, { "X-A": "b" }) },
    {
      name: "a response of another type",
      send: get("/html"),
      gives: text("<p>", 200, { "Content-Type": "text/html; charset=utf-8" }),
    },
    {
      name: "bytes",
      send: get("/bytes"),
      gives: {
        status: 200,
        text: "\0\ufffd\n",
        headers: { "Content-Type": "application/octet-stream" },
      },
    },
    {
      name: "several cookies",
      send: get("/cookies"),
      gives: {
        status: 200,
        headers: { "Set-Cookie": ["a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT", "b=2"] },
      },
    },
    {
      name: "a redirect",
      send: get("/redirect"),
      gives: { status: 307, headers: { Location: "https://b.example/x?y=1" } },
    },
    {
      name: "no content",
      send: get("/none"),
      gives: { status: 204, headers: { "X-A": "b" }, text: "" },
    },
    {
      name: "not modified",
      send: get("/unchanged"),
      gives: { status: 304, headers: { ETag: '"1"' }, text: "" },
    },
    { name: "a megabyte", send: get("/long"), gives: text(/^x{1000000}$/) },
    {
      name: "a stream",
      send: get("/stream"),
      gives: text("part 1;part 2;part 3;", 200, { "Content-Type": "text/plain" }),
    },
    { name: "bytes without a response", send: get("/raw/bytes"), gives: binary("\0\ufffd\n") },
    { name: "a part of bytes", send: get("/raw/part"), gives: binary("AB") },
    { name: "a buffer", send: get("/raw/buffer"), gives: binary("buffer") },
    { name: "no bytes", send: get("/raw/empty"), gives: binary("") },
    {
      name: "a blob has its own type",
      send: get("/raw/blob"),
      gives: text("a,b", 200, { "Content-Type": /^Content-Type: text\/csv/ }),
    },
    { name: "a blob without a type", send: get("/raw/untyped"), gives: binary("a,b") },
    { name: "bytes in Ok", send: get("/raw/ok"), gives: binary("ok") },
    {
      name: "a promise of a blob in Some",
      send: get("/raw/some"),
      gives: text("x", 200, { "Content-Type": /^Content-Type: text\/css/ }),
    },
    {
      name: "an Err where bytes might be",
      send: get("/raw/error"),
      gives: json({ error: "no bytes" }),
    },
    {
      name: "JSON where bytes might be",
      send: get("/raw/inside"),
      gives: json({ bytes: [1, 2], at: "1970-01-01T00:00:00.000Z" }),
    },
    { name: "a stream without a response", send: get("/raw/response"), gives: binary("abc") },
    {
      name: "the stream of the request",
      send: send("POST /raw/echo", { body: "back" }),
      gives: binary("back"),
    },
    {
      name: "the bytes of the request",
      send: send("POST /raw/copy", { body: "copied" }),
      gives: binary("copied"),
    },
    { name: "HEAD of bytes", send: send("HEAD /raw/bytes"), gives: binary("") },
    { name: "yielded text and bytes", send: get("/raw/pieces"), gives: plain("é1;2;3") },
    { name: "what a function yields", send: get("/raw/numbers"), gives: plain("1 2 3 ") },
    { name: "nothing yielded", send: get("/raw/none"), gives: plain("") },
    { name: "a failure before the first", send: get("/raw/fails"), gives: failed },
    {
      name: "a number yielded",
      send: get("/raw/wrong"),
      gives: failed,
      log: "must be text or bytes",
    },
    { name: "a circle", send: get("/circle"), gives: failed },
    { name: "a number that JSON has not", send: get("/big"), gives: failed, log: "BigInt" },
    { name: "a function", send: get("/function"), gives: failed, log: "A function has no JSON" },
  ],
};
