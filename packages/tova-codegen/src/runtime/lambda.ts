// Events of API Gateway, function URLs and load balancers → requests; responses → what each expects.

/**
 * The event of an HTTP request, as far as it is read. `version` 2.0 is that of HTTP APIs and function
 * URLs, 1.0 that of HTTP APIs told so; REST APIs and load balancers have none
 * (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 */
export interface HttpEvent {
  readonly version?: string;
  readonly rawPath?: string;
  readonly rawQueryString?: string;
  readonly cookies?: readonly string[] | null;
  readonly httpMethod?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>> | null;
  readonly queryStringParameters?: Readonly<Record<string, string>> | null;
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[]>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly requestContext?: {
    readonly domainName?: string;
    readonly stage?: string;
    readonly http?: { readonly method: string };
    readonly elb?: unknown;
  };
}

/** Node's, which Lambda runs on. */
interface NodeHost {
  readonly Buffer: {
    from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer>;
    from(bytes: ArrayBuffer): { toString(encoding: "base64"): string };
  };
}

const isVersion2 = (event: HttpEvent): boolean => event.version === "2.0";

/**
 * HTTP APIs decode the path; REST APIs, function URLs and load balancers leave it as it came
 * (captures of real events in github.com/hotsock/voker/pull/8).
 */
function lambdaPath(event: HttpEvent): string {
  const {
    version,
    rawPath = "/",
    path = "/",
    requestContext: { domainName = "", stage = "" } = {},
  } = event;
  const given = isVersion2(event) ? rawPath : path;
  if (version === undefined || domainName.includes(".lambda-url.")) {
    return given.replace(/[?#]/g, encodeURIComponent);
  }
  // A stage other than the default one stands before the path, unless a custom domain leads to it.
  const prefix = `/${stage}`;
  const isStaged = isVersion2(event) && domainName.includes(".execute-api.");
  const own = isStaged && `${given}/`.startsWith(`${prefix}/`) ? given.slice(prefix.length) : given;
  return (
    own
      .split("/")
      .map((part) => encodeURIComponent(part))
      .join("/") || "/"
  );
}

/** REST APIs decode names and values; load balancers leave them as they came. */
function lambdaQuery(event: HttpEvent): string {
  if (isVersion2(event)) return event.rawQueryString ?? "";
  const many = event.multiValueQueryStringParameters ?? event.queryStringParameters ?? {};
  const encode = event.requestContext?.elb ? (text: string) => text : encodeURIComponent;
  return Object.entries(many)
    .flatMap(([name, values]) => [values].flat().map((value) => `${encode(name)}=${encode(value)}`))
    .join("&");
}

function lambdaHeaders(event: HttpEvent): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(event.multiValueHeaders ?? event.headers ?? {})) {
    for (const value of [values].flat()) headers.append(name, value);
  }
  if (event.cookies?.length) headers.set("cookie", event.cookies.join("; "));
  return headers;
}

/** @throws TypeError for an event that is no request of HTTP */
function lambdaRequest(event: HttpEvent): Request {
  const headers = lambdaHeaders(event);
  const { requestContext: { domainName, http } = {}, httpMethod = "GET", body } = event;
  const host = headers.get("host") ?? domainName ?? "localhost";
  const query = lambdaQuery(event);
  const scheme = headers.get("x-forwarded-proto") === "http" ? "http" : "https";
  const url = `${scheme}://${host}${lambdaPath(event)}${query && `?${query}`}`;
  const method = http?.method ?? httpMethod;
  const init: RequestInit = { method, headers };
  if (body && method !== "GET" && method !== "HEAD") {
    const { Buffer } = globalThis as unknown as NodeHost;
    init.body = event.isBase64Encoded ? Buffer.from(body, "base64") : body;
  }
  return new Request(url, init);
}

/** Types whose bodies are text; one that is not UTF-8 after all is sent as bytes. */
const lambdaText =
  /^(text\/|application\/(json|javascript|xml|graphql|x-www-form-urlencoded)|[^;]+\+(json|xml))/i;

async function lambdaBody({ headers, body }: Response, bytes: ArrayBuffer) {
  if (body === null || bytes.byteLength === 0) return { body: "", isBase64Encoded: false };
  if (lambdaText.test(headers.get("content-type") ?? "") && !headers.has("content-encoding")) {
    try {
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      return { body: text, isBase64Encoded: false };
    } catch {
      // Bytes, whatever the header says.
    }
  }
  const { Buffer } = globalThis as unknown as NodeHost;
  return { body: Buffer.from(bytes).toString("base64"), isBase64Encoded: true };
}

/** Cookies stand apart in version 2.0, where a header has one value. */
async function lambdaResponse(event: HttpEvent, response: Response) {
  const cookies = response.headers.getSetCookie();
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    if (name !== "set-cookie") headers[name] = value;
  });
  const answer = {
    statusCode: response.status,
    ...(await lambdaBody(response, await response.arrayBuffer())),
  };
  if (isVersion2(event)) return { ...answer, headers, cookies };
  // A load balancer that sends single values takes only those.
  if (event.requestContext?.elb && !event.multiValueHeaders) {
    const [cookie] = cookies.slice(-1);
    return {
      ...answer,
      headers: cookie === undefined ? headers : { ...headers, "set-cookie": cookie },
    };
  }
  const multiValueHeaders: Record<string, string[]> = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value]]),
  );
  if (cookies.length > 0) multiValueHeaders["set-cookie"] = cookies;
  return { ...answer, multiValueHeaders };
}

/** Answers an event of HTTP. What is no request that a program could read is answered 400. */
export async function lambdaHttp(
  event: HttpEvent,
  answer: (request: Request) => Promise<Response>,
) {
  let request: Request;
  try {
    request = lambdaRequest(event);
  } catch (error) {
    console.error((error as Error).stack);
    return lambdaResponse(event, Response.json({ error: "Bad Request" }, { status: 400 }));
  }
  return lambdaResponse(event, await answer(request));
}
