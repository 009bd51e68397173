// The outline of a file: what tools outside the compiler know of its workers, as plain data.
import type { SourceRange } from "tova-parser";
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { ModuleImport } from "./modules";
import type { TargetName } from "./program";

/** A store or queue that a worker is bound to. */
export interface Resource {
  /** Name in the program, `METADATA`. */
  readonly binding: string;
  /** KV namespace id, D1 database id, R2 bucket name or queue name. */
  readonly id: string;
  /** D1 only: the database's name. */
  readonly name?: string;
  /** True when the deploy file gives no id, so that `id` is only a placeholder. */
  readonly placeholder: boolean;
}

/** What counts requests for a `rate_limit` rule. */
export interface RateLimiter {
  /** Name in the worker's environment. */
  readonly binding: string;
  /** Tells it from others of the account: a positive integer, as text. */
  readonly id: string;
  /** Requests of one client in a window. */
  readonly max: number;
  /** Seconds. */
  readonly window: number;
}

export interface ConsumedQueue {
  /** Name in the program, `PROCESS_QUEUE`. */
  readonly binding: string;
  /** Deployed name, `process-queue`. */
  readonly queue: string;
  readonly maxBatchSize: number;
  /** Seconds. */
  readonly maxBatchTimeout: number;
  readonly maxRetries: number | null;
  /** Seconds before a message comes again; null: the platform's default. */
  readonly retryDelay: number | null;
  /** Batches at a time; null: as many as the platform likes. */
  readonly maxConcurrency: number | null;
  readonly deadLetterQueue: string | null;
}

/** One worker of a file. */
export interface BlockOutline {
  /** Null for an unnamed block. */
  readonly name: string | null;
  /** The worker's Nx project, `pipeline-api`, whatever the deploy file calls the worker. */
  readonly projectName: string;
  /** The worker's name on the platform: the project's unless the deploy file gives another. */
  readonly workerName: string;
  /** The account that the deploy file names; null leaves it to the platform's tool. */
  readonly accountId: string | null;
  readonly target: TargetName;
  /** File of the code in the output directory, `pipeline.edge.api.js`. */
  readonly main: string;
  /** File of the platform's config there, `wrangler.api.toml`; null where the target has none. */
  readonly configFile: string | null;
  /** What the platform's tool uploads from there; null where it takes the code as it is. */
  readonly upload: Upload | null;
  /** The block's header in the source. */
  readonly range: SourceRange;
  readonly kv: readonly Resource[];
  readonly sql: readonly Resource[];
  readonly storage: readonly Resource[];
  /** Queue bindings. */
  readonly produces: readonly Resource[];
  readonly consumes: readonly ConsumedQueue[];
  readonly rateLimiters: readonly RateLimiter[];
  readonly env: readonly { name: string; default: string | number | boolean | null }[];
  readonly secrets: readonly string[];
  readonly routes: readonly { method: string; path: string }[];
  readonly health: string | null;
  readonly schedules: readonly { name: string; cron: string }[];
  /** Distinct cron expressions, in order. */
  readonly crons: readonly string[];
  /** True with a route or a health check. */
  readonly hasHttp: boolean;
}

/** What {@link outline} gives of a file. */
export interface Outline {
  readonly fileName: string;
  readonly blocks: readonly BlockOutline[];
  /** Of other files and packages, in source order. */
  readonly imports: readonly ModuleImport[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A folder for the platform's tool, with names from the output directory. */
export interface Upload {
  /** `lambda.api`. */
  readonly folder: string;
  /** The file in it that holds the code, `lambda.api/index.mjs`. */
  readonly main: string;
}
