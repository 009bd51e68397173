// What a middleware may do with `next`, however the compiler reads it, in workerd (spec 11.3).
import { type Running, start } from "./start";

jest.setTimeout(60_000);

const route = `
  route GET "/ok" => fn(req) { { seen: req.headers.get("X-Seen") } }
  route GET "/throws" => fn() { null.x }
  route GET "/later" => fn() { await Promise.reject(Error.new("later")) }`;

const programs = {
  last: `middleware fn m(req, next) { if req.method == "PUT" { "stopped" } else { next(req) } } ${route}`,
  returned: `middleware fn m(req, next) { if req.method != "PUT" { return next(req) } "stopped" } ${route}`,
  changed: `middleware fn m(req, next) { next(Request.new(req, { headers: { "X-Seen": "changed" } })) } ${route}`,
  awaited: `middleware fn m(req, next) { res = await next(req) res.headers.set("X-By", "m") res } ${route}`,
  both: `
    middleware fn outer(req, next) { res = await next(req) res.headers.append("X-By", "outer") res }
    middleware fn middle(req, next) { next(req) }
    middleware fn inner(req, next) { res = await next(req) res.headers.append("X-By", "inner") res }
    ${route}`,
  promise: `middleware fn m(req, next) { next(req).then(fn(res) [res.status, res.headers != nil]) } ${route}`,
  rescued: `
    middleware fn m(req, next) {
      try { return await next(req) } catch err { return "rescued: {err.message != nil}" }
    } ${route}`,
  unawaited: `
    on_error fn(err) { "on_error" }
    middleware fn m(req, next) { try { return next(req) } catch err { return "caught" } } ${route}`,
  defaulted: `middleware fn m(req, next) { next() } ${route}`,
  twice: `
    on_error fn(err) { err.message }
    middleware fn greedy(req, next) { await next(req) next(req) } ${route}`,
  looped: `
    on_error fn(err) { err.message }
    middleware fn greedy(req, next) { for i in [1, 2] { await next(req) } } ${route}`,
  hidden: `
    on_error fn(err) { err.message }
    fn call(box, req) { box.next(req) }
    middleware fn greedy(req, next) { box = { next } await call(box, req) call(box, req) } ${route}`,
  alone: `middleware fn m(req) { "alone" } ${route}`,
  names: `
    on_error error
    middleware fn result(req, next) { next(req) }
    middleware fn env(req, next) { res = await next(req) res }
    fn error(err) { "the handler of errors" }
    fn path(req) { "path" }
    fn allow(req, params) { params.end1 }
    fn req() { "req" }
    fn end1(r, params) { params }
    fn request(r) { null.x }
    route GET "/path" => path
    route GET "/allow/:end1/x" => allow
    route GET "/req" => req
    route GET "/end/:a/:b" => end1
    route GET "/request" => request`,
};

let running: Running;
beforeAll(async () => {
  running = await start(programs);
});
afterAll(() => running.mf.dispose());

const internal = '500 {"error":"Internal Server Error"}';

it.each([
  ["last", "/ok", '200 {"seen":null}'],
  ["last", "/throws", internal],
  ["last", "/later", internal],
  ["returned", "/ok", '200 {"seen":null}'],
  ["changed", "/ok", '200 {"seen":"changed"}'],
  ["awaited", "/ok", '200 {"seen":null}'],
  ["awaited", "/throws", internal],
  ["promise", "/ok", "200 [200,true]"],
  ["promise", "/nowhere", "200 [404,true]"],
  ["rescued", "/throws", '200 "rescued: true"'],
  ["rescued", "/later", '200 "rescued: true"'],
  ["unawaited", "/throws", '500 "on_error"'],
  ["unawaited", "/later", '500 "on_error"'],
  ["defaulted", "/ok", '200 {"seen":null}'],
  ["twice", "/ok", '500 "Middleware greedy called next twice"'],
  ["looped", "/ok", '500 "Middleware greedy called next twice"'],
  ["hidden", "/ok", '500 "Middleware greedy called next twice"'],
  ["alone", "/ok", '200 "alone"'],
  ["names", "/path", '200 "path"'],
  ["names", "/allow/1/x", '200 "1"'],
  ["names", "/req", '200 "req"'],
  ["names", "/end/1/2", '200 {"a":"1","b":"2"}'],
  ["names", "/request", '500 "the handler of errors"'],
])("%s %s: %s", async (program, path, expected) => {
  const response = await running.fetch(program, path);
  expect(`${response.status} ${await response.text()}`).toBe(expected);
});

it.each(["last", "returned"])("%s answers in the place of what is inside", async (program) => {
  const response = await running.fetch(program, "/ok", { method: "PUT" });
  expect(await response.json()).toBe("stopped");
});

it("each edits the response of what is inside, the first outermost", async () => {
  const response = await running.fetch("both", "/ok");
  expect(response.headers.get("X-By")).toBe("inner, outer");
});

it("answers HEAD by GET through all of them", async () => {
  const response = await running.fetch("both", "/ok", { method: "HEAD" });
  expect([response.status, response.headers.get("X-By")]).toEqual([200, "inner, outer"]);
});
