// A route's handler → the parameters of the path that it reads, where it needs no object of them.
import type { ast, SourceRange } from "tova-parser";
import { eachChild, type Node } from "./children";
import type { Answering } from "./handler-function";
import type { Resolution } from "./resolve";
import type { Variable } from "./scope";

interface Reads {
  readonly resolution: Resolution;
  readonly params: Variable;
  readonly names: Map<string, SourceRange>;
  count: number;
}

/** What a handler does with its second parameter. */
export interface ParamsUse {
  /** The parameter, or the pattern that takes it apart. */
  readonly parameter: Variable | ast.ObjectPattern;
  /** Names of the members that it reads, and where first; it does nothing else. */
  readonly names: ReadonlyMap<string, SourceRange>;
}

/** Null for a handler that takes no parameters of the path, or needs the object itself. */
export function paramsUse(handler: Answering, resolution: Resolution): ParamsUse | null {
  if (handler.kind !== "Lambda" && handler.kind !== "Function") return null;
  if (handler.params.some(({ rest }) => rest)) return null;
  const parameter = handler.params[1];
  if (!parameter || parameter.fallback) return null;
  if (parameter.target.kind === "ObjectPattern") return patternUse(parameter.target);
  if (parameter.target.kind !== "Name") return null;
  const params = resolution.variables.get(parameter.target);
  if (!params || params.writes > 0) return null;
  const reads: Reads = { resolution, params, names: new Map(), count: 0 };
  visit(handler.body, reads);
  // Uses that are no plain reads of a member are not counted.
  return reads.count === params.reads ? { parameter: params, names: reads.names } : null;
}

/** `{ id, name: other }`, each once and without defaults. */
function patternUse(pattern: ast.ObjectPattern): ParamsUse | null {
  const { entries } = pattern;
  const names = new Map<string, SourceRange>();
  for (const { key, binding } of entries) if (key !== null) names.set(key, binding);
  if (names.size < entries.length || entries.some(({ fallback }) => fallback)) return null;
  return { parameter: pattern, names };
}

function visit(node: Node, reads: Reads): void {
  // Most handlers take the members that they need at their start.
  if (reads.count === reads.params.reads) return;
  if (node.kind === "Assignment" && node.targets.some((target) => isRead(target, reads))) return;
  if (node.kind === "CompoundAssignment" && isRead(node.target, reads)) return;
  if (node.kind === "Call" && isRead(node.callee, reads)) return;
  if (isRead(node, reads)) {
    const { property } = node;
    if (!reads.names.has(property.name)) reads.names.set(property.name, property);
    reads.count++;
  } else eachChild(node, visit, reads);
}

/** `params.name` */
function isRead(node: { kind: string }, { resolution, params }: Reads): node is ast.Member {
  const { kind, object, optional } = node as ast.Member;
  if (kind !== "Member" || object?.kind !== "Identifier" || optional) return false;
  return resolution.variables.get(object) === params;
}
