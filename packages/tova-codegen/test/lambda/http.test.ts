// What a program sees of each kind of HTTP event of AWS, and what AWS gets back (spec 11.7, 16.18).
import { functionUrl, httpApi, httpApiVersion1, loadBalancer, restApi, type Sent } from "./events";
import { invoke, type Outcome } from "./invoke";

const program = `
route GET "/see/:id" => fn(req, params) {
  { id: params.id, url: req.url, a: req.headers.get("x-a"), cookie: req.headers.get("cookie") }
}
route GET "/files/*rest" => fn(req, params) { params.rest }
route POST "/bytes" => async fn(req) {
  bytes = Uint8Array.new(await req.arrayBuffer())
  Response.new(bytes, { headers: { "content-type": "application/octet-stream" } })
}
route POST "/text" => async fn(req) { Response.new(await req.text(), { headers: { "content-type": "text/plain; charset=utf-8" } }) }
route GET "/latin" => fn() { Response.new(Uint8Array.new([233]), { headers: { "content-type": "text/plain; charset=iso-8859-1" } }) }
route GET "/cookies" => fn() {
  headers = Headers.new()
  headers.append("set-cookie", "a=1; Path=/")
  headers.append("set-cookie", "b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT")
  headers.append("vary", "origin")
  headers.append("vary", "accept")
  Response.new(nil, { status: 204, headers: headers })
}
`;

const kinds: readonly [string, (sent: Sent) => object, string][] = [
  ["a function URL", functionUrl, "https://abc123.lambda-url.eu-west-1.on.aws"],
  ["an HTTP API", (sent) => httpApi(sent), "https://abc.execute-api.eu-west-1.amazonaws.com"],
  [
    "an HTTP API with a stage",
    (sent) => httpApi(sent, "dev"),
    "https://abc.execute-api.eu-west-1.amazonaws.com",
  ],
  ["an HTTP API's payload 1.0", httpApiVersion1, "https://abc.execute-api.eu-west-1.amazonaws.com"],
  ["a REST API", restApi, "https://abc.execute-api.eu-west-1.amazonaws.com"],
  ["a load balancer", (sent) => loadBalancer(sent, true), "https://lb.example"],
  ["a load balancer of single values", (sent) => loadBalancer(sent, false), "https://lb.example"],
];

const requests: readonly Sent[] = [
  {
    path: "/see/a%20b%25c",
    query: "q=1%262&q=%C3%A9",
    headers: [
      ["X-A", "1"],
      ["X-A", "2"],
    ],
    cookies: ["s=1", "t=2"],
  },
  { path: "/see/caf%C3%A9%3F" },
  { method: "POST", path: "/bytes", body: new Uint8Array([0, 255, 10, 128]) },
  { method: "POST", path: "/text", body: "grün ✓" },
  { path: "/latin" },
  { path: "/cookies" },
  { path: "/none" },
  { method: "HEAD", path: "/see/1" },
];

const json = ({ value }: Outcome) => JSON.parse(value?.body ?? "");
const headersOf = ({ value }: Outcome): Record<string, unknown> =>
  value?.headers ?? value?.multiValueHeaders ?? {};

test.each(kinds)(
  "%s becomes a real request, and the response is its own kind of answer",
  async (kind, event, origin) => {
    const { outcomes, log } = await invoke(program, requests.map(event));
    expect(log).toBe("");
    const [seen, question, bytes, text, latin, cookies, none, head] = outcomes as Outcome[] as [
      Outcome,
      Outcome,
      Outcome,
      Outcome,
      Outcome,
      Outcome,
      Outcome,
      Outcome,
    ];
    const isSingle = kind.endsWith("single values");
    const query = isSingle ? "q=%C3%A9" : "q=1%262&q=%C3%A9";
    expect(json(seen)).toEqual({
      id: "a b%c",
      url: `${origin}/see/a%20b%25c?${query}`,
      a: expect.stringMatching(isSingle ? /^2$/ : /^1, ?2$/),
      cookie: "s=1; t=2",
    });
    expect(json(question)).toMatchObject({ id: "café?", url: `${origin}/see/caf%C3%A9%3F` });
    expect(bytes.value).toMatchObject({ statusCode: 200, isBase64Encoded: true, body: "AP8KgA==" });
    expect(text.value).toMatchObject({ isBase64Encoded: false, body: "grün ✓" });
    expect(latin.value).toMatchObject({ isBase64Encoded: true, body: "6Q==" });
    expect(cookies.value).toMatchObject({ statusCode: 204, body: "", isBase64Encoded: false });
    expect(none.value).toMatchObject({ statusCode: 404, body: '{"error":"Not Found"}' });
    expect(head.value).toMatchObject({ statusCode: 200, body: "" });

    const set = ["a=1; Path=/", "b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT"];
    if (/function URL|HTTP API$|stage/.test(kind)) {
      expect(cookies.value).toMatchObject({ cookies: set, headers: { vary: "origin, accept" } });
      expect(headersOf(cookies)).not.toHaveProperty("set-cookie");
    } else if (isSingle) {
      expect(headersOf(cookies)).toEqual({ "set-cookie": set[1], vary: "origin, accept" });
    } else {
      expect(cookies.value?.headers).toBeUndefined();
      expect(headersOf(cookies)).toEqual({ "set-cookie": set, vary: ["origin, accept"] });
    }
  },
  30_000,
);

test("a custom domain has no stage in its paths, whatever the stage is called", async () => {
  const event = httpApi({ path: "/dev/x" }, "dev", "api.example.com");
  const { outcomes } = await invoke('route GET "/dev/x" => fn(req) { req.url }', [
    { ...event, rawPath: "/dev/x" },
    httpApi({ path: "/devil" }, "dev"),
    { ...httpApi({ path: "/" }, "dev"), rawPath: "/dev" },
  ]);
  expect(outcomes[0]?.value?.body).toBe('"https://api.example.com/dev/x"');
  expect(outcomes.slice(1).map(({ value }) => value?.statusCode)).toEqual([404, 404]);
});

test("what is no request, or no event of the worker, is refused and does not end it", async () => {
  const program =
    'route GET "/" => fn() { "ok" }\nroute POST "/" => async fn(req) { await req.json() }';
  const { outcomes, log } = await invoke(program, [
    loadBalancer({ path: "/", headers: [["Host", "a b"]] }, true),
    functionUrl({ path: "/", method: "TRACE" }),
    functionUrl({ path: "/", method: "POST", body: "{" }),
    functionUrl({ path: "//evil.example/%2e%2e" }),
    functionUrl({ path: "/", body: "a body that GET must not have" }),
  ]);
  expect(outcomes.map(({ value }) => value?.statusCode)).toEqual([400, 400, 500, 404, 200]);
  expect(log).toContain("TRACE");
  expect(outcomes[0]?.value?.body).toBe('{"error":"Bad Request"}');
});

test("a worker without routes takes no requests", async () => {
  const { outcomes } = await invoke('schedule "a" cron("0 3 * * *") { print("ran") }', [
    functionUrl({ path: "/" }),
  ]);
  expect(outcomes[0]?.error).toBe("This worker takes no such event");
});

test("variables are those of the process; without a secret nothing is answered but health", async () => {
  const program = `
env SIZE = 10
env PLACE = "here"
secret TOKEN
health "/live"
route GET "/" => fn() { [SIZE, PLACE, TOKEN] }`;
  const requests = [
    functionUrl({ path: "/" }),
    functionUrl({ path: "/live" }),
    functionUrl({ path: "/live", method: "HEAD" }),
    functionUrl({ path: "/live", method: "POST" }),
  ];
  const withSecret = await invoke(program, requests, { TOKEN: "t", SIZE: "3" });
  expect(withSecret.outcomes[0]?.value?.body).toBe('["3","here","t"]');
  const without = await invoke(program, requests);
  expect(without.outcomes.map(({ value }) => value?.statusCode)).toEqual([500, 200, 200, 500]);
  expect(without.log).toContain("Secrets are not set: TOKEN");
});
