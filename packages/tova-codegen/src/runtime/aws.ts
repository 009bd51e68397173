// A request for AWS → the same with the signature that AWS wants, by the credentials of the process
// (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).

/** As Lambda gives them to a function. */
export interface AwsCredentials {
  readonly AWS_ACCESS_KEY_ID?: string;
  readonly AWS_SECRET_ACCESS_KEY?: string;
  readonly AWS_SESSION_TOKEN?: string;
  readonly AWS_REGION?: string;
}

/** What is signed; names of headers in lower case. */
export interface AwsRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly service: string;
}

const awsHex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

const awsHash = async (text: string): Promise<string> =>
  awsHex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

async function awsHmac(
  key: Uint8Array<ArrayBuffer> | ArrayBuffer,
  text: string,
): Promise<ArrayBuffer> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return crypto.subtle.sign("HMAC", imported, new TextEncoder().encode(text));
}

/**
 * Signs a request without a query.
 * @param time as `20150830T123600Z`
 * @returns its headers with those of the signature
 */
export async function awsSign(
  { method, url, headers, body, service }: AwsRequest,
  credentials: AwsCredentials,
  time: string,
): Promise<Record<string, string>> {
  const { AWS_ACCESS_KEY_ID: id = "", AWS_SECRET_ACCESS_KEY: secret = "" } = credentials;
  const { AWS_SESSION_TOKEN: session, AWS_REGION: region = "us-east-1" } = credentials;
  const { host, pathname } = new URL(url);
  const signed: Record<string, string> = { ...headers, host, "x-amz-date": time };
  if (session) signed["x-amz-security-token"] = session;
  const names = Object.keys(signed).sort();
  const lines = names.map((name) => `${name}:${signed[name]}\n`).join("");
  const request = [method, pathname, "", lines, names.join(";"), await awsHash(body)].join("\n");
  const scope = [time.slice(0, 8), region, service, "aws4_request"];
  let key: Uint8Array<ArrayBuffer> | ArrayBuffer = new TextEncoder().encode(`AWS4${secret}`);
  for (const part of scope) key = await awsHmac(key, part);
  const place = scope.join("/");
  const text = ["AWS4-HMAC-SHA256", time, place, await awsHash(request)].join("\n");
  const signature = awsHex(await awsHmac(key, text));
  signed.authorization = `AWS4-HMAC-SHA256 Credential=${id}/${place}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return signed;
}
