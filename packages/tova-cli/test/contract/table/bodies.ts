// Bodies of requests: none, empty, text, forms, bytes, chunks and the types that routes name (spec 11.2).
import { type Group, json, send } from "../row";

const post = (path: string, body: string | Uint8Array, ...headers: string[]) =>
  send(`POST ${path}`, { body, headers });
const chunked = (path: string, ...chunks: string[]) =>
  [
    `POST ${path} HTTP/1.1\r\nHost: contract.example\r\nTransfer-Encoding: chunked\r\n\r\n`,
    ...chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`),
    "0\r\n\r\n",
  ].join("");
const form = [
  "--edge",
  'Content-Disposition: form-data; name="title"',
  "",
  "hello",
  "--edge",
  'Content-Disposition: form-data; name="file"; filename="a.txt"',
  "Content-Type: text/plain",
  "",
  "abc",
  "--edge--",
  "",
].join("\r\n");
const notValid = (...fields: [field: string, message: string][]) =>
  json(
    {
      error: "The body is not valid",
      fields: fields.map(([field, message]) => ({ field, message })),
    },
    400,
  );
const notJson = json({ error: "The body is not JSON" }, 400);
const item = { id: 1, tags: ["a"], size: { w: 1.5 } };
const posted = (value: unknown) => post("/item", JSON.stringify(value));

export const bodies: Group = {
  name: "bodies",
  around: `
shared {
  type Size { w: Float }
  type Item { id: Int, tags: [String], size: Size, note: Option<String> }
}`,
  edge: `
  route POST "/text" => fn(req) { await req.text() }
  route POST "/json" => fn(req) { data = await req.json(); { got: data } }
  route POST "/caught" => fn(req) { try { return await req.json() } catch e { return Response.new("bad", { status: 400 }) } }
  route POST "/bytes" => fn(req) { data = Uint8Array.new(await req.arrayBuffer()); { length: data.length, first: data[0], last: data[data.length - 1] } }
  route POST "/form" => fn(req) { form = await req.formData(); [form.get("a"), form.getAll("b")] }
  route POST "/file" => fn(req) { form = await req.formData(); file = form.get("file"); [form.get("title"), file.name, file.type, await file.text()] }
  route POST "/unread" => fn(req) { "not read" }
  route POST "/none" => fn(req) { { hasBody: req.body != nil, text: await req.text(), length: req.headers.get("Content-Length") } }
  route POST "/type" => fn(req) { req.headers.get("Content-Type") }
  route POST "/item" body: Item => fn(req) { item = await req.json(); { got: item.id } }
  route POST "/list" body: [Int] => fn(req) "ok"
  route DELETE "/text" => fn(req) { await req.text() }
  `,
  rows: [
    { name: "text", send: post("/text", "hello"), gives: json("hello") },
    { name: "UTF-8", send: post("/text", "héllo 😀"), gives: json("héllo 😀") },
    {
      name: "bytes that are no UTF-8",
      send: post("/text", new Uint8Array([97, 255, 98])),
      gives: json("a\ufffdb"),
    },
    {
      name: "bytes",
      send: post("/bytes", new Uint8Array([1, 0, 255])),
      gives: json({ length: 3, first: 1, last: 255 }),
    },
    {
      name: "a megabyte",
      send: post("/bytes", new Uint8Array(1 << 20).fill(7)),
      gives: json({ length: 1 << 20, first: 7, last: 7 }),
    },
    { name: "JSON", send: post("/json", '{"a":[1,null]}'), gives: json({ got: { a: [1, null] } }) },
    {
      name: "JSON with a key of every object",
      send: post("/json", '{"__proto__":{"x":1}}'),
      gives: { status: 200, text: '{"got":{"__proto__":{"x":1}}}' },
    },
    {
      name: "malformed JSON that the handler does not expect",
      send: post("/json", "{"),
      gives: json({ error: "Internal Server Error" }, 500),
    },
    {
      name: "malformed JSON that the handler expects",
      send: post("/caught", "{"),
      gives: { status: 400, text: "bad" },
    },
    {
      name: "a form",
      send: post("/form", "a=1+2&b=%26&b=3", "Content-Type: application/x-www-form-urlencoded"),
      gives: json(["1 2", ["&", "3"]]),
    },
    {
      name: "a form with a file",
      send: post("/file", form, "Content-Type: multipart/form-data; boundary=edge"),
      gives: json(["hello", "a.txt", "text/plain", "abc"]),
      platform: { bun: json(["hello", "a.txt", "text/plain;charset=utf-8", "abc"]) },
    },
    { name: "an empty body", send: post("/text", ""), gives: json("") },
    { name: "no body at all", send: send("POST /text"), gives: json("") },
    {
      name: "an empty body read as JSON",
      send: post("/caught", ""),
      gives: { status: 400, text: "bad" },
    },
    {
      name: "DELETE with a body",
      send: send("DELETE /text", { body: "gone" }),
      gives: json("gone"),
    },
    {
      name: "a body that nobody reads",
      send: post("/unread", "x".repeat(200_000)),
      gives: json("not read"),
    },
    {
      name: "a body of a path that is not",
      send: post("/nowhere", "x".repeat(200_000)),
      gives: { status: 404 },
    },
    {
      name: "the type as it came",
      send: post("/type", "x", "Content-Type: text/x-mine; a=b"),
      gives: json("text/x-mine; a=b"),
    },
    { name: "chunks", send: chunked("/text", "hel", "lo"), gives: json("hello") },
    { name: "chunks of one byte", send: chunked("/text", ..."hello"), gives: json("hello") },
    { name: "no chunk", send: chunked("/text"), gives: json("") },
    {
      name: "two requests, the body of the first not read",
      send: post("/unread", "abc") + post("/text", "next"),
      gives: [json("not read"), json("next")],
      needs: ["wire"],
    },
    { name: "of its type", send: posted(item), gives: json({ got: 1 }) },
    {
      name: "further fields are let through",
      send: posted({ ...item, more: 1 }),
      gives: json({ got: 1 }),
    },
    {
      name: "a field is missing",
      send: posted({ tags: [], size: { w: 1 } }),
      gives: notValid(["id", "is required"]),
    },
    {
      name: "fields of other types, each named",
      send: posted({ id: "1", tags: ["a", 2], size: { w: "x" } }),
      gives: notValid(
        ["id", "must be Int"],
        ["tags[1]", "must be String"],
        ["size.w", "must be Float"],
      ),
    },
    {
      name: "of its type in chunks",
      send: chunked("/item", JSON.stringify(item)),
      gives: json({ got: 1 }),
    },
    { name: "malformed JSON for a type", send: post("/item", '{"id":'), gives: notJson },
    { name: "nothing for a type", send: post("/item", ""), gives: notJson },
    {
      name: "null for a type",
      send: post("/item", "null"),
      gives: notValid(["", "must be an object"]),
    },
    {
      name: "a list for a type",
      send: post("/item", "[]"),
      gives: notValid(["", "must be an object"]),
    },
    { name: "a list", send: post("/list", "[1,2]"), gives: json("ok") },
    {
      name: "a list with a wrong item",
      send: post("/list", "[1,2.5]"),
      gives: notValid(["[1]", "must be Int"]),
    },
  ],
};
