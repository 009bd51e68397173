// A bucket that Bun reaches by S3 → the place of a worker's objects (bun.com/docs/runtime/s3).
import type { StoragePlace, StorageRange, StoredObject } from "./storage";

/** What is used of `Bun.S3Client`. */
interface BunClient {
  file(key: string): BunFile;
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

interface BunFile {
  stat(): Promise<BunStat>;
  slice(from: number, to?: number): BunFile;
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
}

interface BunStat {
  readonly size: number;
  readonly lastModified: Date;
  readonly etag: string;
  readonly type: string;
}

function bunObject(key: string, { size, lastModified, etag, type }: BunStat): StoredObject {
  const httpMetadata = type === "" ? {} : { contentType: type };
  const uploaded = lastModified;
  return {
    ...{ key, size, etag: etag.replaceAll('"', ""), uploaded },
    ...{ httpMetadata, customMetadata: {} },
  };
}

/** The part of an object that a range names, as offset and length. */
function bunRange(range: StorageRange, size: number) {
  const from = "suffix" in range ? Math.max(size - range.suffix, 0) : range.offset;
  const length = "suffix" in range ? size : (range.length ?? size);
  return { offset: from, length: Math.max(Math.min(length, size - from), 0) };
}

/** Opens a bucket. */
export function bunBucket(client: BunClient): StoragePlace {
  const stat = async (key: string): Promise<BunStat | null> => {
    try {
      return await client.file(key).stat();
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === "NoSuchKey" || code === "NotFound" || code === "UnknownError") return null;
      throw error;
    }
  };
  const head = async (key: string) => {
    const found = await stat(key);
    return found && bunObject(key, found);
  };
  return {
    ...{ name: "Bun", headers: ["contentType"], keepsCustom: false, head },
    async read(key, range) {
      const object = await head(key);
      if (object === null) return null;
      const part = bunRange(range ?? { offset: 0 }, object.size);
      const file = client.file(key);
      const some = range === null ? file : file.slice(part.offset, part.offset + part.length);
      return { object, range: part, body: part.length === 0 ? null : some.stream() };
    },
    async write(key, value, { httpMetadata: { contentType } }) {
      const data =
        value === null ? "" : value instanceof ReadableStream ? new Response(value) : value;
      const type = contentType === undefined ? {} : { type: String(contentType) };
      await client.write(key, data, type);
      const object = await head(key);
      if (object === null) throw new Error(`${key} is gone as soon as it was written.`);
      return object;
    },
    remove: (key) => client.delete(key),
    async list({ prefix, delimiter, limit, cursor, startAfter }) {
      const asked = { prefix, delimiter, maxKeys: limit, continuationToken: cursor, startAfter };
      const given = Object.entries(asked).filter(([, value]) => value !== undefined);
      const found = await client.list(Object.fromEntries(given));
      const objects = (found.contents ?? []).map(({ key, size = 0, lastModified, eTag = "" }) =>
        bunObject(key, { size, lastModified: new Date(lastModified ?? 0), etag: eTag, type: "" }),
      );
      const prefixes = (found.commonPrefixes ?? []).map((common) => common.prefix);
      return {
        objects,
        prefixes,
        cursor: (found.isTruncated && found.nextContinuationToken) || null,
      };
    },
  };
}
