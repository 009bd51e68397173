// Calls of functions that go over a list → lists and functions in each other's place (E105).
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import type { HelperName } from "../../generated/runtime";
import { library } from "../library";
import { literalOf } from "../literal";
import { type Checks, type Facts, variableOf } from "./facts";
import { describe, infer } from "./infer";

/** Functions of a list and of a function that is called with its values. */
const overLists = new Set<HelperName | undefined>([
  ...(["map", "filter", "reduce", "find", "any", "all"] as const),
  ...(["flatMap", "findIndex", "partition"] as const),
]);

/** What can be written only as data: no expression of `it`, no column. */
function isData(node: ast.Expression): boolean {
  if (node.kind === "Array") return node.elements.length === 0;
  if (node.kind === "Object") return node.properties.length === 0;
  return literalOf(node) !== null;
}

function checkPlaces(facts: Facts, node: ast.Call): void {
  const { callee, args } = node;
  if (callee.kind !== "Identifier" || variableOf(facts, callee)) return;
  if (!overLists.has(library.get(callee.name))) return;
  const { name } = callee;
  const given = facts.piped.has(node) ? [null, ...args] : args;
  const [list, change, start] = given;
  if (list?.kind === "Lambda") {
    facts.findings.report(list, codes.listFirst({ name }));
  } else if (change && change.kind !== "Spread" && change.kind !== "NamedArgument") {
    const known = isData(change) ? infer(facts, change) : null;
    if (known === null) return;
    const isSwapped = start?.kind === "Lambda";
    facts.findings.report(change, codes.functionHere({ name, found: describe(known), isSwapped }));
  }
}

export const listFunctionChecks: Checks = { Call: checkPlaces };
