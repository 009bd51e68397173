// A tool that runs a worker which listens by itself in, a platform for this machine out.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TargetName, Worker } from "tova-codegen";
import { ProblemError, problems } from "../problems";
import { type Child, startChild } from "./child";
import type { FileMigration, LocalPlatform, LocalServer, LocalWorker } from "./platform";
import { type PreludeParts, preludeOf } from "./prelude";
import { migrateFiles } from "./sqlite";
import { findTool, type Tool } from "./tool";
import { withoutFolder } from "./without-folder";

/** What arguments of a tool depend on. */
export interface ToolRun {
  readonly state: string;
  readonly worker: Pick<Worker, "config">;
}

/** A tool such as `bun` or `deno`. */
export interface ListeningTool extends PreludeParts {
  readonly target: TargetName;
  readonly tool: Tool;
  /**
   * Its arguments.
   * @param prelude path of the module that it runs
   * @param code folder of that module and of the worker
   */
  args(prelude: string, code: string, run: ToolRun): readonly string[];
  /** Variables that the worker gets beside its own. */
  env?(worker: LocalWorker): Readonly<Record<string, string>>;
}

const preludeName = "tova-dev-entry.js";

/** Writes what the tool reads into a folder of its own; the worker's code is what gets deployed. */
async function writeCode(tool: ListeningTool, local: LocalWorker): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `tova-${tool.target}-`));
  const { fileName, code } = local.worker;
  const files = {
    [fileName]: code,
    [preludeName]: preludeOf(tool, `./${fileName}`),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

function startProcess(tool: ListeningTool, local: LocalWorker, code: string): Child {
  const { state, variables, folder, log, ended } = local;
  return startChild({
    program: findTool(tool.tool, folder),
    args: tool.args(join(code, preludeName), code, local),
    cwd: state,
    env: { ...process.env, NO_COLOR: "1", ...tool.env?.(local), ...variables },
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
  const code = await writeCode(tool, local);
  let child: Child | undefined;
  const stop = async () => {
    await child?.stop();
    await rm(code, { recursive: true, force: true });
  };
  try {
    // Until it runs, that it has ended is an error of its start, and said as such.
    let running = false;
    const ended = (how: string) => {
      if (running) local.ended(how);
    };
    const process = startProcess(tool, { ...local, ended }, code);
    child = process;
    const { applied, url } = await startWorker(process, local, code);
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
  const code = await mkdtemp(join(tmpdir(), `tova-${tool.target}-`));
  const prelude = join(code, preludeName);
  await writeFile(prelude, preludeOf(tool, "./none.js"));
  const child = startChild({
    program: findTool(tool.tool, folder),
    args: tool.args(prelude, code, { state, worker: { config: null } }),
    cwd: state,
    env: process.env,
    log: () => undefined,
    ended: () => undefined,
  });
  try {
    return await migrateFiles(child, bindings, migrations);
  } finally {
    await child.stop();
    await rm(code, { recursive: true, force: true });
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
