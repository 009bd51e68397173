// The topology of a program: its workers and what runs between them, as plain data.
import type { TargetName } from "./program";

/**
 * A program as a system: what `tova topology` shows and writes as `topology.json`
 * (docs/topology.md). Workers, stores and queues refer to each other by name.
 */
export interface Topology {
  /** Of this shape; a change that breaks its readers raises it. */
  readonly version: 1;
  /** Name of the source file without its folder, so that the picture is the same everywhere. */
  readonly file: string;
  /** The environment of the deploy file; null for production. */
  readonly environment: string | null;
  /** In the order of the source. */
  readonly workers: readonly TopologyWorker[];
  /** In the order of their first use. */
  readonly stores: readonly TopologyStore[];
  /** In the order of their first use. */
  readonly queues: readonly TopologyQueue[];
}

export interface TopologyWorker {
  /** On the platform, `pipeline-api`. */
  readonly name: string;
  /** Null for the unnamed block. */
  readonly block: string | null;
  readonly target: TargetName;
  readonly routes: readonly { readonly method: string; readonly path: string }[];
  readonly health: string | null;
  readonly crons: readonly { readonly name: string; readonly cron: string }[];
  /** Values of {@link TopologyStore.key}. */
  readonly stores: readonly string[];
  /** Names of queues that it sends to. */
  readonly produces: readonly string[];
  /** Names of queues that it receives from. */
  readonly consumes: readonly string[];
  readonly env: readonly string[];
  readonly secrets: readonly string[];
}

export type StoreKind = "kv" | "sql" | "storage";

export interface TopologyStore {
  /** Unique in a topology, `kv:METADATA`. */
  readonly key: string;
  readonly kind: StoreKind;
  /** Names in the program; several when the deploy file gives them one id. */
  readonly bindings: readonly string[];
  /** The platform's: of a bucket its name; null while the deploy file gives none. */
  readonly id: string | null;
  /** Names of the workers that use it. */
  readonly workers: readonly string[];
}

export interface TopologyQueue {
  /** On the platform, `process-queue`. */
  readonly name: string;
  /** Names of the workers that send to it. */
  readonly producers: readonly string[];
  readonly consumers: readonly TopologyConsumer[];
  /** Names of the workers whose failed messages end here. */
  readonly deadLettersOf: readonly string[];
}

export interface TopologyConsumer {
  readonly worker: string;
  readonly maxBatchSize: number;
  /** Seconds. */
  readonly maxBatchTimeout: number;
  /** Null: the platform's default. */
  readonly maxRetries: number | null;
  readonly deadLetterQueue: string | null;
}
