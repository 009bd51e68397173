// A planned run of a platform's tool in, the tool started and its end out.
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { makeFolder } from "../artefacts";
import { ended } from "../cloudflare/wrangler";
import { commandLine } from "../command-line";
import { spawnTool, toolPath } from "../platforms/tool";
import { problems } from "../problems";
import { reportProblems } from "../report";
import type { DeployStep, Run } from "./plan";
import { endOf, type StepEnd } from "./step-end";
import { planTool, type ToolPlan, type ToolRun } from "./tool-runs";

/** Lends the file that a run keeps from everybody else, in a folder that only this user can read. */
async function withHidden<T>(
  { hidden }: ToolRun,
  use: (args: readonly string[]) => Promise<T>,
): Promise<T> {
  if (hidden === undefined) return use([]);
  const folder = await mkdtemp(join(tmpdir(), "tova-secrets-"));
  try {
    const path = join(folder, hidden.name);
    await writeFile(path, hidden.text, { mode: 0o600 });
    return await use([hidden.option, path]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a tool on this terminal; what it is given on its input it cannot ask for there. */
async function runTool(one: ToolRun, program: string, { outDir, timeout }: Run) {
  const cwd = join(outDir, one.folder);
  return withHidden(one, async (more) => {
    const input = one.input === undefined ? "inherit" : "pipe";
    const child = spawnTool(program, [...one.args, ...more], {
      cwd,
      stdio: [input, "inherit", "inherit"],
      env: process.env,
    });
    child.stdin?.on("error", () => undefined).end(one.input);
    return ended(child, timeout);
  });
}

/** As a user would type it; what nobody may see is not among the arguments. */
const shownRun = ({ tool, args, hidden }: ToolRun): string =>
  commandLine([tool.name, ...args, ...(hidden ? [hidden.option, "…"] : [])]);

function show({ runs, copies }: ToolPlan, { outDir, log, shown }: Run): void {
  for (const [from, to] of copies) log.info(`  copy ${from} to ${to}`);
  for (const run of runs) log.info(`  in ${shown(join(outDir, run.folder))}: ${shownRun(run)}`);
}

/** Deploys one worker with its platform's tool; says what went wrong. */
export async function runToolStep(step: DeployStep, context: Run): Promise<StepEnd> {
  const { worker, name, args } = step;
  const { outDir, folder, env, preview, dryRun, log, secrets } = context;
  const given = { env, preview, args, secrets: secrets?.values ?? new Map<string, string>() };
  const plan = planTool(worker, given);
  if (dryRun) show(plan, context);
  else {
    for (const [from, to] of plan.copies) {
      await makeFolder(dirname(join(outDir, to)));
      await copyFile(join(outDir, from), join(outDir, to));
    }
  }
  for (const run of dryRun ? plan.dry : plan.runs) {
    const program = toolPath(run.tool.name, folder);
    // A dry run does without; before any other all tools were looked for.
    if (program === null) continue;
    const end = await runTool(run, program, context);
    const { exitCode, timedOut } = end;
    const tool = run.tool.name;
    if (timedOut) reportProblems(log, [problems.toolTimedOut({ worker: name, tool })]);
    else if (exitCode !== 0)
      reportProblems(log, [problems.toolFailed({ worker: name, tool, exitCode })]);
    if (exitCode !== 0) return endOf(end);
  }
  return "done";
}
