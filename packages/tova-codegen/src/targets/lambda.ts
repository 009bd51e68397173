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
