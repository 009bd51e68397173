// The worker `api` of the seed with Hono's default preset and its own CORS middleware.
import { Hono } from "hono";
import { cors } from "hono/cors";
import * as work from "./api-work.mjs";

const app = new Hono();
app.use(
  cors({
    origin: ["https://myapp.com"],
    allowMethods: ["GET", "POST", "DELETE"],
    allowHeaders: ["Content-Type", "Authorization", "X-API-Key"],
    maxAge: 86400,
    credentials: true,
  }),
);
app.use(async (c, next) => {
  if (!c.env.API_KEY) throw new Error("Secrets are not set: API_KEY");
  if (c.req.header("X-API-Key") !== c.env.API_KEY) return c.json({ error: "Invalid API key" }, 401);
  await next();
});
const send = (c, value) => (value instanceof Response ? value : c.json(value ?? null));
app.post("/api/images", async (c) => send(c, await work.upload(c.req.raw, c.env)));
app.get("/api/images/:id", async (c) => send(c, await work.read(c.env, c.req.param("id"))));
app.get("/images/:path{.*}", async (c) => send(c, await work.serve(c.env, c.req.param("path"))));
app.delete("/api/images/:id", async (c) => send(c, await work.remove(c.env, c.req.param("id"))));
app.get("/api/stats", async (c) => send(c, await work.stats(c.env)));
app.get("/healthz", (c) => c.json(work.health()));
app.notFound(() => new Response("Not Found", { status: 404 }));
app.onError((error, c) => {
  console.log(`API error: ${error.message}`);
  return c.json({ error: error.message, worker: "api" }, 500);
});

export default { fetch: app.fetch, scheduled: work.scheduled };
