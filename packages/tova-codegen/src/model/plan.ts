// The plan of a worker: its configuration on the platform, as data.
import type { ConsumedQueue, RateLimiter, Resource, Upload } from "./outline";
import type { TargetName } from "./program";

/** Everything about a worker but its code. Made by a target, read by `emit/` and the outline. */
export interface WorkerPlan {
  /** Name of the block; null for the unnamed one. */
  readonly block: string | null;
  readonly target: TargetName;
  /** The worker's Nx project, whatever the deploy file calls the worker: `pipeline-api`. */
  readonly projectName: string;
  /** File of the code, `pipeline.edge.api.js`. */
  readonly main: string;
  /** File of the platform's configuration, `wrangler.api.toml`; null where the target has none. */
  readonly configFile: string | null;
  /** Where ids, names and routes are given, `pipeline.deploy.toml`. */
  readonly deployFile: string;
  /** What the platform's tool uploads; null where it takes the code as it is. */
  readonly upload: Upload | null;
  /** By cron expression of the program: the same in the platform's dialect, where that differs. */
  readonly platformCrons: ReadonlyMap<string, string>;
  readonly compatibilityDate: string;
  readonly migrationsDir: string | null;
  readonly production: Deployment;
  /** By name, in the order of the deploy file. */
  readonly environments: ReadonlyMap<string, Deployment>;
  /**
   * Every name that a consumed queue has in some environment, by binding: code that looks at
   * `batch.queue` must know them all, as one build serves every environment.
   */
  readonly queueNames: Readonly<Record<string, readonly string[]>>;
  /** Names of the `env` variables. */
  readonly variables: readonly string[];
  /** True with a route or a health check. */
  readonly hasHttp: boolean;
}

/** A worker as one environment deploys it. */
export interface Deployment {
  /** The name on the platform, `pipeline-api-staging`. */
  readonly workerName: string;
  /** Null: wrangler finds the account. */
  readonly accountId: string | null;
  /** Null: the platform's default. */
  readonly workersDev: boolean | null;
  readonly routes: readonly DeployRoute[];
  readonly kv: readonly Resource[];
  readonly sql: readonly Resource[];
  readonly storage: readonly Resource[];
  readonly produces: readonly Resource[];
  readonly consumes: readonly ConsumedQueue[];
  readonly rateLimiters: readonly RateLimiter[];
  /** Names of the queues that this deployment makes, where the platform's configuration makes any. */
  readonly makes: readonly string[];
  /**
   * Buckets whose names the platform's configuration completes, as the deploy file gives them none;
   * `made` by this deployment, or by another worker's. By the names in `storage`.
   */
  readonly ownBuckets: ReadonlyMap<string, { readonly made: boolean }>;
  /** Distinct cron expressions, in order. */
  readonly crons: readonly string[];
  /** Values of `env` variables: the deploy file's, or else the literal default. */
  readonly vars: ReadonlyMap<string, string | number | boolean>;
  /** Names only. */
  readonly secrets: readonly string[];
}

/** In the words of wrangler (developers.cloudflare.com/workers/wrangler/configuration, Routes). */
export type DeployRoute =
  | string
  | {
      readonly pattern: string;
      readonly zone_name?: string;
      readonly zone_id?: string;
      readonly custom_domain?: boolean;
    };
