// A place that keeps objects under keys → object storage as R2 offers it to workers (spec 11.7;
// developers.cloudflare.com/r2/api/workers/workers-api-reference).

/** What is known of an object. */
export interface StoredObject {
  readonly key: string;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly uploaded: Date;
  readonly httpMetadata: HttpMetadata;
  readonly customMetadata: Readonly<Record<string, string>>;
}

/** Headers of an object, by their names in R2. */
export type HttpMetadata = { readonly [name in keyof typeof storageHeaders]?: string | Date };

/** Names in R2 → headers. */
export const storageHeaders = {
  contentType: "Content-Type",
  contentLanguage: "Content-Language",
  contentDisposition: "Content-Disposition",
  contentEncoding: "Content-Encoding",
  cacheControl: "Cache-Control",
  cacheExpiry: "Expires",
} as const;

/** What is written with an object. */
export type StorageMetadata = Pick<StoredObject, "httpMetadata" | "customMetadata">;

/** Bytes of an object: from an offset on, or the last ones. */
export type StorageRange =
  | { readonly offset: number; readonly length?: number }
  | { readonly suffix: number };

/** An object and the part of it that was asked for. */
export interface StoredPart {
  readonly object: StoredObject;
  readonly range: { readonly offset: number; readonly length: number };
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
}

/** What is asked of a list. */
export interface StorageQuery {
  readonly prefix?: string;
  readonly delimiter?: string;
  readonly limit?: number;
  readonly cursor?: string;
  readonly startAfter?: string;
}

/** Where objects are kept. */
export interface StoragePlace {
  /** For messages. */
  readonly name: string;
  /** What of the headers it keeps. */
  readonly headers: readonly (keyof HttpMetadata)[];
  readonly keepsCustom: boolean;
  head(key: string): Promise<StoredObject | null>;
  read(key: string, range: StorageRange | null): Promise<StoredPart | null>;
  write(key: string, value: unknown, metadata: StorageMetadata): Promise<StoredObject>;
  remove(key: string): Promise<void>;
  list(query: StorageQuery): Promise<{
    readonly objects: readonly StoredObject[];
    readonly prefixes: readonly string[];
    /** Null when nothing is left. */
    readonly cursor: string | null;
  }>;
}

type Options = Readonly<Record<string, unknown>> | undefined;

/** What R2 offers and a place does not is refused, not left out. */
function storageOptions<T>(place: StoragePlace, given: Options, known: readonly string[]): T {
  for (const name of Object.keys(given ?? {})) {
    if (given?.[name] !== undefined && !known.includes(name)) {
      throw new TypeError(`Object storage on ${place.name} has no option ${name}.`);
    }
  }
  return (given ?? {}) as T;
}

/**
 * A key as the path of a URL can carry it. Without a key an address is that of the bucket itself;
 * with a part `.` or `..` it is another object's, or another bucket's (URL standard, "shorten").
 */
function storageKey(given: unknown): string {
  const key = String(given);
  if (key === "" || key.split("/").some((part) => part === "." || part === "..")) {
    throw new TypeError(`An object cannot have the key ${JSON.stringify(key)}.`);
  }
  return key;
}

const wholeNumber = (value: unknown, least: number): boolean =>
  value === undefined || (Number.isSafeInteger(value) && Number(value) >= least);

/** @throws RangeError for a range that names no bytes */
function storageRange(given: unknown): StorageRange | null {
  if (given === undefined || given === null) return null;
  if (given instanceof Headers) {
    const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(given.get("Range") ?? "") ?? [];
    if (from === undefined || `${from}${to}` === "") return null;
    if (from === "") return storageRange({ suffix: Number(to) });
    return storageRange({
      offset: Number(from),
      ...(to === "" ? {} : { length: Number(to) - Number(from) + 1 }),
    });
  }
  const { offset, length, suffix } = given as Record<string, number | undefined>;
  if (!wholeNumber(offset, 0) || !wholeNumber(length, 1) || !wholeNumber(suffix, 1)) {
    throw new RangeError(`No bytes are in the range ${JSON.stringify(given)}.`);
  }
  if (suffix !== undefined) return { suffix };
  return { offset: offset ?? 0, ...(length === undefined ? {} : { length }) };
}

/** As R2 hands it over. */
function storageHead(object: StoredObject) {
  return {
    ...object,
    httpEtag: `"${object.etag}"`,
    writeHttpMetadata(headers: Headers) {
      for (const [name, header] of Object.entries(storageHeaders)) {
        const value = object.httpMetadata[name as keyof HttpMetadata];
        if (value !== undefined) {
          headers.set(header, value instanceof Date ? value.toUTCString() : value);
        }
      }
    },
  };
}

function storageBody({ object, range, body }: StoredPart) {
  const response = new Response(body ?? "");
  return {
    ...storageHead(object),
    range,
    get body() {
      return response.body;
    },
    get bodyUsed() {
      return response.bodyUsed;
    },
    text: () => response.text(),
    json: () => response.json(),
    arrayBuffer: () => response.arrayBuffer(),
    bytes: async () => new Uint8Array(await response.arrayBuffer()),
    blob: async () => {
      const type = String(object.httpMetadata.contentType ?? "");
      return new Blob([await response.arrayBuffer()], { type });
    },
  };
}

/** The headers to keep with an object: of its `httpMetadata`, which may be those of a request. */
function storageMetadata(place: StoragePlace, given: unknown): HttpMetadata {
  if (given instanceof Headers) {
    const pairs = place.headers.map((name) => [name, given.get(storageHeaders[name])] as const);
    return Object.fromEntries(pairs.filter(([, value]) => value !== null));
  }
  return storageOptions<HttpMetadata>(place, given as Options, place.headers);
}

/** Removals at a time. */
const storageAtOnce = 50;

class StorageBucket {
  private readonly place: StoragePlace;
  constructor(place: StoragePlace) {
    this.place = place;
  }
  async head(key: string) {
    const object = await this.place.head(storageKey(key));
    return object && storageHead(object);
  }
  async get(key: string, options?: Options) {
    const { range } = storageOptions<{ range?: unknown }>(this.place, options, ["range"]);
    const part = await this.place.read(storageKey(key), storageRange(range));
    return part && storageBody(part);
  }
  async put(key: string, value: unknown, options?: Options) {
    const { place } = this;
    const known = place.keepsCustom ? ["httpMetadata", "customMetadata"] : ["httpMetadata"];
    const given = storageOptions<Partial<StorageMetadata>>(place, options, known);
    const httpMetadata = storageMetadata(place, given.httpMetadata);
    const customMetadata = given.customMetadata ?? {};
    return storageHead(await place.write(storageKey(key), value, { httpMetadata, customMetadata }));
  }
  async delete(given: string | readonly string[]): Promise<void> {
    const keys = [given].flat().map(storageKey);
    for (let at = 0; at < keys.length; at += storageAtOnce) {
      await Promise.all(keys.slice(at, at + storageAtOnce).map((key) => this.place.remove(key)));
    }
  }
  async list(options?: Options) {
    const known = ["prefix", "delimiter", "limit", "cursor", "startAfter"];
    const query = storageOptions<StorageQuery>(this.place, options, known);
    const { objects, prefixes, cursor } = await this.place.list(query);
    const found = { objects: objects.map(storageHead), delimitedPrefixes: prefixes };
    return { ...found, ...(cursor === null ? { truncated: false } : { truncated: true, cursor }) };
  }
}

/** Object storage over a place. */
export function storageBucket(place: StoragePlace): StorageBucket {
  return new StorageBucket(place);
}
