// The URL shortener in workerd: what its README shows, and what a careful user tries.
import type { RunningProgram } from "tova-cli";
import { logs, runCron, sending, startApp, tryReadme } from "./app";
import { eventually } from "./transcript";

jest.setTimeout(60_000);

const key = { Authorization: "Bearer your-key" };
let program: RunningProgram;
beforeAll(async () => {
  program = await startApp("shortener", { API_KEY: "your-key" });
});
afterAll(() => program?.stop());

const make = (link: unknown) => program.fetch("/links", sending(link, { headers: key }));
const show = (code: string) => program.fetch(`/links/${code}`, { headers: key });
const follow = (path: string, init: RequestInit = {}) =>
  program.fetch(path, { redirect: "manual", ...init }, "shortener-go");
const target = async (path: string) => {
  const answer = await follow(path);
  return [answer.status, answer.headers.get("Location")];
};

test("the commands of the README print what it says", async () => {
  expect(await tryReadme("shortener", program)).toEqual({ wrong: [], count: 3 });
});

test("a code is made up for a link without an alias", async () => {
  const made = await make({ url: "https://example.com/?q=ü" });
  expect(made.status).toBe(201);
  const { code, url, expires_at } = (await made.json()) as Record<string, unknown>;
  expect(code).toMatch(/^[a-zA-Z2-9]{7}$/);
  expect([url, expires_at]).toEqual(["https://example.com/?q=%C3%BC", null]);
  expect(await target(`/${code}`)).toEqual([302, url]);
});

test.each([
  ["url", { url: 7 }],
  ["url", { url: "javascript:alert(1)" }],
  ["url", { url: "example.com" }],
  ["alias", { url: "https://a.example", alias: "ab" }],
  ["alias", { url: "https://a.example", alias: "../x" }],
  ["days", { url: "https://a.example", days: 366 }],
  ["days", { url: "https://a.example", days: 0 }],
  ["days", { url: "https://a.example", days: 1.5 }],
])("%s is refused, and named, in %j", async (field, link) => {
  const answer = await make(link);
  expect(answer.status).toBe(400);
  const { fields } = (await answer.json()) as { fields: { field: string }[] };
  expect(fields.map((each) => each.field)).toEqual([field]);
});

test("an alias may be any word, and takes no path of the worker itself", async () => {
  expect((await make({ url: "https://a.example/", alias: "healthz" })).status).toBe(201);
  expect(await target("/healthz")).toEqual([302, "https://a.example/"]);
  expect(await (await follow("/go/healthz")).json()).toEqual({ status: "ok" });
});

test("of two who want one alias at the same time one gets it", async () => {
  const urls = ["https://a.example/", "https://b.example/"];
  const answers = await Promise.all(urls.map((url) => make({ url, alias: "mine" })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test("nobody makes, sees or deletes links without the key, however the path is written", async () => {
  for (const path of ["/links", "//links", "/%6cinks", "/links/docs", "/unknown"]) {
    for (const method of ["GET", "POST", "DELETE"]) {
      const headers = { Authorization: "Bearer your-kez" };
      expect((await program.fetch(path, { method, headers })).status).toBe(401);
      expect((await program.fetch(path, { method })).status).toBe(401);
    }
  }
});

test("clicks of one moment are all counted, those of unknown links not", async () => {
  await make({ url: "https://example.com/", alias: "busy" });
  const asked = Array.from({ length: 40 }, () => target("/busy"));
  expect(new Set((await Promise.all(asked)).map(String))).toEqual(
    new Set(["302,https://example.com/"]),
  );
  expect((await follow("/nowhere")).status).toBe(404);
  const clicks = async () => ((await (await show("busy")).json()) as { clicks: number }).clicks;
  expect(await eventually(clicks, (count) => count >= 40)).toBe(40);
});

test("a deleted link is gone, from the cache as well", async () => {
  await make({ url: "https://example.com/", alias: "short-lived" });
  expect((await follow("/short-lived")).status).toBe(302);
  const remove = () => program.fetch("/links/short-lived", { method: "DELETE", headers: key });
  expect((await remove()).status).toBe(204);
  expect((await follow("/short-lived")).status).toBe(404);
  expect((await show("short-lived")).status).toBe(404);
  expect((await remove()).status).toBe(404);
});

const day = 24 * 60 * 60 * 1000;

/** Puts a link into the database that lasts until then. */
async function keep(code: string, expires: number): Promise<void> {
  const database = await program.sql("DB");
  const statement = database.prepare("INSERT INTO links VALUES (?, ?, ?, ?)");
  await statement.bind(code, `https://${code}.example/`, expires - day, expires).run();
}

test("a link that has had its time leads nowhere", async () => {
  await keep("past", Date.now() - 1000);
  expect((await follow("/past")).status).toBe(404);
  expect(await (await program.kv("CACHE")).get("past")).toBeNull();
});

test("the nightly schedule forgets links that have had their time, and no others", async () => {
  await keep("gone", Date.now() - day);
  await keep("lasting", Date.now() + day);
  expect(await runCron(program, "15 3 * * *")).toBe("ok");
  expect(await logs(program, /[1-9] links forgotten/)).toBe(true);
  const statement = (await program.sql("DB")).prepare(
    "SELECT code FROM links WHERE code IN ('past', 'gone', 'lasting')",
  );
  expect((await statement.all()).results).toEqual([{ code: "lasting" }]);
});

test("no link stays in the cache for longer than it lasts", async () => {
  const end = Date.now() + 120_000;
  await keep("soon", end);
  expect((await target("/soon"))[0]).toBe(302);
  const { keys } = await (await program.kv("CACHE")).list({ prefix: "soon" });
  const [expiration = 0] = keys.map((key) => key.expiration ?? 0);
  expect(expiration).toBeGreaterThan(Date.now() / 1000);
  expect(expiration).toBeLessThanOrEqual(Math.ceil(end / 1000) + 1);
});

test("a link in the cache is found without the database", async () => {
  await (await program.kv("CACHE")).put("cached", "https://cached.example/");
  expect(await target("/cached")).toEqual([302, "https://cached.example/"]);
});
