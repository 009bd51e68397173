// A worker and a request → the request answered many times, in whatever runtime this module is loaded.
import { requestOf, stores } from "./cases.mjs";

const context = { waitUntil() {}, passThroughOnException() {} };

const json = Response.json.bind(Response);

/** The one response that `cheap` gives; always the same function, as the platform's is. */
let shared = null;
const giveShared = () => shared;

/**
 * Answers one request `count` times, one after the other.
 * @param cheap true to make one response only, for each costs far more than a router
 */
export async function repeat(worker, asked, count, cheap) {
  const request = requestOf(asked);
  const env = stores();
  shared = json(null);
  if (cheap) Response.json = giveShared;
  try {
    for (let i = 0; i < count; i++) await worker.fetch(request, env, context);
  } finally {
    Response.json = json;
  }
}
