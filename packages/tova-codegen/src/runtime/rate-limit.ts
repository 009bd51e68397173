// Requests and their clients → whether they come too often (spec 12).
import { type Answer, pathOf } from "./http";
import { type Limit, type PathRule, refuse, ruleFor, type User } from "./security";

const leadingZeros = /^0+(?=.)/;

/**
 * An address as far as it belongs to one client: of IPv6 the first 64 bits, as a client has all of
 * the others to choose from.
 */
export function network(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const start = head === "" ? [] : head.split(":");
  const rest = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - start.length - rest.length);
  const groups = [...start, ...Array(zeros).fill("0"), ...rest].slice(0, 4);
  return groups.map((group) => group.replace(leadingZeros, "")).join(":");
}

/** Addresses of machines beside one's own proxies, which no client on the internet has (RFC 1918, 4193). */
const internal =
  /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd]..:|fe80:)/i;

/** `::ffff:192.0.2.1`, also as `::ffff:c000:201` (RFC 4291, 2.5.5.2). */
const mapped = /^(?:::|(?:0{1,4}:){5})ffff:(?:([\d.]+)|([\da-f]{1,4}):([\da-f]{1,4}))$/i;

/** The address of IPv4 that one of IPv6 stands for; any other as it is. */
function unmapped(address: string): string {
  const [whole, dotted, high = "", low = ""] = mapped.exec(address) ?? [];
  if (!whole) return address;
  const bytes = [high, low]
    .map((group) => Number.parseInt(group, 16))
    .map((n) => [n >> 8, n & 255]);
  return dotted ?? bytes.flat().join(".");
}

/** An address without what some proxies write with it: `[2001:db8::1]:443`, `192.0.2.1:443`. */
const plainAddress = (address: string): string =>
  unmapped(
    address
      .trim()
      .replace(/^\[(.*)\](?::\d+)?$/, "$1")
      .replace(/^([\d.]+):\d+$/, "$1"),
  );

/**
 * The client that the proxies in front of the worker name. Each adds at the end of the header whom
 * it got the request from; what stands before that the client itself may have written. So it is the
 * last that is none of the proxies: the one which Cloudflare got the request from, or an internal one.
 */
function forwardedFor(request: Request, proxy: string): string | undefined {
  const header = request.headers.get("X-Forwarded-For") ?? "";
  const hops = header.split(",").map(plainAddress).reverse();
  const others = hops.filter((hop) => hop !== "" && hop !== proxy);
  return others.find((hop) => !internal.test(hop)) ?? others[0];
}

/**
 * Who a request comes from: the user where there is one, else the address that Cloudflare names;
 * with `trustsProxy` the one that the proxy in front of the worker names.
 */
export function clientKey(request: Request, user: User | null, trustsProxy: boolean): string {
  const id = user?.sub ?? user?.id;
  if (id !== undefined && id !== null) return `user ${id}`;
  const connecting = unmapped(request.headers.get("CF-Connecting-IP") ?? "");
  const address = (trustsProxy && forwardedFor(request, connecting)) || connecting;
  return `address ${network(address)}`;
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
