// The `cors` rules of a worker and its responses → responses with CORS headers (spec 11.5).

/** What an edge block's `cors` says; written into the worker as plain data. */
export interface CorsRules {
  /** Null: any origin. */
  readonly origins: readonly string[] | null;
  /** Never true for any origin (analysis sees to it). */
  readonly credentials: boolean;
}

function setCors(cors: CorsRules, request: Request, headers: Headers): void {
  const { origins, credentials } = cors;
  const vary = headers.get("Vary");
  if (!vary || !/(^|,) *(\*|origin) *(,|$)/i.test(vary)) headers.append("Vary", "Origin");
  const origin = request.headers.get("Origin");
  if (!origin) return;
  if (!origins || origins.includes(origin)) {
    headers.set("Access-Control-Allow-Origin", origins ? origin : "*");
    if (credentials) headers.set("Access-Control-Allow-Credentials", "true");
  } else headers.delete("Access-Control-Allow-Origin");
}

/**
 * A response with the CORS headers that depend on the request's origin: the one given, or a copy
 * where its headers cannot be changed, as those of fetched ones. The answer to a preflight has its
 * other headers already.
 */
export function withCors(cors: CorsRules, request: Request, response: Response): Response {
  if (response.status === 101) return response;
  let result = response;
  try {
    setCors(cors, request, result.headers);
  } catch {
    result = new Response(response.body, response);
    setCors(cors, request, result.headers);
  }
  return result;
}
