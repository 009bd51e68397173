// What the stand-in for Cloudflare remembers, and what one of its answers is made from.
import type { FakeStores } from "./stores";

/** A request as wrangler or our own look-ups made it. */
export interface FakeRequest {
  readonly method: string;
  /** Below `/accounts/<id>`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Id of the account in the path, if any. */
  readonly account: string | undefined;
  readonly body: Buffer;
  readonly contentType: string;
}

/** One upload of a worker. */
export interface FakeVersion {
  readonly id: string;
  readonly created_on: string;
  readonly metadata: {
    readonly main_module: string;
    readonly bindings: readonly Record<string, unknown>[];
    readonly compatibility_date: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  /** Text of each uploaded module by its name. */
  readonly modules: Readonly<Record<string, string>>;
  /** As they were when it was uploaded. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** A time at which a version began to answer. */
export interface FakeDeployment {
  readonly id: string;
  readonly created_on: string;
  readonly versions: readonly { readonly version_id: string; readonly percentage: number }[];
  readonly annotations: Readonly<Record<string, string>>;
}

/** A worker: everything that was ever uploaded and deployed, the oldest first. */
export interface FakeScript {
  readonly versions: readonly FakeVersion[];
  readonly deployments: readonly FakeDeployment[];
  /** The version that answers. */
  readonly current: FakeVersion;
}

/** A queue and who reads it. */
export interface FakeQueue {
  readonly queue_id: string;
  readonly queue_name: string;
  readonly consumers: Record<string, unknown>[];
}

/** Everything the server remembers. */
export interface State extends FakeStores {
  readonly scripts: Map<string, FakeScript>;
  readonly queues: Map<string, FakeQueue>;
  readonly buckets: Set<string>;
  readonly schedules: Map<string, string[]>;
  readonly secrets: Map<string, Map<string, string>>;
  /** Accounts that the token sees. */
  readonly accounts: { id: string; name: string }[];
  /** Paths below the account that the token has no permission for. */
  readonly forbidden: RegExp[];
  /** A clock that never stands still, so that everything has an order. */
  now(): string;
}

/** Answers one route; the names are the parts of its path. */
export type Answer = (state: State, request: FakeRequest, ...names: string[]) => unknown;

/** Method, path, answer. */
export type Route = readonly [string, string, Answer];

/** An answer that is an error. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** A page as the API gives it: `page` from one, `per_page` at most. */
export function pageOf<T>(all: readonly T[], { query }: FakeRequest): readonly T[] {
  const size = Number(query.get("per_page") ?? 20);
  const page = Number(query.get("page") ?? 1);
  return all.slice((page - 1) * size, page * size);
}
