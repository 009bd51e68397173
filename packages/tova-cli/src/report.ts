// Diagnostics and problems in, lines on a logger and an exit code out.
import { type Diagnostic, hasErrors, renderDiagnostic } from "tova-codegen";
import type { Logger } from "./logger";
import { type Problem, ProblemError, problems, renderProblem } from "./problems";

/** How a tool ended: 0 done, 1 something is wrong, 2 the command line is wrong. */
export type ExitCode = 0 | 1 | 2;

/**
 * Shows diagnostics, each with its source line.
 * @param sources text of every file that a diagnostic may name
 * @returns true when one of them is an error
 */
export function reportDiagnostics(
  log: Logger,
  diagnostics: readonly Diagnostic[],
  sources: Readonly<Record<string, string>>,
): boolean {
  for (const diagnostic of diagnostics) {
    const text = renderDiagnostic(diagnostic, sources, { color: log.color ?? false });
    if (diagnostic.severity === "error") log.error(text);
    else log.warn(text);
  }
  return hasErrors(diagnostics);
}

/** Shows problems in their order. */
export function reportProblems(log: Logger, shown: readonly Problem[]): void {
  for (const problem of shown) {
    const text = renderProblem(problem, log.color ?? false);
    if (problem.severity === "error") log.error(text);
    else log.warn(text);
  }
}

/** The problems behind an error; a fault of the tool itself is one problem without a stack. */
export function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof ProblemError) return error.problems;
  if (process.env.TOVA_DEBUG && error instanceof Error) {
    return [problems.internal({ reason: error.stack ?? error.message })];
  }
  const reason = error instanceof Error ? error.message : String(error);
  return [problems.internal({ reason: reason.split("\n", 1)[0] ?? "" })];
}

/** Runs a tool; whatever it throws is shown and becomes its exit code. */
export async function guarded<T>(
  log: Logger,
  run: () => Promise<T>,
  failed: (exitCode: 1 | 2) => T,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    reportProblems(log, problemsOf(error));
    return failed(error instanceof ProblemError ? error.exitCode : 1);
  }
}
