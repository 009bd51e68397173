// A program and the options of a build → the plan of each of its workers.
import { type Analysed, Findings } from "../diagnostics/diagnostic";
import type { WorkerPlan } from "../model/plan";
import type { Program } from "../model/program";
import { checkPlans } from "./check-names";
import { checkQueues } from "./check-queues";
import { checkRateLimits } from "./check-rate-limits";
import { assignResources } from "./stack-resources";
import type { PlanOptions } from "./target";
import { targetOf } from "./target-of";

/** Plans in the order of `program.blocks`; findings have ranges in the source. Never throws. */
export function planProgram(
  program: Program,
  options: PlanOptions,
): Analysed<readonly WorkerPlan[]> {
  const findings = new Findings();
  const plans = assignResources(
    program.blocks.map((block) => {
      const plan = targetOf(block.target).plan(block, options);
      findings.add(plan.findings);
      return plan.value;
    }),
    options,
  );
  checkPlans(program.blocks, plans, findings);
  checkRateLimits(program, findings);
  checkQueues(program, findings);
  return { value: plans, findings: findings.list };
}
