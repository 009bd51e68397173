// A construct outside this toolchain → the one diagnostic that says so (spec 10, E302).
import type { ast } from "tova-parser";
import type { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";

/** Programs of their own, which leave the rest of the file whole when they are left out. */
const blocks = new Set("server browser client data cli deploy theme auth test bench".split(" "));

/** Statements that a program outside workers may have; running them there throws. */
const concurrency = new Set(["concurrent", "select"]);

/** Whether `node` is a program of its own, and not a statement of the one around it. */
export const isOwnProgram = ({ construct }: ast.Unsupported): boolean => blocks.has(construct);

const keyword = ({ construct, from }: ast.Unsupported) => ({ from, to: from + construct.length });

/** Reports a program of its own. */
export function reportBlock(node: ast.Unsupported, findings: Findings): void {
  findings.report(keyword(node), codes.unsupportedBlock(node));
}

/**
 * Reports a statement: an error, as other code may rest on what it does.
 * @param inWorker false for a file without edge blocks
 */
export function reportStatement(
  node: ast.Unsupported,
  inWorker: boolean,
  findings: Findings,
): void {
  const isConcurrency = concurrency.has(node.construct);
  if (isConcurrency && !inWorker) findings.report(keyword(node), codes.unsupportedHere(node));
  else if (isConcurrency) findings.report(keyword(node), codes.notCompiled(node));
  else findings.report(keyword(node), codes.unsupportedStatement(node));
}
