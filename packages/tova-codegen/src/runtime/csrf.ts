// Requests that another site makes a browser send → refused (spec 12).
import { type Answer, pathOf } from "./http";

const notBearer = /^(?!bearer )/i;
const safeMethods = ["GET", "HEAD", "OPTIONS"];

/** What a browser adds to a request on its own, whichever site asks for it. */
function hasAmbientCredentials({ headers }: Request): boolean {
  return headers.has("Cookie") || notBearer.test(headers.get("Authorization") ?? "bearer ");
}

/**
 * Whether a browser, by `Sec-Fetch-Site` or else `Origin`, says that the request comes from the
 * worker's own pages, from a trusted origin, or from the user alone.
 */
function isFromOwnPages({ headers, url }: Request, trusted: readonly string[]): boolean {
  const origin = headers.get("Origin");
  if (origin !== null && trusted.includes(origin)) return true;
  const site = headers.get("Sec-Fetch-Site");
  if (site !== null) return site === "same-origin" || site === "none";
  return URL.canParse(origin ?? "") && new URL(origin ?? "").host === new URL(url).host;
}

/**
 * Answers 403 to a request that could change something (neither GET, HEAD nor OPTIONS), that brings
 * cookies or other credentials which browsers add themselves, and that is not known to come from the
 * worker's own pages.
 * @param isExempt whether a path, as `pathOf` gives it to the router, is open to other sites
 */
export function refuseOtherSites(
  isExempt: (path: string) => boolean,
  trusted: readonly string[],
  answer: Answer,
): Answer {
  return (request) => {
    const safe = safeMethods.includes(request.method);
    if (safe || !hasAmbientCredentials(request) || isFromOwnPages(request, trusted))
      return answer(request);
    const path = pathOf(request.url);
    if (isExempt(path)) return answer(request, path);
    return Response.json({ error: "Request from another site refused" }, { status: 403 });
  };
}
