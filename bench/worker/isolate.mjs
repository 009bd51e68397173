// Workers → the worker that times them beside it: `/<worker>/<count>[/cheap]?<request as JSON>`.
import { repeat } from "./loop.mjs";

/** @param workers by name, each with `fetch` */
export const timing = (workers) => ({
  async fetch(request) {
    const { pathname, search } = new URL(request.url);
    const [, name, count, cheap] = pathname.split("/");
    const worker = workers[name];
    if (!worker) return new Response("ready");
    const asked = JSON.parse(decodeURIComponent(search.slice(1)));
    await repeat(worker, asked, Number(count), cheap === "cheap");
    return new Response("done");
  },
});
