// A request and the key of who may send it → whether its signature holds, by the rules of AWS and by
// Node's own cryptography (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest();

/** Each byte but those that RFC 3986 leaves alone, in capitals. */
const encoded = (text: string): string =>
  Array.from(Buffer.from(text), (byte) => {
    const character = String.fromCharCode(byte);
    const isPlain = /[A-Za-z0-9._~-]/.test(character);
    return isPlain ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");

function canonicalQuery(query: string): string {
  const pairs = query === "" ? [] : query.split("&");
  const decoded = pairs.map((pair) => {
    const [name = "", value = ""] = pair.split("=", 2);
    return `${encoded(decodeURIComponent(name))}=${encoded(decodeURIComponent(value))}`;
  });
  return decoded.sort().join("&");
}

type Signed = Pick<IncomingMessage, "method" | "url" | "headers">;

/** Whether a request was signed with a key. */
export function isSigned(request: Signed, body: Buffer, key: string): boolean {
  const { method = "", url = "", headers } = request;
  const [, credential = "", signed = "", signature = ""] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? "",
    ) ?? [];
  const [, ...scope] = credential.split("/");
  const [date = "", region = "", service = ""] = scope;
  const time = String(headers["x-amz-date"]);
  const [path = "", query = ""] = url.split("?", 2);
  // As S3 takes it; all others escape each part once more, which a path `/` has none of.
  const parts = path.split("/").map((part) => encoded(decodeURIComponent(part)));
  const hash = String(headers["x-amz-content-sha256"] ?? sha256(body));
  const names = signed.split(";");
  const required = Object.keys(headers).filter((name) => name === "host" || /^x-amz-/.test(name));
  const canonical = [
    ...[method, parts.join("/"), canonicalQuery(query)],
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, " ")}`),
    ...["", signed, hash],
  ].join("\n");
  const text = ["AWS4-HMAC-SHA256", time, scope.join("/"), sha256(canonical)].join("\n");
  const keys = [date, region, service, "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${key}`);
  return (
    time.startsWith(date) &&
    required.every((name) => names.includes(name)) &&
    (hash === "UNSIGNED-PAYLOAD" || hash === sha256(body)) &&
    hmac(keys, text).toString("hex") === signature
  );
}
