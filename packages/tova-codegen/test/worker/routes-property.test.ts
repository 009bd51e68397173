// Random routes and random requests: the compiled worker answers as the rules say, in workerd.
import { Miniflare } from "miniflare";
import { compile, defaultCompatibilityDate } from "../../src";
import { type Expected, expectedAnswer, type ListedRoute } from "./route-matcher";

jest.setTimeout(60_000);

/** A small generator of its own, so that the routes are the same in every run. */
function randomly(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

type Pick = ReturnType<typeof randomly>;

const one = <T>(pick: Pick, list: readonly T[]): T => list[pick(list.length)] as T;

/** Plain parts mostly: with escapes alone hardly a path would match. */
const plain = ["a", "b", "c"];
const literals = ["", "é", "a%2Fb", "%", "%25", "100%", "a:b", "@", "x y", "%zz", "constructor"];
const asked = [
  ..."|x|%C3%A9|%c3%a9|%61|a%2Fb|a%2fb|%|%25|%2525|100%|%zz|%E0%A4%A|a:b|@|a;b=c".split("|"),
  ..."x%20y|a+b|__proto__|constructor".split("|"),
];
const methods = ["GET", "GET", "GET", "POST", "PUT", "HEAD", "OPTIONS"];

function randomPath(pick: Pick): string {
  const parts = Array.from({ length: 1 + pick(4) }, (_, i) => {
    const kind = pick(10);
    if (kind < 5) return one(pick, plain);
    return kind < 6 ? one(pick, literals) : one(pick, [`:p${i}`, `:p${i}`, ":__proto__"]);
  });
  if (pick(6) === 0) parts.push(one(pick, ["*", "*rest"]));
  // A name is a parameter's once.
  return `/${parts.filter((part, i) => !/^[:*]/.test(part) || parts.indexOf(part) === i).join("/")}`;
}

const namesOf = (path: string): string[] =>
  path.split("/").flatMap((part) => (/^[:*]/.test(part) ? [part.slice(1) || "wild"] : []));

/** Handlers that take the parameters in all the ways that the compiler tells apart. */
function randomHandler(pick: Pick, { path }: ListedRoute, i: number) {
  const names = namesOf(path);
  const [last] = names.slice(-1);
  const kinds = [
    { code: `fn(req, params) [${i}, params]`, gives: names },
    { code: `fn(req, params, env) [${i}, params, env == nil]`, gives: names },
    { code: "fn() nothing()", gives: null },
    { code: "named", gives: names },
    ...(last && last !== "__proto__"
      ? [{ code: `fn(req, params) [${i}, { ${last}: params.${last} }]`, gives: [last] }]
      : []),
  ];
  return one(pick, kinds);
}

interface Program {
  readonly name: string;
  readonly source: string;
  readonly requests: readonly (readonly [method: string, path: string])[];
  readonly expected: readonly string[];
}

function randomProgram(seed: number, count: number, requests: number): Program {
  const pick = randomly(seed);
  const routes = Array.from({ length: count }, (): ListedRoute => {
    return { method: one(pick, methods), path: randomPath(pick) };
  });
  const health = pick(2) === 0 ? randomPath(pick) : null;
  const handlers = routes.map((route, i) => randomHandler(pick, route, i));
  const lines = routes.map(
    ({ method, path }, i) => `route ${method} "${path}" => ${handlers[i]?.code}`,
  );
  const source = `edge {
    fn nothing() { nil }
    fn named(req, params) { ["named", params] }
    ${lines.join("\n")}
    ${health === null ? "" : `health "${health}"`}
  }`;
  const list = Array.from({ length: requests }, () => {
    const parts = Array.from({ length: 1 + pick(5) }, () =>
      one(pick, pick(10) < 7 ? plain : asked),
    );
    return [one(pick, [...methods, "PATCH"]), `/${parts.join("/")}`] as const;
  });
  const told = (expected: Expected, method: string): string => {
    const { status, allow, found } = expected;
    if (!found) return JSON.stringify([status, allow]);
    // The answer of a route for GET has lost its body; that of a route for HEAD is its own affair.
    const own = found.route !== "health" && routes[found.route]?.method === "HEAD";
    if (method === "HEAD") return JSON.stringify([status, allow, !own]);
    if (found.route === "health") return JSON.stringify([status, allow, { status: "ok" }]);
    const { code = "", gives } = handlers[found.route] ?? { gives: null };
    if (gives === null) return JSON.stringify([status, allow, null]);
    const params = Object.fromEntries(gives.map((name) => [name, found.params[name]]));
    const rest = code.includes("env") ? [false] : [];
    const label = code === "named" ? "named" : found.route;
    return JSON.stringify([status, allow, [label, params, ...rest]]);
  };
  const expected = list.map(([method, path]) =>
    told(expectedAnswer(routes, health, method, path), method),
  );
  return { name: `p${seed}`, source, requests: list, expected };
}

/** A worker that sends requests to the one beside it, many for one of its own. */
const driver = `
import worker from "./worker.js";
export default {
  async fetch(request, env) {
    const answers = [];
    for (const [method, path] of await request.json()) {
      const response = await worker.fetch(new Request("http://h" + path + "?q=/a#/b", { method }), env);
      const text = await response.text();
      const told = [response.status, response.headers.get("Allow")];
      if (response.status === 200) told.push(method === "HEAD" ? text === "" : JSON.parse(text));
      answers.push(JSON.stringify(told));
    }
    return Response.json(answers);
  },
};`;

// Few routes are tested in order, many are told apart by parts of the path first.
const sizes = [1, 3, 5, 8, 10, 12, 13, 20, 40, 40, 80, 160, 300];
const programs = sizes.map((count, seed) => randomProgram(seed + 1, count, 400));

let mf: Miniflare;
beforeAll(async () => {
  const workers = programs.map(({ name, source }) => {
    const { workers: made, diagnostics } = compile(source, { fileName: `${name}.tova` });
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    const [worker] = made;
    if (!worker) throw new Error(JSON.stringify(errors, null, 1));
    const modules = [
      { type: "ESModule" as const, path: "driver.js", contents: driver },
      { type: "ESModule" as const, path: "worker.js", contents: worker.code },
    ];
    return {
      name,
      modules,
      compatibilityDate: defaultCompatibilityDate,
      routes: [`${name}.test/*`],
    };
  });
  mf = new Miniflare({ cf: false, workers });
  await mf.ready;
});
afterAll(() => mf.dispose());

it.each(programs)("$name answers every request by the rules", async (program) => {
  const init = { method: "POST", body: JSON.stringify(program.requests) };
  const response = await mf.dispatchFetch(`http://${program.name}.test/`, init);
  const answers = (await response.json()) as string[];
  const told = (list: readonly string[]) =>
    program.requests.map((request, i) => `${request.join(" ")} ${list[i]}`);
  expect(told(answers)).toEqual(told(program.expected));
});

it("the requests reach routes, other methods' paths and nothing", () => {
  const all = programs.flatMap(({ expected }) => expected.map((text) => JSON.parse(text)[0]));
  for (const status of [200, 204, 404, 405]) {
    expect(all.filter((each) => each === status).length).toBeGreaterThan(100);
  }
});
