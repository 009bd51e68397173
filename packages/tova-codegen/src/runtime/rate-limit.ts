// Requests and their clients → whether they come too often (spec 12).
import type { Answer } from "./http";
import { type Limit, type PathRule, refuse, ruleFor, type User } from "./security";

/**
 * An address as far as it belongs to one client: of IPv6 the first 64 bits, as a client has all of
 * the others to choose from.
 */
export function network(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const start = head === "" ? [] : head.split(":");
  const rest = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - start.length - rest.length);
  const groups = [...start, ...Array(zeros).fill("0"), ...rest].slice(0, 4);
  return groups.map((group) => group.replace(/^0+(?=.)/, "")).join(":");
}

/**
 * Who a request comes from: the user where there is one, else the address that Cloudflare names;
 * with `trustsProxy` the first that a proxy in front of the worker names.
 */
export function clientKey(request: Request, user: User | null, trustsProxy: boolean): string {
  const id = user?.sub ?? user?.id;
  if (id !== undefined && id !== null) return `user ${id}`;
  const forwarded = trustsProxy ? request.headers.get("X-Forwarded-For") : null;
  const address = forwarded?.split(",")[0]?.trim() || request.headers.get("CF-Connecting-IP");
  return `address ${network(address ?? "")}`;
}

/** 429 for the first limit that the client has used up; null when it may go on. */
async function exceeded(
  limits: readonly (Limit | null | undefined)[],
  key: string,
): Promise<Response | null> {
  for (const limit of limits) {
    if (!limit || (await limit.counter().limit({ key })).success) continue;
    const headers = { "Retry-After": String(limit.window) };
    return Response.json({ error: "Too many requests" }, { status: 429, headers });
  }
  return null;
}

/** As `guard`, and counts each request for `overall` and for the rule of its path. */
export function guardCounting(
  rules: readonly PathRule[],
  authenticate: (request: Request) => Promise<User | null>,
  answer: Answer,
  overall: Limit | null,
  trustsProxy: boolean,
): Answer {
  return async (request) => {
    const user = await authenticate(request);
    Object.assign(request, { user });
    const rule = ruleFor(rules, request.url);
    const key = clientKey(request, user, trustsProxy);
    return (await exceeded([overall, rule?.[2]], key)) ?? refuse(rule, user) ?? answer(request);
  };
}
