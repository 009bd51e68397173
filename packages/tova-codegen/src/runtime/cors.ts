// The `cors` rules of a worker and its responses → responses with CORS headers (spec 11.5).

/** What an edge block's `cors` says; written into the worker as plain data. */
export interface CorsRules {
  /** Null: any origin. */
  readonly origins: readonly string[] | null;
  /** Never true for any origin (analysis sees to it). */
  readonly credentials: boolean;
}

/** A `Vary` that names the origin already. */
const variesByOrigin = /(^|,) *(\*|origin) *(,|$)/i;

/**
 * A response with the CORS headers that depend on the request's origin: the one given, or a copy
 * where its headers cannot be changed, as those of fetched ones. The answer to a preflight has its
 * other headers already.
 */
export function withCors(cors: CorsRules, request: Request, response: Response): Response {
  if (response.status === 101) return response;
  const { origins, credentials } = cors;
  const { headers } = response;
  const origin = request.headers.get("Origin");
  try {
    const vary = headers.get("Vary");
    if (!vary || !variesByOrigin.test(vary)) headers.append("Vary", "Origin");
    if (!origin) return response;
    if (!origins || origins.includes(origin)) {
      headers.set("Access-Control-Allow-Origin", origins ? origin : "*");
      if (credentials) headers.set("Access-Control-Allow-Credentials", "true");
    } else headers.delete("Access-Control-Allow-Origin");
    return response;
  } catch {
    return withCors(cors, request, new Response(response.body, response));
  }
}
