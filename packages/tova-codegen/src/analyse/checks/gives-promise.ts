// Calls of what the program does not define itself → whether they certainly give a promise: functions
// of the library, `fetch`, methods of stores and queues, and what reads the body of a request.
import type { ast } from "tova-parser";
import { type HelperName, results } from "../../generated/runtime";
import { library, libraryNamespaces } from "../library";
import { type Facts, variableOf } from "./facts";

/** Of all kinds of bindings; the names mean the same wherever a kind has them. */
const ofBindings = new Set(
  "get getWithMetadata put delete list head send sendBatch batch exec".split(" "),
);
/** What reads a body, of the request that a handler gets. */
const ofRequests = new Set("arrayBuffer blob bytes formData json text".split(" "));
const ofStatements = new Set(["first", "run", "all", "raw"]);

/** `DB` of `DB.prepare(…).bind(…)`; null for anything else. */
function statementOf(node: ast.Expression | null): ast.Expression | null {
  if (node?.kind !== "Call" || node.callee.kind !== "Member") return null;
  const { object, property } = node.callee;
  if (property.name === "prepare") return object;
  return property.name === "bind" ? statementOf(object) : null;
}

const isBinding = (facts: Facts, node: ast.Expression | null): boolean =>
  node?.kind === "Identifier" && variableOf(facts, node)?.kind === "binding";

function isRequest(facts: Facts, node: ast.Expression | null): boolean {
  const variable = node?.kind === "Identifier" ? variableOf(facts, node) : undefined;
  return variable !== undefined && variable.writes === 0 && facts.requests.has(variable);
}

function isWaitedFor(helper: HelperName | undefined): boolean {
  return helper !== undefined && results[helper] === "promise";
}

/** Whether calling a name or member gives a promise, as far as the program has no name of its own there. */
export function givesPromise(facts: Facts, callee: ast.Expression): boolean {
  if (callee.kind === "Identifier") {
    if (variableOf(facts, callee)) return false;
    return callee.name === "fetch" || isWaitedFor(library.get(callee.name));
  }
  if (callee.kind !== "Member" || callee.optional) return false;
  const { object, property } = callee;
  if (isRequest(facts, object)) return ofRequests.has(property.name);
  if (isBinding(facts, object)) return ofBindings.has(property.name);
  if (ofStatements.has(property.name)) return isBinding(facts, statementOf(object));
  if (object?.kind !== "Identifier" || variableOf(facts, object)) return false;
  return isWaitedFor(libraryNamespaces.get(object.name)?.get(property.name));
}
