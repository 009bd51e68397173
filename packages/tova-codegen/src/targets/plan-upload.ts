// An edge block → the plan of a worker that its platform's tool takes as a folder.
import type { Analysed } from "../diagnostics/diagnostic";
import type { WorkerPlan } from "../model/plan";
import type { EdgeBlock } from "../model/program";
import type { Converted } from "./cron-dialect";
import { planCrons } from "./plan-crons";
import { planWorker } from "./plan-worker";
import type { PlanOptions } from "./target";

/** How a platform wants the folder; names of files are from within it. */
export interface UploadStyle {
  /** Made of the part of names that tells the block. */
  folder(part: string): string;
  readonly configFile: string;
  /** Where the code stands. */
  readonly main: string;
  /** Schedules in the platform's dialect. */
  convert(cron: string): Converted;
}

/** Plans a worker; a schedule that the platform has no expression for is a finding. */
export function planUpload(
  block: EdgeBlock,
  options: PlanOptions,
  style: UploadStyle,
): Analysed<WorkerPlan> {
  const { value: platformCrons, findings } = planCrons(block, style.convert);
  const plan = planWorker(block, options, (part) => `${style.folder(part)}/${style.configFile}`);
  const folder = plan.configFile?.slice(0, -style.configFile.length - 1) ?? "";
  const upload = { folder, main: `${folder}/${style.main}` };
  return { value: { ...plan, upload, platformCrons }, findings };
}
