// A `.tova` file in, all that is needed to run its workers here out.
import type { BlockOutline, Worker } from "tova-codegen";
import { type Compiled, compileSource, outlineIn } from "../compiled";
import type { Logger } from "../logger";
import type { Migration } from "../migrations/files";
import type { Parses } from "../modules/graph";
import { ProblemError, problems } from "../problems";
import { reportProblems } from "../report";
import { outputFolder, readSource, type Source } from "../source";
import { readVariables, type Variables, variableProblems } from "./variables";

/** A worker with the outline it has in the chosen environment. */
export interface DevWorker {
  readonly worker: Worker;
  readonly outline: BlockOutline;
}

/** A program that can run, made anew at each save. */
export interface DevProgram {
  readonly source: Source;
  readonly workers: readonly DevWorker[];
  readonly variables: Variables;
  readonly migrations: readonly Migration[];
}

/** What came of loading a program. */
export interface LoadedProgram {
  /** Null when it has an error. */
  readonly program: DevProgram | null;
  /** Absolute paths of the files, present or not, that it imports. */
  readonly files: readonly string[];
  /** What it was made of, for the next time. */
  readonly parses: Parses;
}

/** Which program, and where to show what is wrong with it. */
export interface ProgramRequest {
  readonly file: string;
  readonly env: string | undefined;
  /** Values that stand before those of `.dev.vars`. */
  readonly variables?: Variables["values"] | undefined;
  readonly cwd: string;
  readonly log: Logger;
}

function workersIn({ result, source }: Compiled, { env }: ProgramRequest): DevWorker[] {
  if (env !== undefined && source.deploy !== null && !result.environments.includes(env)) {
    const known = result.environments;
    const file = source.deploy.fileName;
    throw new ProblemError(problems.unknownEnvironment({ env, known, file }));
  }
  return result.workers.map((worker) => ({ worker, outline: outlineIn(worker, env) }));
}

/**
 * Reads and compiles a program and all beside it; diagnostics and missing secrets are shown.
 * @param earlier of the last call: only what was edited since is parsed again
 * @throws ProblemError when a file cannot be read or there is nothing to run
 */
export async function loadProgram(
  request: ProgramRequest,
  earlier: Parses = new Map(),
): Promise<LoadedProgram> {
  const { file, env, cwd, log } = request;
  const source = await readSource(file, cwd);
  const outDir = outputFolder(source, undefined, cwd);
  const made = await compileSource(source, { outDir, cwd, earlier, log });
  const { compiled, files, parses } = made;
  if (compiled === null) return { program: null, files, parses };
  const workers = workersIn(compiled, request);
  if (workers.length === 0) {
    throw new ProblemError(problems.noBlocks({ path: source.name, verb: "start" }));
  }
  const found = await readVariables(source, env, cwd);
  const variables = { ...found, values: { ...found.values, ...request.variables } };
  const outlines = workers.map(({ outline }) => outline);
  reportProblems(log, variableProblems(outlines, variables));
  const migrations = await made.migrations();
  return { program: { source, workers, variables, migrations }, files, parses };
}

/** True when running one program is running the other; a reload would only lose queued messages. */
export function isSameProgram(one: DevProgram, other: DevProgram): boolean {
  const essence = ({ workers, variables, migrations }: DevProgram) =>
    JSON.stringify([workers, variables.values, migrations]);
  return essence(one) === essence(other);
}
