// What each of the five platforms prints around the code that all of them share.
import type { ModuleNeed } from "../../model/modules";
import type { WorkerPlan } from "../../model/plan";
import type { EdgeBlock } from "../../model/program";
import type { Context } from "../context";
import type { EntryFacts } from "../handlers";
import type { Code } from "../writer";

/** A file of the platform's tool, by its name from the output directory. */
export interface PlatformFile {
  readonly fileName: string;
  readonly text: string;
}

/** One platform's own code. What a worker does is in `emit/handlers.ts`; this is who calls it. */
export interface Platform {
  /**
   * Emits what the platform starts or calls; it ends the module.
   * @returns imports of the platform's modules, which come first in it
   */
  emitEntry(cx: Context, block: EdgeBlock, facts: EntryFacts): readonly Code[];
  /** Globals that the entry reads, and what it exports by name: nothing of the program is called so. */
  readonly names: readonly string[];
  /** What a worker needs of the libraries that bundling brings; absent for a platform without one. */
  readonly libraryNeeds?: (block: EdgeBlock) => readonly ModuleNeed[];
  /** True where no measure tells how much of the memory is left. */
  readonly tellsNoMemory?: boolean;
  /** True where 404 and 405 are JSON, not text (spec 11.2). */
  readonly refusesInJson?: boolean;
  /** How a module that is not the entry reads the worker's environment. */
  readonly environment: {
    /** An object by names; undefined may stand for an empty one. */
    readonly expression: string;
    /** Imports that the expression needs. */
    readonly head: readonly Code[];
  };
  /**
   * Makes the platform's configuration file; null for a platform without one.
   * @param flags compatibility flags, for a worker whose bundle needs modules of Node
   */
  readonly emitConfig: ((plan: WorkerPlan, flags: readonly string[]) => string) | null;
  /** Makes what else the platform's tool reads; absent for a platform without more. */
  readonly emitFiles?: (plan: WorkerPlan) => readonly PlatformFile[];
  /**
   * Makes declarations of the worker's module; null for a platform whose workers nobody imports.
   * @param variables names of the worker's `env` variables
   */
  readonly emitTypes: ((plan: WorkerPlan, variables: readonly string[]) => string) | null;
}
