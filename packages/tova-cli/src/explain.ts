// A diagnostic code in, the page about it out.
import { nearest } from "tova-codegen";
import { consoleLogger, type Logger } from "./logger";
import { ProblemError, problems } from "./problems";
import { type ExitCode, guarded } from "./report";

/** What `explain` may be told. */
export interface ExplainOptions {
  /** In any letter case. */
  readonly code: string;
  /** @default stdout and stderr */
  readonly log?: Logger | undefined;
}

/** Shows the page of a code; exit code 1 when there is none. Never throws. */
export async function explain(options: ExplainOptions): Promise<{ readonly exitCode: ExitCode }> {
  const { code, log = consoleLogger } = options;
  return guarded<{ exitCode: ExitCode }>(
    log,
    async () => {
      // Only this command needs the pages.
      const { pages } = await import("./generated/pages");
      const page = Object.hasOwn(pages, code.toUpperCase()) ? pages[code.toUpperCase()] : undefined;
      if (page === undefined) {
        const meant = nearest(code, Object.keys(pages));
        throw new ProblemError(problems.unknownCode({ code, meant }));
      }
      log.info(page.trimEnd());
      return { exitCode: 0 };
    },
    (exitCode) => ({ exitCode }),
  );
}
