// A node of the typed tree → whether columns stand in it, and nodes that are put in their place.
import type { ast } from "tova-parser";
import type { Calls } from "../implicit";
import { walk } from "./map-tree";
import type { PipedParts } from "./pipes";

/** What the names of functions mean in the file. */
export interface Names extends Calls, PipedParts {
  /** True for a name of the library that the file does not define at that place. */
  readonly isBuiltin: Calls["isBuiltin"];
  readonly piped: PipedParts["piped"];
}

/** The name of a builtin that is called; empty for anything else. */
export const nameOf = ({ isBuiltin }: Names, callee: ast.Expression): string =>
  callee.kind === "Identifier" && isBuiltin(callee.name, callee.from) ? callee.name : "";

export const isCall = (node: object): node is ast.Call => (node as ast.Call).kind === "Call";

/** `.name` alone; not the start of a pipe's right side. */
export const isColumn = (node: object): node is ast.Member & { readonly object: null } =>
  (node as ast.Member).kind === "Member" && (node as ast.Member).object === null;

export const isFunction = (node: object): boolean =>
  /^(Lambda|Function)$/.test((node as ast.Lambda).kind);

/** Whether a free column stands in a node, outside the functions in it. */
export function hasColumn(node: object): boolean {
  if (isColumn(node)) return true;
  const { kind, left, right } = node as ast.Pipe;
  if (kind === "Pipe") return hasColumn(left) || inPipe(right, hasColumn);
  if (isFunction(node)) return false;
  return Object.values(node).some(
    (part) => typeof part === "object" && part !== null && hasColumn(part),
  );
}

/** Whether a test holds for the right side of a pipe without the `.name` that it may start with. */
function inPipe(right: ast.Expression, test: (node: object) => boolean): boolean {
  if (isColumn(right)) return false;
  switch (right.kind) {
    case "Member":
      return right.object !== null && inPipe(right.object, test);
    case "Call":
      return inPipe(right.callee, test) || right.args.some(test);
    case "Index":
      return inPipe(right.object, test) || test(right.index);
    case "Propagate":
      return inPipe(right.operand, test);
    default:
      return test(right);
  }
}

export function name(at: ast.Expression, text: string): ast.Identifier {
  return { kind: "Identifier", from: at.from, to: at.to, name: text };
}

/** A name that the node does not mention. */
export function freeName(node: object, wanted: string): string {
  const used = new Set<string>();
  for (const part of walk(node)) {
    if (part.kind === "Identifier" || part.kind === "Name") used.add((part as ast.Identifier).name);
  }
  let free = wanted;
  while (used.has(free)) free += "_";
  return free;
}

export function lambda(body: ast.Expression, parameter: string): ast.Lambda {
  const { from, to } = body;
  const target: ast.Name = { kind: "Name", from, to: from, name: parameter };
  const common = {
    kind: "Parameter",
    from,
    to: from,
    rest: false,
    fallback: null,
    type: null,
  } as const;
  return { kind: "Lambda", from, to, params: [{ ...common, target }], body, async: false };
}
