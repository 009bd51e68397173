// A `.tova` file in, its diagnostics out: for people, editors, GitHub or code scanning.
import { hasErrors, renderSummary } from "tova-codegen";
import { diagnoseSource } from "./compiled";
import type { Found } from "./formats/found";
import { formatGitHub } from "./formats/github";
import { formatSarif } from "./formats/sarif";
import { consoleLogger, type Logger } from "./logger";
import type { ProgramOptions } from "./options";
import { ProblemError, problems } from "./problems";
import { type ExitCode, problemsOf, reportDiagnostics, reportProblems } from "./report";
import { outputFolder, readSource } from "./source";

/** How a check is shown. */
export const checkFormats = ["pretty", "json", "github", "sarif"] as const;
export type CheckFormat = (typeof checkFormats)[number];

/** What `check` may be told. */
export interface CheckOptions extends ProgramOptions {
  /** @default "pretty" */
  readonly format?: CheckFormat | undefined;
  /** Whether unknown names and mismatched types are errors. @default false */
  readonly strict?: boolean | undefined;
  /** The most warnings that are no failure. @default any number */
  readonly maxWarnings?: number | undefined;
  /** Of this package, for SARIF. @default "unknown" */
  readonly version?: string | undefined;
}

async function diagnose(file: string, cwd: string, strict: boolean): Promise<Found> {
  try {
    const source = await readSource(file, cwd);
    const outDir = outputFolder(source, undefined, cwd);
    const { diagnostics, texts } = await diagnoseSource(source, { outDir, cwd, strict });
    const exitCode = hasErrors(diagnostics) ? 1 : 0;
    return { file, diagnostics, problems: [], texts, exitCode };
  } catch (error) {
    const exitCode = error instanceof ProblemError ? error.exitCode : 1;
    return { file, diagnostics: [], problems: problemsOf(error), texts: {}, exitCode };
  }
}

function showToPeople({ file, diagnostics, problems, texts }: Found, log: Logger): void {
  reportProblems(log, problems);
  if (problems.length > 0) return;
  reportDiagnostics(log, diagnostics, texts);
  log.info(`${file}: ${renderSummary(diagnostics)}`);
}

function asJson({ file, diagnostics, problems }: Found): string {
  const list = [...problems.map((problem) => ({ ...problem, fileName: file })), ...diagnostics];
  return JSON.stringify({ diagnostics: list }, null, 2);
}

/**
 * Compiles a program without writing anything; exit code 1 when it has an error, or more warnings than
 * are allowed. Never throws.
 */
export async function check(options: CheckOptions): Promise<{ readonly exitCode: ExitCode }> {
  const { file, format = "pretty", cwd = process.cwd(), log = consoleLogger } = options;
  const { strict = false, maxWarnings = Number.POSITIVE_INFINITY } = options;
  const found = await diagnose(file, cwd, strict);
  switch (format) {
    case "pretty":
      showToPeople(found, log);
      break;
    case "json":
      log.info(asJson(found));
      break;
    case "github": {
      const commands = formatGitHub(found);
      if (commands !== "") log.info(commands);
      break;
    }
    case "sarif":
      log.info(formatSarif(found, options.version ?? "unknown"));
  }
  const warnings = found.diagnostics.filter(({ severity }) => severity === "warning").length;
  if (found.exitCode !== 0 || warnings <= maxWarnings) return { exitCode: found.exitCode };
  reportProblems(log, [problems.tooManyWarnings({ path: file, warnings, most: maxWarnings })]);
  return { exitCode: 1 };
}
