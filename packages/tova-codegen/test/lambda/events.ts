// Requests → the events that AWS makes of them; fields that no worker reads are left out.

/** A request as a client sends it. */
export interface Sent {
  readonly method?: string;
  /** Still encoded. */
  readonly path: string;
  readonly query?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly cookies?: readonly string[];
  readonly body?: string | Uint8Array;
}

const decoded = (text: string): string => decodeURIComponent(text);

function bodyOf(body: Sent["body"]) {
  if (body === undefined) return { body: null, isBase64Encoded: false };
  if (typeof body === "string") return { body, isBase64Encoded: false };
  return { body: Buffer.from(body).toString("base64"), isBase64Encoded: true };
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const [name, value] of pairs) groups[name] = [...(groups[name] ?? []), value];
  return groups;
}

const joined = (groups: Record<string, string[]>, separator: string) =>
  Object.fromEntries(Object.entries(groups).map(([name, all]) => [name, all.join(separator)]));

const last = (groups: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(groups).map(([name, all]) => [name, all.at(-1) ?? ""]));

function pairsOf(query: string, decode: (text: string) => string): (readonly [string, string])[] {
  if (query === "") return [];
  return query.split("&").map((pair) => {
    const [name = "", value = ""] = pair.split("=");
    return [decode(name), decode(value)] as const;
  });
}

const allHeaders = ({ headers = [], cookies = [] }: Sent, host: string) =>
  grouped([
    ["Host", host],
    ["X-Forwarded-Proto", "https"],
    ...headers,
    ...(cookies.length > 0 ? [["Cookie", cookies.join("; ")] as const] : []),
  ]);

/** A function URL: the path and the query as they came. */
export function functionUrl(sent: Sent) {
  const { method = "GET", path, query = "", headers = [], cookies, body } = sent;
  const domainName = "abc123.lambda-url.eu-west-1.on.aws";
  const lower = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query,
    ...(cookies ? { cookies } : {}),
    headers: joined(grouped([["host", domainName], ["x-forwarded-proto", "https"], ...lower]), ","),
    requestContext: { domainName, stage: "$default", http: { method, path } },
    ...bodyOf(body),
  };
}

/** An HTTP API with payload 2.0: the path decoded, behind its stage where that is not the default. */
export function httpApi(
  sent: Sent,
  stage = "$default",
  domainName = "abc.execute-api.eu-west-1.amazonaws.com",
) {
  const event = functionUrl(sent);
  const prefix = stage === "$default" ? "" : `/${stage}`;
  const rawPath = prefix + decoded(sent.path);
  const { http } = event.requestContext;
  return {
    ...event,
    rawPath,
    headers: { ...event.headers, host: domainName },
    requestContext: { domainName, stage, http: { ...http, path: rawPath } },
  };
}

/** A REST API: the query decoded, names and values in lists too. */
export function restApi(sent: Sent) {
  const { method = "GET", path, query = "", body } = sent;
  const domainName = "abc.execute-api.eu-west-1.amazonaws.com";
  const multiValueHeaders = allHeaders(sent, domainName);
  const many = grouped(pairsOf(query, decoded));
  return {
    resource: "/{proxy+}",
    path,
    httpMethod: method,
    headers: last(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: query === "" ? null : last(many),
    multiValueQueryStringParameters: query === "" ? null : many,
    pathParameters: { proxy: path.slice(1) },
    requestContext: { domainName, stage: "prod", path: `/prod${path}`, httpMethod: method },
    ...bodyOf(body),
  };
}

/** An HTTP API that was told to send payload 1.0. */
export const httpApiVersion1 = (sent: Sent) => ({
  version: "1.0",
  ...restApi(sent),
  path: decoded(sent.path),
});

/** A load balancer; `many` where its target group sends lists of values. */
export function loadBalancer(sent: Sent, many: boolean) {
  const { method = "GET", path, query = "", body } = sent;
  const headers = allHeaders(sent, "lb.example");
  const parameters = grouped(pairsOf(query, (text) => text));
  return {
    requestContext: { elb: { targetGroupArn: "arn:aws:elasticloadbalancing:…" } },
    httpMethod: method,
    path,
    ...(many
      ? { multiValueHeaders: headers, multiValueQueryStringParameters: parameters }
      : { headers: last(headers), queryStringParameters: last(parameters) }),
    ...bodyOf(body),
    body: bodyOf(body).body ?? "",
  };
}
