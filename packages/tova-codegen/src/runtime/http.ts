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

function before(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? text : text.slice(0, at);
}

/**
 * The parts of an absolute URL's path between slashes, each percent-decoded once: `/a/b%2Fc` gives
 * `["a", "b/c"]`, `/` gives `[""]`. A malformed escape leaves its part as it is.
 */
export function segments(url: string): string[] {
  const whole = before(before(url, "#"), "?");
  const start = whole.indexOf("/", whole.indexOf("://") + 3);
  const parts = start < 0 ? [""] : whole.slice(start + 1).split("/");
  return whole.includes("%") ? parts.map(decodeSegment) : parts;
}

/**
 * What a handler gave, as a response: a `Response` as it is, anything else as JSON, nothing as `null`.
 * @throws TypeError when the value has no JSON (a cycle, a BigInt, a function)
 */
export function respond(value: unknown, status = 200): Response {
  if (value instanceof Response) return value;
  try {
    return Response.json(value ?? null, { status });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(`The result cannot be sent as JSON: ${reason}`, { cause });
  }
}

/** The answer to HEAD: a GET response without its body, which is not read any further. */
export function headOf(response: Response): Response {
  const head = new Response(null, response);
  response.body?.cancel().catch(() => {});
  return head;
}

/** 404: no route has this path. */
export function notFound(): Response {
  return new Response("Not Found", { status: 404 });
}

/** 405: routes have this path, but with the methods given only. */
export function methodNotAllowed(allow: readonly string[]): Response {
  return new Response("Method Not Allowed", { status: 405, headers: { Allow: allow.join(", ") } });
}

/** The answer to OPTIONS where no route has it: the methods there are. */
export function options(allow: readonly string[]): Response {
  return new Response(null, { status: 204, headers: { Allow: allow.join(", ") } });
}

/** 500 that tells nothing of its cause. */
export function serverError(): Response {
  return Response.json({ error: "Internal Server Error" }, { status: 500 });
}

/** Logs an error with its stack. */
export function logError(error: unknown): void {
  console.error(error instanceof Error && error.stack ? error.stack : error);
}

/**
 * The answer when a middleware or handler threw: what `on_error` makes of it, with status 500 unless
 * it is a `Response`; without `on_error`, or when that throws too, a plain 500, and the log.
 */
export async function fail(
  error: unknown,
  request: Request,
  onError: OnError | null,
): Promise<Response> {
  try {
    if (onError) return respond(await onError(error, request), 500);
    logError(error);
  } catch (second) {
    logError(error);
    logError(second);
  }
  return serverError();
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

/** The answer where no route has the method: by the methods that routes have at the path. */
export function unrouted(method: string, methods: readonly string[]): Response {
  if (methods.length === 0) return notFound();
  const all = methods.includes("GET") ? [...methods, "HEAD", "OPTIONS"] : [...methods, "OPTIONS"];
  const allow = [...new Set(all)];
  return method === "OPTIONS" ? options(allow) : methodNotAllowed(allow);
}
