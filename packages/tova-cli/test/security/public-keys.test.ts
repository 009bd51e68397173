// Tokens signed with private keys, checked in workerd by the public ones (spec 12).
import { generateKeyPairSync } from "node:crypto";
import { type RunningProgram, startProgram } from "../../src/testing";
import { createWorkspace, type Workspace } from "../workspace";
import {
  type KeyServer,
  makePair,
  pemOf,
  publishKeys,
  sharedToken,
  tokenOf,
  unsigned,
} from "./issuer";

jest.setTimeout(60_000);

const issuer = "https://issuer.example/";
const program = (auth: string, setting: string) => `edge "api" {
  env ${setting}
  var shift = 0
  real_now = Date.now
  Date.now = fn() real_now() + shift
  route POST "/later/:seconds" => fn(req, params) { shift = shift + 1000 * int(params.seconds) }
  route GET "/me" => fn(req) req.user.sub
  route GET "/admin" with auth(Admin) => fn() "admin"
}
security {
  auth jwt { ${auth}, issuer: "${issuer}", audience: "api" }
  role Admin { can: [all] }
  protect "/me" { require: authenticated }
}
`;

const rsa = makePair("rsa", "RS256");
const ec = makePair("ec", "ES256");
const stranger = makePair("rsa", "RS256");
const good = { sub: "u1", iss: issuer, aud: "api" };
const now = Math.floor(Date.now() / 1000);

let workspace: Workspace;
let server: KeyServer;
const running: RunningProgram[] = [];
beforeAll(async () => {
  server = await publishKeys([rsa, ec]);
  workspace = createWorkspace({
    "jwks.tova": program("jwks: JWKS_URL", "JWKS_URL"),
    "rs.tova": program('public_key: KEY, algorithm: "RS256"', "KEY"),
    "es.tova": program('public_key: KEY, algorithm: "ES256"', "KEY"),
  });
});
afterEach(() => Promise.all(running.splice(0).map((one) => one.stop())));
afterAll(() => {
  server.close();
  workspace.remove();
});

async function start(name: string, variables: Record<string, string>): Promise<RunningProgram> {
  const started = await startProgram({ file: `${name}.tova`, cwd: workspace.folder, variables });
  running.push(started);
  return started;
}
async function startWithKeys(keys = [rsa, ec]): Promise<RunningProgram> {
  Object.assign(server, { keys, status: 200, text: null, hits: 0 });
  return start("jwks", { JWKS_URL: server.url });
}
const ask = async (started: RunningProgram, token: string, path = "/me"): Promise<number> =>
  (await started.fetch(path, { headers: { Authorization: `Bearer ${token}` } })).status;
const later = (started: RunningProgram, seconds: number) =>
  started.fetch(`/later/${seconds}`, { method: "POST" });

/** What no worker may take for a user, by the pair that the worker believes. */
const refused = (pair: typeof rsa): [string, string][] => {
  const pem = pemOf(pair);
  const head = { kid: pair.kid, typ: "JWT" };
  const [first = "", , last = ""] = tokenOf(pair, good).split(".");
  const forged = Buffer.from(JSON.stringify({ ...good, role: "admin" })).toString("base64url");
  return [
    ["expired", tokenOf(pair, { ...good, exp: now - 60 })],
    ["not valid yet", tokenOf(pair, { ...good, nbf: now + 60 })],
    ["whose time is a text", tokenOf(pair, { ...good, exp: String(now + 60) })],
    ["of another issuer", tokenOf(pair, { ...good, iss: "https://issuer.example" })],
    ["of no issuer", tokenOf(pair, { sub: "u1", aud: "api" })],
    ["for another audience", tokenOf(pair, { ...good, aud: ["other"] })],
    ["for no audience", tokenOf(pair, { sub: "u1", iss: issuer })],
    ["of a key that says it is the same", tokenOf({ ...stranger, kid: pair.kid }, good)],
    ["of another algorithm with the key", tokenOf(pair, good, { alg: "PS256" })],
    ["signed with the public key as a secret", sharedToken(pem, good, { ...head, alg: "HS256" })],
    [
      "the same without the last line break",
      sharedToken(pem.trim(), good, { ...head, alg: "HS256" }),
    ],
    ["that says so falsely", sharedToken(pem, good, { ...head, alg: pair.alg })],
    ["of algorithm none", unsigned(good, { ...head, alg: "none" })],
    ["of algorithm None", unsigned(good, { ...head, alg: "None" })],
    ["without a signature", unsigned(good, { ...head, alg: pair.alg })],
    ["with critical extensions", tokenOf(pair, good, { crit: ["exp"], exp: now + 60 })],
    ["with an unencoded body", tokenOf(pair, good, { crit: ["b64"], b64: false })],
    [
      "with its own key inside",
      tokenOf(stranger, good, { jwk: stranger.publicKey.export({ format: "jwk" }) }),
    ],
    [
      "with an address of keys inside",
      tokenOf(stranger, good, { jku: "https://evil.example/jwks" }),
    ],
    ["with a changed body", `${first}.${forged}.${last}`],
    ["whose body is a list", tokenOf(pair, [good])],
    ["cut short", `${first}.${forged}`],
    ["that is empty", ""],
  ];
};

test("keys that an issuer publishes tell its users, and nobody else", async () => {
  const started = await startWithKeys();
  for (const pair of [rsa, ec]) {
    expect(await ask(started, tokenOf(pair, { ...good, exp: now + 60, nbf: now - 60 }))).toBe(200);
    const several = { ...good, aud: ["x", "api"], roles: ["Admin"] };
    expect(await ask(started, tokenOf(pair, several), "/admin")).toBe(200);
    expect(await ask(started, tokenOf(pair, good), "/admin")).toBe(403);
    for (const [what, token] of refused(pair)) {
      expect([what, await ask(started, token)]).toEqual([what, 401]);
    }
  }
  expect(await ask(started, tokenOf(rsa, good, { kid: "ec" }))).toBe(401);
  expect(await ask(started, tokenOf(rsa, good, { kid: "nobody" }))).toBe(401);
  // One fetch for all of it, forged names of keys included.
  expect(server.hits).toBe(1);
});

test("a public key tells the users of its private key, and nobody else", async () => {
  const escaped = pemOf(rsa).replaceAll("\n", "\\n");
  const programs = [
    [rsa, await start("rs", { KEY: escaped })],
    [ec, await start("es", { KEY: pemOf(ec) })],
  ] as const;
  for (const [pair, started] of programs) {
    expect(await ask(started, tokenOf(pair, good, { kid: undefined }))).toBe(200);
    for (const [what, token] of refused(pair)) {
      expect([what, await ask(started, token)]).toEqual([what, 401]);
    }
    expect(await ask(started, tokenOf(pair === rsa ? ec : rsa, good))).toBe(401);
  }
});

test("keys that cannot be used let nobody in, and the log says why", async () => {
  const other = generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey;
  const wrong = other.export({ type: "spki", format: "pem" }).toString();
  for (const KEY of ["no key", wrong]) {
    const started = await start("es", { KEY });
    expect(await ask(started, tokenOf(ec, good))).toBe(401);
    expect(started.log.join("\n").includes("The public key cannot be read")).toBe(true);
  }
  for (const JWKS_URL of ["no address", "http://127.0.0.1:1/jwks"]) {
    const started = await start("jwks", { JWKS_URL });
    expect(await ask(started, tokenOf(rsa, good))).toBe(401);
  }
});

test("new keys are found once the old ones are half a minute old", async () => {
  const started = await startWithKeys([rsa]);
  const next = makePair("next", "RS256");
  expect(await ask(started, tokenOf(rsa, good))).toBe(200);
  server.keys = [next];
  expect(await ask(started, tokenOf(next, good))).toBe(401);
  expect(server.hits).toBe(1);
  await later(started, 31);
  expect(await ask(started, tokenOf(next, good))).toBe(200);
  expect(await ask(started, tokenOf(rsa, good))).toBe(401);
  expect(server.hits).toBe(2);
});

test.each([
  ["fails", { status: 500 }],
  ["moves", { status: 302 }],
  ["gives no keys", { text: '{"keys":"none"}' }],
])("while the issuer %s, nobody but users of kept keys is let in", async (_, trouble) => {
  const started = await startWithKeys([rsa]);
  Object.assign(server, trouble);
  expect(await ask(started, tokenOf(rsa, good))).toBe(401);
  expect(await ask(started, tokenOf(rsa, good))).toBe(401);
  // Not asked again at once.
  expect(server.hits).toBe(1);
  await later(started, 6);
  Object.assign(server, { status: 200, text: null });
  expect(await ask(started, tokenOf(rsa, good))).toBe(200);
  Object.assign(server, trouble);
  await later(started, 60);
  expect(await ask(started, tokenOf(rsa, good))).toBe(200);
  expect(await ask(started, tokenOf(ec, good))).toBe(401);
  await later(started, 600);
  expect(await ask(started, tokenOf(rsa, good))).toBe(401);
  expect(started.log.join("\n")).toContain("The keys of http://127.0.0.1:");
});
