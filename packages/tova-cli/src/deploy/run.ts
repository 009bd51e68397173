// Planned steps in, a tool run for each out; one that fails takes only those along that need it.
import { runWrangler } from "../cloudflare/wrangler";
import { outlineIn } from "../compiled";
import { problems } from "../problems";
import { reportProblems } from "../report";
import type { DeployStep, Run } from "./plan";
import { withSecretsFile } from "./secrets-pipe";
import { endOf, type StepEnd } from "./step-end";
import { runToolStep } from "./tool-step";

/** What became of one worker. */
export interface Outcome {
  /** Name of the block; null for one without. */
  readonly block: string | null;
  /** The worker as it is called on its platform. */
  readonly worker: string;
  readonly state: "done" | "failed" | "left out";
}

async function runStep(step: DeployStep, run: Run): Promise<StepEnd> {
  if (step.worker.target !== "cloudflare") return runToolStep(step, run);
  const { worker, name, args } = step;
  const { outDir, folder, env, account, timeout, secrets, log } = run;
  const declared = outlineIn(worker, env).secrets;
  const end = await withSecretsFile({ given: secrets, declared, worker: name }, (file) =>
    runWrangler({
      args: [...args, ...(file === undefined ? [] : ["--secrets-file", file])],
      cwd: outDir,
      folder,
      timeout,
      env: account === undefined ? {} : { CLOUDFLARE_ACCOUNT_ID: account },
    }),
  );
  const { exitCode, timedOut } = end;
  if (timedOut) reportProblems(log, [problems.wranglerTimedOut({ worker: name })]);
  else if (exitCode !== 0)
    reportProblems(log, [problems.wranglerFailed({ worker: name, exitCode })]);
  return endOf(end);
}

/** Runs all steps in turn. What does not need a failed one goes on; after an interrupt nothing does. */
export async function runSteps(
  steps: readonly DeployStep[],
  run: Run,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const planned = new Set(steps.map(({ name }) => name));
  let isInterrupted = false;
  for (const step of steps) {
    const { name, after, worker } = step;
    if (isInterrupted) {
      outcomes.push({ block: worker.name, worker: name, state: "left out" });
      continue;
    }
    const done = outcomes.filter(({ state }) => state === "done").map((one) => one.worker);
    const missing = after.filter((other) => planned.has(other) && !done.includes(other));
    if (missing.length > 0) {
      reportProblems(run.log, [problems.leftOut({ worker: name, after: missing })]);
      outcomes.push({ block: worker.name, worker: name, state: "left out" });
      continue;
    }
    run.log.info(`${run.verb} ${name}`);
    const end = await runStep(step, run);
    isInterrupted = end === "interrupted";
    outcomes.push({ block: worker.name, worker: name, state: end === "done" ? "done" : "failed" });
  }
  return outcomes;
}

/** One line on all workers, where there are several or something failed. */
export function summary(outcomes: readonly Outcome[], done: string): string | null {
  const isPlain = outcomes.length === 1 && outcomes[0]?.state === "done";
  if (outcomes.length === 0 || isPlain) return null;
  const named = (state: Outcome["state"]) =>
    outcomes.filter((one) => one.state === state).map(({ worker }) => worker);
  const parts = [
    [done, named("done")],
    ["Failed", named("failed")],
    ["Left out", named("left out")],
  ] as const;
  return parts
    .filter(([title, names]) => names.length > 0 || title === done)
    .map(([title, names]) => `${title}: ${names.length === 0 ? "nothing" : names.join(", ")}.`)
    .join(" ");
}
