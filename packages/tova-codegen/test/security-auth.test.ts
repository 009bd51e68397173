// What `auth jwt` takes and refuses before any worker is built (spec 12).
import { compile } from "../src";

const findings = (auth: string, block = "secret KEY") =>
  compile(
    `edge "api" { ${block} route GET "/" with auth => fn(req) req.user.sub }\nsecurity { auth jwt { ${auth} } }`,
    { fileName: "a.tova" },
  ).diagnostics.map(({ code, message, help }) => `${code} ${message} ${help}`);

test.each([
  ["secret: KEY"],
  ['secret: KEY, algorithm: "HS256"'],
  ['jwks: "https://issuer.example/jwks"'],
  ['jwks: "http://localhost:8080/jwks", algorithms: ["ES384", EdDSA]'],
  ['jwks: env("JWKS_URL")'],
  ['public_key: KEY, algorithm: "RS256"'],
  ['public_key: "-----BEGIN PUBLIC KEY-----", algorithms: [PS512]'],
])("takes %s", (auth) => expect(findings(auth)).toEqual([]));

test.each([
  // A public key that is taken for a shared secret is one that everybody knows.
  ['public_key: KEY, algorithm: "HS256"', "The algorithm `HS256` is not valid."],
  ['jwks: "https://a.example/jwks", algorithms: ["RS256", "HS256"]', "The algorithm `HS256`"],
  ['jwks: "https://a.example/jwks", algorithms: ["none"]', "The algorithm `none`"],
  ['secret: KEY, algorithm: "RS256"', "The algorithm `RS256`"],
  ['secret: KEY, algorithms: ["HS256", "ES256"]', "The algorithm `ES256`"],
  ["public_key: KEY", "with one algorithm"],
  ["public_key: KEY, algorithms: [RS256, ES256]", "with one algorithm"],
  ['secret: KEY, jwks: "https://a.example/jwks"', "one of `secret: NAME`"],
  ['issuer: "a"', "one of `secret: NAME`"],
  ['jwks: "http://issuer.example/jwks"', "The address of `jwks` is not valid."],
  ['jwks: "/jwks"', "The address of `jwks` is not valid."],
  ["jwks: 5", "The address of `jwks` is not valid."],
  ["jwks: NOWHERE", 'or `jwks: env("NOWHERE")`'],
  ['secret: "hush"', "A secret stands in the source"],
])("refuses %s", (auth, expected) => {
  const found = findings(auth).filter((one) => !one.startsWith("W_PROTECT_WITHOUT_AUTH"));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(expected);
});

test("only workers that answer requests with public keys are bundled with the library", () => {
  const source = `edge "api" { route GET "/" => fn() 1 }
edge "jobs" { schedule "s" cron("0 0 * * *") { } }
security { auth jwt { jwks: "https://a.example/jwks" } }`;
  const needs = compile(source, { fileName: "a.tova" }).workers.map(({ imports }) => imports);
  expect(needs).toEqual([
    [{ specifier: "tova:jose", names: ["createRemoteJWKSet", "jwtVerify"] }],
    [],
  ]);
});
