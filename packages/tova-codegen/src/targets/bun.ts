// An edge block → the plan of a worker for Bun.
import { bunCron } from "./cron-dialect";
import { planCrons } from "./plan-crons";
import { planWorker } from "./plan-worker";
import type { Target } from "./target";

export const bun: Target = {
  name: "bun",
  support: {
    kv: { by: "a SQLite file" },
    sql: { by: "`bun:sqlite`" },
    storage: { by: "`Bun.S3Client`" },
    queue: { reason: "Bun has no queues" },
    schedule: { by: "`Bun.cron`" },
    consume: { reason: "Bun has no queues" },
    rateLimit: { reason: "the platform counts no requests" },
  },
  plan(block, options) {
    const { value: platformCrons, findings } = planCrons(block, bunCron);
    return { value: { ...planWorker(block, options, null), platformCrons }, findings };
  },
};
