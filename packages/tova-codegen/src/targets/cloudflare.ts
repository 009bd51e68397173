// An edge block and the deploy file → the plan of a Cloudflare worker.
import { planWorker } from "./plan-worker";
import type { Target } from "./target";

export const cloudflare: Target = {
  name: "cloudflare",
  support: {
    kv: { by: "Workers KV" },
    sql: { by: "D1" },
    storage: { by: "R2" },
    queue: { by: "Queues" },
    schedule: { by: "Cron Triggers" },
    consume: { by: "Queues" },
    consumeOptions: ["retry_delay", "max_concurrency"],
    // developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit
    rateLimit: { by: "the rate limiting binding", windows: [10, 60] },
  },
  plan: (block, options) => ({
    value: planWorker(block, options, (part) => `wrangler${part}.toml`),
    findings: [],
  }),
};
