// The workers' addresses in; requests of all kinds, each with what may come back, out.
import type { RequestInit } from "undici";

/** A request that must be answered; its response is held against `expects`. */
export interface Ask {
  readonly worker: string;
  readonly path: string;
  readonly init?: RequestInit;
  /** The statuses that are right, beside those of a fault. */
  readonly expects: readonly number[];
  /** True for an error that the program makes by itself: its status is that of a fault. */
  readonly fails?: boolean;
  /** Sees the body of a right answer. */
  readonly use?: (body: string) => void;
}

/** A request whose client goes away: after its head, or in the middle of its body. */
export interface Abort {
  readonly worker: string;
  readonly head: string;
  readonly waitMs: number;
}

const api = "pipeline-api";
const front = "soaked-front";
const key = { "X-API-Key": "key" };
const token = { Authorization: "Bearer token" };

/** Numbers from 0 to below a bound, the same in every run. */
function numbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

/** Requests by turns, weighted by how often they stand here. */
export function createTraffic(seed: number) {
  const pick = numbers(seed);
  const images: string[] = [];
  const one = (list: readonly string[]) => list[pick(list.length)] ?? "none";
  const size = () => "x".repeat(1 + pick(20_000));
  const keys = () => `k${pick(200)}`;

  const seedKinds: (() => Ask)[] = [
    () => ({
      worker: api,
      path: "/api/images",
      init: { method: "POST", headers: key, body: size() },
      expects: [200],
      use: (body) => void images.push((JSON.parse(body) as { id: string }).id),
    }),
    () => ({
      worker: api,
      path: `/api/images/${one(images)}`,
      init: { headers: key },
      expects: [200, 404],
    }),
    () => ({
      worker: api,
      path: `/images/originals/${one(images)}`,
      init: { headers: key },
      expects: [200, 404],
    }),
    () => ({
      worker: api,
      path: `/images/processed/${one(images)}`,
      init: { headers: key },
      expects: [200, 404],
    }),
    () => {
      const id = images.shift() ?? "none";
      return {
        worker: api,
        path: `/api/images/${id}`,
        init: { method: "DELETE", headers: key },
        expects: [200, 404],
      };
    },
    () => ({ worker: api, path: "/api/stats", init: { headers: key }, expects: [200] }),
    () => ({ worker: api, path: "/api/stats", expects: [401] }),
    () => ({ worker: api, path: "/healthz", init: { headers: key }, expects: [200] }),
    () => ({ worker: api, path: "/nowhere", init: { headers: key }, expects: [404] }),
    () => ({
      worker: api,
      path: "/api/images",
      init: { method: "OPTIONS", headers: { Origin: "https://myapp.com" } },
      expects: [204],
    }),
    () => ({ worker: "pipeline-processor", path: "/healthz", expects: [200] }),
  ];
  const frontKinds: (() => Ask)[] = [
    () => ({ worker: front, path: `/kv/${keys()}`, expects: [200, 404] }),
    () => ({
      worker: front,
      path: `/kv/${keys()}`,
      init: { method: "PUT", headers: token, body: size() },
      expects: [204],
    }),
    () => ({ worker: front, path: `/caught/${keys()}`, expects: [200] }),
    () => ({ worker: front, path: `/rows/${keys()}`, expects: [200, 404] }),
    () => ({
      worker: front,
      path: "/rows",
      init: { method: "POST", headers: token, body: JSON.stringify({ id: keys(), value: "v" }) },
      expects: [201],
    }),
    () => ({
      worker: front,
      path: "/rows",
      init: { method: "POST", headers: token, body: `{"id":${pick(9)}` },
      expects: [400],
    }),
    () => ({
      worker: front,
      path: "/rows",
      init: { method: "POST", headers: token, body: '{"id":1}' },
      expects: [400],
    }),
    () => ({
      worker: front,
      path: `/twice/x${keys()}`,
      init: { method: "POST", headers: token },
      expects: [503],
      fails: true,
    }),
    () => ({
      worker: front,
      path: `/files/${keys()}/a`,
      init: { method: "PUT", headers: token, body: size() },
      expects: [204],
    }),
    () => ({ worker: front, path: `/files/${keys()}/a`, expects: [200, 404] }),
    () => ({
      worker: front,
      path: `/jobs/j${pick(200)}`,
      init: { method: "POST", headers: token },
      expects: [202],
    }),
    () => ({
      worker: front,
      path: `/jobs/poison${pick(9)}`,
      init: { method: "POST", headers: token },
      expects: [202],
    }),
    () => ({ worker: front, path: "/jobs/j1", init: { method: "POST" }, expects: [401] }),
    () => ({ worker: front, path: "/all", expects: [200] }),
    () => ({ worker: front, path: "/stream", expects: [200] }),
    () => ({ worker: front, path: "/broken", expects: [503], fails: true }),
    () => ({ worker: front, path: "/circle", expects: [503], fails: true }),
    () => ({
      worker: front,
      path: "/live",
      init: { method: "HEAD", headers: token },
      expects: [200],
    }),
    () => ({ worker: front, path: "/%zz/%00", expects: [404] }),
    () => ({ worker: "soaked-back", path: "/live", expects: [200] }),
  ];
  const head = (worker: string, line: string, headers: readonly string[]): Abort => {
    const all = [`${line} HTTP/1.1`, "Host: soak.example", "X-No-Faults: 1", ...headers, "", "abc"];
    return { worker, head: all.join("\r\n"), waitMs: pick(30) };
  };
  const length = "Content-Length: 100000";
  const aborts: (() => Abort)[] = [
    () => head(api, "POST /api/images", ["X-API-Key: key", length]),
    () => head(front, `PUT /files/${keys()}/b`, ["Authorization: Bearer token", length]),
    () => head(front, "POST /rows", ["Authorization: Bearer token", length]),
    () => head(front, `GET /files/${keys()}/a`, []),
    () => head(front, "GET /stream", []),
  ];
  const kinds = [...seedKinds, ...frontKinds];
  return {
    next: (): Ask => (kinds[pick(kinds.length)] as () => Ask)(),
    abort: (): Abort => (aborts[pick(aborts.length)] as () => Abort)(),
  };
}
