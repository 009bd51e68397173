// What the routes of the seed's worker `api` do, for the workers that are written by hand.

const missing = { status: 404 };

export async function upload(request, env) {
  const id = crypto.randomUUID();
  const contentType = request.headers.get("Content-Type") || "image/png";
  const body = await request.arrayBuffer();
  if (body.byteLength > parseInt(env.MAX_FILE_SIZE ?? "10485760", 10)) {
    return new Response(JSON.stringify({ error: "File too large" }), { status: 413 });
  }
  const key = `originals/${id}`;
  await env.IMAGES.put(key, body, { httpMetadata: { contentType } });
  await env.DB.prepare(
    "INSERT INTO images (id, original_key, status, created_at) VALUES (?, ?, ?, ?)",
  )
    .bind(id, key, "pending", Date.now())
    .run();
  await env.PROCESS_QUEUE.send({ id, key });
  await env.METADATA.put(`img:${id}`, JSON.stringify({ id, status: "pending", original_key: key }));
  return { id, status: "queued", queue_position: 0 };
}

const notFound = () => new Response(JSON.stringify({ error: "Not found" }), missing);

const findImage = (env, id) => env.DB.prepare("SELECT * FROM images WHERE id = ?").bind(id).first();

export async function read(env, id) {
  const cached = await env.METADATA.get(`img:${id}`);
  if (cached != null) return JSON.parse(cached);
  return (await findImage(env, id)) ?? notFound();
}

export async function remove(env, id) {
  const row = await findImage(env, id);
  if (row == null) return notFound();
  await env.IMAGES.delete(row.original_key);
  if (row.processed_key != null) await env.IMAGES.delete(row.processed_key);
  await env.DB.prepare("DELETE FROM images WHERE id = ?").bind(id).run();
  await env.METADATA.delete(`img:${id}`);
  return { deleted: id };
}

export async function serve(env, path) {
  const found = await env.IMAGES.get(path);
  if (found == null) return new Response("Not found", missing);
  const headers = { "Content-Type": found.httpMetadata.contentType || "image/png" };
  return new Response(found.body, { headers });
}

async function count(env, where = "") {
  return (await env.DB.prepare(`SELECT COUNT(*) as c FROM images${where}`).first()).c;
}

export async function stats(env) {
  const total = await count(env);
  const processed = await count(env, " WHERE status = 'processed'");
  const pending = await count(env, " WHERE status = 'pending'");
  return { total, processed, pending, failed: await count(env, " WHERE status = 'failed'") };
}

export function health() {
  const { heapUsed = 0, heapTotal = 0 } = globalThis.process?.memoryUsage?.() ?? {};
  const status = heapUsed > 0.9 * heapTotal ? "degraded" : "healthy";
  const memory = heapUsed > 0 ? { status, heapUsed, heapTotal } : { status: "unavailable" };
  return { status, checks: { memory }, timestamp: new Date().toISOString() };
}

export async function scheduled(event, env) {
  if (!env.API_KEY) throw new Error("Secrets are not set: API_KEY");
  if (event.cron !== "0 9 * * *") return;
  const total = await count(env);
  const pending = await count(env, " WHERE status = 'pending'");
  console.log(`Daily report: ${total} total, ${pending} pending`);
}
