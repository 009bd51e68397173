// The address of a bucket that speaks S3's REST API → the place of a worker's objects
// (docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html).
import type { AwsFetch } from "./aws";
import {
  type HttpMetadata,
  type StorageMetadata,
  type StoragePlace,
  type StorageRange,
  type StoredObject,
  storageHeaders,
} from "./storage";

const s3Etag = (text: string | null): string => (text ?? "").replace(/^W\/|"|&quot;/g, "");

/** What S3 says of an object of which nobody said what it is. */
const s3Untyped = "binary/octet-stream";

/** `fetch` undoes an encoding, and hides it: such an object would not be what it says. */
const s3Kept = (Object.keys(storageHeaders) as (keyof HttpMetadata)[]).filter(
  (name) => name !== "contentEncoding",
);

const s3Entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

const s3Unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => s3Entities[name] ?? "");

/** The texts of all elements of a name; those of S3 have no attributes. */
const s3Texts = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^]*?)</${name}>`, "g"))].map(([, text = ""]) => text);

/** Values that are no ASCII are words of mail headers there and back ("Working with object metadata"). */
function s3Encoded(value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) return value;
  const bytes = Array.from(new TextEncoder().encode(value), (byte) => String.fromCharCode(byte));
  return `=?UTF-8?B?${btoa(bytes.join(""))}?=`;
}

const s3Decoded = (value: string): string =>
  value.replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) => {
    const quoted = text.replaceAll("_", " ").replace(/=([0-9a-f]{2})/gi, (_, hex: string) => {
      return String.fromCharCode(Number.parseInt(hex, 16));
    });
    const bytes = kind.toUpperCase() === "B" ? atob(text) : quoted;
    return new TextDecoder().decode(Uint8Array.from(bytes, (one) => one.charCodeAt(0)));
  });

const s3Meta = "x-amz-meta-";

function s3Object(key: string, headers: Headers, size: number): StoredObject {
  const httpMetadata: Record<string, string | Date> = {};
  for (const name of s3Kept) {
    const value = headers.get(storageHeaders[name]);
    if (value === null || (name === "contentType" && value === s3Untyped)) continue;
    httpMetadata[name] = name === "cacheExpiry" ? new Date(value) : value;
  }
  const customMetadata: Record<string, string> = {};
  headers.forEach((value, name) => {
    if (name.startsWith(s3Meta)) customMetadata[name.slice(s3Meta.length)] = s3Decoded(value);
  });
  const uploaded = new Date(headers.get("last-modified") ?? headers.get("date") ?? Date.now());
  return { key, size, etag: s3Etag(headers.get("etag")), uploaded, httpMetadata, customMetadata };
}

/** @throws TypeError for names that would come back otherwise */
function s3Headers({ httpMetadata, customMetadata }: StorageMetadata): Headers {
  const headers = new Headers();
  for (const name of s3Kept) {
    const value = httpMetadata[name];
    if (value === undefined) continue;
    headers.set(storageHeaders[name], value instanceof Date ? value.toUTCString() : String(value));
  }
  for (const [name, value] of Object.entries(customMetadata)) {
    if (name !== name.toLowerCase()) {
      throw new TypeError(`Names of customMetadata are in lower case on S3, not ${name}.`);
    }
    headers.set(s3Meta + name, s3Encoded(String(value)));
  }
  return headers;
}

const s3RangeHeader = (range: StorageRange): string =>
  "suffix" in range
    ? `bytes=-${range.suffix}`
    : `bytes=${range.offset}-${range.length === undefined ? "" : range.offset + range.length - 1}`;

/** Opens a bucket; `//` in a key stays, and whatever else would mean something in a URL. */
export function s3Bucket(aws: AwsFetch, name: string, address: string | undefined): StoragePlace {
  const ask = async (path: string, init?: RequestInit): Promise<Response> => {
    if (!address) throw new Error(`${name} has no address: set the variable ${name} to its URL.`);
    return aws("s3", `${address.replace(/\/+$/, "")}/${path}`, init);
  };
  const pathOf = (key: string): string => key.split("/").map(encodeURIComponent).join("/");
  /** Null where the object is not there; that the bucket is not is an error. */
  const found = async (response: Response): Promise<Response | null> => {
    if (response.ok) return response;
    const xml = await response.text();
    const [code] = s3Texts(xml, "Code");
    if (response.status === 404 && (code === undefined || code === "NoSuchKey")) return null;
    const [message = `status ${response.status}`] = s3Texts(xml, "Message");
    throw new Error(`${name}: ${[code, s3Unescaped(message)].filter(Boolean).join(": ")}`);
  };
  return {
    ...{ name: "Lambda", headers: s3Kept, keepsCustom: true },
    async head(key) {
      const response = await found(await ask(pathOf(key), { method: "HEAD" }));
      const size = Number(response?.headers.get("content-length"));
      return response && s3Object(key, response.headers, size);
    },
    async read(key, range) {
      const headers = range === null ? {} : { headers: { Range: s3RangeHeader(range) } };
      const response = await found(await ask(pathOf(key), headers));
      if (response === null) return null;
      const length = Number(response.headers.get("content-length"));
      const given = response.headers.get("content-range") ?? "";
      const [, from = "0", size = length] = /^bytes (\d+)-\d+\/(\d+)$/.exec(given) ?? [];
      const object = s3Object(key, response.headers, Number(size));
      return { object, range: { offset: Number(from), length }, body: response.body };
    },
    async write(key, value, metadata) {
      // S3 takes no body of unknown length.
      const body = await new Response(
        value as ConstructorParameters<typeof Response>[0],
      ).arrayBuffer();
      const headers = s3Headers(metadata);
      const response = await found(await ask(pathOf(key), { method: "PUT", headers, body }));
      if (response === null) throw new Error(`${name} did not take ${key}.`);
      for (const one of ["etag", "date"]) headers.set(one, response.headers.get(one) ?? "");
      return s3Object(key, headers, body.byteLength);
    },
    async remove(key) {
      await found(await ask(pathOf(key), { method: "DELETE" }));
    },
    async list({ prefix, delimiter, limit, cursor, startAfter }) {
      const query = new URLSearchParams({ "list-type": "2", "encoding-type": "url" });
      const asked = {
        ...{ prefix, delimiter, "max-keys": limit, "continuation-token": cursor },
        "start-after": startAfter,
      };
      for (const [field, value] of Object.entries(asked)) {
        if (value !== undefined) query.set(field, String(value));
      }
      const response = await found(await ask(`?${String(query).replaceAll("+", "%20")}`));
      return s3Listing(await (response ?? new Response("")).text());
    },
  };
}

function s3Listing(xml: string) {
  const [encoding] = s3Texts(xml, "EncodingType");
  const name = (text = ""): string =>
    encoding === "url" ? decodeURIComponent(text.replaceAll("+", " ")) : s3Unescaped(text);
  const objects = s3Texts(xml, "Contents").map((entry): StoredObject => {
    const field = (tag: string) => s3Texts(entry, tag)[0];
    return {
      ...{ key: name(field("Key")), size: Number(field("Size")), httpMetadata: {} },
      ...{ etag: s3Etag(field("ETag") ?? null), customMetadata: {} },
      uploaded: new Date(field("LastModified") ?? 0),
    };
  });
  const prefixes = s3Texts(xml, "CommonPrefixes").map((one) => name(s3Texts(one, "Prefix")[0]));
  const [cursor] = s3Texts(xml, "NextContinuationToken");
  return { objects, prefixes, cursor: cursor === undefined ? null : s3Unescaped(cursor) };
}
