// What a test cares about of a block in, a whole outline or worker out.
import type { BlockOutline, Worker } from "tova-codegen";

/** An outline that has nothing but what is given. */
export function outlineWith(given: Partial<BlockOutline>): BlockOutline {
  return {
    name: "api",
    projectName: "app-api",
    workerName: given.projectName ?? "app-api",
    accountId: null,
    target: "cloudflare",
    main: `app.edge.${given.name ?? "api"}.js`,
    configFile: `wrangler.${given.name ?? "api"}.toml`,
    upload: null,
    range: { from: 0, to: 0 },
    kv: [],
    sql: [],
    storage: [],
    produces: [],
    consumes: [],
    rateLimiters: [],
    env: [],
    secrets: [],
    routes: [],
    health: null,
    schedules: [],
    crons: [],
    hasHttp: false,
    ...given,
  };
}

/** A worker of that outline; its code answers nothing. */
export function workerWith(given: Partial<BlockOutline>, more: Partial<Worker> = {}): Worker {
  const outline = outlineWith(given);
  return {
    name: outline.name,
    target: outline.target,
    fileName: outline.main,
    code: "export default {};\n",
    map: '{"version":3,"sources":["app.tova"],"names":[],"mappings":""}',
    imports: [],
    nodeConfig: null,
    types: null,
    files: [],
    config: { fileName: outline.configFile ?? "", text: "" },
    outline,
    environments: {},
    ...more,
  };
}

/** A consumer of a queue, with the settings of the specification. */
export function consumed(queue: string): BlockOutline["consumes"][number] {
  return {
    binding: queue.toUpperCase(),
    queue,
    maxBatchSize: 10,
    maxBatchTimeout: 30,
    maxRetries: null,
    retryDelay: null,
    maxConcurrency: null,
    deadLetterQueue: null,
  };
}

/** A binding to a queue of that name. */
export function produced(id: string): BlockOutline["produces"][number] {
  return { binding: id.toUpperCase(), id, placeholder: false };
}
