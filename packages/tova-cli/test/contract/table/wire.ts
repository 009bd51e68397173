// Bytes that no usual client sends, in one connection each (RFC 9110, 9112).
import {
  type Answer,
  type Group,
  json,
  notFound,
  type Row,
  type Step,
  send,
  text,
  utf8,
} from "../row";

const host = "Host: contract.example\r\n";
const raw = (line: string, rest = "") => `${line} HTTP/1.1\r\n${host}${rest}\r\n`;
const megabytes = (count: number) => count << 20;

/** Whatever the platform makes of it, it must not be taken for another request. */
const refusedByPlatform = (status: number): Answer => ({ status });
/** The platform ends the connection without a word. */
const hungUp: readonly Answer[] = [];
const slowly = (bytes: string, wait: number): Step[] =>
  [...bytes].flatMap((byte): Step[] => [byte, { wait }]);
const upload = (bytes: number) => `POST /count HTTP/1.1\r\n${host}Content-Length: ${bytes}\r\n\r\n`;
const seen = (path: string) => json({ method: "GET", path });
const manyHeaders = Array.from({ length: 200 }, (_, i) => `X-Many-${i}: ${i}`);

const rows: readonly Row[] = [
  {
    name: "malformed escapes everywhere",
    send: raw("GET /see/%zz/%/%2?%zz=%"),
    gives: json({ method: "GET", path: "%zz/%/%2" }),
  },
  { name: "a zero byte in encoding", send: raw("GET /see/a%00b"), gives: seen("a\0b") },
  { name: "raw UTF-8", send: raw(utf8("GET /see/é")), gives: seen("é") },
  {
    name: "raw bytes that are no UTF-8",
    send: raw("GET /see/\xff"),
    gives: { status: 200 },
    platform: { deno: refusedByPlatform(400) },
  },
  {
    name: "a raw zero byte",
    send: raw("GET /see/a\0b"),
    gives: refusedByPlatform(400),
    platform: { bun: refusedByPlatform(505) },
  },
  {
    name: "a header of 16 KB",
    send: raw("GET /length", `X-Long: ${"x".repeat(16 * 1024)}\r\n`),
    gives: json(16 * 1024),
    // Bun takes 16 KB of headers in all.
    platform: { bun: refusedByPlatform(431) },
  },
  {
    name: "two hundred headers",
    send: send("GET /headers", { headers: manyHeaders }),
    gives: json(200),
    platform: { bun: refusedByPlatform(431), deno: refusedByPlatform(400) },
  },
  {
    name: "a header twice",
    send: send("GET /twice", { headers: ["X-A: 1", "X-A: 2"] }),
    gives: json("1, 2"),
  },
  { name: "an empty header", send: send("GET /twice", { headers: ["X-A:"] }), gives: json("") },
  {
    name: "a header with spaces around",
    send: send("GET /twice", { headers: ["X-A:  \t b \t "] }),
    gives: json("b"),
    platform: { cloudflare: json("b \t ") },
  },
  {
    name: "several cookies",
    send: send("GET /cookie", { headers: ["Cookie: a=1", "Cookie: b=2"] }),
    gives: json(["a=1", "b=2"]),
  },
  {
    name: "a path of 8 KB",
    send: raw(`GET /see/${"p".repeat(8000)}`),
    gives: seen("p".repeat(8000)),
  },
  {
    name: "a thousand segments",
    send: raw(`GET /see${"/s".repeat(1000)}`),
    gives: seen("s/".repeat(1000).slice(0, -1)),
  },
  {
    name: "two thousand escapes",
    send: raw(`GET /see/${"%41".repeat(2000)}`),
    gives: seen("A".repeat(2000)),
  },
  {
    name: "an absolute address",
    send: raw("GET http://contract.example/see/abs"),
    gives: seen("abs"),
    platform: { cloudflare: refusedByPlatform(500) },
  },
  {
    name: "OPTIONS of the server itself",
    send: raw("OPTIONS *"),
    gives: { status: [200, 204, 404] },
    platform: { cloudflare: refusedByPlatform(500), bun: refusedByPlatform(400) },
  },
  { name: "a fragment is not the path", send: raw("GET /see/a#b/c"), gives: seen("a") },
  { name: "steps up are taken", send: raw("GET /x/../see/./a"), gives: seen("a") },
  { name: "steps up beyond the root", send: raw("GET /../../see/a"), gives: seen("a") },
  {
    name: "an escape of HTTP's own marks",
    send: raw("GET /see/%0d%0aX:%201"),
    gives: seen("\r\nX: 1"),
  },
  {
    name: "no Host",
    send: "GET /see/a HTTP/1.1\r\n\r\n",
    gives: refusedByPlatform(400),
    platform: { deno: seen("a") },
  },
  {
    name: "Host with a port",
    send: "GET /see/a HTTP/1.1\r\nHost: contract.example:8080\r\n\r\n",
    gives: seen("a"),
  },
  { name: "HTTP/1.0", send: `GET /see/a HTTP/1.0\r\n${host}\r\n`, gives: seen("a") },
  {
    name: "a method in lower case",
    send: raw("get /see/a"),
    gives: { status: [400, 405, 501] },
    platform: { bun: hungUp },
  },
  {
    name: "a method that does not exist",
    send: raw("FOO /see/a"),
    gives: { status: [400, 405, 501] },
    platform: { bun: hungUp },
  },
  { name: "no request at all", send: "nonsense\r\n\r\n", gives: { status: [400, 501] } },
  {
    name: "Connection: close",
    send: send("GET /see/a", { headers: ["Connection: close"] }),
    gives: seen("a"),
  },
  {
    name: "a body's length of zero",
    send: send("POST /count", { headers: ["Content-Length: 0"] }),
    gives: json(0),
  },
  { name: "no length at all", send: send("POST /count"), gives: json(0) },
  {
    name: "two lengths that differ",
    send: `POST /count HTTP/1.1\r\n${host}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc`,
    gives: { status: [400, 500] },
  },
  {
    name: "a chunk with an extension and a trailer",
    send: `${raw("POST /count", "Transfer-Encoding: chunked\r\n")}3;a=b\r\nabc\r\n0\r\nX-T: 1\r\n\r\n`,
    gives: json(3),
    platform: { cloudflare: { status: 500 }, bun: [json(3), refusedByPlatform(400)] },
  },
  {
    name: "a chunk without a size",
    send: `${raw("POST /count", "Transfer-Encoding: chunked\r\n")}zz\r\nabc\r\n0\r\n\r\n`,
    gives: { status: [400, 500] },
    platform: { deno: hungUp },
  },
  {
    name: "Expect: 100-continue",
    send: [
      `POST /count HTTP/1.1\r\n${host}Content-Length: 3\r\nExpect: 100-continue\r\n\r\n`,
      { wait: 50 },
      "abc",
    ],
    gives: json(3),
  },
  {
    name: "three requests in one packet",
    send: ["1", "2", "3"].map((n) => raw(`GET /see/${n}`)).join(""),
    gives: ["1", "2", "3"].map(seen),
  },
  {
    name: "three requests with bodies, the slow one first",
    send: raw("GET /slow") + send("POST /count", { body: "abcd" }) + raw("GET /see/3"),
    gives: [json("slow"), json(4), seen("3")],
    // Bun has no pipelining behind an answer that is not ready.
    platform: { bun: hungUp },
  },
  {
    name: "HEAD before another in one packet",
    send: raw("HEAD /see/1") + raw("GET /see/2"),
    gives: [{ status: 200, text: "" }, seen("2")],
  },
  {
    name: "an error before another in one packet",
    send: raw("GET /throws") + raw("GET /see/2"),
    gives: [{ status: 500 }, seen("2")],
  },
  {
    name: "a request in two halves",
    send: ["GET /see/ha", { wait: 20 }, `lf HTTP/1.1\r\n${host}\r\n`],
    gives: seen("half"),
  },
  { name: "byte by byte", send: slowly(send("POST /count", { body: "slow" }), 1), gives: json(4) },
  {
    name: "a body that comes slowly",
    send: [upload(3), { wait: 60 }, "a", { wait: 60 }, "b", { wait: 60 }, "c"],
    gives: json(3),
  },
  { name: "the client hangs up in the head", send: ["GET /see/a HT", { hangUp: true }], gives: [] },
  {
    name: "the client hangs up in the body",
    send: [upload(1000), "abc", { wait: 30 }, { hangUp: true }],
    gives: [],
  },
  {
    name: "the client hangs up in a body read whole",
    send: [
      `POST /text HTTP/1.1\r\n${host}Content-Length: 1000\r\n\r\nabc`,
      { wait: 30 },
      { hangUp: true },
    ],
    gives: [],
  },
  {
    name: "the client hangs up in a chunk",
    send: [
      raw("POST /count", "Transfer-Encoding: chunked\r\n"),
      "10\r\nabc",
      { wait: 30 },
      { hangUp: true },
    ],
    gives: [],
  },
  {
    name: "the client hangs up before the answer",
    send: [raw("GET /slow"), { wait: 5 }, { hangUp: true }],
    gives: [],
  },
  {
    name: "the client hangs up in an endless answer",
    send: [raw("GET /endless"), { wait: 50 }, { hangUp: true }],
    gives: [],
    needs: ["streamed responses"],
  },
  {
    name: "after all of it the next request is answered",
    send: raw("GET /see/fine"),
    gives: seen("fine"),
  },
  { name: "no path is found by tricks", send: raw("GET /see"), ...notFound() },
];

const streamed: readonly Row[] = [
  {
    name: "a hundred megabytes pass through and are not kept",
    send: [upload(megabytes(100)), { zeros: megabytes(100) }],
    gives: json(megabytes(100)),
    needs: ["wire", "streamed requests"],
    memory: megabytes(64),
  },
  {
    name: "an answer comes before the body has ended",
    send: [`POST /early HTTP/1.1\r\n${host}Content-Length: 4\r\n\r\nab`, { wait: 100 }, "cd"],
    gives: text("early"),
    needs: ["wire", "streamed requests"],
  },
];

export const wire: Group = {
  name: "wire",
  edge: `
  route GET "/see/*path" => fn(req, params) { { method: req.method, path: params.path } }
  route GET "/length" => fn(req) { len(req.headers.get("X-Long")) }
  route GET "/headers" => fn(req) { len(filter(Array.from(req.headers.keys()), fn(name) name.startsWith("x-many-"))) }
  route GET "/twice" => fn(req) { req.headers.get("X-A") }
  route GET "/cookie" => fn(req) { req.headers.get("Cookie").split(RegExp.new("[;,] *")) }
  route POST "/count" => fn(req) {
    var n = 0
    if req.body != nil {
      reader = req.body.getReader()
      var part = await reader.read()
      while not part.done {
        n += part.value.byteLength
        part = await reader.read()
      }
    }
    n
  }
  route POST "/text" => fn(req) { await req.text() }
  route POST "/early" => fn(req) { Response.new("early") }
  route GET "/slow" => fn() { await Promise.new(fn(done) setTimeout(done, 60)); "slow" }
  route GET "/throws" => fn() { throw Error.new("m") }
  route GET "/endless" => fn() {
    bytes = Uint8Array.new(1024)
    Response.new(ReadableStream.new({ pull: fn(controller) { await Promise.new(fn(done) setTimeout(done, 5)); controller.enqueue(bytes) } }))
  }
  `,
  rows: [
    ...rows.map((row): Row => ({ ...row, needs: ["wire", ...(row.needs ?? [])] })),
    ...streamed,
  ],
};
