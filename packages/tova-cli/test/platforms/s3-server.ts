// Nothing in, object storage that speaks as much S3 as workers ask of it, on loopback, out.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

interface Kept {
  readonly bytes: Buffer;
  readonly type: string;
}

type Objects = Map<string, Kept>;

const etagOf = ({ bytes }: Kept): string => `"${createHash("md5").update(bytes).digest("hex")}"`;
const date = new Date("2026-01-02T03:04:05Z");

function sendObject(request: IncomingMessage, response: ServerResponse, kept: Kept): void {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const part = kept.bytes.subarray(Number(from ?? 0), to ? Number(to) + 1 : undefined);
  response.writeHead(from === undefined ? 200 : 206, {
    ETag: etagOf(kept),
    "Content-Type": kept.type,
    "Content-Length": part.length,
    "Last-Modified": date.toUTCString(),
  });
  response.end(request.method === "HEAD" ? undefined : part);
}

function listing(objects: Objects, query: URLSearchParams): string {
  const prefix = query.get("prefix") ?? "";
  const limit = Number(query.get("max-keys") ?? 1000);
  const after = query.get("continuation-token") ?? "";
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const shown = keys.slice(0, limit);
  const contents = shown.map((key) => {
    const kept = objects.get(key) as Kept;
    const fields = `<Key>${key}</Key><LastModified>${date.toISOString()}</LastModified>`;
    return `<Contents>${fields}<ETag>${etagOf(kept)}</ETag><Size>${kept.bytes.length}</Size></Contents>`;
  });
  const cut = keys.length > shown.length;
  const next = cut ? `<NextContinuationToken>${shown.at(-1)}</NextContinuationToken>` : "";
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${cut}</IsTruncated>${next}${contents.join("")}</ListBucketResult>`;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  buckets: Map<string, Objects>,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const [, bucket = "", ...rest] = decodeURIComponent(url.pathname).split("/");
  const objects = buckets.get(bucket) ?? new Map();
  buckets.set(bucket, objects);
  const key = rest.join("/");
  const kept = objects.get(key);
  const body = await buffer(request);
  if (request.method === "PUT") {
    const made = { bytes: body, type: request.headers["content-type"] ?? "" };
    objects.set(key, made);
    response.writeHead(200, { ETag: etagOf(made) }).end();
  } else if (request.method === "DELETE") {
    objects.delete(key);
    response.writeHead(204).end();
  } else if (key === "") {
    response.writeHead(200, { "Content-Type": "application/xml" });
    response.end(listing(objects, url.searchParams));
  } else if (kept === undefined) {
    const error = "<Error><Code>NoSuchKey</Code><Message>There is no such key.</Message></Error>";
    response.writeHead(404, { "Content-Type": "application/xml" });
    response.end(request.method === "HEAD" ? undefined : error);
  } else sendObject(request, response, kept);
}

/** Object storage, as empty buckets of any name. */
export interface S3Server {
  /** What a worker needs to reach it (bun.com/docs/runtime/s3, "Credentials"). */
  readonly env: Readonly<Record<string, string>>;
  /** Names of the buckets that were asked for. */
  buckets(): readonly string[];
  close(): Promise<void>;
}

/** Starts the server on a free port. */
export async function startS3(): Promise<S3Server> {
  const buckets = new Map<string, Objects>();
  const server = createServer((request, response) => {
    answer(request, response, buckets).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_ACCESS_KEY_ID: "id",
      S3_SECRET_ACCESS_KEY: "key",
    },
    buckets: () => [...buckets.keys()],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
