// A program on disk in, its compiled workers out; diagnostics are shown on the way.
import { type CompileResult, compile, type Worker } from "tova-codegen";
import type { Logger } from "./logger";
import { ProblemError, problems } from "./problems";
import { reportDiagnostics } from "./report";
import { compileOptions, diagnosedTexts, type Source } from "./source";

/** A program and what the compiler made of it. */
export interface Compiled {
  readonly source: Source;
  readonly result: CompileResult;
}

/** What the command line may ask for. */
export interface CompileRequest {
  /** Absolute; the config files refer to their surroundings from here. */
  readonly outDir: string;
  /** Only this block; null or `"default"` for the unnamed one, absent for all. */
  readonly block?: string | null | undefined;
  readonly log: Logger;
}

const quoted = (name: string | null): string => (name === null ? "default" : `"${name}"`);

/**
 * The workers of a block. Unnamed blocks form the block `default` (spec section 10), unless one
 * bears that name.
 */
function workersOf({ source, result }: Compiled, block: string | null): readonly Worker[] {
  const names = result.workers.map(({ name }) => name);
  const wanted = block === "default" && !names.includes(block) ? null : block;
  if (names.includes(wanted)) return result.workers.filter(({ name }) => name === wanted);
  throw new ProblemError(
    problems.unknownBlock({ block: quoted(block), path: source.name, blocks: names.map(quoted) }),
  );
}

/**
 * Compiles a program and shows its diagnostics.
 * @returns null when one of them is an error
 * @throws ProblemError when the block does not exist in a program that can be read
 */
export function compileSource(source: Source, request: CompileRequest): Compiled | null {
  const result = compile(source.text, compileOptions(source, request.outDir));
  if (reportDiagnostics(request.log, result.diagnostics, diagnosedTexts(source))) return null;
  const compiled = { source, result };
  if (request.block === undefined) return compiled;
  return { source, result: { ...result, workers: workersOf(compiled, request.block) } };
}

/** The outline of a worker in an environment of the deploy file; absent means the plain one. */
export function outlineIn(worker: Worker, env: string | undefined) {
  return (env === undefined ? undefined : worker.environments[env]) ?? worker.outline;
}
