// The crons of a program's workers in, their schedules run when the time comes out.
import { Cron } from "croner";
import type { Logger } from "../logger";
import { problems } from "../problems";
import { reportProblems } from "../report";
import type { Gate } from "./gate";
import type { DevProgram } from "./program";
import type { Runtime } from "./runtime";

interface CronContext {
  readonly gate: Gate;
  readonly runtime: Pick<Runtime, "runScheduled">;
  readonly log: Logger;
}

async function fire(worker: string, cron: string, context: CronContext): Promise<void> {
  const leave = await context.gate.enter();
  try {
    const ok = await context.runtime.runScheduled(worker, cron, new Date());
    context.log.info(`[${worker}] cron ${cron}: ${ok ? "done" : "failed"}`);
  } finally {
    leave();
  }
}

function startCron(worker: string, cron: string, context: CronContext): Cron | null {
  try {
    // Cloudflare counts weekdays from 1 = Sunday, and in UTC
    // (developers.cloudflare.com/workers/configuration/cron-triggers).
    const options = { timezone: "UTC", alternativeWeekdays: true, catch: true };
    return new Cron(cron, options, () => fire(worker, cron, context));
  } catch (error) {
    const reason = (error as Error).message.replace(/\.$/, "");
    reportProblems(context.log, [problems.cronNotRun({ worker, cron, reason })]);
    return null;
  }
}

/** Starts all crons; call what it returns to stop them. */
export function startCrons(program: DevProgram, context: CronContext): () => void {
  const jobs = program.workers.flatMap(({ outline: { projectName, crons } }) =>
    crons.map((cron) => startCron(projectName, cron, context)),
  );
  return () => {
    for (const job of jobs) job?.stop();
  };
}
