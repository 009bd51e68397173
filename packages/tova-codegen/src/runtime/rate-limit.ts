// Requests and their clients → whether they come too often (spec 12).
import { type Answer, pathOf } from "./http";
import { type Limit, type PathRule, refuse, ruleFor, type User } from "./security";

const leadingZeros = /^0+(?=.)/;

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
  return groups.map((group) => group.replace(leadingZeros, "")).join(":");
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

/** 429 where the client has used up a limit; null when it may go on, or there is none. */
async function exceeded(limit: Limit | null | undefined, key: string): Promise<Response | null> {
  if (!limit || (await limit.counter().limit({ key })).success) return null;
  const headers = { "Retry-After": String(limit.window) };
  return Response.json({ error: "Too many requests" }, { status: 429, headers });
}

/** As `guard`, and counts each request for `overall` and for the rule of its path. */
export function guardCounting(
  rules: readonly PathRule[],
  authenticate: (request: Request) => Promise<User | null>,
  answer: Answer,
  overall: Limit | null,
  trustsProxy: boolean,
): Answer {
  return async (request, path = pathOf(request.url)) => {
    const user = await authenticate(request);
    Object.assign(request, { user });
    const rule = ruleFor(rules, path);
    const key = clientKey(request, user, trustsProxy);
    const refusal = (await exceeded(overall, key)) ?? (await exceeded(rule?.[2], key));
    return refusal ?? refuse(rule, user) ?? answer(request, path);
  };
}
