// A request of S3's REST API → its answer, by objects that are files of this machine
// (docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html).
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ObjectFacts, ObjectFile, Objects } from "./objects";

/** One request whose body has been read. */
interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
}

/** Answers requests for `/<bucket>/<key>`. */
export type S3 = (
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
) => Promise<void>;

/** By the id of an upload: its parts, by their numbers. */
type Uploads = Map<string, Map<number, Buffer>>;

const keptHeader =
  /^(content-(type|language|disposition|encoding)|cache-control|expires|x-amz-meta-.+)$/;

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

function sendXml(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { "Content-Type": "application/xml" });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${xml}`);
}

function refuse({ request, response }: Asked, status: number, code: string, message: string): void {
  if (request.method === "HEAD") response.writeHead(status).end();
  else
    sendXml(response, status, `<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}

/** The bytes that a `Range` asks for, as the first and the one behind the last; null for none of these. */
function rangeOf(header: string | undefined, size: number): readonly [number, number] | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === undefined || `${from}${to}` === "") return [0, size];
  const start = from === "" ? Math.max(size - Number(to), 0) : Number(from);
  const end = from === "" || to === "" ? size : Math.min(Number(to) + 1, size);
  return start < end ? [start, end] : null;
}

function sendObject(asked: Asked, object: ObjectFile): void {
  const { request, response } = asked;
  const { size, etag, time, headers, bytes } = object;
  const range = rangeOf(request.headers.range, size);
  if (range === null) return refuse(asked, 416, "InvalidRange", "No bytes are in the range.");
  const [from, to] = range;
  const isPart = to - from < size;
  response.writeHead(isPart ? 206 : 200, {
    "content-type": "binary/octet-stream",
    ...headers,
    ...{ ETag: etag, "Last-Modified": new Date(time).toUTCString(), "Content-Length": to - from },
    ...(isPart ? { "Content-Range": `bytes ${from}-${to - 1}/${size}` } : {}),
  });
  response.end(request.method === "HEAD" ? undefined : bytes.subarray(from, to));
}

/** A page of a bucket: objects, and what their keys have in common up to a delimiter. */
function listing(all: readonly ObjectFacts[], query: URLSearchParams): string {
  const isEncoded = query.get("encoding-type") === "url";
  const name = (text: string) =>
    isEncoded ? encodeURIComponent(text).replaceAll("%20", "+") : escaped(text);
  const [prefix = "", delimiter = ""] = [query.get("prefix"), query.get("delimiter")].map(
    (one) => one ?? "",
  );
  const token = query.get("continuation-token");
  const after =
    token === null ? (query.get("start-after") ?? "") : Buffer.from(token, "base64").toString();
  const most = Math.min(Number(query.get("max-keys") ?? 1000), 1000);
  const entries = new Map<string, string>();
  let isCut = false;
  for (const { key, size, etag, time } of all) {
    const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    const place = end < 0 ? key : key.slice(0, end + delimiter.length);
    const isBehind = Buffer.compare(Buffer.from(place), Buffer.from(after)) > 0;
    if (!key.startsWith(prefix) || !isBehind || entries.has(place)) continue;
    isCut = entries.size === most;
    if (isCut) break;
    const date = new Date(time).toISOString();
    const fields = `<LastModified>${date}</LastModified><ETag>${escaped(etag)}</ETag><Size>${size}</Size>`;
    const object = `<Contents><Key>${name(key)}</Key>${fields}</Contents>`;
    const common = `<CommonPrefixes><Prefix>${name(place)}</Prefix></CommonPrefixes>`;
    entries.set(place, end < 0 ? object : common);
  }
  const last = Buffer.from([...entries.keys()].at(-1) ?? "").toString("base64");
  return [
    `<ListBucketResult><Prefix>${name(prefix)}</Prefix><IsTruncated>${isCut}</IsTruncated>`,
    `<KeyCount>${entries.size}</KeyCount>`,
    isEncoded ? "<EncodingType>url</EncodingType>" : "",
    isCut ? `<NextContinuationToken>${last}</NextContinuationToken>` : "",
    ...entries.values(),
    "</ListBucketResult>",
  ].join("");
}

async function put({ request, response, body, bucket, key }: Asked, objects: Objects) {
  const { etag } = await objects.write(bucket, { key, headers: headersOf(request) }, body);
  response.writeHead(200, { ETag: etag }).end();
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      keptHeader.test(name) && typeof value === "string" ? [[name, value]] : [],
    ),
  );

/** Big objects come in parts: an upload is begun, its parts are sent, and it is completed or given up. */
function createUploads(objects: Objects) {
  const uploads: Uploads = new Map();
  const headers = new Map<string, Record<string, string>>();
  const end = (id: string) => {
    uploads.delete(id);
    headers.delete(id);
  };
  return {
    begin({ request, response, bucket, key }: Asked): void {
      const id = randomUUID();
      uploads.set(id, new Map());
      headers.set(id, headersOf(request));
      const place = `<Bucket>${bucket}</Bucket><Key>${escaped(key)}</Key>`;
      const xml = `${place}<UploadId>${id}</UploadId>`;
      sendXml(
        response,
        200,
        `<InitiateMultipartUploadResult>${xml}</InitiateMultipartUploadResult>`,
      );
    },
    async go(asked: Asked, id: string): Promise<void> {
      const { request, response, body, bucket, key, query } = asked;
      const parts = uploads.get(id);
      if (parts === undefined)
        return refuse(asked, 404, "NoSuchUpload", "There is no such upload.");
      if (request.method === "PUT") {
        const number = Number(query.get("partNumber"));
        parts.set(number, body);
        response.writeHead(200, { ETag: `"${id}-${number}"` }).end();
      } else if (request.method === "DELETE") {
        end(id);
        response.writeHead(204).end();
      } else {
        const inOrder = [...parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
        const object = { key, headers: headers.get(id) ?? {} };
        const { etag } = await objects.write(bucket, object, Buffer.concat(inOrder));
        end(id);
        const xml = `<Key>${escaped(key)}</Key><ETag>${escaped(etag)}</ETag>`;
        sendXml(
          response,
          200,
          `<CompleteMultipartUploadResult>${xml}</CompleteMultipartUploadResult>`,
        );
      }
    },
  };
}

/** Makes the answering function; buckets are there as soon as they are asked for. */
export function createS3(objects: Objects): S3 {
  const uploads = createUploads(objects);
  return async (request, response, body) => {
    const [path = "", search = ""] = (request.url ?? "").split("?", 2);
    const [, bucket = "", rest = ""] = /^\/([^/]*)\/?(.*)$/.exec(path) ?? [];
    const key = decodeURIComponent(rest);
    const query = new URLSearchParams(search);
    const asked: Asked = { request, response, body, bucket, key, query };
    if (!/^[a-z0-9][a-z0-9-]+$/.test(bucket)) {
      return refuse(asked, 400, "InvalidBucketName", "It is no name of a bucket.");
    }
    const { method } = request;
    const upload = query.get("uploadId");
    if (upload !== null) return uploads.go(asked, upload);
    if (method === "POST" && query.has("uploads")) return uploads.begin(asked);
    if (key === "") {
      if (method === "GET")
        return sendXml(response, 200, listing(await objects.list(bucket), query));
    } else if (method === "PUT") return put(asked, objects);
    else if (method === "DELETE") {
      await objects.remove(bucket, key);
      response.writeHead(204).end();
      return;
    } else if (method === "GET" || method === "HEAD") {
      const object = await objects.find(bucket, key);
      if (object !== null) return sendObject(asked, object);
      return refuse(asked, 404, "NoSuchKey", "The specified key does not exist.");
    }
    refuse(asked, 405, "MethodNotAllowed", "It is not there on this machine.");
  };
}
