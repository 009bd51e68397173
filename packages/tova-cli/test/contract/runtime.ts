// What a runtime is to the contract: something that runs a built worker behind a real socket.
import { type HttpFeature, supportOf, type TargetName } from "tova-codegen";

/** What a row may need of a runtime, beside answering HTTP. */
export type Feature = HttpFeature | "rate_limit";

/**
 * What a target's support table lacks, and why: nothing else may be left out.
 * @param front the kind of address that a worker has
 */
export function lacksOf(target: TargetName, front?: string): Runtime["lacks"] {
  const { lacks = {}, rateLimit } = supportOf(target);
  const reasons = Object.entries(lacks).flatMap(([feature, { reason, behind }]) =>
    behind === undefined || behind === front ? [[feature, reason] as const] : [],
  );
  const counting = "reason" in rateLimit ? { rate_limit: rateLimit.reason } : {};
  return { ...Object.fromEntries(reasons), ...counting };
}

/** What `tova build` made of a program for the runtime's target. */
export interface Built {
  /** Absolute; holds all that was written. */
  readonly folder: string;
  /** Absolute path of the worker's module. */
  readonly entry: string;
}

/** A worker that listens. */
export interface Running {
  readonly host: string;
  readonly port: number;
  /** What it has written so far, on both outputs. */
  log(): string;
  /** Resident memory of its process in bytes; null where this machine cannot tell. */
  memory(): number | null;
  /** @param signal to a process of its own; that of the system's `kill` by default */
  stop(signal?: "SIGKILL"): Promise<void>;
}

/** One of the five targets, on this machine. */
export interface Runtime {
  readonly target: TargetName;
  /** Features that it has not, and why; the rows that need them are skipped by this name. */
  readonly lacks: Partial<Readonly<Record<Feature, string>>>;
  /** Resolves when the worker answers. */
  start(built: Built, env: Readonly<Record<string, string>>): Promise<Running>;
}
