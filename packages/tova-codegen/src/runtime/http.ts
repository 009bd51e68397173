// Requests and results of handlers → the responses of a worker (spec 11.2, 11.3).

/**
 * What answers a request: with a response, or with what becomes one.
 * @param path what `pathOf` gives of the request, where it is known
 */
export type Answer = (request: Request, path?: string) => unknown;

/** What a middleware passes a request on with. */
export type Next = (request: Request) => Promise<Response>;

/** A function written with `middleware fn`. */
export type Layer = (request: Request, next: Next) => unknown;

/** A function written with `on_error fn`. */
export type OnError = (error: unknown, request: Request) => unknown;

/** A part of a path, percent-decoded once, and `%` and `/` in it escaped again. */
function normalPart(part: string): string {
  try {
    part = decodeURIComponent(part);
  } catch {
    // A malformed escape leaves its part as it is.
  }
  return part.replace(/[%/]/g, encodeURIComponent);
}

/**
 * The path of an absolute URL as routes are compared with it: its parts decoded once, but for `%25`
 * and `%2F`, so that a slash still parts them.
 * @param url of a request: an `http` or `https` URL as the platform writes it, with a path
 */
export function pathOf(url: string): string {
  if (url.includes("#")) return pathOf(url.split("#")[0] as string);
  const start = url.indexOf("/", 8);
  const end = url.indexOf("?", start);
  const path = end < 0 ? url.slice(start) : url.slice(start, end);
  return path.includes("%") ? path.split("/").map(normalPart).join("/") : path;
}

/** A parameter: the text between two places of what `pathOf` gives. */
export function paramOf(path: string, from: number, to?: number): string {
  const text = path.slice(from, to);
  return text.includes("%") ? decodeURIComponent(text) : text;
}

/** Where the part of a path that begins at an index ends. */
export function endOf(path: string, from: number): number {
  const end = path.indexOf("/", from);
  return end < 0 ? path.length : end;
}

/** What the parameters of a path inherit from: nothing, so that any name is as good as another. */
export const bareParams: object = { __proto__: null };

/**
 * What a handler gave, as a response: a `Response` as it is, anything else as JSON, nothing as `null`.
 * @param init of a response that is made
 * @throws TypeError when the value has no JSON (a cycle, a BigInt, a function)
 */
export function respond(value: unknown, init?: ResponseInit): Response {
  // workerd's own answer to it is 200 with the text `undefined`.
  if (typeof value === "function") throw new TypeError("A function has no JSON");
  return value instanceof Response ? value : Response.json(value ?? null, init);
}

const failed = { status: 500 };

/** The answer to an error that nobody handles: a 500 that tells nothing of its cause, and the log. */
export function internalError(error: unknown): Response {
  console.error((error as Error)?.stack ?? error);
  return Response.json({ error: "Internal Server Error" }, failed);
}

/**
 * The answer when a middleware or handler threw: what `on_error` makes of it, with status 500 unless
 * it is a `Response`; when that throws too, `internalError`, and both in the log.
 */
export async function fail(error: unknown, request: Request, onError: OnError): Promise<Response> {
  try {
    return respond(await onError(error, request), failed);
  } catch (second) {
    console.error((error as Error)?.stack ?? error);
    return internalError(second);
  }
}

/**
 * A response whose headers can be changed: the one given, or a copy of one that was fetched or leads
 * elsewhere, whose headers cannot (Fetch standard, guard "immutable").
 */
function editable(response: Response): Response {
  if (response.status === 101) return response;
  try {
    response.headers.delete("X-");
    return response;
  } catch {
    return new Response(response.body, response);
  }
}

/** What a middleware gets as `next` where its code calls it once at most. */
export function nextTo(inner: Answer): Next {
  return async (request) => editable(respond(await inner(request)));
}

/** A middleware that may call its `next` as it likes, and gets an error the second time. */
export function nextOnce(layer: Layer, inner: Answer): Answer {
  const pass = nextTo(inner);
  return (request) => {
    let passed = false;
    return layer(request, (changed = request) => {
      if (passed) throw new Error(`Middleware ${layer.name} called next twice`);
      passed = true;
      return pass(changed);
    });
  };
}

/**
 * What a worker's routes do with a request: the value of the first that matches, or the answer where
 * none does.
 * @param path what `pathOf` gives of the request, where it is known
 * @param method in place of the request's own
 */
export type Dispatch = (request: Request, path?: string, method?: string) => unknown;

/** A response without its body, of which nobody reads the rest. */
export function headOf(response: Response): Response {
  response.body?.cancel().catch(() => {});
  return new Response(null, response);
}

/** The same of what becomes a response. */
export async function headLater(value: unknown): Promise<Response> {
  return headOf(respond(await value));
}

/** The answer to OPTIONS at a path of routes. */
export function answerOptions(allow: string): Response {
  return new Response(null, { status: 204, headers: { Allow: allow } });
}

const notFound = { status: 404 };

/**
 * The answer where no route has the method: without any method at the path 404; HEAD is answered by
 * GET; else 405 with what is allowed.
 * @param allow the methods of the routes at the path, and OPTIONS, as `Allow` lists them
 * @param head makes the answer to HEAD of what GET gives; none where no route has GET
 */
export function unrouted<T>(
  dispatch: (request: Request, path: string, method: string) => T,
  request: Request,
  path: string,
  method: string,
  allow: string,
  head?: (value: T) => Response | Promise<Response>,
): Response | Promise<Response> {
  if (!allow) return new Response("Not Found", notFound);
  if (head && method === "HEAD" && allow.includes("GET"))
    return head(dispatch(request, path, "GET"));
  return new Response("Method Not Allowed", { status: 405, headers: { Allow: allow } });
}

/** What `Allow` lists where several routes are at a path: each of their methods once, and OPTIONS. */
export function allowed(methods: string): string {
  return methods && [...new Set(`${methods}OPTIONS`.split(", "))].join(", ");
}

/** As {@link unrouted}, where what is refused is refused in JSON, as all errors on Lambda are (spec 11.2). */
export function unroutedJson<T>(
  dispatch: (request: Request, path: string, method: string) => T,
  request: Request,
  path: string,
  method: string,
  allow: string,
  head?: (value: T) => Response | Promise<Response>,
): Response | Promise<Response> {
  if (!allow) return Response.json({ error: "Not Found" }, notFound);
  if (head && method === "HEAD" && allow.includes("GET"))
    return head(dispatch(request, path, "GET"));
  const init = { status: 405, headers: { Allow: allow } };
  return Response.json({ error: "Method Not Allowed" }, init);
}
