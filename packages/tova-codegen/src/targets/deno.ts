// An edge block → the plan of a worker for Deno.
import { planWorker } from "./plan-worker";
import type { Target } from "./target";

export const deno: Target = {
  name: "deno",
  support: {
    kv: { reason: "Deno has no key-value store" },
    sql: { reason: "Deno has no database" },
    storage: { reason: "Deno has no object storage" },
    queue: { reason: "Deno has no queues" },
    schedule: { reason: "Deno runs no schedules" },
    consume: { reason: "Deno has no queues" },
  },
  plan: (block, options) => ({ value: planWorker(block, options, null), findings: [] }),
};
