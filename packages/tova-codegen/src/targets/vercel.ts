// An edge block → the plan of a worker for Vercel's edge runtime.
import { planWorker } from "./plan-worker";
import type { Target } from "./target";

export const vercel: Target = {
  name: "vercel",
  support: {
    kv: { reason: "Vercel's edge runtime has no key-value store" },
    sql: { reason: "Vercel's edge runtime has no database" },
    storage: { reason: "Vercel's edge runtime has no object storage" },
    queue: { reason: "Vercel's edge runtime has no queues" },
    schedule: { reason: "Vercel's edge runtime runs no schedules" },
    consume: { reason: "Vercel's edge runtime has no queues" },
  },
  plan: (block, options) => ({ value: planWorker(block, options, null), findings: [] }),
};
