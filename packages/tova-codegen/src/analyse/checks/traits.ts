// `impl` and `derive` held against the traits they name (W300-W303).
import type { ast } from "tova-parser";
import { nearest } from "../../diagnostics/nearest";
import { codes } from "../../diagnostics/registry";
import { takesSelf } from "../resolve-types";
import type { Checks, Facts } from "./facts";

/** What `derive` can make (spec 6). */
const derivable = ["Eq", "Show", "JSON"];

const plain = (type: ast.TypeExpression): string => type.text.replace(/\s/g, "");

/** How many parameters a method is asked to have; a signature may leave out `self` (spec 6). */
function wantedCount(wanted: ast.Method, found: ast.Method): number {
  const leftOut = wanted.body === null && !takesSelf(wanted) && takesSelf(found);
  return wanted.params.length + (leftOut ? 1 : 0);
}

function checkMethod(facts: Facts, wanted: ast.Method, found: ast.Method): void {
  const { name } = found.name;
  const counts = { wanted: wantedCount(wanted, found), found: found.params.length };
  if (counts.wanted !== counts.found) {
    facts.findings.report(found.name, codes.traitArity({ name, ...counts }));
  }
  const [expected, actual] = [wanted.returns, found.returns];
  if (!expected || !actual || plain(expected) === plain(actual)) return;
  // A trait's own type and type parameters stand for whatever implements it.
  if (/\b(Self|[A-Z])\b/.test(expected.text)) return;
  const types = { wanted: expected.text, found: actual.text };
  facts.findings.report(actual, codes.traitReturn({ name, ...types }));
}

/** The later of two methods of one name replaces the earlier. */
function checkTwice(facts: Facts, node: ast.Impl): void {
  const seen = new Set<string>();
  for (const { name } of node.methods) {
    const sentence = { name: name.name, type: node.type.name };
    if (seen.has(name.name) || facts.repeated.has(name))
      facts.findings.report(name, codes.methodTwice(sentence));
    seen.add(name.name);
  }
}

export const traitChecks: Checks = {
  Impl(facts, node) {
    checkTwice(facts, node);
    const trait = node.trait && facts.traits.get(node.trait.name);
    if (!node.trait || !trait) return;
    const methods = new Map(node.methods.map((method) => [method.name.name, method]));
    const missing = trait.methods
      .filter(({ name, body }) => body === null && !methods.has(name.name))
      .map(({ name }) => name.name);
    if (missing.length > 0) {
      const sentence = { trait: trait.name.name, type: node.type.name, missing };
      facts.findings.report(node.trait, codes.traitMethod(sentence));
    }
    for (const wanted of trait.methods) {
      const found = methods.get(wanted.name.name);
      if (found) checkMethod(facts, wanted, found);
    }
  },
  TypeDeclaration(facts, node) {
    for (const derive of node.derives) {
      const { name } = derive;
      if (derivable.includes(name) || facts.traits.has(name) || facts.imports) continue;
      facts.findings.report(derive, codes.unknownDerive({ name, meant: nearest(name, derivable) }));
    }
  },
};
