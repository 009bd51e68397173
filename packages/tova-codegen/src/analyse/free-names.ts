// Code with its names resolved → which of some names in it the program does not define.
import type { ast } from "tova-parser";
import { eachChild, type Node } from "./children";
import type { Resolution } from "./resolve";

interface Search {
  readonly resolution: Resolution;
  readonly names: ReadonlySet<string>;
  readonly found: Map<string, ast.Identifier>;
}

/** By name, where it is used first. */
export function freeNames(
  nodes: readonly Node[],
  names: readonly string[],
  resolution: Resolution,
): ReadonlyMap<string, ast.Identifier> {
  const free = new Set(names.filter((name) => resolution.free.has(name)));
  const search: Search = { resolution, names: free, found: new Map() };
  if (free.size > 0) for (const node of nodes) visit(node, search);
  return search.found;
}

function visit(node: Node, search: Search): void {
  const { resolution, names, found } = search;
  if (node.kind === "Identifier" && names.has(node.name) && !found.has(node.name)) {
    if (!resolution.variables.has(node)) found.set(node.name, node);
  }
  eachChild(node, visit, search);
}
