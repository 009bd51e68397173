// The shared code that a block's worker needs → findings on bindings of other blocks in it.
import type { ast } from "tova-parser";
import { type Finding, Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { EdgeBlock, Program } from "../model/program";
import { declared, namesOfBlocks } from "./checks/declarations";
import { isGivenName } from "./checks/names";
import { freeNames } from "./free-names";
import type { Resolution } from "./resolve";

/**
 * Shared code may use bindings, env variables and secrets (spec 11.7). In the worker of a block that
 * does not declare them they have no value.
 * @param statements the module-level statements that the worker needs
 */
export function checkMissingNames(
  program: Program,
  block: EdgeBlock,
  statements: readonly ast.Statement[],
  resolution: Resolution,
): readonly Finding[] {
  const findings = new Findings();
  if (program.blocks.length < 2) return findings.list;
  const shared = new Set(program.shared);
  // What a type can do need not be done here, and the library and the host have names of their own.
  const needed = statements.filter((one) => shared.has(one) && declared(one).kind !== "Impl");
  const names = [...namesOfBlocks(program)].filter((name) => !isGivenName(name));
  for (const [name, node] of freeNames(needed, names, resolution)) {
    findings.report(node, codes.missingInBlock({ name, block: block.name }));
  }
  return findings.list;
}
