// What a target must offer, and the plan of a worker: its configuration on the platform, as data.
import type { DeployFile, DeployRoute } from "../deploy/deploy-file";
import type { Analysed } from "../diagnostics/diagnostic";
import type { ConsumedQueue, Resource } from "../model/outline";
import type { EdgeBlock, TargetName } from "../model/program";

/** One platform. The five differ in these, and in the entry code that `emit/` prints for them. */
export interface Target {
  readonly name: TargetName;
  /** Plans one worker; findings have ranges in the source. Never throws. */
  plan(block: EdgeBlock, options: PlanOptions): Analysed<WorkerPlan>;
}

export interface PlanOptions {
  /** `pipeline` of `apps/x/pipeline.tova`. */
  readonly stem: string;
  /** @default emptyDeployFile */
  readonly deploy?: DeployFile;
  /** @default defaultCompatibilityDate */
  readonly compatibilityDate?: string;
  /** D1 migrations, relative to the output directory; absent without any. */
  readonly migrationsDir?: string;
}

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
  /** Distinct cron expressions, in order. */
  readonly crons: readonly string[];
  /** Values of `env` variables: the deploy file's, or else the literal default. */
  readonly vars: ReadonlyMap<string, string | number | boolean>;
  /** Names only. */
  readonly secrets: readonly string[];
}
