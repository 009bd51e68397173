// What each of the five targets must offer.
import type { DeployFile } from "../deploy/deploy-file";
import type { Analysed } from "../diagnostics/diagnostic";
import type { WorkerPlan } from "../model/plan";
import type { EdgeBlock, TargetName } from "../model/program";
import type { Support } from "../model/support";

/** One platform. The five differ in these, and in the entry code of `emit/platforms`. */
export interface Target {
  readonly name: TargetName;
  readonly support: Support;
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
