// Nothing in, an S3 of one bucket on loopback that takes signed requests alone, as strict as AWS's, out.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { isSigned } from "./signature";
import { credentials } from "./sqs";

interface Kept {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const kept = /^(content-(type|language|disposition|encoding)|cache-control|expires|x-amz-meta-.*)$/;
const root = "/bucket/";
const date = "Fri, 02 Jan 2026 03:04:05 GMT";
const etagOf = ({ bytes }: Kept) => `"${createHash("md5").update(bytes).digest("hex")}"`;
/** As S3 encodes keys where it is asked to: a blank as a plus. */
const encoded = (text: string) => encodeURIComponent(text).replaceAll("%20", "+");

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "Content-Type": "application/xml" });
  response.end(`<Error><Code>${code}</Code><Message>It is &lt;${code}&gt;.</Message></Error>`);
}

function get(request: IncomingMessage, response: ServerResponse, object: Kept): void {
  const { bytes, headers } = object;
  const all = { ETag: etagOf(object), "Last-Modified": date, ...headers };
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const start = from === "" ? Math.max(bytes.length - Number(to || bytes.length), 0) : Number(from);
  const end = from === "" || to === "" ? bytes.length : Math.min(Number(to) + 1, bytes.length);
  if (request.headers.range && start >= bytes.length) return refuse(response, 416, "InvalidRange");
  const part = bytes.subarray(start, end);
  const range = { "Content-Range": `bytes ${start}-${end - 1}/${bytes.length}` };
  const isPart = request.headers.range !== undefined;
  response.writeHead(isPart ? 206 : 200, {
    ...all,
    ...(isPart ? range : {}),
    "Content-Length": part.length,
  });
  response.end(request.method === "HEAD" ? undefined : part);
}

function list(objects: ReadonlyMap<string, Kept>, query: URLSearchParams): string {
  const [prefix = "", delimiter = ""] = [query.get("prefix") ?? "", query.get("delimiter") ?? ""];
  const after =
    query.get("continuation-token")?.slice("<after>".length) ?? query.get("start-after");
  const entries: string[] = [];
  const seen = new Set<string>();
  let last = "";
  let cut = false;
  for (const key of [...objects.keys()].sort()) {
    const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    const common = end < 0 ? null : key.slice(0, end + delimiter.length);
    const place = common ?? key;
    if (!key.startsWith(prefix) || (after !== null && place <= after) || seen.has(place)) continue;
    cut = entries.length === Number(query.get("max-keys") ?? 1000);
    if (cut) break;
    seen.add(place);
    last = place;
    const object = objects.get(key) as Kept;
    const etag = etagOf(object).replaceAll('"', "&quot;");
    entries.push(
      common === null
        ? `<Contents><Key>${encoded(key)}</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><ETag>${etag}</ETag><Size>${object.bytes.length}</Size></Contents>`
        : `<CommonPrefixes><Prefix>${encoded(common)}</Prefix></CommonPrefixes>`,
    );
  }
  const next = cut ? `<NextContinuationToken>&lt;after&gt;${last}</NextContinuationToken>` : "";
  return `<?xml version="1.0"?><ListBucketResult><Prefix>${encoded(prefix)}</Prefix><EncodingType>url</EncodingType><IsTruncated>${cut}</IsTruncated>${next}${entries.join("")}</ListBucketResult>`;
}

/** Starts it; keys of its objects are what the path says, byte for byte. */
export async function startS3() {
  const objects = new Map<string, Kept>();
  const asked: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const bytes = await buffer(request);
    const [path = "", query = ""] = (request.url ?? "").split("?", 2);
    asked.push(`${request.method} ${path}`);
    if (!isSigned(request, bytes, credentials.AWS_SECRET_ACCESS_KEY)) {
      return refuse(response, 403, "SignatureDoesNotMatch");
    }
    if (!path.startsWith(root)) return refuse(response, 404, "NoSuchBucket");
    const key = decodeURIComponent(path.slice(root.length));
    const object = objects.get(key);
    if (request.method === "PUT") {
      if (request.headers["content-length"] === undefined) {
        return refuse(response, 411, "MissingContentLength");
      }
      const headers = Object.entries(request.headers).filter(([name]) => kept.test(name));
      const made = { bytes, headers: Object.fromEntries(headers) as Kept["headers"] };
      const untyped = { "content-type": "binary/octet-stream" };
      objects.set(key, { ...made, headers: { ...untyped, ...made.headers } });
      response.writeHead(200, { ETag: etagOf(made), Date: date }).end();
    } else if (request.method === "DELETE") {
      if (key === "") return refuse(response, 409, "BucketNotEmpty");
      objects.delete(key);
      response.writeHead(204).end();
    } else if (key === "") response.end(list(objects, new URLSearchParams(query)));
    else if (object !== undefined) get(request, response, object);
    else if (request.method === "HEAD") response.writeHead(404).end();
    else refuse(response, 404, "NoSuchKey");
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { objects, asked, url, bucket: url + root.slice(0, -1), close: () => server.close() };
}
