// An issuer of tokens for tests: its keys, tokens signed with them, and the address that publishes them.
import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A pair of keys and the name that tokens know it by. */
export interface Pair {
  readonly kid: string;
  readonly alg: "RS256" | "ES256";
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Makes a pair. */
export function makePair(kid: string, alg: Pair["alg"]): Pair {
  const keys =
    alg === "RS256"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { kid, alg, ...keys };
}

/** The public key as PEM text. */
export const pemOf = ({ publicKey }: Pair): string =>
  publicKey.export({ type: "spki", format: "pem" }).toString();

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token of a pair; `head` is laid over what its header says. */
export function tokenOf(pair: Pair, claims: object, head: object = {}): string {
  const signed = `${encode({ alg: pair.alg, kid: pair.kid, ...head })}.${encode(claims)}`;
  const key = { key: pair.privateKey, dsaEncoding: "ieee-p1363" } as const;
  return `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}`;
}

/** A token whose shared secret is any text, such as that of a public key. */
export function sharedToken(secret: string, claims: object, head: object): string {
  const signed = `${encode(head)}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

/** A token without a signature. */
export const unsigned = (claims: object, head: object): string =>
  `${encode(head)}.${encode(claims)}.`;

/** A server of keys that can be told what to answer; ended by `close`. */
export interface KeyServer {
  readonly url: string;
  keys: readonly Pair[];
  status: number;
  /** In place of keys. */
  text: string | null;
  /** How often it was asked. */
  hits: number;
  close(): void;
}

/** Publishes keys on a free port of this machine. */
export async function publishKeys(keys: readonly Pair[]): Promise<KeyServer> {
  const server = createServer((_, response) => {
    state.hits++;
    const jwks = state.keys.map(({ kid, alg, publicKey }) => {
      return { ...publicKey.export({ format: "jwk" }), kid, alg, use: "sig" };
    });
    response.writeHead(state.status, { "Content-Type": "application/json" });
    response.end(state.text ?? JSON.stringify({ keys: jwks }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const state: KeyServer = {
    url: `http://127.0.0.1:${port}/.well-known/jwks.json`,
    keys,
    status: 200,
    text: null,
    hits: 0,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return state;
}
