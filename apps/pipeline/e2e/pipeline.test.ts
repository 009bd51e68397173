// What the guide promises of the image pipeline, and what a careful user tries, in workerd.
import type { Miniflare } from "miniflare";
import { type Init, send, startWorkers } from "./workers";

jest.setTimeout(60_000);

const origin = "https://myapp.com";
let mf: Miniflare;
const logs: string[] = [];

/** A request to the API worker with the right key. */
const api = (path: string, init: Init = {}) =>
  send(mf, "pipeline-api", path, {
    ...init,
    headers: { "X-API-Key": "right", Origin: origin, ...init.headers },
  });

async function eventually<T>(read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const value = await read();
    if (done(value) || tries > 200) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function upload(bytes: Uint8Array, type = "image/png"): Promise<string> {
  const response = await api("/api/images", {
    method: "POST",
    headers: { "Content-Type": type },
    body: bytes,
  });
  expect(response.status).toBe(200);
  const result = (await response.json()) as { id: string };
  expect(result).toEqual({ id: expect.any(String), status: "queued", queue_position: 0 });
  return result.id;
}

type Image = { id: string; status: string; original_key: string; processed_key: string };

const image = async (id: string) => (await (await api(`/api/images/${id}`)).json()) as Image;
const processed = (id: string) =>
  eventually(
    () => image(id),
    ({ status }) => status === "processed",
  );

beforeAll(async () => {
  mf = await startWorkers({ log: (line) => void logs.push(line) });
});
afterAll(() => mf.dispose());

describe("the API key", () => {
  it.each([
    ["a wrong key", { "X-API-Key": "wrong" }],
    ["an empty key", { "X-API-Key": "" }],
  ])("refuses %s", async (_, headers) => {
    const response = await api("/api/stats", { headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: "Invalid API key" });
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(origin);
  });

  it("refuses a request without one", async () => {
    expect((await send(mf, "pipeline-api", "/api/stats")).status).toBe(401);
  });
});

describe("an image", () => {
  const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256);
  let id: string;

  it("is stored, recorded, queued and processed", async () => {
    id = await upload(bytes, "image/webp");
    const row = await processed(id);
    expect(row).toMatchObject({
      original_key: `originals/${id}`,
      processed_key: `processed/${id}`,
    });
    const database = await mf.getD1Database("DB", "pipeline-api");
    const stored = await database
      .prepare("SELECT status, processed_key FROM images WHERE id = ?")
      .bind(id)
      .first();
    expect(stored).toEqual({ status: "processed", processed_key: `processed/${id}` });
    expect(logs).toContain(`Processed image ${id}`);
  });

  it.each(["originals", "processed"])("is served from %s byte for byte", async (form) => {
    const response = await api(`/images/${form}/${id}`);
    expect(response.headers.get("Content-Type")).toBe("image/webp");
    expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
  });

  it("answers HEAD as GET, without the body", async () => {
    const response = await api(`/images/originals/${id}`, { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("image/webp");
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });

  it("is found in the database when the cache has lost it", async () => {
    const cache = await mf.getKVNamespace("METADATA", "pipeline-api");
    await cache.delete(`img:${id}`);
    expect(await image(id)).toMatchObject({ id, status: "processed" });
  });

  it("counts in the statistics", async () => {
    const stats = await (await api("/api/stats")).json();
    expect(stats).toEqual({ total: 1, processed: 1, pending: 0, failed: 0 });
  });

  it("is gone from everywhere once deleted", async () => {
    const deleted = await api(`/api/images/${id}`, { method: "DELETE" });
    expect(await deleted.json()).toEqual({ deleted: id });
    for (const path of [
      `/api/images/${id}`,
      `/images/originals/${id}`,
      `/images/processed/${id}`,
    ]) {
      expect((await api(path)).status).toBe(404);
    }
    expect((await api(`/api/images/${id}`, { method: "DELETE" })).status).toBe(404);
  });
});

it("refuses an upload above the limit and keeps nothing of it", async () => {
  const response = await api("/api/images", { method: "POST", body: new Uint8Array(10_485_761) });
  expect(response.status).toBe(413);
  const stats = (await (await api("/api/stats")).json()) as { total: number };
  expect(stats.total).toBe(0);
});

it("marks an image failed whose file is missing", async () => {
  const database = await mf.getD1Database("DB", "pipeline-api");
  await database
    .prepare(
      "INSERT INTO images (id, original_key, status, created_at) VALUES ('lost', 'x', 'pending', 0)",
    )
    .run();
  const worker = await mf.getWorker("pipeline-processor");
  const body = { id: "lost", key: "originals/nowhere" };
  const result = await worker.queue("process-queue", [
    { id: "1", timestamp: new Date(), attempts: 1, body },
  ]);
  expect(result.outcome).toBe("ok");
  expect(await database.prepare("SELECT status FROM images WHERE id = 'lost'").first()).toEqual({
    status: "failed",
  });
});

describe("paths", () => {
  it("a wildcard takes slashes and encoded names, decoded once", async () => {
    const bucket = await mf.getR2Bucket("IMAGES", "pipeline-api");
    await bucket.put("a b/ü%20/c.png", "x", { httpMetadata: { contentType: "text/x" } });
    const response = await api("/images/a%20b/%C3%BC%2520/c.png?size=1");
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("x");
  });

  it("a malformed escape stays as it is", async () => {
    const bucket = await mf.getR2Bucket("IMAGES", "pipeline-api");
    await bucket.put("100%", "y", { httpMetadata: { contentType: "text/x" } });
    expect(await (await api("/images/100%")).text()).toBe("y");
  });

  it("an unknown path is 404, a known one with another method 405", async () => {
    const unknown = await api("/nowhere");
    expect([unknown.status, await unknown.text()]).toEqual([404, "Not Found"]);
    expect(unknown.headers.get("Access-Control-Allow-Origin")).toBe(origin);
    const put = await api("/api/images/x", { method: "PUT" });
    expect(put.status).toBe(405);
    expect(put.headers.get("Allow")).toBe("GET, HEAD, DELETE, OPTIONS");
    expect((await api("/api/images/")).status).toBe(404);
  });
});

describe("cors", () => {
  it("answers a preflight before the key is asked for", async () => {
    const response = await send(mf, "pipeline-api", "/api/images", {
      method: "OPTIONS",
      headers: { Origin: origin, "Access-Control-Request-Method": "POST" },
    });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "GET, POST, DELETE",
      "access-control-allow-headers": "Content-Type, Authorization, X-API-Key",
      "access-control-allow-credentials": "true",
      "access-control-max-age": "86400",
      vary: "Origin",
    });
  });

  it("tells a stranger nothing", async () => {
    const response = await api("/api/stats", { headers: { Origin: "https://evil.example" } });
    expect(response.headers.get("Access-Control-Allow-Origin")).toBeNull();
    expect(response.headers.get("Vary")).toBe("Origin");
  });
});

it("both workers report their health", async () => {
  const checked = (await (await api("/healthz")).json()) as Record<string, unknown>;
  expect(checked).toMatchObject({
    status: "healthy",
    checks: { memory: { status: "unavailable" } },
  });
  const processor = await send(mf, "pipeline-processor", "/healthz");
  expect(await processor.json()).toEqual({ status: "ok" });
});

it("the daily report runs on its cron, and on no other", async () => {
  const worker = await mf.getWorker("pipeline-api");
  logs.length = 0;
  expect(await worker.scheduled({ cron: "0 9 * * *" })).toMatchObject({ outcome: "ok" });
  const reports = () => logs.filter((line) => /^Daily report: \d+ total, \d+ pending$/.test(line));
  expect(reports()).toHaveLength(1);
  await worker.scheduled({ cron: "1 1 * * *" });
  expect(reports()).toHaveLength(1);
});

describe("without its secret", () => {
  let closed: Miniflare;
  const lines: string[] = [];
  beforeAll(async () => {
    closed = await startWorkers({ secrets: {}, log: (line) => void lines.push(line) });
  });
  afterAll(() => closed.dispose());

  it.each([{ "X-API-Key": "right" }, { "X-API-Key": "" }, { "X-API-Key": "undefined" }, {}])(
    "nobody gets in with %j",
    async (headers) => {
      const response = await send(closed, "pipeline-api", "/api/stats", {
        headers: { Origin: origin, ...headers } as Record<string, string>,
      });
      expect(response.status).toBe(500);
      expect(await response.json()).toEqual({ error: "Internal Server Error" });
      expect(response.headers.get("Access-Control-Allow-Origin")).toBe(origin);
      expect(lines.some((line) => line.includes("API_KEY"))).toBe(true);
    },
  );

  it("health and preflight still answer, schedules fail", async () => {
    expect((await send(closed, "pipeline-api", "/healthz")).status).toBe(200);
    expect((await send(closed, "pipeline-api", "/x", { method: "OPTIONS" })).status).toBe(204);
    const worker = await closed.getWorker("pipeline-api");
    expect((await worker.scheduled({ cron: "0 9 * * *" })).outcome).toBe("exception");
  });
});

it("an error in the database reaches on_error, cors headers included", async () => {
  const database = await mf.getD1Database("DB", "pipeline-api");
  await database.prepare("DROP TABLE images").run();
  const response = await api("/api/stats");
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({
    error: expect.stringContaining("no such table: images"),
    worker: "api",
  });
  expect(response.headers.get("Access-Control-Allow-Origin")).toBe(origin);
  const worker = await mf.getWorker("pipeline-processor");
  const result = await worker.queue("process-queue", [
    { id: "2", timestamp: new Date(), attempts: 1, body: { id: "a", key: "b" } },
  ]);
  expect(result.outcome).toBe("exception");
});
