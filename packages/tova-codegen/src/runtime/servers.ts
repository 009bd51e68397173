// Requests and responses of Deno and Bun where they differ from Cloudflare's → the same as there.

/** Bun tells the character set of JSON, which has but one. */
export function plainJson(response: Response): Response {
  const { headers } = response;
  if (headers.get("Content-Type") === "application/json;charset=utf-8") {
    headers.set("Content-Type", "application/json");
  }
  return response;
}

/** Deno hands out the path as it came, with its steps up. */
export function plainUrl(request: Request): Request {
  const { url } = request;
  return /\/(\.|%2e)/i.test(url) ? new Request(new URL(url), request) : request;
}
