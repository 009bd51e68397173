// Bearer tokens signed with a private key → their users, by the public one (spec 12). The functions
// of the library that checks signatures are handed in, so that only workers which use it carry it.
import type { User } from "./security";

/** What is used of https://github.com/panva/jose. */
type JwtVerify = (token: string, key: unknown, options: object) => Promise<{ payload: User }>;
type ImportSpki = (pem: string, algorithm: string) => Promise<unknown>;
type CreateKeySet = (url: URL) => KeySet;

/** Finds the key of a token. */
type FindKey = (header: unknown, token: unknown) => Promise<unknown>;

interface KeySet extends FindKey {
  /** Whether it has keys that are young enough to be used. */
  readonly fresh: boolean;
}

interface Options {
  readonly algorithms: readonly string[];
  readonly issuer?: string;
  readonly audience?: string;
}

/** The user of a request; null for nobody, and for any token that does not hold. */
export type Verify = (request: Request, key: unknown) => Promise<User | null>;

const bearer = ({ headers }: Request): string | undefined =>
  /^bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(headers.get("Authorization") ?? "")?.[1];

/** With a public key as PEM text; line breaks may be written `\n`, as in files of variables. */
export function publicKeyVerifier(
  importSpki: ImportSpki,
  jwtVerify: JwtVerify,
  options: Options,
): Verify {
  let read: { readonly text: string; readonly key: unknown } | null = null;
  return async (request, text) => {
    const token = bearer(request);
    if (!token || typeof text !== "string" || text === "") return null;
    if (read?.text !== text) {
      try {
        const pem = text.replaceAll("\\n", "\n");
        read = { text, key: await importSpki(pem, options.algorithms[0] ?? "") };
      } catch (error) {
        console.error(`The public key cannot be read: ${(error as Error).message}`);
        return null;
      }
    }
    return jwtVerify(token, read.key, options).then(
      ({ payload }) => payload,
      () => null,
    );
  };
}

/** Milliseconds in which nobody is kept waiting for keys that could just not be fetched. */
const failurePause = 5000;

/** Codes of what is wrong with a token, not with the issuer's keys. */
const tokenErrors = ["ERR_JWKS_NO_MATCHING_KEY", "ERR_JWKS_MULTIPLE_MATCHING_KEYS"];

/** Fetches of keys that fail are logged, and not tried again at once. */
function patient(url: URL, keys: KeySet): FindKey {
  let failed = Number.NEGATIVE_INFINITY;
  return async (header, token) => {
    if (!keys.fresh && Date.now() < failed + failurePause) throw new Error("No keys");
    try {
      return await keys(header, token);
    } catch (error) {
      const { code = "", message } = error as { code?: string; message: string };
      if (!tokenErrors.includes(code)) {
        failed = Date.now();
        console.error(`The keys of ${url.origin} cannot be fetched: ${message}`);
      }
      throw error;
    }
  };
}

/**
 * With the keys that the issuer publishes at an address. They are kept for ten minutes; a token of
 * another key has them fetched again, at most every half a minute. Without keys nobody is anybody.
 */
export function jwksVerifier(
  createKeySet: CreateKeySet,
  jwtVerify: JwtVerify,
  options: Options,
): Verify {
  const sets = new Map<string, FindKey>();
  return async (request, address) => {
    const token = bearer(request);
    if (!token || typeof address !== "string" || !URL.canParse(address)) return null;
    if (!sets.has(address)) {
      const url = new URL(address);
      sets.set(address, patient(url, createKeySet(url)));
    }
    return jwtVerify(token, sets.get(address), options).then(
      ({ payload }) => payload,
      () => null,
    );
  };
}
