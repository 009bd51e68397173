// A `.tova` file in, its diagnostics out: for people, or as JSON for editors and CI.
import { renderSummary } from "tova-codegen";
import { diagnoseSource } from "./compiled";
import { consoleLogger, type Logger } from "./logger";
import { ProblemError } from "./problems";
import { type ExitCode, guarded, problemsOf, reportDiagnostics } from "./report";
import { outputFolder, readSource } from "./source";

/** What `check` may be told. */
export interface CheckOptions {
  /** The `.tova` file, relative to `cwd`. */
  readonly file: string;
  /** @default "pretty" */
  readonly format?: "pretty" | "json" | undefined;
  /** @default the process's working directory */
  readonly cwd?: string | undefined;
  /** @default stdout and stderr */
  readonly log?: Logger | undefined;
}

async function diagnose(file: string, cwd: string) {
  const source = await readSource(file, cwd);
  const outDir = outputFolder(source, undefined, cwd);
  return diagnoseSource(source, { outDir, cwd });
}

async function checkAsJson(file: string, cwd: string, log: Logger): Promise<ExitCode> {
  const found = await diagnose(file, cwd).catch((error: unknown) => {
    const list = problemsOf(error).map((problem) => ({ ...problem, fileName: file }));
    return { diagnostics: list, exitCode: error instanceof ProblemError ? error.exitCode : 1 };
  });
  const { diagnostics } = found;
  log.info(JSON.stringify({ diagnostics }, null, 2));
  if ("exitCode" in found) return found.exitCode as ExitCode;
  return diagnostics.some(({ severity }) => severity === "error") ? 1 : 0;
}

async function checkForPeople(file: string, cwd: string, log: Logger): Promise<ExitCode> {
  const { diagnostics, texts } = await diagnose(file, cwd);
  const failed = reportDiagnostics(log, diagnostics, texts);
  log.info(`${file}: ${renderSummary(diagnostics)}`);
  return failed ? 1 : 0;
}

/** Compiles a program without writing anything; exit code 1 when it has an error. Never throws. */
export async function check(options: CheckOptions): Promise<{ readonly exitCode: ExitCode }> {
  const { file, format = "pretty", cwd = process.cwd(), log = consoleLogger } = options;
  const run = format === "json" ? checkAsJson : checkForPeople;
  return guarded<{ exitCode: ExitCode }>(
    log,
    async () => ({ exitCode: await run(file, cwd, log) }),
    (exitCode) => ({ exitCode }),
  );
}
