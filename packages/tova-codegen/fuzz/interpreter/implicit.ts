// Arguments with a free `it` → whether they become functions (spec 4).
import type { ast } from "tova-parser";
import { type AnyNode, children } from "./inspect-tree";

const takers = new Set(
  "map filter reduce find find_index any all flat_map sorted partition group_by count some every forEach flatMap andThen then min_by max_by sum_by compare_by map_values where derive sort_by".split(
    " ",
  ),
);

/** Tells whether a name is a function of the library here. */
type IsLibrary = (name: string) => boolean;

/** An argument that an `it` stands in, and its call. */
interface Place {
  readonly call: ast.Call;
  readonly arg: ast.Argument;
}

type Claim = "known" | "unknown" | "none";

function claimOf({ callee }: ast.Call, isLibrary: IsLibrary): Claim {
  if (callee.kind === "Member") return takers.has(callee.property.name) ? "known" : "unknown";
  if (callee.kind !== "Identifier") return "unknown";
  if (takers.has(callee.name)) return "known";
  return isLibrary(callee.name) ? "none" : "unknown";
}

/** For each free `it` of a node the arguments it stands in, outermost first. */
function placesOfIt(
  node: AnyNode,
  around: readonly Place[],
  isLibrary: IsLibrary,
): (readonly Place[])[] {
  if (node.kind === "Lambda" || node.kind === "Function") return [];
  if (node.kind === "Identifier") return (node as ast.Identifier).name === "it" ? [around] : [];
  if (node.kind !== "Call") {
    return children(node).flatMap((child) => placesOfIt(child, around, isLibrary));
  }
  const call = node as ast.Call;
  const takes = takesIt(call, isLibrary);
  const inside = (arg: ast.Argument) =>
    takes && arg.kind !== "Identifier" ? [...around, { call, arg }] : around;
  return [
    ...placesOfIt(call.callee, around, isLibrary),
    ...call.args.flatMap((arg) => placesOfIt(arg, inside(arg), isLibrary)),
  ];
}

/** The argument that becomes a function of an `it`: that of the innermost call known to take one. */
function taker(places: readonly Place[], isLibrary: IsLibrary): Place | undefined {
  const claim = (kind: Claim) => places.findLast(({ call }) => claimOf(call, isLibrary) === kind);
  return claim("known") ?? claim("unknown");
}

/** Whether a node has an `it` that no call inside it takes. */
function usesIt(node: AnyNode, isLibrary: IsLibrary): boolean {
  return placesOfIt(node, [], isLibrary).some((places) => !taker(places, isLibrary));
}

/** A method of a value that has an `it` itself takes none, unless it is known to take functions. */
function takesIt(call: ast.Call, isLibrary: IsLibrary): boolean {
  return claimOf(call, isLibrary) === "known" || !usesIt(call.callee, isLibrary);
}

/** What is decided of arguments: together with the outermost one that an `it` stands in. */
const decided = new WeakMap<ast.Argument, boolean>();

/** True when the argument becomes `it => argument`. */
export function isImplicit(call: ast.Call, arg: ast.Argument, isLibrary: IsLibrary): boolean {
  if (arg.kind === "Identifier" || arg.kind === "Spread") return false;
  const known = decided.get(arg);
  if (known !== undefined) return known;
  decided.set(arg, false);
  if (!takesIt(call, isLibrary)) return false;
  const found = placesOfIt(arg, [{ call, arg }], isLibrary);
  for (const place of found.flat()) decided.set(place.arg, false);
  for (const places of found) {
    const taken = taker(places, isLibrary);
    if (taken) decided.set(taken.arg, true);
  }
  return decided.get(arg) === true;
}
