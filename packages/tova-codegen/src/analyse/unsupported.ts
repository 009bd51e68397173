// A construct outside this toolchain → the one diagnostic that says so (spec 10, E302).
import type { ast } from "tova-parser";
import type { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";

/** Programs of their own, which leave the workers of the file whole when they are left out. */
const blocks = new Set("server browser client data cli deploy theme auth test bench".split(" "));

/** Reports `node` at its first line; an error where other code may rest on what it defines. */
export function reportUnsupported(node: ast.Unsupported, findings: Findings): void {
  const { construct, from } = node;
  const range = { from, to: from + construct.length };
  if (blocks.has(construct)) findings.report(range, codes.unsupportedBlock({ construct }));
  else findings.report(range, codes.unsupportedStatement({ construct }));
}
