// Names of programs that mean something to the code around them, on every platform: the program's stay its own.
import { transformSync } from "esbuild";
import { compile } from "../../src";

/** What a module exports, its globals being those given. */
function load(source: string, globals: Readonly<Record<string, unknown>> = {}) {
  const { workers, diagnostics } = compile(source, { fileName: "names.tova" });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 1));
  const { code } = transformSync(workers[0]?.code ?? "", { format: "cjs" });
  const module = { exports: {} as Record<string, unknown> };
  new Function("module", "console", ...Object.keys(globals), code)(
    module,
    { ...console, error() {} },
    ...Object.values(globals),
  );
  return module.exports;
}

type Fetch = (request: Request, env?: object) => Promise<Response>;

const ask = async (fetch: Fetch, path: string, env?: object) => {
  const response = await fetch(new Request(`http://localhost${path}`), env);
  return [response.status, response.headers.get("X-Value"), await response.text()].join(" ");
};

test.each([
  ...["env", "request", "error", "result", "response", "req", "path", "method", "at", "allow"],
  ...["end1", "$env", "$bind", "$dispatch", "Response", "Object", "JSON", "console", "arguments"],
  ...["eval", "undefined", "NaN", "Promise", "globalThis", "URL", "__proto__", "static", "handler"],
])("a variable of the environment may be called %s", async (name) => {
  const { default: worker } = load(`edge {
    env ${name} = "default"
    cors { origins: ["https://a.example"] }
    middleware fn mark(r, inner) { made = await inner(r) made.headers.set("X-Value", "{${name}}") made }
    on_error fn(e, r) { [${name}, "failed"] }
    route GET "/short" => fn() ${name}
    route GET "/long/:id" => fn(r, params) { id = params.id { id: id, value: ${name} } }
    route GET "/failing" => fn() { [].x.y }
  }`) as { default: { fetch: Fetch } };
  const env = Object.fromEntries([[name, "v"]]);
  expect(await ask(worker.fetch, "/short", env)).toBe('200 v "v"');
  expect(await ask(worker.fetch, "/long/1", env)).toBe('200 v {"id":"1","value":"v"}');
  expect(await ask(worker.fetch, "/failing", env)).toBe('500  ["v","failed"]');
});

test.each(["constructor", "toString", "hasOwnProperty", "__proto__"])(
  "a variable or secret called %s is not there before the platform has it",
  async (name) => {
    const { default: worker } = load(`edge {
      env ${name} = "default"
      route GET "/" => fn() ${name}
    }`) as { default: { fetch: Fetch } };
    expect(await ask(worker.fetch, "/", {})).toBe('200  "default"');
    for (const secrets of [`secret ${name}`, `secret OTHER secret ${name}`]) {
      const { default: closed } = load(`edge {
        ${secrets}
        route GET "/" => fn() "open"
      }`) as { default: { fetch: Fetch } };
      expect(await ask(closed.fetch, "/", { OTHER: "x" })).toMatch(/^500 /);
      const given = Object.fromEntries([
        ["OTHER", "x"],
        [name, "v"],
      ]);
      expect(await ask(closed.fetch, "/", given)).toMatch(/^200 /);
    }
  },
);

test.each(["batch", "env", "messages", "queue", "records", "event", "$queue"])(
  "a consumer may be called %s",
  async (name) => {
    const { default: worker } = load(`edge {
      queue JOBS
      fn ${name}(given) { for one in given { one.take() } }
      consume JOBS ${name}
    }`) as { default: { queue(batch: object, env: object): Promise<void> } };
    const take = jest.fn();
    await worker.queue({ queue: "jobs", messages: [{ take }] }, { JOBS: {} });
    expect(take).toHaveBeenCalledTimes(1);
  },
);

const named = (target: string, names: readonly string[]) => `edge {
  target: "${target}"
  ${names.map((name, i) => (i === 0 ? `env ${name} = "d"` : `fn ${name}() { "own" }`)).join("\n")}
  route GET "/" => fn() [${names.map((name, i) => (i === 0 ? name : `${name}()`)).join(", ")}]
}`;

test("what entries export or read is not the program's on Lambda and Vercel", async () => {
  const process = { env: {} };
  const source = named("lambda", ["handler", "context", "event", "process", "config"]);
  const { handler } = load(source, { process }) as {
    handler(event: object, context: object): Promise<{ body: string }>;
  };
  const { body } = await handler({ httpMethod: "GET", path: "/" }, {});
  expect(body).toBe('["d","own","own","own","own"]');
  const edge = load(named("vercel", ["config", "handler", "request", "process"]), { process });
  expect(await ask(edge.default as Fetch, "/")).toBe('200  ["d","own","own","own"]');
  expect(edge.config).toEqual({ runtime: "edge" });
});

test("what entries read is not the program's on Deno and Bun", async () => {
  const served: Fetch[] = [];
  const deno = {
    env: { get: () => undefined },
    serve: (_: object, fetch: Fetch) => served.push(fetch),
  };
  load(named("deno", ["Deno", "request"]), { Deno: deno });
  const bun = { serve: ({ fetch }: { fetch: Fetch }) => served.push(fetch) };
  load(named("bun", ["process", "Bun", "request"]), { Bun: bun, process: { env: {} } });
  expect(served).toHaveLength(2);
  expect(await ask(served[0] as Fetch, "/")).toBe('200  ["d","own"]');
  expect(await ask(served[1] as Fetch, "/")).toBe('200  ["d","own","own"]');
});

test("a parameter of a path may have any name that a route takes", async () => {
  const { default: worker } = load(
    'edge { route GET "/:a²/:__proto__/:constructor" => fn(r, params) params }',
  ) as { default: { fetch: Fetch } };
  const given = '{"a²":"1","__proto__":"2","constructor":"3"}';
  expect(await ask(worker.fetch, "/1/2/3")).toBe(`200  ${given}`);
});
