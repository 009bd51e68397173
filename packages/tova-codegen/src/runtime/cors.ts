// The `cors` rules of a worker and its responses → responses with CORS headers (spec 11.5).

/** What an edge block's `cors` says; written into the worker as plain data. */
export interface CorsRules {
  /** Null: any origin. */
  readonly origins: readonly string[] | null;
  /** As the header has them: `GET, POST`. */
  readonly methods: string;
  readonly headers: string;
  /** Never for any origin, whatever it says here. */
  readonly credentials: boolean;
  /** Seconds. */
  readonly maxAge: string;
}

const variesByOrigin = /(^|,)\s*(\*|origin)\s*(,|$)/i;

/** Sets the headers that depend on the origin; tells whether the origin is allowed. */
function allowOrigin(cors: CorsRules, request: Request, headers: Headers): boolean {
  if (!variesByOrigin.test(headers.get("Vary") ?? "")) headers.append("Vary", "Origin");
  const origin = request.headers.get("Origin");
  if (!origin || (cors.origins && !cors.origins.includes(origin))) return false;
  headers.set("Access-Control-Allow-Origin", cors.origins ? origin : "*");
  if (cors.origins && cors.credentials) headers.set("Access-Control-Allow-Credentials", "true");
  return true;
}

/** A response with its CORS headers: a copy, since fetched ones cannot be changed. */
export function withCors(cors: CorsRules, request: Request, response: Response): Response {
  if (response.status === 101) return response;
  const copy = new Response(response.body, response);
  allowOrigin(cors, request, copy.headers);
  return copy;
}

/** The answer to a preflight request: 204, and what is allowed when the origin is. */
export function preflight(cors: CorsRules, request: Request): Response {
  const response = new Response(null, { status: 204 });
  const { headers } = response;
  if (allowOrigin(cors, request, headers)) {
    headers.set("Access-Control-Allow-Methods", cors.methods);
    headers.set("Access-Control-Allow-Headers", cors.headers);
    headers.set("Access-Control-Max-Age", cors.maxAge);
  }
  return response;
}
