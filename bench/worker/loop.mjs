// A worker and a request → the request answered many times, in whatever runtime this module is loaded.
import { requestOf, stores } from "./cases.mjs";

const context = { waitUntil() {}, passThroughOnException() {} };

/** Answers one request `count` times, one after the other. */
export async function repeat(worker, asked, count) {
  const request = requestOf(asked);
  const env = stores();
  let last = null;
  for (let i = 0; i < count; i++) last = await worker.fetch(request, env, context);
  return last;
}
