// What workers cost beside careful ones by hand: bytes that are sent to the platform, and bytes of
// the heap for each request, which show what is made again though once would do.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../../src";

const root = join(__dirname, "../../../..");
const bench = join(root, "bench/worker");

/** The JavaScript of a program's first worker. */
const codeOf = (source: string): string =>
  compile(source, { fileName: "cost.tova" }).workers[0]?.code ?? "";

const router = readFileSync(join(bench, "workers/router.txt"), "utf8");

/** Around the routes: CORS, a middleware that passes on, one that edits, a protected folder. */
const around = `edge "around" {
  cors { origins: ["https://a.example"] }
  middleware fn stop(req, next) {
    if req.headers.get("X-Stop") == "yes" { Response.new("stopped", { status: 403 }) } else { next(req) }
  }
  middleware fn stamp(req, next) { res = await next(req)  res.headers.set("X-By", "stamp")  res }
  route GET "/api/:area/items/*rest" => fn(req, params) { { area: params.area, rest: params.rest } }
}
security {
  auth jwt { secret: env("KEY") }
  protect "/admin/*" { require: authenticated }
}`;

const aroundByHand = `import { param, pathOf } from "./path-hand.mjs";
const bearer = /^bearer +(.+)$/i;
const admin = /^[/]admin([/]|$)/;
const unknown = { status: 401, headers: { "WWW-Authenticate": "Bearer" } };
async function userOf(request) {
  const token = bearer.exec(request.headers.get("Authorization") ?? "");
  return token && JSON.parse(token[1]);
}
function route(request) {
  const path = pathOf(request.url);
  if (path.startsWith("/api/")) {
    const end = path.indexOf("/", 5);
    if (end > 5 && path.startsWith("/items/", end) && request.method === "GET") {
      return Response.json({ area: param(path.slice(5, end)), rest: param(path.slice(end + 7)) });
    }
  }
  return new Response("Not Found", { status: 404 });
}
// What \`next\` gives is a promise.
async function next(request) {
  return await route(request);
}
async function stamp(request) {
  const response = await next(request);
  response.headers.set("X-By", "stamp");
  return response;
}
function stop(request) {
  if (request.headers.get("X-Stop") === "yes") return new Response("stopped", { status: 403 });
  return stamp(request);
}
async function guarded(request) {
  const path = pathOf(request.url);
  const user = await userOf(request);
  request.user = user;
  if (admin.test(path) && !user) return Response.json({ error: "Authentication required" }, unknown);
  return stop(request);
}
export default {
  async fetch(request) {
    let response;
    try {
      response = await guarded(request);
    } catch (error) {
      console.error(error);
      response = Response.json({ error: "Internal Server Error" }, { status: 500 });
    }
    response.headers.append("Vary", "Origin");
    if (request.headers.get("Origin") === "https://a.example") {
      response.headers.set("Access-Control-Allow-Origin", "https://a.example");
    }
    return response;
  },
};`;

interface Facts {
  readonly gzipped: number;
  /** By request. */
  readonly allocated: Readonly<Record<string, number>>;
}

const flags = ["--no-opt", "--min-semi-space-size=64", "--max-semi-space-size=64"];

/** Facts of workers, by program and kind. */
function measure(programs: unknown): Readonly<Record<string, Readonly<Record<string, Facts>>>> {
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, join(bench, "facts.mjs")], {
    input: JSON.stringify(programs),
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

let facts: ReturnType<typeof measure>;
beforeAll(() => {
  const api = readFileSync(join(root, "apps/pipeline/pipeline.tova"), "utf8");
  const hand = aroundByHand;
  const ending = "return stop(request);";
  const careless = {
    regex: hand.replace("bearer.exec", "/^bearer +(.+)$/i.exec"),
    closure: hand.replace(ending, "const next = () => stop(request); return next.call(next);"),
    object: hand.replace(ending, "const seen = { request }; return stop(Object(seen).request);"),
  };
  facts = measure({
    router: { codes: { ours: codeOf(router) } },
    api: { codes: { ours: codeOf(api) } },
    around: {
      codes: { ours: codeOf(around), hand, ...careless },
      asked: { "through all": ["GET", "/api/a/items/b/c"] },
    },
  });
});

/** Facts of ours and of the one by hand. */
function pair(program: string) {
  const { ours, hand } = facts[program] ?? {};
  if (!ours || !hand) throw new Error(program);
  return { ours, hand };
}

test("eight routes are under a kilobyte, minified and gzipped", () => {
  expect(pair("router").ours.gzipped).toBeLessThanOrEqual(1024);
});

test("the seed's api is at most 1.15 of the one by hand, minified and gzipped", () => {
  const { ours, hand } = pair("api");
  expect(ours.gzipped / hand.gzipped).toBeLessThanOrEqual(1.15);
});

test.each(["router", "api"])("%s makes no more for a request than the one by hand", (program) => {
  const { ours, hand } = pair(program);
  const titles = Object.keys(hand.allocated);
  expect(titles.length).toBeGreaterThan(1);
  for (const title of titles) {
    expect(ours.allocated[title]).toBeLessThan((hand.allocated[title] as number) + 1);
  }
});

test("CORS, middleware and guards make nothing that could be made once", () => {
  const of = (kind: string) => facts.around?.[kind]?.allocated["through all"] ?? 0;
  // Room for the functions that a program's own parts have to be, and for less than a closure.
  expect(of("ours") / of("hand")).toBeLessThan(1.13);
  for (const careless of ["regex", "closure", "object"]) {
    expect(of(careless)).toBeGreaterThan(of("hand") + 20);
  }
});
