// An edge block → the plan of a worker for Deno.
import { planWorker } from "./plan-worker";
import type { Target } from "./target";

export const deno: Target = {
  name: "deno",
  support: {
    kv: { by: "Deno KV", shared: true },
    sql: { by: "`node:sqlite`" },
    storage: { reason: "Deno has no object storage" },
    queue: { by: "Deno KV" },
    schedule: { by: "`Deno.cron`" },
    consume: { by: "Deno KV" },
    consumeOptions: ["retry_delay"],
    rateLimit: { reason: "the platform counts no requests" },
  },
  plan: (block, options) => ({
    value: planWorker(block, options, (part) => `deno${part}.json`),
    findings: [],
  }),
};
