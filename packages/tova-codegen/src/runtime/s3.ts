// A bucket that Bun reaches by S3 → object storage as R2 offers it to workers (spec 11.7;
// developers.cloudflare.com/r2/api/workers/workers-api-reference).

/** What is used of `Bun.S3Client` (bun.com/docs/runtime/s3). */
interface S3Bucket {
  file(key: string): S3Object;
  write(key: string, data: unknown, options: { type?: string }): Promise<number>;
  delete(key: string): Promise<void>;
  list(options: {
    prefix?: string;
    delimiter?: string;
    maxKeys?: number;
    continuationToken?: string;
    startAfter?: string;
  }): Promise<{
    contents?: readonly { key: string; size?: number; lastModified?: string; eTag?: string }[];
    commonPrefixes?: readonly { prefix: string }[];
    isTruncated?: boolean;
    nextContinuationToken?: string;
  }>;
}

interface S3Object {
  stat(): Promise<S3Stat>;
  slice(from: number, to?: number): S3Object;
  stream(): ReadableStream<Uint8Array>;
}

interface S3Stat {
  readonly size: number;
  readonly lastModified: Date;
  readonly etag: string;
  readonly type: string;
}

interface R2Range {
  readonly offset?: number;
  readonly length?: number;
  readonly suffix?: number;
}

/** What R2 offers and S3 through Bun does not is refused, not left out. */
function s3Options(
  given: Readonly<Record<string, unknown>> | undefined,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  for (const name of Object.keys(given ?? {})) {
    if (given?.[name] !== undefined && !known.includes(name)) {
      throw new TypeError(`Object storage on Bun has no option ${name}.`);
    }
  }
  return given ?? {};
}

const s3Etag = (etag: string): string => etag.replaceAll('"', "");

function s3Head(key: string, { size, lastModified, etag, type }: S3Stat) {
  const httpMetadata = type === "" ? {} : { contentType: type };
  return {
    key,
    size,
    etag: s3Etag(etag),
    httpEtag: `"${s3Etag(etag)}"`,
    uploaded: lastModified,
    httpMetadata,
    customMetadata: {},
    writeHttpMetadata(headers: Headers) {
      if (type !== "") headers.set("Content-Type", type);
    },
  };
}

/** The part of an object that a range names, as offset and length. */
function s3Range({ offset, length, suffix }: R2Range, size: number) {
  const from = suffix === undefined ? (offset ?? 0) : Math.max(size - suffix, 0);
  return { offset: from, length: Math.min(length ?? size, size - from) };
}

class R2Bucket {
  private readonly bucket: S3Bucket;
  constructor(bucket: S3Bucket) {
    this.bucket = bucket;
  }
  private async stat(key: string): Promise<S3Stat | null> {
    try {
      return await this.bucket.file(key).stat();
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === "NoSuchKey" || code === "NotFound" || code === "UnknownError") return null;
      throw error;
    }
  }
  async head(key: string) {
    const stat = await this.stat(key);
    return stat && s3Head(key, stat);
  }
  async get(key: string, options?: Readonly<Record<string, unknown>>) {
    const { range } = s3Options(options, ["range"]);
    const stat = await this.stat(key);
    if (stat === null) return null;
    const part = s3Range((range ?? {}) as R2Range, stat.size);
    const file = this.bucket.file(key);
    const some = range === undefined ? file : file.slice(part.offset, part.offset + part.length);
    const response = new Response(stat.size === 0 ? "" : some.stream());
    return {
      ...s3Head(key, stat),
      range: part,
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
      blob: async () => new Blob([await response.arrayBuffer()], { type: stat.type }),
    };
  }
  async put(key: string, value: unknown, options?: Readonly<Record<string, unknown>>) {
    const { httpMetadata } = s3Options(options, ["httpMetadata"]);
    const headers = httpMetadata instanceof Headers ? httpMetadata : null;
    const type = headers
      ? (headers.get("Content-Type") ?? undefined)
      : s3Options(httpMetadata as Record<string, unknown> | undefined, ["contentType"]).contentType;
    const data =
      value === null ? "" : value instanceof ReadableStream ? new Response(value) : value;
    await this.bucket.write(key, data, type === undefined ? {} : { type: String(type) });
    return this.head(key);
  }
  async delete(keys: string | readonly string[]): Promise<void> {
    await Promise.all([keys].flat().map((key) => this.bucket.delete(key as string)));
  }
  async list(options?: Readonly<Record<string, unknown>>) {
    const known = ["prefix", "delimiter", "limit", "cursor", "startAfter"];
    const { prefix, delimiter, limit, cursor, startAfter } = s3Options(options, known);
    const asked = { prefix, delimiter, maxKeys: limit, continuationToken: cursor, startAfter };
    const given = Object.entries(asked).filter(([, value]) => value !== undefined);
    const found = await this.bucket.list(Object.fromEntries(given));
    const objects = (found.contents ?? []).map(({ key, size = 0, lastModified, eTag = "" }) => {
      return s3Head(key, { size, lastModified: new Date(lastModified ?? 0), etag: eTag, type: "" });
    });
    const delimitedPrefixes = (found.commonPrefixes ?? []).map((common) => common.prefix);
    const more = { truncated: true, cursor: found.nextContinuationToken };
    return { objects, delimitedPrefixes, ...(found.isTruncated ? more : { truncated: false }) };
  }
}

/** Object storage over a bucket. */
export function storageBucket(bucket: S3Bucket): R2Bucket {
  return new R2Bucket(bucket);
}
