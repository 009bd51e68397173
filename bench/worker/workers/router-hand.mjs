// By hand: what the program `router` says, HEAD, OPTIONS, 405, decoding and errors included.
import { param, pathOf } from "./path-hand.mjs";

/** The value of the route; else what is allowed, as a text. */
function refuse(request, method, allow) {
  if (method === "HEAD" && allow.startsWith("GET")) {
    const { status, headers } = Response.json(route(request, "GET"));
    return new Response(null, { status, headers });
  }
  if (!allow) return new Response("Not Found", { status: 404 });
  const headers = { Allow: `${allow}, OPTIONS` };
  return method === "OPTIONS"
    ? new Response(null, { status: 204, headers })
    : new Response("Method Not Allowed", { status: 405, headers });
}

function route(request, method) {
  const path = pathOf(request.url);
  if (path === "/") {
    if (method === "GET") return { page: "home" };
    return refuse(request, method, "GET, HEAD");
  }
  if (path === "/users") {
    if (method === "GET") return { users: [] };
    if (method === "POST") return { created: true };
    return refuse(request, method, "GET, HEAD, POST");
  }
  if (path.startsWith("/users/") && path.length > 7) {
    const end = path.indexOf("/", 7);
    if (end < 0) {
      const id = param(path.slice(7));
      if (method === "GET") return { id };
      if (method === "PUT") return { changed: id };
      if (method === "DELETE") return { deleted: id };
      return refuse(request, method, "GET, HEAD, PUT, DELETE");
    }
    const post = end + 7;
    if (end > 7 && path.startsWith("/posts/", end) && path.length > post) {
      if (path.indexOf("/", post) < 0) {
        if (method !== "GET") return refuse(request, method, "GET, HEAD");
        return { id: param(path.slice(7, end)), post: param(path.slice(post)) };
      }
    }
  }
  if (path.startsWith("/files/")) {
    if (method === "GET") return { path: param(path.slice(7)) };
    return refuse(request, method, "GET, HEAD");
  }
  return refuse(request, method, "");
}

export default {
  fetch(request) {
    try {
      const result = route(request, request.method);
      return result instanceof Response ? result : Response.json(result);
    } catch (error) {
      console.error(error?.stack ?? error);
      return Response.json({ error: "Internal Server Error" }, { status: 500 });
    }
  },
};
