// Routes and a request → the answer, straight from the rules of spec 11.2: slow, and plain to read.

export interface ListedRoute {
  readonly method: string;
  /** As written: `/a/:b/*`. */
  readonly path: string;
}

export interface Found {
  /** The first route that matches; its number, or `health`. */
  readonly route: number | "health";
  readonly params: Readonly<Record<string, string>>;
}

export interface Expected {
  readonly status: number;
  readonly allow: string | null;
  readonly found: Found | null;
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const partsOf = (path: string): string[] => path.split("/").slice(1);

/** The parameters of a path; null where the route does not match it. */
function match(route: ListedRoute, path: string): Record<string, string> | null {
  const wanted = partsOf(route.path);
  const parts = partsOf(path).map(decode);
  const params: Record<string, string> = Object.create(null);
  for (const [i, part] of wanted.entries()) {
    if (part.startsWith("*")) {
      if (parts.length <= i) return null;
      params[part.slice(1) || "wild"] = parts.slice(i).join("/");
      return params;
    }
    const given = parts[i];
    if (given === undefined) return null;
    if (part.startsWith(":")) {
      if (given === "") return null;
      params[part.slice(1)] = given;
    } else if (given !== decode(part)) return null;
  }
  return parts.length === wanted.length ? params : null;
}

/** @param path of a URL, escapes as they are; `health` comes behind all routes */
export function expectedAnswer(
  routes: readonly ListedRoute[],
  health: string | null,
  method: string,
  path: string,
): Expected {
  const all = health === null ? routes : [...routes, { method: "GET", path: health }];
  const matching = all.flatMap((route, i) => {
    const params = match(route, path);
    return params ? [{ method: route.method, found: numbered(i, routes.length, params) }] : [];
  });
  const first = (wanted: string) => matching.find((one) => one.method === wanted);
  const hit = first(method) ?? (method === "HEAD" ? first("GET") : undefined);
  if (hit) return { status: 200, allow: null, found: hit.found };
  if (matching.length === 0) return { status: 404, allow: null, found: null };
  const methods = matching.flatMap((one) => (one.method === "GET" ? ["GET", "HEAD"] : one.method));
  const allow = [...new Set([...methods, "OPTIONS"])].join(", ");
  return { status: method === "OPTIONS" ? 204 : 405, allow, found: null };
}

const numbered = (i: number, count: number, params: Record<string, string>): Found => {
  return { route: i < count ? i : "health", params };
};
