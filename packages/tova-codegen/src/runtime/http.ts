// Requests and results of handlers → the responses of a worker (spec 11.2, 11.3).

/** What passes a request on, and answers it. */
export type Answer = (request: Request) => Promise<Response>;

/** A function written with `middleware fn`. */
export type Layer = (request: Request, next: Answer) => unknown;

/** A function written with `on_error fn`. */
export type OnError = (error: unknown, request: Request) => unknown;

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * The parts of an absolute URL's path between slashes, each percent-decoded once: `/a/b%2Fc` gives
 * `["a", "b/c"]`, `/` gives `[""]`. A malformed escape leaves its part as it is.
 * @param url of a request: an `http` or `https` URL as the platform writes it, with a path
 */
export function segments(url: string): string[] {
  const [path = ""] = url.slice(url.indexOf("/", 8) + 1).split(/[?#]/, 1);
  const parts = path.split("/");
  return path.includes("%") ? parts.map(decodeSegment) : parts;
}

/**
 * What a handler gave, as a response: a `Response` as it is, anything else as JSON, nothing as `null`.
 * @throws TypeError when the value has no JSON (a cycle, a BigInt, a function)
 */
export function respond(value: unknown, status = 200): Response {
  return value instanceof Response ? value : Response.json(value ?? null, { status });
}

/**
 * The answer when a middleware or handler threw: what `on_error` makes of it, with status 500 unless
 * it is a `Response`; without `on_error`, or when that throws too, a 500 that tells nothing of its
 * cause, and the log.
 */
export async function fail(
  error: unknown,
  request: Request,
  onError: OnError | null,
): Promise<Response> {
  let cause = error;
  try {
    if (onError) return respond(await onError(error, request), 500);
  } catch (second) {
    console.error((error as Error)?.stack ?? error);
    cause = second;
  }
  console.error((cause as Error)?.stack ?? cause);
  return Response.json({ error: "Internal Server Error" }, { status: 500 });
}

/**
 * Middleware around a router, the first outermost. What a middleware gives becomes a response as a
 * handler's value does; its `next` answers with the response of what is inside, once.
 */
export function chain(middleware: readonly Layer[], last: Answer): Answer {
  return middleware.reduceRight<Answer>(
    (inner, layer) => async (request) => {
      let passed = false;
      const next: Answer = (changed = request) => {
        if (passed) throw new Error(`Middleware ${layer.name} called next twice`);
        passed = true;
        return inner(changed);
      };
      return respond(await layer(request, next));
    },
    last,
  );
}

/**
 * The answer where no route has the method. `allow` has the methods of the routes at the path: with
 * none 404, else 405, or for OPTIONS 204, both with what is allowed.
 */
export function unrouted(method: string, allow: readonly string[]): Response {
  if (allow.length === 0) return new Response("Not Found", { status: 404 });
  const headers = { Allow: [...new Set([...allow, "OPTIONS"])].join(", ") };
  return method === "OPTIONS"
    ? new Response(null, { status: 204, headers })
    : new Response("Method Not Allowed", { status: 405, headers });
}

/**
 * What a worker's routes do with a request: the value of the first that matches, or `allow` itself,
 * into which go the methods of the routes at the path.
 */
export type Dispatch = (
  method: string,
  path: readonly string[],
  request: Request,
  allow: string[],
) => unknown;

/** Answers requests by a worker's routes; HEAD by that of GET, without its body. */
export function router(dispatch: Dispatch): Answer {
  return async (request) => {
    const { method, url } = request;
    const path = segments(url);
    const allow: string[] = [];
    const result = await dispatch(method, path, request, allow);
    if (result !== allow) return respond(result);
    const got = method === "HEAD" ? await dispatch("GET", path, request, allow) : allow;
    if (got === allow) return unrouted(method, allow);
    const response = respond(got);
    // Nobody reads the rest of a body that HEAD leaves out.
    response.body?.cancel().catch(() => {});
    return new Response(null, response);
  };
}
