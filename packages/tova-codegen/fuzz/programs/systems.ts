// Random numbers → a worker of routes, middleware, CORS and a store, and requests with the answers that
// the specification asks for (spec 11), by a model that knows nothing of the compiler.
import { type Choices, choicesOf } from "./choices";

const methods = ["GET", "POST", "PUT", "DELETE", "PATCH"] as const;
const origin = "http://known.example";

interface Reply {
  readonly status: number;
  /** Null where only the status is told. */
  readonly body: string | null;
}

interface Handler {
  readonly code: string;
  reply(
    request: Request_,
    params: Readonly<Record<string, string>>,
    store: Map<string, number>,
  ): Reply;
}

interface Route {
  readonly method: string;
  readonly segments: readonly string[];
  readonly type: string;
  readonly handler: Handler;
}

interface Middleware {
  readonly kind: "marks" | "stops" | "marks late";
  readonly name: string;
}

type Cors = "none" | "any" | "listed";

/** A request as it is sent. */
export interface Request_ {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** What is expected of an answer. */
export interface Expected extends Reply {
  /** Headers by their names; null for one that must not be there. */
  readonly headers: Readonly<Record<string, string | null>>;
}

export interface System {
  readonly code: string;
  readonly exchanges: readonly { readonly request: Request_; readonly expected: Expected }[];
}

const json = (value: unknown): Reply => ({ status: 200, body: JSON.stringify(value) });

const failed = (onError: boolean): Reply =>
  onError
    ? { status: 500, body: '{"failed":"e"}' }
    : { status: 500, body: '{"error":"Internal Server Error"}' };

function parsed(text: string | null): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text ?? "") };
  } catch {
    return null;
  }
}

/** A handler that answers with something of its own number. */
function handlerOf(choices: Choices, i: number, hasBody: boolean, onError: boolean): Handler {
  const all: [Handler, ...Handler[]] = [
    { code: `fn(req, params) { { r: ${i}, p: params } }`, reply: (_, p) => json({ r: i, p }) },
    { code: `fn() "text ${i}"`, reply: () => json(`text ${i}`) },
    { code: "fn() { _ = 1 }", reply: () => json(null) },
    {
      code: `fn() Response.new("raw ${i}", { status: 201 })`,
      reply: () => ({ status: 201, body: `raw ${i}` }),
    },
    { code: `fn() { throw "e" }`, reply: () => failed(onError) },
    {
      code: `fn(req) {\nguard req.headers.get("x-key") == "k" else { return Response.json({ no: ${i} }, { status: 403 }) }\n{ ok: ${i} }\n}`,
      reply: ({ headers }) =>
        headers["x-key"] === "k"
          ? json({ ok: i })
          : { status: 403, body: JSON.stringify({ no: i }) },
    },
    {
      code: `fn(req, { id = "none" }) match id { "1" => "one", "x" ++ rest => rest, _ => id }`,
      reply: (_, { id = "none" }) =>
        json(id === "1" ? "one" : id.startsWith("x") ? id.slice(1) : id),
    },
    {
      code: `fn() {\nn = (int(await KV.get("count") ?? "0") ?? 0) + 1\nawait KV.put("count", "{n}")\n{ n }\n}`,
      reply(_, __, store) {
        const n = (store.get("count") ?? 0) + 1;
        store.set("count", n);
        return json({ n });
      },
    },
  ];
  if (hasBody) {
    all.push({
      code: "fn(req) { given = await req.json()\n{ got: given.n } }",
      reply({ body }) {
        const read = parsed(body);
        // The message is the platform's.
        if (!read) return { ...failed(onError), body: null };
        return json({ got: (read.value as { n?: unknown }).n });
      },
    });
  }
  return choices.pick(all);
}

function routeOf(choices: Choices, i: number, onError: boolean): Route {
  const method = choices.pick([...methods]);
  const count = 1 + choices.below(3);
  const segments = Array.from({ length: count }, (_, at) =>
    choices.pick(["a", "b", at === 0 ? ":id" : `:p${at}`, "a.b"]),
  );
  if (choices.once(6)) segments.push("*rest");
  const hasBody = method === "POST" || method === "PUT" || method === "PATCH";
  if (hasBody && choices.once(3))
    return { method, segments, type: " body: Item", handler: checked(i) };
  return { method, segments, type: "", handler: handlerOf(choices, i, hasBody, onError) };
}

/** The handler of a route whose body is checked. */
const checked = (i: number): Handler => ({
  code: `fn(req) { item = await req.json()\n{ r: ${i}, n: item.n } }`,
  reply({ body }) {
    const value = parsed(body)?.value as { n?: unknown; s?: unknown } | undefined;
    const fits = typeof value?.n === "number" && typeof value.s === "string";
    return fits ? json({ r: i, n: value.n }) : { status: 400, body: null };
  },
});

const middlewareCode = ({ kind, name }: Middleware): string => {
  const start = `middleware fn ${name}(req, next) {\n`;
  switch (kind) {
    case "stops":
      return `${start}if req.headers.get("x-stop") == "${name}" { Response.new("stopped ${name}", { status: 418 }) } else { await next(req) }\n}`;
    case "marks":
      return `${start}answer = await next(req)\nanswer.headers.set("x-${name}", "1")\nanswer\n}`;
    default:
      return `${start}guard req.headers.get("x-key") == "k" else { return await next(req) }\nanswer = await next(req)\nanswer.headers.append("x-${name}", "late")\nanswer\n}`;
  }
};

const corsCode: Readonly<Record<Cors, string>> = {
  none: "",
  any: "cors {}\n",
  listed: `cors { origins: ["${origin}"] }\n`,
};

/** The parameters of a path by a route; null where it does not match. */
function matched(segments: readonly string[], path: string): Record<string, string> | null {
  const parts = path.split("/").slice(1);
  const params: Record<string, string> = {};
  for (const [i, segment] of segments.entries()) {
    if (segment.startsWith("*")) {
      if (parts.length <= i) return null;
      params[segment.slice(1)] = decoded(parts.slice(i).join("/"));
      return params;
    }
    const part = parts[i];
    if (part === undefined || (segment.startsWith(":") ? part === "" : part !== segment))
      return null;
    if (segment.startsWith(":")) params[segment.slice(1)] = decoded(part);
  }
  return parts.length === segments.length ? params : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A worker and requests to it, in order. */
export function systemOf(numbers: readonly number[]): System {
  const choices = choicesOf(numbers);
  const onError = choices.once(2);
  const cors = choices.pick<Cors>(["none", "any", "listed"]);
  const routes = Array.from({ length: 1 + choices.below(6) }, (_, i) =>
    routeOf(choices, i, onError),
  );
  const chain = Array.from(
    { length: choices.below(3) },
    (_, i): Middleware => ({
      kind: choices.pick(["marks", "stops", "marks late"]),
      name: `m${i}`,
    }),
  );
  const code = `edge "fuzz" {
kv KV
type Item { n: Int, s: String }
${corsCode[cors]}${chain.map(middlewareCode).join("\n")}
${onError ? 'on_error fn(error, req) { { failed: "{error}" } }\n' : ""}${routes
  .map(
    ({ method, segments, type, handler }) =>
      `route ${method} "/${segments.join("/")}"${type} => ${handler.code}`,
  )
  .join("\n")}
}\n`;
  const store = new Map<string, number>();
  const exchanges = Array.from({ length: 10 }, () => {
    const request = requestOf(choices, routes);
    return { request, expected: answerOf(request, { routes, chain, cors, store }) };
  });
  return { code, exchanges };
}

function requestOf(choices: Choices, routes: readonly Route[]): Request_ {
  const near = routes[choices.below(routes.length)];
  const segments = near?.segments.map((segment) => {
    if (segment.startsWith("*")) return choices.pick(["r", "r/s", ""]);
    return segment.startsWith(":")
      ? choices.pick(["1", "xy", "a", "%C3%A9%20z", "%E0", "a.b"])
      : segment;
  });
  const path = `/${(segments ?? []).join("/")}${choices.pick(["", "", "", "/", "/a", "?q=/a"])}`;
  const method = choices.once(4)
    ? choices.pick(["GET", "HEAD", "OPTIONS", "DELETE", "POST"])
    : (near?.method ?? "GET");
  const headers: Record<string, string> = {};
  if (choices.once(2)) headers.Origin = choices.pick([origin, "http://strange.example"]);
  if (choices.once(2)) headers["x-key"] = choices.pick(["k", "other"]);
  if (choices.once(4)) headers["x-stop"] = choices.pick(["m0", "m1"]);
  const hasBody = method === "POST" || method === "PUT" || method === "PATCH";
  const body = choices.pick([
    '{"n":1,"s":"t"}',
    '{"n":"1","s":"t"}',
    '{"n":2}',
    "{",
    '{"n":3,"s":"u","z":1}',
  ]);
  return { method, path, headers, body: hasBody ? body : null };
}

interface Setting {
  readonly routes: readonly Route[];
  readonly chain: readonly Middleware[];
  readonly cors: Cors;
  readonly store: Map<string, number>;
}

/** By spec 11.3: preflight, middleware, route, headers of CORS on every answer. */
function answerOf(request: Request_, { routes, chain, cors, store }: Setting): Expected {
  const headers: Record<string, string | null> = {};
  const from = request.headers.Origin;
  if (from !== undefined) {
    const allowed = cors === "any" ? "*" : cors === "listed" && from === origin ? origin : null;
    headers["access-control-allow-origin"] = allowed;
  }
  if (cors !== "none" && request.method === "OPTIONS") return { status: 204, body: "", headers };
  let reply: Reply | null = null;
  const passed: Middleware[] = [];
  for (const each of chain) {
    if (each.kind === "stops" && request.headers["x-stop"] === each.name) {
      reply = { status: 418, body: `stopped ${each.name}` };
      break;
    }
    passed.push(each);
  }
  reply ??= routed(request, routes, store);
  for (const { kind, name } of chain) {
    const ran = passed.some((each) => each.name === name);
    const marks =
      ran && (kind === "marks" || (kind === "marks late" && request.headers["x-key"] === "k"));
    headers[`x-${name}`] = marks && reply.status !== 500 ? (kind === "marks" ? "1" : "late") : null;
    if (reply.status === 500) delete headers[`x-${name}`];
  }
  return { ...reply, body: request.method === "HEAD" ? "" : reply.body, headers };
}

/** By spec 11.2. */
function routed(request: Request_, routes: readonly Route[], store: Map<string, number>): Reply {
  const [path = ""] = request.path.split("?");
  const found = routes.flatMap((route) => {
    const params = matched(route.segments, path);
    return params ? [{ route, params }] : [];
  });
  const wanted = request.method === "HEAD" ? "GET" : request.method;
  const own = found.find(({ route }) => route.method === wanted);
  if (own) return own.route.handler.reply(request, own.params, store);
  // A path that is known tells its methods.
  if (found.length > 0 && request.method === "OPTIONS") return { status: 204, body: "" };
  return { status: found.length > 0 ? 405 : 404, body: null };
}
