// Bearer tokens, protected paths and sensitive fields of a worker's requests and results (spec 12).
import { type Answer, type Layer, paramOf, pathOf } from "./http";

/** The claims of a token whose signature and times hold. */
export interface User {
  readonly [claim: string]: unknown;
}

/** A request that has passed the security check carries who sent it. */
type Known = Request & { user?: User | null };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function decodePart(part: string): Uint8Array<ArrayBuffer> {
  const text = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

function parsePart(part: string): Record<string, unknown> {
  return JSON.parse(decoder.decode(decodePart(part)));
}

function claimsHold(claims: User, issuer: string | null, audience: string | null): boolean {
  const now = Date.now() / 1000;
  const { exp, nbf, iss, aud } = claims;
  if (exp !== undefined && !(typeof exp === "number" && now < exp)) return false;
  if (nbf !== undefined && !(typeof nbf === "number" && now >= nbf)) return false;
  if (issuer !== null && iss !== issuer) return false;
  return audience === null || (Array.isArray(aud) ? aud : [aud]).includes(audience);
}

const bearerToken = /^bearer +([\w-]+)\.([\w-]+)\.([\w-]+)$/i;

type SecretKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** The key of the secret that was last used, as a worker has but one. */
const lastKey: { secret: string; key: SecretKey | null } = { secret: "", key: null };

async function keyOf(secret: string): Promise<SecretKey> {
  if (lastKey.key && lastKey.secret === secret) return lastKey.key;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const raw = encoder.encode(secret);
  const key = await crypto.subtle.importKey("raw", raw, algorithm, false, ["verify"]);
  return Object.assign(lastKey, { secret, key }).key;
}

/**
 * The user of a bearer token signed by HS256; null for anything else: no token, another algorithm,
 * a wrong signature, a time or claim that does not hold, or no secret to check it with.
 */
export async function verifyJwt(
  request: Request,
  secret: unknown,
  issuer: string | null,
  audience: string | null,
): Promise<User | null> {
  const token = bearerToken.exec(request.headers.get("Authorization") ?? "");
  if (!token || typeof secret !== "string" || secret === "") return null;
  const [, head = "", body = "", mark = ""] = token;
  try {
    const { alg, crit } = parsePart(head);
    if (alg !== "HS256" || crit !== undefined) return null;
    const key = await keyOf(secret);
    const signed = encoder.encode(`${head}.${body}`);
    if (!(await crypto.subtle.verify("HMAC", key, decodePart(mark), signed))) return null;
    const claims = parsePart(body);
    return Object(claims) === claims && claimsHold(claims, issuer, audience) ? claims : null;
  } catch {
    return null;
  }
}

/** The roles of a user, in lower case: its list `roles`, or its `role`. */
function rolesOf(user: User): readonly string[] {
  const roles = Array.isArray(user.roles) ? user.roles : [user.role];
  return roles.filter((role) => typeof role === "string").map((role) => role.toLowerCase());
}

const unknownUser = { status: 401, headers: { "WWW-Authenticate": "Bearer" } };
const forbidden = { status: 403 };

/** 401 without a user, 403 without the role, in lower case; null for who may pass. */
function refuseUser(user: User | null | undefined, role: string | null): Response | null {
  if (!user) return Response.json({ error: "Authentication required" }, unknownUser);
  if (role === null || rolesOf(user).includes(role)) return null;
  return Response.json({ error: "Insufficient permissions" }, forbidden);
}

/** The refusal of a request that has passed the guard, for a route `with auth`. */
export function requireUser(request: Request, role: string | null): Response | null {
  return refuseUser((request as Known).user, role);
}

/** The platform's counter: one more request under a key. */
export interface Counter {
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

/** A counter, once the platform has bound it, and the seconds that it counts over. */
export interface Limit {
  counter(): Counter;
  readonly window: number;
}

/**
 * A rule's path, the role it requires, in lower case, null for any authenticated user, false for
 * anyone, and how often a client may ask for it.
 */
export type PathRule = readonly [path: RegExp, role: string | null | false, limit?: Limit];

/** What the router reads otherwise than a rule does: repeated and encoded slashes. */
const oddSlashes = /\/\/|%2F/;
const repeatedSlashes = /\/{2,}/g;

function readAsRule(routed: string): string {
  const text = paramOf(routed, 0);
  return text.includes("//") ? text.replace(repeatedSlashes, "/") : text;
}

/**
 * The first rule for a path, as `pathOf` gives it, with encoded slashes as slashes or, as the
 * router has them, as part of a parameter. One that lets anyone through takes none that the
 * router reads otherwise than it looks here.
 */
export function ruleFor(rules: readonly PathRule[], routed: string): PathRule | undefined {
  const plain = !oddSlashes.test(routed);
  const path = readAsRule(routed);
  const other = plain ? path : readAsRule(routed.replaceAll("%2F", "_"));
  for (const rule of rules) {
    if (!plain && rule[1] === false) continue;
    if (rule[0].test(path) || (!plain && rule[0].test(other))) return rule;
  }
  return undefined;
}

/** The refusal of a request by the rule of its path; null when it may pass. */
export function refuse(rule: PathRule | undefined, user: User | null): Response | null {
  return rule && rule[1] !== false ? refuseUser(user, rule[1]) : null;
}

/** Gives each request `user`, null for nobody. */
export function identify(
  authenticate: (request: Request) => Promise<User | null>,
  answer: Answer,
): Answer {
  return async (request, path) => {
    (request as Known).user = await authenticate(request);
    return answer(request, path);
  };
}

/** Lets through to `answer` what the rules allow; the request then has `user`, null for nobody. */
export function guard(
  rules: readonly PathRule[],
  authenticate: (request: Request) => Promise<User | null>,
  answer: Answer,
): Answer {
  return async (request, path = pathOf(request.url)) => {
    const user = await authenticate(request);
    (request as Known).user = user;
    return refuse(ruleFor(rules, path), user) ?? answer(request, path);
  };
}

/**
 * A middleware of which any request that it passes on has the user of the one that it got, but for
 * one that the middleware has given a user, or nobody, itself.
 */
export function keepUser(layer: Layer): Layer {
  const keeping: Layer = (request, next) =>
    layer(request, (passed = request) => {
      if (!("user" in passed)) Object.assign(passed, { user: (request as Known).user });
      return next(passed);
    });
  return Object.defineProperty(keeping, "name", { value: layer.name });
}

/** A record's constructor, a field, and who sees it: roles in lower case, `self`; null: nobody. */
export type FieldRule = readonly [
  type: abstract new (...args: never[]) => unknown,
  field: string,
  visibleTo: readonly string[] | null,
];

const idFields = ["id", "_id", "userId", "user_id", "uuid"];

function isOwn(user: User, record: Record<string, unknown>): boolean {
  return idFields.some((field) => user[field] != null && user[field] === record[field]);
}

function sees(visibleTo: readonly string[] | null, user: User | null, record: object): boolean {
  if (!visibleTo || !user) return false;
  if (visibleTo.includes("self") && isOwn(user, record as Record<string, unknown>)) return true;
  return rolesOf(user).some((role) => visibleTo.includes(role));
}

/** A copy of a result without the fields that its receiver may not see, at any depth. */
export function hide(
  value: unknown,
  rules: readonly FieldRule[],
  user: User | null,
  above: readonly object[] = [],
): unknown {
  if (typeof value !== "object" || value === null || above.includes(value)) return value;
  const inside = [...above, value];
  if (Array.isArray(value)) return value.map((item) => hide(item, rules, user, inside));
  const said = asJson(value);
  const isPlain = Object.prototype.toString.call(value) === "[object Object]";
  if (said === value && !isPlain) return value;
  const shown = said === value ? value : hide(said, rules, user, inside);
  if (typeof shown !== "object" || shown === null || Array.isArray(shown)) return shown;
  const hidden = rules.filter(
    ([type, , visibleTo]) => value instanceof type && !sees(visibleTo, user, value),
  );
  const fields = Object.entries(shown).filter(
    ([key]) => !hidden.some(([, field]) => field === key),
  );
  if (shown !== value) return Object.fromEntries(fields);
  return Object.fromEntries(fields.map(([key, item]) => [key, hide(item, rules, user, inside)]));
}

/** What JSON has of an object: what its own `toJSON` gives, else the object. */
function asJson(value: object): unknown {
  const { toJSON } = value as { toJSON?: unknown };
  return typeof toJSON === "function" ? toJSON.call(value, "") : value;
}

/** What leaves of a result for the sender of a request: no sensitive fields, and responses as they are. */
export function hiding(rules: readonly FieldRule[]) {
  return async (request: Request, result: unknown): Promise<unknown> =>
    hide(await result, rules, (request as Known).user ?? null);
}

function addHeaders(headers: Headers, added: Readonly<Record<string, string>>): void {
  for (const name in added) if (!headers.has(name)) headers.set(name, added[name] as string);
}

/** A response with headers that it does not have itself; a WebSocket upgrade as it is. */
export function withHeaders(
  response: Response,
  headers: Readonly<Record<string, string>>,
): Response {
  if (response.status === 101) return response;
  try {
    addHeaders(response.headers, headers);
    return response;
  } catch {
    // Headers of a fetched response cannot be changed.
    const copy = new Response(response.body, response);
    addHeaders(copy.headers, headers);
    return copy;
  }
}
