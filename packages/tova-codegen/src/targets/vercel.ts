// An edge block → the plan of a worker for Vercel's edge runtime.
import { vercelCron } from "./cron-dialect";
import { planUpload } from "./plan-upload";
import type { Target } from "./target";

export const vercel: Target = {
  name: "vercel",
  support: {
    kv: { reason: "Vercel's edge runtime has no key-value store" },
    sql: { reason: "Vercel's edge runtime has no database" },
    storage: { reason: "Vercel's edge runtime has no object storage" },
    queue: { reason: "Vercel's edge runtime has no queues" },
    schedule: { by: "Cron Jobs" },
    consume: { reason: "Vercel's edge runtime has no queues" },
    rateLimit: { reason: "the platform counts no requests" },
    lacks: {
      wire: { reason: "a proxy of Vercel reads what clients send" },
      "streamed requests": {
        reason: "`edge-runtime`, on which this is tested, hands over what is there as a whole",
      },
    },
  },
  plan: (block, options) =>
    planUpload(block, options, {
      // The files of Vercel's Build Output API (vercel.com/docs/build-output-api).
      configFile: ".vercel/output/config.json",
      folder: (part) => `vercel${part}`,
      main: ".vercel/output/functions/index.func/index.js",
      convert: vercelCron,
    }),
};
