// Takes all `deploy` tasks of one run of Nx, deploys the workers of each file together.
import { join } from "node:path";
import { type ExecutorContext, logger, type TaskGraph } from "@nx/devkit";
import { type DeployResult, deploy } from "tova-cli";
import { buildFolder, type Workspace } from "../build-folder";
import { unknownOption } from "./known-options";
import type { DeployExecutorSchema } from "./schema";

/** What Nx 24 takes for a task of a batch; one that is skipped was not tried. */
interface BatchResult {
  readonly success: boolean;
  readonly status: "success" | "failure" | "skipped";
  /** Everything was shown when it was written. */
  readonly terminalOutput: "";
}

interface Task {
  readonly id: string;
  readonly options: DeployExecutorSchema;
}

/** Tasks that differ in their block alone are one deployment. */
function deployments(tasks: readonly Task[]): readonly (readonly Task[])[] {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    const { block: _, ...others } = task.options;
    const key = JSON.stringify(Object.entries(others).sort());
    groups.set(key, [...(groups.get(key) ?? []), task]);
  }
  return [...groups.values()];
}

function statusOf({ options }: Task, { exitCode, outcomes }: DeployResult): BatchResult["status"] {
  const state = outcomes.find(({ block }) => block === (options.block ?? null))?.state;
  if (state === "left out") return "skipped";
  return state === "done" || (state === undefined && exitCode === 0) ? "success" : "failure";
}

async function deployTogether(tasks: readonly Task[], root: string): Promise<DeployResult> {
  const [first] = tasks;
  if (first === undefined) return { exitCode: 0, outcomes: [] };
  const unknown = unknownOption(first.options);
  if (unknown !== null) {
    logger.error(unknown);
    return { exitCode: 1, outcomes: [] };
  }
  const { outDir, ...options } = first.options;
  const isWhole = tasks.some((task) => task.options.block === undefined);
  return deploy({
    ...options,
    block: isWhole ? undefined : tasks.map((task) => task.options.block ?? null),
    outDir: outDir === undefined ? undefined : join(root, outDir),
    cwd: root,
    // The targets wait for `build`, whose outputs may come from the cache.
    build: false,
  });
}

/**
 * Nx prefers this to one run a task, so that `nx run-many -t deploy` checks all workers of a file
 * on one screen and deploys them in the right order. What goes wrong with one file stops no other.
 */
export default async function runDeploys(
  { tasks }: TaskGraph,
  inputs: Readonly<Record<string, DeployExecutorSchema>>,
  _overrides: unknown,
  { root, ...workspace }: Pick<ExecutorContext, "root"> & Workspace,
): Promise<Record<string, BatchResult>> {
  const all = Object.entries(tasks).flatMap(([id, { target }]) => {
    const options = inputs[id];
    if (options === undefined) return [];
    const outDir = options.outDir ?? buildFolder(workspace, target.project);
    return [{ id, options: outDir === undefined ? options : { ...options, outDir } }];
  });
  const results: Record<string, BatchResult> = {};
  for (const group of deployments(all)) {
    const result = await deployTogether(group, root);
    for (const task of group) {
      const status = statusOf(task, result);
      results[task.id] = { success: status === "success", status, terminalOutput: "" };
    }
  }
  return results;
}
