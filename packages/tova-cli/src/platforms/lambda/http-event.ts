// A request of HTTP → the event that AWS would make of it; what a function gives → the response.
import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Invocation } from "./runtime-api";

/** What stands before the function: a function URL, an HTTP API (2.0) or a REST API (1.0). */
export type Front = "function URL" | "HTTP API" | "REST API";

/** The most that a call may send or give, as JSON (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const limit = 6 * 1024 * 1024;

type Groups = Record<string, string[]>;

function groupsOf(pairs: readonly (readonly [string, string])[]): Groups {
  const groups: Groups = Object.create(null);
  for (const [name, value] of pairs) groups[name] = [...(groups[name] ?? []), value];
  return groups;
}

const mapped = (groups: Groups, change: (values: string[]) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, change(values)]));

function headersOf({ rawHeaders }: IncomingMessage): (readonly [string, string])[] {
  return rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1] ?? ""] as const] : [],
  );
}

const textual = /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded))/i;

function bodyOf(body: Buffer, type: string) {
  if (body.length === 0) return { isBase64Encoded: false };
  const text = body.toString();
  const isText = textual.test(type) && Buffer.from(text).equals(body);
  return { body: isText ? text : body.toString("base64"), isBase64Encoded: !isText };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const words = (text: string): string => decoded(text.replaceAll("+", " "));

function queryPairs(query: string): (readonly [string, string])[] {
  return query.split("&").flatMap((pair) => {
    const [name = "", ...value] = pair.split("=");
    return pair === "" ? [] : [[words(name), words(value.join("="))] as const];
  });
}

/** Makes the event of a request whose body has been read. */
function eventOf(request: IncomingMessage, body: Buffer, front: Front): object {
  const { method = "GET", url = "/" } = request;
  const [path = "/", ...rest] = url.replace(/^https?:\/\/[^/?]*/, "").split("?");
  const query = rest.join("?");
  const pairs = [...headersOf(request), ["x-forwarded-proto", "http"] as const];
  const headers = groupsOf(pairs);
  const given = bodyOf(body, request.headers["content-type"] ?? "");
  if (front === "REST API") {
    const many = groupsOf(queryPairs(query));
    const last = (values: string[]) => values.at(-1) ?? "";
    return {
      ...{ resource: "/{proxy+}", path, httpMethod: method },
      ...{ headers: mapped(headers, last), multiValueHeaders: headers },
      queryStringParameters: query === "" ? null : mapped(many, last),
      multiValueQueryStringParameters: query === "" ? null : many,
      requestContext: {
        domainName: "local.execute-api.localhost",
        stage: "local",
        httpMethod: method,
      },
      ...given,
    };
  }
  const { cookie, ...others } = headers;
  // By the domain the worker tells a function URL from an HTTP API, which decodes the path.
  const isUrl = front === "function URL";
  return {
    ...{ version: "2.0", routeKey: "$default", rawPath: isUrl ? path : decoded(path) },
    rawQueryString: query,
    ...(cookie ? { cookies: cookie.flatMap((one) => one.split(/; */)) } : {}),
    headers: mapped(others, (values) => values.join(",")),
    requestContext: {
      domainName: isUrl ? "local.lambda-url.localhost" : "local.execute-api.localhost",
      stage: "$default",
      http: { method, path },
    },
    ...given,
  };
}

/** What AWS says itself. */
function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify({ message }));
}

interface Result {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

function respond(response: ServerResponse, result: Result): void {
  const { statusCode, headers = {}, multiValueHeaders = {}, cookies = [], body = "" } = result;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  for (const [name, values] of Object.entries(multiValueHeaders))
    response.setHeader(name, [...values]);
  if (cookies.length > 0) response.setHeader("set-cookie", [...cookies]);
  response.writeHead(statusCode);
  response.end(Buffer.from(body, result.isBase64Encoded ? "base64" : "utf8"));
}

/** Answers requests by calls of a function. */
export function answerBy(invoke: (event: object) => Promise<Invocation>, front: Front) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const announced = Number(request.headers["content-length"] ?? 0);
      const body = announced > limit ? null : await buffer(request);
      if (body === null || body.length > limit) {
        response.setHeader("Connection", "close");
        return refuse(response, 413, "Request Entity Too Large");
      }
      const invocation = await invoke(eventOf(request, body, front));
      if ("error" in invocation || JSON.stringify(invocation.value).length > limit) {
        return refuse(response, 502, "Internal Server Error");
      }
      respond(response, invocation.value as Result);
    } catch {
      // The client has gone, or the response is none that HTTP could carry.
      if (response.headersSent) response.destroy();
      else refuse(response, 502, "Internal Server Error");
    }
  };
}
