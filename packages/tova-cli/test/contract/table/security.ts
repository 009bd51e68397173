// Protected paths and tokens (spec 12): above all, what must be refused.
import { createHmac } from "node:crypto";
import { type Group, json, notFound, send, text } from "../row";

const key = "k".repeat(40);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function token(claims: object, head: object = { alg: "HS256", typ: "JWT" }, secret = key): string {
  const signed = `${encode(head)}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

const now = Math.floor(Date.now() / 1000);
const user = { sub: "u1", iss: "us", aud: "them", exp: now + 3600 };
const admin = { ...user, roles: ["admin"] };
const as = (line: string, bearer: string) =>
  send(line, { headers: [`Authorization: Bearer ${bearer}`] });
const refused = json({ error: "Authentication required" }, 401, { "WWW-Authenticate": /Bearer/ });
const forbidden = json({ error: "Insufficient permissions" }, 403);

/** Nobody, whatever the token says of itself. */
const bad = (name: string, bearer: string) => ({
  name,
  send: as("GET /me", bearer),
  gives: refused,
});
const [head = "", body = "", mark = ""] = token(user).split(".");
/** The same bits at the end, written with another letter, are another text. */
const cut = mark.slice(0, -2);

export const security: Group = {
  name: "security",
  around: `
security {
  auth jwt { secret: JWT_KEY, issuer: "us", audience: "them" }
  role Admin { can: [all] }
  protect "/admin/*" { require: Admin }
  protect "/me" { require: authenticated }
  csp { default_src: ["self"] }
  hsts { max_age: 60 }
}`,
  edge: `
  secret JWT_KEY
  route GET "/open" => fn(req) { if req.user == nil { "nobody" } else { req.user.sub } }
  route GET "/me" => fn(req) req.user.sub
  route GET "/admin" => fn() "admin"
  route GET "/admin/:page" => fn(req, params) params.page
  route GET "/with" with auth => fn(req) req.user.sub
  route GET "/with/role" with auth(Admin) => fn() "role"
  route GET "/throws" => fn() { null.x }
  health "/live"
  `,
  env: { JWT_KEY: key },
  rows: [
    { name: "nobody where everyone may", send: send("GET /open"), gives: json("nobody") },
    { name: "a user where everyone may", send: as("GET /open", token(user)), gives: json("u1") },
    {
      name: "a bad token where everyone may",
      send: as("GET /open", "a.b.c"),
      gives: json("nobody"),
    },
    { name: "nobody", send: send("GET /me"), gives: refused },
    { name: "a user", send: as("GET /me", token(user)), gives: json("u1") },
    {
      name: "the scheme in lower case",
      send: send("GET /me", { headers: [`authorization: bearer ${token(user)}`] }),
      gives: json("u1"),
    },
    {
      name: "another scheme",
      send: send("GET /me", { headers: ["Authorization: Basic dTpw"] }),
      gives: refused,
    },
    {
      name: "two tokens",
      send: send("GET /me", {
        headers: [`Authorization: Bearer ${token(user)}`, "Authorization: Bearer x"],
      }),
      gives: { status: [400, 401] },
      // The server of edge-runtime keeps the first of two, as Node does.
      platform: { vercel: { status: 200 } },
    },
    bad("no token behind the scheme", ""),
    bad("no signature", `${head}.${body}.`),
    bad("two parts", `${head}.${body}`),
    bad("a shorter signature", `${head}.${body}.${cut}`),
    bad("another body", `${head}.${encode({ ...user, sub: "u2" })}.${mark}`),
    bad("another key", token(user, { alg: "HS256" }, "other")),
    bad("no algorithm", `${encode({ alg: "none" })}.${body}.`),
    bad("no algorithm, signed", token(user, { alg: "none" })),
    bad("another algorithm", token(user, { alg: "HS512" })),
    bad("an algorithm of public keys", token(user, { alg: "RS256" })),
    bad("the algorithm in lower case", token(user, { alg: "hs256" })),
    bad("an extension that must be understood", token(user, { alg: "HS256", crit: ["x"] })),
    bad("expired", token({ ...user, exp: now - 3600 })),
    bad("an expiry that is no number", token({ ...user, exp: "never" })),
    bad("not yet valid", token({ ...user, nbf: now + 3600 })),
    bad("another issuer", token({ ...user, iss: "others" })),
    bad("no issuer", token({ ...user, iss: undefined })),
    bad("another audience", token({ ...user, aud: ["others"] })),
    bad("claims that are no object", token([])),
    {
      name: "one audience of several",
      send: as("GET /me", token({ ...user, aud: ["x", "them"] })),
      gives: json("u1"),
    },
    { name: "nobody at what a role may", send: send("GET /admin/a"), gives: refused },
    { name: "a user without the role", send: as("GET /admin/a", token(user)), gives: forbidden },
    { name: "a user with the role", send: as("GET /admin/a", token(admin)), gives: json("a") },
    {
      name: "a role by its one name",
      send: as("GET /admin/a", token({ ...user, role: "ADMIN" })),
      gives: json("a"),
    },
    { name: "the folder itself", send: send("GET /admin"), gives: refused },
    { name: "a slash at the end", send: send("GET /admin/"), gives: refused },
    {
      name: "two slashes in front",
      send: send("GET //admin/a"),
      gives: refused,
      // The server of edge-runtime takes what follows for a host.
      platform: { vercel: notFound().gives },
    },
    { name: "two slashes inside", send: send("GET /admin//a"), gives: refused },
    { name: "letters in encoding", send: send("GET /%61dmin/a"), gives: refused },
    { name: "a slash in encoding", send: send("GET /admin%2Fa"), gives: refused },
    { name: "a path in another case is another path", send: send("GET /ADMIN/a"), ...notFound() },
    { name: "a query changes nothing", send: send("GET /admin/a?/open"), gives: refused },
    { name: "a folder of the same beginning", send: send("GET /administrator"), ...notFound() },
    { name: "steps up in the path", send: send("GET /open/../admin/a"), gives: refused },
    {
      name: "steps up in encoding",
      send: send("GET /open/%2e%2e/admin/a"),
      gives: { status: [401, 404] },
    },
    { name: "HEAD is refused too", send: send("HEAD /admin/a"), gives: { status: 401, text: "" } },
    {
      name: "a method without a route is refused too",
      send: send("DELETE /admin/a"),
      gives: refused,
    },
    { name: "a route for users, nobody", send: send("GET /with"), gives: refused },
    { name: "a route for users, a user", send: as("GET /with", token(user)), gives: json("u1") },
    {
      name: "a route for a role, a user",
      send: as("GET /with/role", token(user)),
      gives: forbidden,
    },
    {
      name: "a route for a role, one who has it",
      send: as("GET /with/role", token(admin)),
      gives: json("role"),
    },
    { name: "health is open", send: send("GET /live"), gives: json({ status: "ok" }) },
    {
      name: "headers of security on a refusal",
      send: send("GET /me"),
      gives: text(/./, 401, {
        "Content-Security-Policy": "default-src 'self'",
        "Strict-Transport-Security": "max-age=60",
      }),
    },
    {
      name: "headers of security on an error",
      send: send("GET /throws"),
      gives: text(/./, 500, {
        "Content-Security-Policy": "default-src 'self'",
        "Strict-Transport-Security": "max-age=60",
      }),
    },
  ],
};
