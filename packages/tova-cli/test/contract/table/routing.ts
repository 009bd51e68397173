// Which route a path comes to (spec 11.2).
import { type Group, json, notFound, send, utf8 } from "../row";

const get = (path: string) => send(`GET ${path}`);

export const routing: Group = {
  name: "routing",
  edge: `
  env GREETING = "by default"
  env SET = "by default"
  env EMPTY = "by default"
  route GET "/" => fn() "root"
  route GET "/items/:id" => fn(req, params) { { item: params.id } }
  route GET "/fixed/new" => fn() "first"
  route GET "/fixed/:name" => fn(req, params) params.name
  route GET "/files/*" => fn(req, params) { { wild: params.wild } }
  route GET "/deep/:a/x/*rest" => fn(req, params) { [params.a, params.rest] }
  route GET "/a.b/(c)+" => fn() "literally"
  route GET "/100%" => fn() "all of it"
  route GET "/café" => fn() "coffee"
  route get "/lower" => fn() "lower"
  route GET "/slash/" => fn() "with a slash"
  route GET "/double//slash" => fn() "with two"
  route GET "/named" => named
  route GET "/env" => fn(req, params, env) { [GREETING, SET, EMPTY] }
  routes "/v1" {
    route GET "/a" => fn() "grouped"
    routes "/n" { route GET "/b/:c" => fn(req, params) params.c }
  }
  health "/live"
  fn named(req) { "{req.method} by name" }
  `,
  env: { SET: "by the platform", EMPTY: "" },
  rows: [
    { name: "the root", send: get("/"), gives: json("root") },
    { name: "the root with a query", send: get("/?a=1"), gives: json("root") },
    { name: "a parameter", send: get("/items/7"), gives: json({ item: "7" }) },
    {
      name: "a query is no part of the path",
      send: get("/items/7?id=8"),
      gives: json({ item: "7" }),
    },
    { name: "a query with a slash", send: get("/items/7?a=/b/c"), gives: json({ item: "7" }) },
    { name: "a parameter is not empty", send: get("/items/"), ...notFound() },
    { name: "a path is not cut", send: get("/items/7/8"), ...notFound() },
    { name: "a slash at the end is another path", send: get("/items/7/"), ...notFound() },
    {
      name: "a slash at the end that is asked for",
      send: get("/slash/"),
      gives: json("with a slash"),
    },
    { name: "without the slash that is asked for", send: get("/slash"), ...notFound() },
    { name: "an empty segment counts", send: get("/double//slash"), gives: json("with two") },
    { name: "an empty segment is none of the path", send: get("/double/slash"), ...notFound() },
    { name: "two slashes in front", send: get("//items/7"), ...notFound() },
    { name: "letter case counts", send: get("/Items/7"), ...notFound() },
    { name: "the first that matches", send: get("/fixed/new"), gives: json("first") },
    { name: "the next when the first does not", send: get("/fixed/newer"), gives: json("newer") },
    {
      name: "marks of regular expressions are text",
      send: get("/a.b/(c)+"),
      gives: json("literally"),
    },
    { name: "and match nothing else", send: get("/axb/(c)+"), ...notFound() },
    { name: "a literal in percent encoding", send: get("/caf%C3%A9"), gives: json("coffee") },
    { name: "in lower-case encoding", send: get("/caf%c3%a9"), gives: json("coffee") },
    { name: "a letter that needs no encoding", send: get("/%6Cower"), gives: json("lower") },
    { name: "a wildcard", send: get("/files/a/b"), gives: json({ wild: "a/b" }) },
    { name: "a wildcard's rest may be empty", send: get("/files/"), gives: json({ wild: "" }) },
    { name: "a wildcard does not cover its folder", send: get("/files"), ...notFound() },
    {
      name: "a wildcard keeps empty segments",
      send: get("/files/a//b/"),
      gives: json({ wild: "a//b/" }),
    },
    { name: "parameter and wildcard", send: get("/deep/1/x/2/3"), gives: json(["1", "2/3"]) },
    { name: "a method in lower case is declared", send: get("/lower"), gives: json("lower") },
    { name: "a handler by its name", send: get("/named"), gives: json("GET by name") },
    { name: "a group", send: get("/v1/a"), gives: json("grouped") },
    { name: "a group in a group", send: get("/v1/n/b/7"), gives: json("7") },
    { name: "a group's path alone", send: get("/v1"), ...notFound() },
    {
      name: "variables: set, left to the default, set to nothing",
      send: get("/env"),
      gives: json(["by default", "by the platform", ""]),
    },
    { name: "health", send: get("/live"), gives: json({ status: "ok" }) },
    { name: "no route", send: get("/nowhere"), ...notFound({ Allow: null }) },
    { name: "a percent sign in encoding", send: get("/100%25"), gives: json("all of it") },
    { name: "a percent sign as it is", send: get("/100%"), gives: json("all of it") },
    { name: "a percent sign in double encoding", send: get("/100%2525"), ...notFound() },
    {
      name: "a literal in raw UTF-8",
      send: get(utf8("/café")),
      gives: json("coffee"),
      needs: ["wire"],
    },
  ],
};
