// The worker `api` of the seed with itty-router and its own CORS helper.
import { cors, Router } from "itty-router";
import * as work from "./api-work.mjs";

const { preflight, corsify } = cors({
  origin: ["https://myapp.com"],
  allowMethods: ["GET", "POST", "DELETE"],
  allowHeaders: ["Content-Type", "Authorization", "X-API-Key"],
  maxAge: 86400,
  credentials: true,
});

function authenticate(request, env) {
  if (!env.API_KEY) throw new Error("Secrets are not set: API_KEY");
  if (request.headers.get("X-API-Key") !== env.API_KEY) {
    return Response.json({ error: "Invalid API key" }, { status: 401 });
  }
}

const param = (text) => decodeURIComponent(text);
const router = Router({
  before: [preflight, authenticate],
  catch: (error) => {
    console.log(`API error: ${error.message}`);
    return Response.json({ error: error.message, worker: "api" }, { status: 500 });
  },
  finally: [(value) => (value instanceof Response ? value : Response.json(value)), corsify],
});
router
  .post("/api/images", work.upload)
  .get("/api/images/:id", ({ params }, env) => work.read(env, param(params.id)))
  .get("/images/:path+", ({ params }, env) => work.serve(env, param(params.path)))
  .delete("/api/images/:id", ({ params }, env) => work.remove(env, param(params.id)))
  .get("/api/stats", (_, env) => work.stats(env))
  .get("/healthz", () => work.health())
  .all("*", () => new Response("Not Found", { status: 404 }));

export default { fetch: router.fetch, scheduled: work.scheduled };
