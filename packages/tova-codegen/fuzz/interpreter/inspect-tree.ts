// Questions about a node of the typed tree that need all of its descendants.
import type { ast } from "tova-parser";

/** Any node of the typed tree. */
export interface AnyNode {
  readonly kind: string;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "kind" in value;
}

/** The nodes right below a node, in order, found by looking at its properties. */
export function children(node: object): AnyNode[] {
  const found: AnyNode[] = [];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (isNode(value)) found.push(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(look);
  };
  Object.values(node).forEach(look);
  return found;
}

const functions = new Set(["Lambda", "Function", "Method"]);

/** Whether the code of a function, outside the functions in it, has such a node. */
function holds(node: AnyNode, test: (node: AnyNode) => boolean): boolean {
  return children(node).some(
    (child) => test(child) || (!functions.has(child.kind) && holds(child, test)),
  );
}

const awaits = (node: AnyNode): boolean =>
  node.kind === "Await" || (node.kind === "For" && (node as ast.For).async);

const facts = new WeakMap<AnyNode, { readonly awaits: boolean; readonly yields: boolean }>();

/** Whether a function awaits or yields in its own code (spec 4, 4.1). */
export function factsOf(node: AnyNode): { readonly awaits: boolean; readonly yields: boolean } {
  let known = facts.get(node);
  if (!known) {
    known = {
      awaits: awaits(node) || holds(node, awaits),
      yields: holds(node, ({ kind }) => kind === "Yield"),
    };
    facts.set(node, known);
  }
  return known;
}
