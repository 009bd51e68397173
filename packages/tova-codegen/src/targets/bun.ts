// An edge block → the plan of a worker for Bun.
import { planWorker } from "./plan-worker";
import type { Target } from "./target";

export const bun: Target = {
  name: "bun",
  support: {
    kv: { reason: "Bun has no key-value store" },
    sql: { reason: "Bun has no database" },
    storage: { reason: "Bun has no object storage" },
    queue: { reason: "Bun has no queues" },
    schedule: { reason: "Bun runs no schedules" },
    consume: { reason: "Bun has no queues" },
  },
  plan: (block, options) => ({ value: planWorker(block, options, null), findings: [] }),
};
