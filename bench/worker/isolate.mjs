// Workers → the worker that times them beside it: `/<worker>/<count>?<request as JSON>`.
import { repeat } from "./loop.mjs";

/** @param workers by name, each with `fetch` */
export const timing = (workers) => ({
  async fetch(request) {
    const { pathname, search } = new URL(request.url);
    const [, name, count] = pathname.split("/");
    const worker = workers[name];
    if (!worker) return new Response("ready");
    await repeat(worker, JSON.parse(decodeURIComponent(search.slice(1))), Number(count));
    return new Response("done");
  },
});
