// The `cors` rules of a worker and its responses → responses with CORS headers (spec 11.5).

/** What an edge block's `cors` says; written into the worker as plain data. */
export interface CorsRules {
  /** Null: any origin. */
  readonly origins: readonly string[] | null;
  /** Never true for any origin (analysis sees to it). */
  readonly credentials: boolean;
}

/**
 * A response with the CORS headers that depend on the request's origin: a copy, since fetched ones
 * cannot be changed. The answer to a preflight has its other headers already.
 */
export function withCors(cors: CorsRules, request: Request, response: Response): Response {
  if (response.status === 101) return response;
  const { origins, credentials } = cors;
  const result = new Response(response.body, response);
  const { headers } = result;
  if (!/(^|,) *(\*|origin) *(,|$)/i.test(`${headers.get("Vary")}`))
    headers.append("Vary", "Origin");
  const origin = request.headers.get("Origin");
  if (origin && (!origins || origins.includes(origin))) {
    headers.set("Access-Control-Allow-Origin", origins ? origin : "*");
    if (credentials) headers.set("Access-Control-Allow-Credentials", "true");
  }
  return result;
}
