// A tool that runs a worker which listens by itself in, a platform for this machine out.
import { join } from "node:path";
import type { TargetName, Worker } from "tova-codegen";
import { ProblemError, problems } from "../problems";
import { type LocalAws, openAws } from "./aws";
import { type Child, startChild } from "./child";
import { type CodeFolder, writeCode } from "./code-folder";
import { unlessAborted } from "./give-up";
import type { FileMigration, LocalPlatform, LocalServer, LocalWorker } from "./platform";
import { type PreludeParts, preludeOf } from "./prelude";
import { migrateFiles } from "./sqlite";
import { findTool, type Tool } from "./tool";
import { withoutFolder } from "./without-folder";

/** A tool such as `bun` or `deno`. */
export interface ListeningTool extends PreludeParts {
  readonly target: TargetName;
  readonly tool: Tool;
  /**
   * Its arguments; it runs in the folder of the program's stores.
   * @param prelude path of the module that it runs
   * @param code folder of that module and of the worker
   */
  args(prelude: string, code: string, worker: Pick<Worker, "config">): readonly string[];
  /** Whether the worker needs services of AWS that stand here; absent for one that never does. */
  wantsAws?(worker: LocalWorker): boolean;
  /** Variables that the worker gets beside its own; `aws` where it needs it. */
  env?(worker: LocalWorker, aws: LocalAws | null): Readonly<Record<string, string>>;
}

const preludeName = "tova-dev-entry.js";

/** The worker's code is what gets deployed. */
function writeWorker(tool: ListeningTool, { worker }: LocalWorker): Promise<CodeFolder> {
  const { fileName, code } = worker;
  return writeCode(tool.target, {
    [fileName]: code,
    [preludeName]: preludeOf(tool, `./${fileName}`),
  });
}

function startProcess(
  tool: ListeningTool,
  local: LocalWorker,
  { code, aws }: { readonly code: string; readonly aws: LocalAws | null },
): Child {
  const { state, variables, folder, log, ended } = local;
  return startChild({
    program: findTool(tool.tool, folder),
    args: tool.args(join(code, preludeName), code, local.worker),
    cwd: state,
    env: { ...process.env, NO_COLOR: "1", ...tool.env?.(local, aws), ...variables },
    log: ({ level, message }) => log({ level, message: withoutFolder(message, code) }),
    ended,
  });
}

async function startWorker(child: Child, local: LocalWorker, code: string) {
  const databases = local.outline.sql.map(({ binding }) => binding);
  const applied = await migrateFiles(child, databases, local.migrations);
  try {
    const port = (await child.ask("start")) as number | null;
    return { applied, url: port === null ? null : new URL(`http://127.0.0.1:${port}`) };
  } catch (error) {
    const reason = withoutFolder((error as Error).stack ?? String(error), code);
    const worker = local.outline.projectName;
    throw new ProblemError(problems.workerNotStarted({ worker, reason }));
  }
}

async function start(tool: ListeningTool, local: LocalWorker): Promise<LocalServer> {
  const folder = await writeWorker(tool, local);
  const code = folder.path;
  const aws = tool.wantsAws?.(local) ? await openAws(local.state) : null;
  let child: Child | undefined;
  const stop = async () => {
    await child?.stop();
    await aws?.close();
    await folder.remove();
  };
  try {
    // Until it runs, that it has ended is an error of its start, and said as such.
    let running = false;
    const ended = (how: string) => {
      if (running) local.ended(how);
    };
    const process = startProcess(tool, { ...local, ended }, { code, aws });
    child = process;
    const { applied, url } = await unlessAborted(local.signal, startWorker(process, local, code));
    running = true;
    // In the order of the program, as the worker sets them; the platform may write crons otherwise.
    const placesOf = (cron: string) =>
      local.outline.schedules.flatMap((schedule, at) => (schedule.cron === cron ? [at] : []));
    const runScheduled = async (cron: string) =>
      (await process.ask("scheduled", { places: placesOf(cron) })) === true;
    return { url, applied, stop, runScheduled };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Only the process that would run a worker, which has none to run. */
async function migrate(tool: ListeningTool, migration: FileMigration) {
  const { folder, state, bindings, migrations } = migration;
  const code = await writeCode(tool.target, { [preludeName]: preludeOf(tool, "./none.js") });
  const prelude = join(code.path, preludeName);
  const child = startChild({
    program: findTool(tool.tool, folder),
    args: tool.args(prelude, code.path, { config: null }),
    cwd: state,
    env: process.env,
    log: () => undefined,
    ended: () => undefined,
  });
  try {
    return await migrateFiles(child, bindings, migrations);
  } finally {
    await child.stop();
    await code.remove();
  }
}

/** Makes the platform of a tool. */
export function listeningPlatform(tool: ListeningTool): LocalPlatform {
  return {
    target: tool.target,
    start: (worker) => start(tool, worker),
    migrate: (migration) => migrate(tool, migration),
  };
}
