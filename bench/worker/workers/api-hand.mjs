// By hand: what the worker `api` of the seed does, with the same bindings.
import { health, read, remove, scheduled, serve, stats, upload } from "./api-work.mjs";
import { param, pathOf } from "./path-hand.mjs";

const corsHeaders = {
  "Access-Control-Allow-Methods": "GET, POST, DELETE",
  "Access-Control-Allow-Headers": "Content-Type, Authorization, X-API-Key",
  "Access-Control-Max-Age": "86400",
};
const preflight = { status: 204, headers: corsHeaders };
const unauthorized = { status: 401, headers: { "Content-Type": "application/json" } };
const missing = { status: 404 };
const failed = { status: 500 };

/** The answer where no route has the method. */
async function refuse(request, env, method, allow) {
  if (method === "HEAD" && allow.startsWith("GET")) {
    const response = respond(await route(request, env, "GET"));
    response.body?.cancel().catch(() => {});
    return new Response(null, response);
  }
  if (!allow) return new Response("Not Found", missing);
  const headers = { Allow: `${allow}, OPTIONS` };
  return new Response("Method Not Allowed", { status: 405, headers });
}

function route(request, env, method) {
  const path = pathOf(request.url);
  if (path === "/api/images") {
    return method === "POST" ? upload(request, env) : refuse(request, env, method, "POST");
  }
  if (path.startsWith("/api/images/") && path.length > 12 && path.indexOf("/", 12) < 0) {
    const id = param(path.slice(12));
    if (method === "GET") return read(env, id);
    if (method === "DELETE") return remove(env, id);
    return refuse(request, env, method, "GET, HEAD, DELETE");
  }
  if (path.startsWith("/images/")) {
    if (method === "GET") return serve(env, param(path.slice(8)));
    return refuse(request, env, method, "GET, HEAD");
  }
  if (path === "/api/stats") {
    return method === "GET" ? stats(env) : refuse(request, env, method, "GET, HEAD");
  }
  if (path === "/healthz") {
    return method === "GET" ? health() : refuse(request, env, method, "GET, HEAD");
  }
  return refuse(request, env, method, "");
}

const respond = (value) => (value instanceof Response ? value : Response.json(value ?? null));

function fail(error) {
  console.error(error?.stack ?? error);
  return Response.json({ error: "Internal Server Error" }, failed);
}

async function answer(request, env) {
  const { method } = request;
  if (method === "OPTIONS") return new Response(null, preflight);
  if (!env.API_KEY) {
    const isHealth = method === "GET" && pathOf(request.url) === "/healthz";
    return isHealth ? Response.json(health()) : fail(new Error("Secrets are not set: API_KEY"));
  }
  try {
    if (request.headers.get("X-API-Key") !== env.API_KEY) {
      return new Response(JSON.stringify({ error: "Invalid API key" }), unauthorized);
    }
    return respond(await route(request, env, method));
  } catch (error) {
    try {
      console.log(`API error: ${error.message}`);
      return Response.json({ error: error.message, worker: "api" }, failed);
    } catch (second) {
      console.error(error?.stack ?? error);
      return fail(second);
    }
  }
}

function setCors(headers, origin) {
  const vary = headers.get("Vary");
  if (vary === null) headers.set("Vary", "Origin");
  else if (!/(^|,) *(\*|origin) *(,|$)/i.test(vary)) headers.append("Vary", "Origin");
  if (origin === "https://myapp.com") {
    headers.set("Access-Control-Allow-Origin", origin);
    headers.set("Access-Control-Allow-Credentials", "true");
  }
}

export default {
  async fetch(request, env) {
    const response = await answer(request, env);
    const origin = request.headers.get("Origin");
    try {
      setCors(response.headers, origin);
      return response;
    } catch {
      // Headers of a fetched response cannot be changed.
      const copy = new Response(response.body, response);
      setCors(copy.headers, origin);
      return copy;
    }
  },
  scheduled,
};
