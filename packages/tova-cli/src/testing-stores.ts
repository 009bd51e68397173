// The stores of a running program as its tests see them: the interfaces of Cloudflare's that workers
// have (developers.cloudflare.com/workers/runtime-apis/bindings), as far as tests need them.
import type { BindingKind } from "tova-codegen";

type Bytes = ArrayBuffer | Uint8Array;

/** A `kv`. */
export interface KvStore {
  get(key: string): Promise<string | null>;
  get<T = unknown>(key: string, type: "json"): Promise<T | null>;
  get(key: string, type: "arrayBuffer"): Promise<ArrayBuffer | null>;
  getWithMetadata<T = unknown>(key: string): Promise<{ value: string | null; metadata: T | null }>;
  put(
    key: string,
    value: string | Bytes,
    options?: { expirationTtl?: number; expiration?: number; metadata?: unknown },
  ): Promise<void>;
  delete(key: string): Promise<void>;
  list(options?: { prefix?: string; limit?: number; cursor?: string }): Promise<{
    keys: { name: string; expiration?: number; metadata?: unknown }[];
    list_complete: boolean;
    cursor?: string;
  }>;
}

/** A statement of an `sql`. */
export interface SqlStatement {
  bind(...values: unknown[]): SqlStatement;
  first<T = Record<string, unknown>>(): Promise<T | null>;
  first<T = unknown>(column: string): Promise<T | null>;
  all<T = Record<string, unknown>>(): Promise<{ results: T[] }>;
  run(): Promise<{ success: boolean; meta: { changes: number; last_row_id: number } }>;
}

/** An `sql`, its migrations applied. */
export interface SqlDatabase {
  prepare(query: string): SqlStatement;
  batch(statements: readonly SqlStatement[]): Promise<{ results: unknown[] }[]>;
  exec(queries: string): Promise<{ count: number }>;
}

/** What a `storage` tells of an object. */
export interface StoredHead {
  readonly key: string;
  readonly size: number;
  readonly httpMetadata?: { readonly contentType?: string };
  readonly customMetadata?: Readonly<Record<string, string>>;
}

/** An object of a `storage` with its content. */
export interface StoredObject extends StoredHead {
  text(): Promise<string>;
  json<T = unknown>(): Promise<T>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A `storage`. */
export interface ObjectStore {
  get(key: string): Promise<StoredObject | null>;
  head(key: string): Promise<StoredHead | null>;
  put(
    key: string,
    value: string | Bytes,
    options?: {
      httpMetadata?: { contentType?: string };
      customMetadata?: Record<string, string>;
    },
  ): Promise<unknown>;
  delete(keys: string | string[]): Promise<void>;
  list(options?: { prefix?: string; limit?: number }): Promise<{ objects: StoredHead[] }>;
}

/** The sending end of a `queue`; what consumes it in the program gets the messages. */
export interface SendingQueue {
  send(body: unknown, options?: { delaySeconds?: number }): Promise<unknown>;
  sendBatch(messages: Iterable<{ body: unknown; delaySeconds?: number }>): Promise<unknown>;
}

/** By kind of declaration. */
export interface StoreOf extends Record<BindingKind, unknown> {
  readonly kv: KvStore;
  readonly sql: SqlDatabase;
  readonly storage: ObjectStore;
  readonly queue: SendingQueue;
}

/**
 * A store of the newest version of a program, by the name of its declaration.
 * @throws Error that names those there are, when no worker for Cloudflare has it
 */
export type FindStore = <Kind extends BindingKind>(
  kind: Kind,
  name: string,
) => Promise<StoreOf[Kind]>;
