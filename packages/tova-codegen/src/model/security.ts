// What the `security` blocks of a file ask of every edge worker (spec 12), as data.
import type { ast, SourceRange } from "tova-parser";
import type { Segment } from "./segment";

/** Made by `analyse/security`, read by `emit/security.ts`. */
export interface Security {
  readonly auth: JwtAuth | null;
  /** Names of the roles declared. */
  readonly roles: readonly string[];
  /** In the order of the source: the first rule that matches a path decides. */
  readonly protects: readonly Protect[];
  readonly sensitive: readonly Sensitive[];
  /** Of all requests; null without a limit. */
  readonly rateLimit: RateLimit | null;
  /** The client is who a proxy in front of the worker says. */
  readonly trustsProxy: boolean;
  readonly csrf: Csrf | null;
  /** Name and value of response headers, from `csp` and `hsts`. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export interface JwtAuth {
  readonly range: SourceRange;
  readonly key: JwtKey;
  /** Claims that must match, when given. */
  readonly issuer: string | null;
  readonly audience: string | null;
}

/** What signatures of tokens are checked with. `value` is evaluated for each request. */
export type JwtKey =
  /** Shared with who signs, HS256: a binding's name or `env("NAME")`. */
  | { readonly kind: "secret"; readonly value: ast.Expression }
  /** A public key as PEM text. */
  | { readonly kind: "public_key"; readonly value: ast.Expression; readonly algorithms: Algorithms }
  /** Where the issuer publishes its keys. */
  | { readonly kind: "jwks"; readonly value: ast.Expression; readonly algorithms: Algorithms };

/** As in the header `alg` (www.rfc-editor.org/rfc/rfc7518); never of shared secrets, never empty. */
export type Algorithms = readonly string[];

export interface Protect {
  readonly range: SourceRange;
  /** As written: `/admin/*`. */
  readonly pattern: string;
  /** Source of a regular expression for the whole decoded path. */
  readonly expression: string;
  /** Whoever comes gets through, also where a later rule would stop them. */
  readonly open: boolean;
  /** Null: any authenticated user. */
  readonly role: string | null;
  readonly rateLimit: RateLimit | null;
}

/** How often one client may ask. */
export interface RateLimit {
  readonly range: SourceRange;
  readonly max: number;
  /** Seconds. */
  readonly window: number;
}

/** A rate limit of one worker, and what the platform counts with. */
export interface Limiter {
  /** Name in the worker's environment. */
  readonly binding: string;
  readonly limit: RateLimit;
}

/** Requests that another site makes a browser send are refused. */
export interface Csrf {
  /** Paths that are open to other sites. */
  readonly exempt: readonly (readonly Segment[])[];
  /** Other origins that may send requests. */
  readonly trusted: readonly string[];
}

/** A field of a record that leaves the worker for nobody, or only for some. */
export interface Sensitive {
  readonly range: SourceRange;
  /** A use of the record's name. */
  readonly type: ast.Identifier;
  readonly field: string;
  /** Roles, and `self`; null: nobody. */
  readonly visibleTo: readonly string[] | null;
}
