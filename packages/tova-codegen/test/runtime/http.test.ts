// Behaviour of the request and response helpers that generated workers carry.
import {
  chain,
  fail,
  type Layer,
  respond,
  router,
  segments,
  unrouted,
} from "../../src/runtime/http";

const request = (url = "http://h/x", init?: RequestInit) => new Request(url, init);
const logged = () => jest.spyOn(console, "error").mockImplementation(() => {});

afterEach(() => jest.restoreAllMocks());

describe("segments", () => {
  test.each([
    ["http://h/", [""]],
    ["http://h/?a=/b", [""]],
    ["http://h/a/b", ["a", "b"]],
    ["http://h/a/", ["a", ""]],
    ["http://h//a", ["", "a"]],
    ["https://u:p@h:8080/a?b=/c#/d", ["a"]],
    ["http://h/a#/b?c", ["a"]],
    ["http://h/a%20b/%C3%A9", ["a b", "é"]],
    ["http://h/a%2Fb/c", ["a/b", "c"]],
    ["http://h/%252F", ["%2F"]],
    ["http://h/%E0%A4%A/%20", ["%E0%A4%A", " "]],
    ["http://h/100%/%zz", ["100%", "%zz"]],
    ["http://h/a?x=%20", ["a"]],
    ["http://[::1]:8787/__proto__", ["__proto__"]],
  ])("%s", (url, parts) => expect(segments(url)).toEqual(parts));

  test("agrees with URL on what is the path", () => {
    const url = request("http://h/a/../b/./c%2e?x#y").url;
    expect(`/${segments(url).join("/")}`).toBe(decodeURIComponent(new URL(url).pathname));
  });
});

describe("respond", () => {
  test("leaves a Response as it is", () => {
    const response = new Response("x", { status: 201 });
    expect(respond(response, 500)).toBe(response);
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
    expect(() => respond(() => 1)).toThrow(/not JSON serializable/);
  });
});

describe("router", () => {
  const head = request("http://h/x", { method: "HEAD" });

  test("gives the value of the route that matches, with the path's parts", async () => {
    const route = router((method, path) => [method, path]);
    expect(await (await route(request("http://h/a/b%20c?d"))).json()).toEqual([
      "GET",
      ["a", "b c"],
    ]);
  });

  test("tells apart a route that gives nothing from none", async () => {
    expect(await (await router(() => undefined)(request())).text()).toBe("null");
    expect((await router((_, __, ___, allow) => allow)(request())).status).toBe(404);
  });

  test("HEAD keeps status and headers of GET, drops the body and cancels its stream", async () => {
    const cancel = jest.fn();
    const body = new ReadableStream({ cancel });
    const init = { status: 203, headers: { "X-A": "1" } };
    const route = router((method, _, __, allow) =>
      method === "GET" ? new Response(body, init) : allow,
    );
    const answer = await route(head);
    expect([answer.status, answer.headers.get("x-a"), answer.body]).toEqual([203, "1", null]);
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  test("HEAD of a body that is being read does not fail", async () => {
    const response = new Response("text");
    response.body?.getReader();
    const route = router((method, _, __, allow) => (method === "GET" ? response : allow));
    expect(await (await route(head)).text()).toBe("");
  });

  test("HEAD takes a route of its own first, and is 405 where only POST is", async () => {
    const own = router((method) => new Response(null, { status: method === "HEAD" ? 204 : 200 }));
    expect((await own(head)).status).toBe(204);
    const post = router((_, __, ___, allow) => {
      allow.push("POST");
      return allow;
    });
    expect((await post(head)).headers.get("allow")).toBe("POST, OPTIONS");
  });
});

test.each([
  ["GET", [], 404, null],
  ["OPTIONS", [], 404, null],
  ["POST", ["GET", "HEAD"], 405, "GET, HEAD, OPTIONS"],
  ["HEAD", ["POST", "POST"], 405, "POST, OPTIONS"],
  ["OPTIONS", ["PUT"], 204, "PUT, OPTIONS"],
  ["PUT", ["OPTIONS", "HEAD", "GET"], 405, "OPTIONS, HEAD, GET"],
])("%s where routes have %j is %p, Allow %p", (method, methods, status, allow) => {
  const response = unrouted(method, methods);
  expect([response.status, response.headers.get("allow")]).toEqual([status, allow]);
});

describe("fail", () => {
  test("without on_error tells the client nothing and logs the stack", async () => {
    const log = logged();
    const error = new Error("password is hunter2");
    const response = await fail(error, request(), null);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('{"error":"Internal Server Error"}');
    expect(log.mock.calls).toEqual([[error.stack]]);
  });

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

describe("chain", () => {
  const last = async (req: Request) => new Response(req.headers.get("x-seen") ?? "bare");

  test("without middleware is the router itself", () => expect(chain([], last)).toBe(last));

  test("runs the first middleware outermost and lets each edit the response", async () => {
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
    const response = await chain([layer("a"), layer("b")], last)(request());
    expect(order).toEqual(["a in", "b in", "b out", "a out"]);
    expect(response.headers.get("x-by")).toBe("b, a");
  });

  test("next takes another request, or passes the same one", async () => {
    const changed = request("http://h/", { headers: { "x-seen": "changed" } });
    const swap: Layer = (_, next) => next(changed);
    const same: Layer = (_, next) => (next as () => Promise<Response>)();
    expect(await (await chain([swap, same], last)(request())).text()).toBe("changed");
  });

  test("stops where next is not called, with a value as JSON", async () => {
    const inner = jest.fn(last);
    const response = await chain([() => ({ stopped: true })], inner)(request());
    expect(await response.json()).toEqual({ stopped: true });
    expect(inner).not.toHaveBeenCalled();
  });

  test("calling next twice is an error that names the middleware", async () => {
    const inner = jest.fn(last);
    async function greedy(req: Request, next: (r: Request) => Promise<Response>) {
      await next(req);
      return next(req);
    }
    await expect(chain([greedy], inner)(request())).rejects.toThrow("greedy called next twice");
    expect(inner).toHaveBeenCalledTimes(1);
  });

  test("a second request may call next again", async () => {
    const answer = chain([(req, next) => next(req)], last);
    await answer(request());
    expect((await answer(request())).status).toBe(200);
  });

  test("errors before and after next reject, and a middleware may catch those inside", async () => {
    const boom: Layer = () => {
      throw new Error("before");
    };
    await expect(chain([boom], last)(request())).rejects.toThrow("before");
    const rescue: Layer = async (req, next) => {
      try {
        return await next(req);
      } catch (error) {
        return { rescued: (error as Error).message };
      }
    };
    const response = await chain([rescue, boom], last)(request());
    expect(await response.json()).toEqual({ rescued: "before" });
  });
});
