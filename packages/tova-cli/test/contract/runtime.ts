// What a runtime is to the contract: something that runs a built worker behind a real socket.
import type { TargetName } from "tova-codegen";

/** What a row may need of a runtime, beside answering HTTP. */
export type Feature =
  /** The bytes of a client reach the runtime's own HTTP parser, not one that stands in front of it. */
  | "wire"
  /** A request is handed to the worker while its body is still on the way. */
  | "streamed requests"
  /** A response leaves piece by piece, as the worker makes it. */
  | "streamed responses"
  /** The worker sees the path as it was sent: `%2F` is no slash, a malformed escape stays. */
  | "encoded paths";

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
  stop(): Promise<void>;
}

/** One of the five targets, on this machine. */
export interface Runtime {
  readonly target: TargetName;
  /** Features that it has not, and why; the rows that need them are skipped by this name. */
  readonly lacks: Partial<Readonly<Record<Feature, string>>>;
  /** Resolves when the worker answers. */
  start(built: Built, env: Readonly<Record<string, string>>): Promise<Running>;
}
