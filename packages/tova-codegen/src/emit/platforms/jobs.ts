// A worker's schedules → for each cron expression the code that runs all its jobs (spec 11.4).
import { type Context, helper } from "../context";
import type { Handlers } from "../handlers";
import { braces, type Code, list } from "../writer";

/** A promise of the work of every schedule with one expression. */
export interface CronJobs {
  readonly cron: string;
  readonly run: Code;
}

/** In the order of their first schedules. */
export function emitJobs(cx: Context, { schedules }: Handlers): readonly CronJobs[] {
  const byCron = new Map<string, string[]>();
  for (const { schedule, name } of schedules) {
    byCron.set(schedule.cron, [...(byCron.get(schedule.cron) ?? []), name]);
  }
  return [...byCron].map(([cron, names]) => ({
    cron,
    run: names.length === 1 ? `${names[0]}()` : [helper(cx, "runAll"), "([", list(names), "])"],
  }));
}

/** Emits `$scheduled(cron, env)`, which rejects for an expression that no schedule has. */
export function emitScheduledFunction(cx: Context, handlers: Handlers): void {
  const runs = emitJobs(cx, handlers).map(
    ({ cron, run }): Code => [
      `if (cron === ${JSON.stringify(cron)}) return void (await `,
      run,
      ");",
    ],
  );
  const unknown = 'throw new Error("No schedule for " + cron);';
  const body = braces([...handlers.prologue, ...runs, unknown]);
  cx.out.push(["async function $scheduled(cron, env) ", body]);
}
