// The shared code that the workers of blocks need → findings on bindings of other blocks in it.
import { type Finding, Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { EdgeBlock, Program } from "../model/program";
import { declared, namesOfBlocks } from "./checks/declarations";
import { isGivenName } from "./checks/names";
import { freeNames } from "./free-names";
import type { ResolvedUnit } from "./unit";

interface Unit extends Pick<ResolvedUnit, "statements" | "resolution"> {
  readonly block: EdgeBlock;
}

/**
 * Shared code may use bindings, env variables and secrets (spec 11.7). In the worker of a block that
 * does not declare them they have no value.
 */
export function checkMissingNames(program: Program, units: readonly Unit[]): readonly Finding[] {
  const findings = new Findings();
  if (program.blocks.length < 2) return findings.list;
  const shared = new Set(program.shared);
  const ofBlocks = namesOfBlocks(program);
  for (const { block, statements, resolution } of units) {
    // The library and the host have names of their own.
    const names = [...resolution.free].filter((name) => ofBlocks.has(name) && !isGivenName(name));
    if (names.length === 0) continue;
    // What a type can do need not be done here.
    const needed = statements.filter((one) => shared.has(one) && declared(one).kind !== "Impl");
    for (const [name, node] of freeNames(needed, names, resolution)) {
      findings.report(node, codes.missingInBlock({ name, block: block.name }));
    }
  }
  return findings.list;
}
