// Workers → the bytes that each allocates of its own for a request. Run with `--no-opt`, V8 optimizes
// nothing away, and a run gives the same figures again.
import { getHeapStatistics } from "node:v8";
import { stores } from "./cases.mjs";

/** Headers that allocate nothing, with values by name as the workers ask for them. */
const headersOf = (values) => ({
  get: (name) => values[name] ?? null,
  has: (name) => name in values,
  set() {},
  append() {},
  delete() {},
});

/** A response that is made but once. */
class SharedResponse {
  status = 200;
  headers = headersOf({});
  body = null;
  static json = () => shared;
}

const shared = new SharedResponse();

async function run(worker, request, env, count) {
  const before = getHeapStatistics().used_heap_size;
  for (let i = 0; i < count; i++) {
    const answer = worker.fetch(request, env);
    if (answer !== shared) await answer;
  }
  return (getHeapStatistics().used_heap_size - before) / count;
}

/**
 * Bytes of V8's heap a request, less than one off; a collection meanwhile would make them negative.
 * @param asked as in `cases.mjs`
 */
export async function allocated(worker, [method, path, headers = {}]) {
  const platform = globalThis.Response;
  globalThis.Response = SharedResponse;
  try {
    const request = { method, url: `http://localhost:8787${path}`, headers: headersOf(headers) };
    const env = stores();
    await run(worker, request, env, 200);
    return await run(worker, request, env, 1000);
  } finally {
    globalThis.Response = platform;
  }
}
