// Encodings and JSON.
import * as encoding from "../../src/runtime/encoding";
import { jsonParse, jsonPretty, jsonStringify } from "../../src/runtime/json";
import { Ok } from "../../src/runtime/result";

test.each(["", "a", "héllo 😀", "\u0000\u00ff"])("%p survives base64, hex and URLs", (given) => {
  expect(encoding.base64Encode(given)).toBe(Buffer.from(given).toString("base64"));
  expect(encoding.base64Decode(encoding.base64Encode(given))).toBe(given);
  expect(encoding.hexEncode(given)).toBe(Buffer.from(given).toString("hex"));
  expect(encoding.hexDecode(encoding.hexEncode(given).toUpperCase())).toBe(given);
  expect(encoding.urlDecode(encoding.urlEncode(given))).toBe(given);
});

test("bytes can be encoded, large ones too", () => {
  expect(encoding.base64Encode(new Uint8Array([255, 0]))).toBe("/wA=");
  expect(encoding.hexEncode(new Uint8Array([255, 0]).buffer)).toBe("ff00");
  const large = new Uint8Array(300_000).fill(7);
  expect(encoding.base64Encode(large)).toBe(Buffer.from(large).toString("base64"));
});

test("base64 of URLs is read too, what is no base64 refused", () => {
  expect(encoding.base64Decode("w7_Dvw")).toBe("ÿÿ");
  expect(() => encoding.base64Decode("*")).toThrow();
  expect(() => encoding.base64Decode("/w==")).toThrow("utf-8");
});

test.each(["abc", "zz", " 61"])("hex_decode(%p) is refused", (given) => {
  expect(() => encoding.hexDecode(given)).toThrow(TypeError);
});

test("malformed escapes throw", () => expect(() => encoding.urlDecode("%")).toThrow(URIError));

test("parse_url", () => {
  expect(encoding.parseUrl("https://h:81/p?a=1&b=x#f")).toEqual(
    Ok({
      href: "https://h:81/p?a=1&b=x#f",
      origin: "https://h:81",
      protocol: "https:",
      host: "h:81",
      hostname: "h",
      port: "81",
      pathname: "/p",
      search: "?a=1&b=x",
      hash: "#f",
      query: { a: "1", b: "x" },
    }),
  );
  expect(encoding.parseUrl("/relative")).toMatchObject({ __tag: "Err", error: expect.any(String) });
});

test("queries", () => {
  expect(encoding.parseQuery("?a=1&a=2&b=%20+&c")).toEqual({ a: "2", b: "  ", c: "" });
  expect(Object.keys(encoding.parseQuery("__proto__=1"))).toEqual(["__proto__"]);
  expect(encoding.buildQuery({ a: [1, 2], b: "x y", c: null, d: undefined, e: "" })).toBe(
    "a=1&a=2&b=x+y&e=",
  );
});

test("HTML", () => {
  const html = `<a href="x">'&amp;'</a>`;
  expect(encoding.escapeHtml(html)).toBe(
    "&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;&#39;&lt;/a&gt;",
  );
  expect(encoding.unescapeHtml(encoding.escapeHtml(html))).toBe(html);
});

test("JSON", () => {
  expect(jsonParse('{"a":[1]}')).toEqual(Ok({ a: [1] }));
  expect(jsonParse("{")).toMatchObject({ __tag: "Err", error: expect.stringContaining("JSON") });
  expect([jsonStringify({ a: 1 }), jsonStringify(undefined), jsonPretty({ a: 1 })]).toEqual([
    '{"a":1}',
    "null",
    '{\n  "a": 1\n}',
  ]);
});

test("unescape_html reads characters by name and number, each once", () => {
  expect(encoding.unescapeHtml("&lt;b&gt;&amp;lt;&#39;&#x27;&apos;&#128512;&nbsp;&quot;")).toBe(
    "<b>&lt;'''😀\u00a0\"",
  );
  expect(encoding.unescapeHtml("&eacute; &#xffffffff; &__proto__; &toString; & &#;")).toBe(
    "&eacute; &#xffffffff; &__proto__; &toString; & &#;",
  );
});
