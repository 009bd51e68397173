// The entry of a worker that times others beside it: `/<worker>/<count>?<request as JSON>`.
import { repeat } from "./loop.mjs";
import { workers } from "./workers.mjs";

export default {
  async fetch(request) {
    const { pathname, search } = new URL(request.url);
    const [, name, count] = pathname.split("/");
    const worker = workers[name];
    if (!worker) return new Response("ready");
    await repeat(worker, JSON.parse(decodeURIComponent(search.slice(1))), Number(count));
    return new Response("done");
  },
};
