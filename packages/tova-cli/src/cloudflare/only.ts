// A compiled program in, its workers for Cloudflare out, for the tools that are about those alone.
import type { Worker } from "tova-codegen";
import type { BlockChoice, Compiled } from "../compiled";
import { ProblemError, problems } from "../problems";

/** What to do on another platform, by the tool. */
const instead = {
  provision: "Queues of Lambda are made with the worker that reads them, by `tova deploy`.",
  migrate: "Apply migrations where the worker runs.",
  secrets: "Pass --secrets-file to `tova deploy`, or use the platform's own tool.",
  rollback: "Deploy the earlier commit again, or use the platform's own tool.",
} as const;

/**
 * The workers that a tool is about. Those of other platforms are left out, unless they were asked
 * for, or there are no others.
 * @param block as the user chose it
 * @throws ProblemError that names them
 */
export function cloudflareWorkers(
  { result: { workers } }: Compiled,
  tool: keyof typeof instead,
  block: BlockChoice,
): readonly Worker[] {
  const others = workers.filter(({ target }) => target !== "cloudflare");
  const own = workers.filter(({ target }) => target === "cloudflare");
  if (others.length > 0 && (block !== undefined || own.length === 0)) {
    throw new ProblemError(
      others.map(({ target, outline }) =>
        problems.onlyCloudflare({
          worker: outline.projectName,
          ...{ target, tool, instead: instead[tool] },
        }),
      ),
    );
  }
  return own;
}
