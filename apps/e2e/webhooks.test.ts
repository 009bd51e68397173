// The receiver of webhooks in workerd, with a service that it delivers to and that fails at will.
import { createHmac } from "node:crypto";
import type { RunningProgram } from "tova-cli";
import { logs, startApp, tryReadme } from "./app";
import { type Service, startService } from "./service";
import { eventually } from "./transcript";

jest.setTimeout(60_000);

/** Ids of what came, each time it came; how many of the next are not taken. */
const delivered: string[] = [];
let failures = 0;
let service: Service;
let program: RunningProgram;

beforeAll(async () => {
  service = await startService((_, body) => {
    delivered.push((body as { id: string }).id);
    return { status: failures-- > 0 ? 503 : 200 };
  });
  program = await startApp("webhooks", {
    SIGNING_KEY: "your-signing-key",
    DESK_KEY: "your-key",
    TARGET_URL: service.url,
    RETRY_SECONDS: "0",
  });
});
afterAll(async () => {
  await program?.stop();
  service.close();
});
beforeEach(() => {
  delivered.length = 0;
  failures = 0;
});

function signature(text: string, { key = "your-signing-key", age = 0 } = {}): string {
  const time = Math.floor(Date.now() / 1000) - age;
  return `t=${time},v1=${createHmac("sha256", key).update(`${time}.${text}`).digest("hex")}`;
}

const send = (text: string, header: string | null = signature(text), path = "/hooks/shop") =>
  program.fetch(path, {
    method: "POST",
    body: text,
    ...(header === null ? {} : { headers: { "X-Signature": header } }),
  });
const event = (id: string, more = {}) => JSON.stringify({ id, type: "order.paid", ...more });
const desk = (path: string, init: RequestInit = {}) =>
  program.fetch(path, { headers: { Authorization: "Bearer your-key" }, ...init }, "webhooks-desk");
const events = async (which: string) =>
  (await (await desk(`/events?status=${which}`)).json()) as { id: string; reason: string | null }[];

const ids = async (which: string) => (await events(which)).map(({ id }) => id);
const arrives = (id: string, which: string) =>
  eventually(
    () => ids(which),
    (found) => found.includes(id),
  );

test("the commands of the README print what it says", async () => {
  expect(await tryReadme("webhooks", program)).toEqual({ wrong: [], count: 3 });
});

test("an event is delivered once, however often it is sent", async () => {
  const text = event("once", { name: "Zoë" });
  const answer = await send(text);
  expect([answer.status, await answer.json()]).toEqual([202, { accepted: "shop/once" }]);
  expect(await arrives("shop/once", "delivered")).toContain("shop/once");
  await send(text);
  await send(event("next"));
  await arrives("shop/next", "delivered");
  expect(delivered.sort()).toEqual(["shop/next", "shop/once"]);
});

describe("a signature", () => {
  const text = event("forged");

  test.each([
    ["that is missing", null],
    ["by another key", signature(text, { key: "your-signing-kez" })],
    ["of another body", signature(`${text} `)],
    ["of six minutes ago", signature(text, { age: 360 })],
    ["of six minutes ahead", signature(text, { age: -360 })],
    ["whose time was changed", signature(text, { age: 360 }).replace(/t=\d+/, `t=${Date.now()}`)],
    ["without a time", signature(text).replace(/t=\d+,/, "")],
    ["without a digest", "t=1"],
    ["that is none", "__proto__=1,,=,v1"],
    ["that is empty", ""],
  ])("%s is refused", async (_, header) => {
    const answer = await send(text, header);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ error: expect.stringMatching(/signature/i) });
  });

  test("of four minutes ago, in capitals and with blanks, will do", async () => {
    const header = signature(text, { age: 240 });
    const answer = await send(text, header.toUpperCase().replace("T=", "t=").replace(",V", " , v"));
    expect(answer.status).toBe(202);
  });
});

test.each([
  ["{", 400],
  ["null", 400],
  ['{"id":"a"}', 400],
  ['{"id":7,"type":"x"}', 400],
  [event("large", { text: "x".repeat(66_000) }), 413],
])("%.20s is no event", async (text, expected) => {
  expect((await send(text)).status).toBe(expected);
});

test("what fails is tried again until it is delivered", async () => {
  failures = 2;
  await send(event("late"));
  expect(await arrives("shop/late", "delivered")).toContain("shop/late");
  expect(await logs(program, /shop\/late, attempt 1: .* answered 503/)).toBe(true);
});

test("what fails every time waits at the desk, and can be sent back from there", async () => {
  failures = 5;
  await send(event("dead"));
  expect(await arrives("shop/dead", "dead")).toContain("shop/dead");
  expect(delivered).toEqual(Array(5).fill("shop/dead"));
  const retry = () => desk("/events/shop/dead/retry", { method: "POST" });
  expect((await retry()).status).toBe(202);
  expect(await arrives("shop/dead", "delivered")).toContain("shop/dead");
  expect(await ids("dead")).toEqual([]);
  expect((await retry()).status).toBe(404);
});

test("the desk is closed to those without its key", async () => {
  for (const headers of [{}, { Authorization: "Bearer " }, { Authorization: "your-key" }]) {
    expect((await desk("/events", { headers })).status).toBe(401);
  }
});
