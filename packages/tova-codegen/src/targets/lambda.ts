// An edge block → the plan of a worker for AWS Lambda.
import { awsCron } from "./cron-dialect";
import { planUpload } from "./plan-upload";
import type { Target } from "./target";

export const lambda: Target = {
  name: "lambda",
  support: {
    kv: { reason: "Lambda has no key-value store" },
    sql: { reason: "Lambda has no database" },
    storage: { by: "S3" },
    queue: { by: "SQS" },
    schedule: { by: "EventBridge Scheduler" },
    consume: { by: "SQS" },
    consumeOptions: ["retry_delay"],
    rateLimit: { reason: "the platform counts no requests" },
    lacks: {
      wire: { reason: "a gateway of AWS reads what clients send, and makes an event of it" },
      "streamed requests": { reason: "an event has the whole body" },
      "streamed responses": { reason: "a response is given as a whole" },
      "encoded paths": { reason: "its events have decoded paths", behind: "HTTP API" },
    },
  },
  plan: (block, options) =>
    planUpload(block, options, {
      configFile: "template.yaml",
      folder: (part) => `lambda${part}`,
      // A name with dots in it cannot stand in the name of a handler, and `.mjs` needs no package.json.
      main: "code/index.mjs",
      convert: awsCron,
    }),
};
