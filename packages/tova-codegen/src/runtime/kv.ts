// A place that keeps bytes under keys → a store as Workers KV offers it to workers (spec 11.7;
// developers.cloudflare.com/kv/api).

/** An entry with what belongs to it. */
interface KvEntry {
  readonly bytes: Uint8Array;
  readonly metadata: unknown;
  /** Seconds since 1970; null for ever. */
  readonly expiration: number | null;
}

/** Where entries are kept; they may come back after they have expired. */
export interface KvPlace {
  read(key: string): Promise<KvEntry | null>;
  write(key: string, entry: KvEntry): Promise<void>;
  remove(key: string): Promise<void>;
  /** In the order of their keys' bytes, those behind `after` only. */
  entries(prefix: string, after: string | null): AsyncIterable<readonly [string, KvEntry]>;
}

interface KvPut {
  readonly expiration?: number | null;
  readonly expirationTtl?: number | null;
  readonly metadata?: unknown;
}

interface KvList {
  readonly prefix?: string | null;
  readonly limit?: number | null;
  readonly cursor?: string | null;
}

type KvType = "text" | "json" | "arrayBuffer" | "stream";
type KvRead = KvType | { readonly type?: KvType } | null;

const kvNow = (): number => Date.now() / 1000;

function kvKey(name: unknown): string {
  const key = String(name);
  const reason =
    key === "" || key === "." || key === ".."
      ? `Key name cannot be "${key}".`
      : new TextEncoder().encode(key).length > 512
        ? "UTF-8 encoded length of a key exceeds the limit of 512."
        : null;
  if (reason !== null) throw new TypeError(reason);
  return key;
}

async function kvBytes(value: unknown): Promise<Uint8Array> {
  // Numbers and the like are kept as text.
  if (typeof value !== "object" || value === null) return new TextEncoder().encode(String(value));
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  }
  if (value instanceof ArrayBuffer || value instanceof ReadableStream) {
    return new Uint8Array(await new Response(value).arrayBuffer());
  }
  throw new TypeError(
    "KV put() accepts only strings, ArrayBuffers, ArrayBufferViews, and ReadableStreams as values.",
  );
}

/** @throws Error for a time that Workers KV refuses too */
function kvExpiration({ expiration, expirationTtl }: KvPut): number | null {
  if (expirationTtl == null && expiration == null) return null;
  const at = expirationTtl == null ? Number(expiration) : kvNow() + Number(expirationTtl);
  if (!(at - kvNow() >= 59)) {
    const given =
      expirationTtl == null ? `expiration of ${expiration}` : `expiration_ttl of ${expirationTtl}`;
    throw new Error(`KV PUT failed: 400 Invalid ${given}. It must be at least 60 seconds ahead.`);
  }
  return Math.round(at);
}

function kvValue(bytes: Uint8Array, read: KvRead): unknown {
  const type = (typeof read === "string" ? read : read?.type) ?? "text";
  if (type === "arrayBuffer") return bytes.slice().buffer;
  if (type === "stream") return new Response(bytes.slice()).body;
  const text = new TextDecoder().decode(bytes);
  return type === "json" ? JSON.parse(text) : text;
}

class KvStore {
  private readonly place: KvPlace;
  constructor(place: KvPlace) {
    this.place = place;
  }
  private async entry(name: unknown): Promise<KvEntry | null> {
    const entry = await this.place.read(kvKey(name));
    return entry && (entry.expiration ?? Number.POSITIVE_INFINITY) > kvNow() ? entry : null;
  }
  async get(name: string | readonly string[], read: KvRead = null): Promise<unknown> {
    return Array.isArray(name)
      ? this.several(name, async (one) => this.get(one, read))
      : (await this.getWithMetadata(name as string, read)).value;
  }
  async getWithMetadata(name: string, read: KvRead = null) {
    const entry = await this.entry(name);
    const value = entry === null ? null : kvValue(entry.bytes, read);
    return { value, metadata: entry?.metadata ?? null, cacheStatus: null };
  }
  private async several<T>(names: readonly string[], one: (name: string) => Promise<T>) {
    const values = await Promise.all(names.map(async (name) => [name, await one(name)] as const));
    return new Map(values);
  }
  async put(name: string, value: unknown, options: KvPut | null = null): Promise<void> {
    const key = kvKey(name);
    const expiration = kvExpiration(options ?? {});
    const metadata = JSON.parse(JSON.stringify(options?.metadata ?? null));
    await this.place.write(key, { bytes: await kvBytes(value), metadata, expiration });
  }
  async delete(name: string): Promise<void> {
    await this.place.remove(kvKey(name));
  }
  async list(options: KvList | null = null) {
    const { prefix, cursor: before, limit: asked } = options ?? {};
    const limit = Number(asked) > 0 ? Number(asked) : 1000;
    if (limit > 1000) {
      const reason = `Invalid key_count_limit of ${asked}. It must be at most 1000.`;
      throw new Error(`KV GET failed: 400 ${reason}`);
    }
    const after = before ? decodeURIComponent(before) : null;
    const keys: { name: string; expiration?: number; metadata?: unknown }[] = [];
    for await (const [name, { expiration, metadata }] of this.place.entries(prefix ?? "", after)) {
      if (expiration !== null && expiration <= kvNow()) continue;
      if (keys.length === limit) {
        const cursor = encodeURIComponent(keys.at(-1)?.name ?? "");
        return { keys, list_complete: false, cursor, cacheStatus: null };
      }
      keys.push({
        name,
        ...(expiration === null ? {} : { expiration }),
        ...(metadata === null ? {} : { metadata }),
      });
    }
    return { keys, list_complete: true, cacheStatus: null };
  }
}

/** A store over the place of its entries. */
export function kvStore(place: KvPlace): KvStore {
  return new KvStore(place);
}
