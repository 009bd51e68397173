// Paths written to get around `protect`, sent as they stand through a socket to workerd (spec 12).
import { connect } from "node:net";
import { compile } from "../../src";
import { type Running, start } from "./start";

jest.setTimeout(60_000);

const programs = {
  folder: `edge "folder" {
  route GET "/admin" => fn() "private"
  route GET "/admin/" => fn() "private"
  route GET "/admin/:page" => fn() "private"
  route GET "/admin/:a/*rest" => fn() "private"
  route GET "/files/:name" => fn() "open"
  route GET "/*rest" => fn() "open"
}
security { auth jwt { secret: env("KEY") } protect "/admin/*" { require: authenticated } }`,
  single: `edge "single" {
  route GET "/me" => fn() "private"
  route GET "/me/" => fn() "open"
  route GET "/me/more" => fn() "open"
  route GET "/*rest" => fn() "open"
}
security { auth jwt { secret: env("KEY") } protect "/me" { require: authenticated } }`,
  params: `edge "params" {
  route GET "/users/:id" => fn() "private"
  route GET "/users/:id/posts/:post" => fn() "private"
  route GET "/*rest" => fn() "open"
}
security {
  auth jwt { secret: env("KEY") }
  protect "/users/new" { require: anyone }
  protect "/users/:id" { require: authenticated }
  protect "/users/:id/posts/:post" { require: authenticated }
}`,
  stars: `edge "stars" {
  route GET "/*rest" => fn() "open"
}
security {
  auth jwt { secret: env("KEY") }
  protect "/x/*/a/*/:id/b/*/c/*d" { require: authenticated }
  protect "/y/*/b/*" { require: authenticated }
}`,
  written: `edge "written" {
  route GET "/caf%C3%A9/:page" => fn() "private"
  route GET "/a b" => fn() "private"
  route GET "/x/y" => fn() "private"
  route GET "/*rest" => fn() "open"
}
security {
  auth jwt { secret: env("KEY") }
  protect "/caf%C3%A9/*" { require: authenticated }
  protect "/a%20b" { require: authenticated }
  protect "/x//y" { require: authenticated }
}`,
};

let running: Running;
beforeAll(async () => {
  running = await start(programs, { KEY: "key" });
});
afterAll(() => running.mf.dispose());

/** Sends a path byte for byte; `fetch` would tidy it up before. */
async function raw(program: string, path: string): Promise<string> {
  const { hostname, port } = await running.mf.ready;
  const socket = connect(Number(port), hostname);
  const head = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nMF-Route-Override: ${program}\r\n`;
  socket.write(`${head}Connection: close\r\n\r\n`, "latin1");
  let answer = "";
  for await (const part of socket) {
    answer += part;
    if (/\r\n\r\n./s.test(answer)) break;
  }
  return `${/^HTTP\/1.1 (\d+)/.exec(answer)?.[1]} ${/"(private|open)"/.exec(answer)?.[1] ?? ""}`.trim();
}

/** Ways to write a slash or a letter of a path, some of them nonsense. */
const slashes = [
  "/",
  "//",
  "///",
  "/./",
  "/%2e/",
  "/x/../",
  "/x/%2e%2E/",
  "%2F",
  "/%2F",
  "%2f",
  "\\",
  "%5C",
  "/%00/",
  "/;/",
];
const words = [
  "admin",
  "%61dmin",
  "%61%64%6D%69%6E",
  "%2561dmin",
  "Admin",
  "ADMIN",
  "admin%20",
  "admin%00",
  "admin.",
  "admin;",
  "admin%3F",
  "admin%23",
  "%C0%AFadmin",
  "admin%2F..",
  "admin%",
];
const tails = [
  "",
  "/",
  "//",
  "/x",
  "//x",
  "/x/y",
  "%2Fx",
  "/%0Ax",
  "/%0D%0A",
  "/%E2%80%A8x",
  "/x%0A/y",
  "/x%2F%0Ay",
  "?a",
  "/..",
  "/%2e%2e/admin",
  "/.",
  ";a=b",
  "%23",
  "/x?admin",
  "/../files/x",
  "/%ff",
  "/%",
  "/%zz",
  "/x%",
];

it("lets nobody through to a private handler, however the path is written", async () => {
  const paths = [
    ...slashes.flatMap((slash) => words.map((word) => `/${slash.slice(1)}${word}/x`)),
    ...slashes.map((slash) => `/admin${slash}x`),
    ...words.flatMap((word) => tails.map((tail) => `/${word}${tail}`)),
  ];
  const found = await Promise.all(
    paths.map(async (path) => `${await raw("folder", path)} ${path}`),
  );
  expect(found.filter((one) => one.includes("private"))).toEqual([]);
  // The tricks do reach the worker: most of them are refused, and some are other paths.
  expect(found.filter((one) => one.startsWith("401")).length).toBeGreaterThan(100);
  expect(found.filter((one) => one.startsWith("200 open")).length).toBeGreaterThan(50);
});

it.each([
  "/admin/%0Ax",
  "/admin/%0D%0A",
  "/admin/%E2%80%A8",
  "/admin/x%0A/y",
  "/admin/%00",
  "/%61dmin/%0A",
])("%s is in the folder", async (path) => expect(await raw("folder", path)).toBe("401"));

it.each([
  "/administrator",
  "/Admin",
  "/admi",
  "/admin%20",
  "/admin.",
  "/files/admin",
  "/x/admin/y",
  "/%2561dmin",
])("%s is another path", async (path) => expect(await raw("folder", path)).toBe("200 open"));

it("a pattern without a star is one path", async () => {
  for (const path of ["/me", "/m%65", "/me?x=1", "//me", "/%6D%65"]) {
    expect([path, await raw("single", path)]).toEqual([path, "401"]);
  }
  for (const path of ["/me/", "/me/more", "/ME", "/me%20", "/me%0A", "/mee"]) {
    expect([path, await raw("single", path)]).toEqual([path, "200 open"]);
  }
});

it("a parameter in a pattern is one part of the path, as in a route", async () => {
  const paths = ["/users/1", "/users/%61", "/users/a%2Fb", "/users/a%2fb/posts/%2F", "/users/:id"];
  for (const path of paths) expect([path, await raw("params", path)]).toEqual([path, "401"]);
  for (const path of ["/users/", "/users", "/users/1/x", "/users/1/posts/", "/users/1/posts/2/3"]) {
    expect([path, await raw("params", path)]).toEqual([path, "200 open"]);
  }
  expect(await raw("params", "/users/new")).toBe("200 private");
});

it("a pattern means the path that it is written for, escapes and slashes included", async () => {
  for (const path of ["/caf%C3%A9/x", "/caf%c3%a9/", "/a%20b", "/a%20%62", "/x/y", "/x//y"]) {
    expect([path, await raw("written", path)]).toEqual([path, "401"]);
  }
  expect(await raw("written", "/caf%25C3%25A9/x")).toBe("200 open");
});

it("a pattern with several stars takes every path that they can stand for", async () => {
  for (const path of ["/x/1/a/2/3/b/4/c/d", "/x/a/a/c/2/b/d/b/c/c/dd", "/y/b/bc/b", "/y/a/b/"]) {
    expect([path, await raw("stars", path)]).toEqual([path, "401"]);
  }
  for (const path of ["/x/1/a/2/b/3/c/4/d", "/x/1/a/2//b/3/c/d", "/y/b", "/y/a/bc"]) {
    expect([path, await raw("stars", path)]).toEqual([path, "200 open"]);
  }
});

it("a long path is not tried in all the ways that stars can share it out", async () => {
  expect(await raw("stars", `/x/${"a/1/b/c/".repeat(600)}`)).toBe("200 open");
}, 10_000);

it("a pattern that is no path is refused", () => {
  const source = `edge { route GET "/" => fn() 1 }
security { auth jwt { secret: env("K") } protect "admin/*" { require: authenticated } }`;
  const { diagnostics } = compile(source, { fileName: "a.tova" });
  expect(diagnostics.map(({ code }) => code)).toEqual(["E_SECURITY_VALUE"]);
});
