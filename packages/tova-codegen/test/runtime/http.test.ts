// Behaviour of the request and response helpers that generated workers carry.
import {
  type Answer,
  allowed,
  answerOptions,
  endOf,
  fail,
  headLater,
  headOf,
  internalError,
  type Layer,
  nextOnce,
  nextTo,
  paramOf,
  pathOf,
  respond,
  unrouted,
  unroutedJson,
} from "../../src/runtime/http";

const request = (url = "http://h/x", init?: RequestInit) => new Request(url, init);
const logged = () => jest.spyOn(console, "error").mockImplementation(() => {});

afterEach(() => jest.restoreAllMocks());

describe("pathOf", () => {
  test.each([
    ["http://h/", "/"],
    ["http://h/?a=/b", "/"],
    ["http://h/a/b", "/a/b"],
    ["http://h/a/", "/a/"],
    ["http://h//a", "//a"],
    ["https://u:p@h:8080/a?b=/c#/d", "/a"],
    ["http://h/a#/b?c", "/a"],
    ["http://h/a%20b/%C3%A9", "/a b/é"],
    ["http://h/a%2Fb/c", "/a%2Fb/c"],
    ["http://h/a%2fb", "/a%2Fb"],
    ["http://h/%252F", "/%252F"],
    ["http://h/%E0%A4%A/%20", "/%25E0%25A4%25A/ "],
    ["http://h/100%/%zz", "/100%25/%25zz"],
    ["http://h/a?x=%20", "/a"],
    ["http://[::1]:8787/__proto__", "/__proto__"],
  ])("%s is %s", (url, path) => expect(pathOf(url)).toBe(path));

  test("agrees with URL on what is the path", () => {
    const url = request("http://h/a/../b/./c%2e?x#y").url;
    expect(paramOf(pathOf(url), 0)).toBe(decodeURIComponent(new URL(url).pathname));
  });
});

test.each([
  ["http://h/a%2Fb", "a/b"],
  ["http://h/%252F", "%2F"],
  ["http://h/100%", "100%"],
  ["http://h/%E0%A4%A", "%E0%A4%A"],
  ["http://h/%C3%A9%25", "é%"],
  ["http://h/a+b", "a+b"],
])("the parameter of %s is %s, decoded once", (url, text) => {
  expect(paramOf(pathOf(url), 1)).toBe(text);
});

test.each([
  ["/a/b", 1, 2],
  ["/a/b", 3, 4],
  ["/a", 3, 2],
])("the part of %s at %i ends at %i", (path, from, end) => {
  expect(endOf(path, from)).toBe(end);
});

describe("respond", () => {
  test("leaves a Response as it is", () => {
    const response = new Response("x", { status: 201 });
    expect(respond(response, { status: 500 })).toBe(response);
  });

  test.each([
    [{ a: 1 }, '{"a":1}'],
    ["hi", '"hi"'],
    [undefined, "null"],
    [null, "null"],
    [0, "0"],
    [false, "false"],
    [[undefined], "[null]"],
  ])("%p is JSON", async (value, text) => {
    const response = respond(value);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.text()).toBe(text);
  });

  test("names what cannot be JSON", () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    expect(() => respond(cycle)).toThrow(/circular/is);
    expect(() => respond({ n: 1n })).toThrow(/BigInt/s);
    expect(() => respond(() => 1)).toThrow("A function has no JSON");
  });
});

describe("unrouted", () => {
  const unused = () => {
    throw new Error("dispatched");
  };

  test.each([
    ["GET", "", 404, null],
    ["HEAD", "", 404, null],
    ["POST", "GET, HEAD, OPTIONS", 405, "GET, HEAD, OPTIONS"],
    ["HEAD", "POST, OPTIONS", 405, "POST, OPTIONS"],
  ])("%s where %j is allowed is %p, Allow %p", (method, allow, status, listed) => {
    const response = unrouted(unused, request(), "/x", method, allow, headOf) as Response;
    expect([response.status, response.headers.get("allow")]).toEqual([status, listed]);
  });

  test("HEAD is what GET gives of the same path", () => {
    const get = (_: Request, path: string, method: string) =>
      Response.json(null, { headers: { "X-Asked": `${method} ${path}` } });
    const answer = unrouted(get, request(), "/x", "HEAD", "GET, HEAD, OPTIONS", headOf) as Response;
    expect([answer.headers.get("x-asked"), answer.body]).toEqual(["GET /x", null]);
  });
});

describe("the answer to HEAD", () => {
  test("keeps status and headers, drops the body and cancels its stream", async () => {
    const cancel = jest.fn();
    const body = new ReadableStream({ cancel });
    const got = new Response(body, { status: 203, headers: { "X-A": "1" } });
    const answer = await headLater(Promise.resolve(got));
    expect([answer.status, answer.headers.get("x-a"), answer.body]).toEqual([203, "1", null]);
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  test("does not fail where the body is being read", async () => {
    const response = new Response("text");
    response.body?.getReader();
    expect(await headOf(response).text()).toBe("");
  });

  test("has the type of a value's JSON", async () => {
    expect((await headLater({ a: 1 })).headers.get("content-type")).toBe("application/json");
  });
});

test("OPTIONS is answered by what is allowed", () => {
  const response = answerOptions("PUT, OPTIONS");
  expect([response.status, response.headers.get("allow")]).toEqual([204, "PUT, OPTIONS"]);
});

describe("unroutedJson", () => {
  const get = (_: Request, path: string, method: string) =>
    new Response("mine", { status: 404, headers: { "X-Asked": `${method} ${path}` } });

  test.each([
    ["GET", "", '404 - application/json {"error":"Not Found"}'],
    ["POST", "GET, OPTIONS", '405 GET, OPTIONS application/json {"error":"Method Not Allowed"}'],
  ])("%s where %j is allowed is %s", async (method, allow, expected) => {
    const response = await unroutedJson(get, request(), "/x", method, allow, headOf);
    const headers = ["allow", "content-type"].map((name) => response.headers.get(name) ?? "-");
    expect([response.status, ...headers, await response.text()].join(" ")).toBe(expected);
  });

  test("a 404 that GET gives for HEAD is the program's own", async () => {
    const answer = await unroutedJson(get, request(), "/x", "HEAD", "GET, OPTIONS", headOf);
    const { status, headers, body } = answer;
    expect([status, headers.get("x-asked"), body]).toEqual([404, "GET /x", null]);
  });
});

test.each([
  ["", ""],
  ["GET, HEAD, ", "GET, HEAD, OPTIONS"],
  ["POST, POST, ", "POST, OPTIONS"],
  ["OPTIONS, HEAD, GET, HEAD, ", "OPTIONS, HEAD, GET"],
])("routes with %j allow %j", (methods, list) => expect(allowed(methods)).toBe(list));

test("an error that nobody handles tells the client nothing and logs the stack", async () => {
  const log = logged();
  const error = new Error("password is hunter2");
  const response = internalError(error);
  expect(response.status).toBe(500);
  expect(await response.text()).toBe('{"error":"Internal Server Error"}');
  expect(log.mock.calls).toEqual([[error.stack]]);
});

describe("fail", () => {
  test("sends what on_error gives: a Response as it is, a value as JSON with status 500", async () => {
    const log = logged();
    const teapot = new Response("t", { status: 418 });
    expect(await fail(new Error("x"), request(), () => teapot)).toBe(teapot);
    const response = await fail(new Error("x"), request("http://h/y"), async (error, req) => ({
      error: (error as Error).message,
      url: req.url,
    }));
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ error: "x", url: "http://h/y" });
    expect(log).not.toHaveBeenCalled();
  });

  test.each([
    [
      "throws",
      () => {
        throw new Error("second");
      },
    ],
    [
      "rejects",
      async () => {
        throw new Error("second");
      },
    ],
    ["gives what is no JSON", () => 1n],
  ])("answers plainly when on_error %s, and logs both errors", async (_, onError) => {
    const log = logged();
    const response = await fail("first", request(), onError);
    expect(await response.json()).toEqual({ error: "Internal Server Error" });
    expect(log.mock.calls[0]).toEqual(["first"]);
    expect(String(log.mock.calls[1])).toMatch(/second|BigInt/);
  });
});

describe("middleware", () => {
  const last = async (req: Request) => new Response(req.headers.get("x-seen") ?? "bare");
  const chain = (layers: readonly Layer[], inner: Answer): Answer =>
    layers.reduceRight<Answer>((answer, layer) => nextOnce(layer, answer), inner);
  const answered = async (answer: Answer) => respond(await answer(request()));

  test("wraps the routes, the first outermost, and each may edit the response", async () => {
    const order: string[] = [];
    const layer =
      (name: string): Layer =>
      async (req, next) => {
        order.push(`${name} in`);
        const response = await next(req);
        order.push(`${name} out`);
        response.headers.append("x-by", name);
        return response;
      };
    const response = await answered(chain([layer("a"), layer("b")], last));
    expect(order).toEqual(["a in", "b in", "b out", "a out"]);
    expect(response.headers.get("x-by")).toBe("b, a");
  });

  test("next gives a response, of whatever is inside", async () => {
    expect(await (await nextTo(() => ({ a: 1 }))(request())).json()).toEqual({ a: 1 });
    const failing = nextTo(() => {
      throw new Error("inside");
    });
    await expect(failing(request())).rejects.toThrow("inside");
  });

  test("next gives a response whose headers can be changed", async () => {
    const made = new Response("x");
    expect(await nextTo(() => made)(request())).toBe(made);
    const given = await nextTo(() => Response.redirect("http://h/y", 307))(request());
    given.headers.set("X-A", "b");
    expect([given.status, given.headers.get("Location")]).toEqual([307, "http://h/y"]);
  });

  test("next takes another request, or passes the same one", async () => {
    const changed = request("http://h/", { headers: { "x-seen": "changed" } });
    const swap: Layer = (_, next) => next(changed);
    const same: Layer = (_, next) => (next as () => Promise<Response>)();
    expect(await (await answered(chain([swap, same], last))).text()).toBe("changed");
  });

  test("stops where next is not called, with a value as JSON", async () => {
    const inner = jest.fn(last);
    const response = await answered(chain([() => ({ stopped: true })], inner));
    expect(await response.json()).toEqual({ stopped: true });
    expect(inner).not.toHaveBeenCalled();
  });

  test("calling next twice is an error that names the middleware", async () => {
    const inner = jest.fn(last);
    async function greedy(req: Request, next: (r: Request) => Promise<Response>) {
      await next(req);
      return next(req);
    }
    await expect(answered(chain([greedy], inner))).rejects.toThrow("greedy called next twice");
    expect(inner).toHaveBeenCalledTimes(1);
  });

  test("a second request may call next again", async () => {
    const answer = chain([(req, next) => next(req)], last);
    await answered(answer);
    expect((await answered(answer)).status).toBe(200);
  });

  test("errors before and after next reject, and a middleware may catch those inside", async () => {
    const boom: Layer = () => {
      throw new Error("before");
    };
    await expect(answered(chain([boom], last))).rejects.toThrow("before");
    const rescue: Layer = async (req, next) => {
      try {
        return await next(req);
      } catch (error) {
        return { rescued: (error as Error).message };
      }
    };
    const response = await answered(chain([rescue, boom], last));
    expect(await response.json()).toEqual({ rescued: "before" });
  });
});
