// Declarations that mean nothing where they stand: exports in blocks, `impl` of what does not exist.
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import type { Checks, Facts } from "./facts";
import { guess, isGivenType } from "./names";

/** Traits that the language itself knows (spec 6). */
const ownTraits = new Set(["Eq", "Show", "JSON"]);

function checkTrait(facts: Facts, { name, from, to }: ast.Name): void {
  if (facts.traits.has(name) || ownTraits.has(name) || facts.resolution.variables.size === 0)
    return;
  if (facts.names().has(name)) return;
  const meant = guess(facts, "trait", name);
  facts.findings.report({ from, to }, codes.unknownTrait({ name, meant }));
}

export const placementChecks: Checks = {
  /** Those at the top of a file never get here. */
  Export(facts, node) {
    const word = facts.source.startsWith("pub", node.from) ? "pub" : "export";
    const range = { from: node.from, to: node.from + word.length };
    facts.findings.report(range, codes.exportInBlock({}));
  },
  Impl(facts, node) {
    if (facts.imports) return;
    if (node.trait) checkTrait(facts, node.trait);
    const { name, from, to } = node.type;
    if (facts.resolution.variables.has(node.type) || isGivenType(name)) return;
    const meant = guess(facts, "type", name);
    facts.findings.report({ from, to }, codes.implOfUnknown({ name, meant }));
  },
};
