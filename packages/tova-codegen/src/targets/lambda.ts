// An edge block → the plan of a worker for AWS Lambda.
import { awsCron } from "./cron-dialect";
import { planUpload } from "./plan-upload";
import type { Target } from "./target";

/** Variables that Lambda sets itself, which nothing else may (its page "Defined runtime environment variables"). */
const takenVariables: ReadonlySet<string> = new Set([
  ...["_HANDLER", "_X_AMZN_TRACE_ID", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR"],
  ...["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_RUNTIME_API"],
  ...["AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
  ...["AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME"],
  ...["AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"],
]);

/** Of a variable (its API reference, `Environment`). */
const variableNames = {
  pattern: /^[a-zA-Z][a-zA-Z0-9_]+$/,
  expected: "a letter with at least one more letter, digit or `_` behind it",
};

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
    takenVariables,
    variableNames,
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
