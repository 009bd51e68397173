// What a handler gets of a path and a query (spec 11.2): decoded once, never a crash.
import { type Group, json, send } from "../row";

const get = (path: string) => send(`GET ${path}`);
const path = (value: string) => json({ id: value });

export const params: Group = {
  name: "params",
  edge: `
  route GET "/p/:id" => fn(req, params) { params }
  route GET "/two/:a/:b" => fn(req, params) { params }
  route GET "/own/:__proto__/:constructor" => fn(req, params) { [Object.keys(params), params["__proto__"], params["constructor"], params["toString"] == nil] }
  route GET "/rest/*path" => fn(req, params) { { id: params.path } }
  route GET "/query" => fn(req) { q = URL.new(req.url).searchParams; [q.get("a"), q.getAll("b"), q.get("none")] }
  route GET "/url" => fn(req) { URL.new(req.url).search }
  `,
  rows: [
    { name: "a space", send: get("/p/a%20b"), gives: path("a b") },
    {
      name: "a slash in encoding does not split",
      needs: ["encoded paths"],
      send: get("/p/a%2Fb"),
      gives: path("a/b"),
    },
    { name: "a percent sign is decoded once", send: get("/p/%2541"), gives: path("%41") },
    {
      name: "a slash in double encoding is decoded once",
      send: get("/p/a%252Fb"),
      gives: path("a%2Fb"),
    },
    {
      name: "a slash in encoding beside a malformed escape",
      send: get("/p/a%2F%zz"),
      gives: path("a%2F%zz"),
    },
    { name: "three percent signs", send: get("/p/%25%25%25"), gives: path("%%%") },
    {
      name: "a slash alone in encoding",
      needs: ["encoded paths"],
      send: get("/p/%2F"),
      gives: path("/"),
    },
    { name: "a wildcard of one slash in encoding", send: get("/rest/%2F"), gives: path("/") },
    {
      name: "a wildcard in double encoding",
      send: get("/rest/a%252Fb/%2525"),
      gives: path("a%2Fb/%25"),
    },
    { name: "a plus stays a plus", send: get("/p/a+b"), gives: path("a+b") },
    { name: "a question mark in encoding", send: get("/p/a%3Fb"), gives: path("a?b") },
    { name: "a hash in encoding", send: get("/p/a%23b"), gives: path("a#b") },
    { name: "letters of other scripts", send: get("/p/%E6%97%A5%E6%9C%AC"), gives: path("日本") },
    { name: "beyond the first plane", send: get("/p/%F0%9F%98%80"), gives: path("😀") },
    { name: "a zero byte", send: get("/p/a%00b"), gives: path("a\0b") },
    { name: "a line break", send: get("/p/a%0D%0Ab"), gives: path("a\r\nb") },
    { name: "a malformed escape stays as it is", send: get("/p/100%"), gives: path("100%") },
    { name: "no hexadecimal digits", send: get("/p/%zz"), gives: path("%zz") },
    { name: "half an escape", send: get("/p/a%2"), gives: path("a%2") },
    { name: "no UTF-8", send: get("/p/%FF"), gives: path("%FF") },
    { name: "half a letter of UTF-8", send: get("/p/%C3"), gives: path("%C3") },
    { name: "an overlong slash", send: get("/p/%C0%AF"), gives: path("%C0%AF") },
    {
      name: "a malformed segment leaves the others decoded",
      needs: ["encoded paths"],
      send: get("/two/%/a%20b"),
      gives: json({ a: "%", b: "a b" }),
    },
    { name: "a dot alone in a longer word", send: get("/p/..."), gives: path("...") },
    { name: "semicolons and commas", send: get("/p/a;b=1,c"), gives: path("a;b=1,c") },
    { name: "colon and at sign", send: get("/p/a:b@c"), gives: path("a:b@c") },
    {
      name: "names of every object are names like others",
      send: get("/own/v/w"),
      gives: json([["__proto__", "constructor"], "v", "w", true]),
    },
    { name: "a wildcard is decoded too", send: get("/rest/a%20b/c%2Fd"), gives: path("a b/c/d") },
    {
      name: "a wildcard with a malformed part",
      needs: ["encoded paths"],
      send: get("/rest/%/b%20c"),
      gives: path("%/b c"),
    },
    { name: "a query", send: get("/query?a=1&b=2&b=3"), gives: json(["1", ["2", "3"], null]) },
    {
      name: "a query in encoding",
      send: get("/query?a=%26%3D+x"),
      gives: json(["&= x", [], null]),
    },
    {
      name: "a query with a malformed escape",
      send: get("/query?a=%zz"),
      gives: json(["%zz", [], null]),
    },
    { name: "a query with a name alone", send: get("/query?a"), gives: json(["", [], null]) },
    { name: "a query as it came", send: get("/url?x=%20&y=%2F"), gives: json("?x=%20&y=%2F") },
  ],
};
