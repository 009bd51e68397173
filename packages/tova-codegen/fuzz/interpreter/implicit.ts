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

/** What the right sides of pipes begin with: such a function has its list from the left. */
const piped = new WeakSet<object>();

/** Notes the right side of a pipe that is looked into. */
export function notePiped(right: ast.Expression): void {
  const [first] = children(right);
  if (isPipedPart(right) && first) notePiped(first as ast.Expression);
  else piped.add(right);
}

/** True for what is made of what a pipe leads to: the result of a call, a member of it. */
const isPipedPart = ({ kind }: ast.Expression): boolean =>
  /^(Member|Index|Slice|Call|Propagate|Await)$/.test(kind);

/** What a call does with an `it` in its argument; one of lists begins with the list. */
function claimOf({ call: { callee, args }, arg }: Place, isLibrary: IsLibrary): Claim {
  if (callee.kind === "Member") return takers.has(callee.property.name) ? "known" : "unknown";
  if (callee.kind !== "Identifier") return "unknown";
  const isList = arg === args[0] && callee.name !== "compare_by" && !piped.has(callee);
  if (takers.has(callee.name) && !isList) return "known";
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
  if (node.kind === "Pipe") notePiped((node as ast.Pipe).right);
  if (node.kind !== "Call") {
    return children(node).flatMap((child) => placesOfIt(child, around, isLibrary));
  }
  const call = node as ast.Call;
  const inside = (arg: ast.Argument) => {
    const takes = arg.kind !== "Identifier" && takesIt({ call, arg }, isLibrary);
    return takes ? [...around, { call, arg }] : around;
  };
  return [
    ...placesOfIt(call.callee, around, isLibrary),
    ...call.args.flatMap((arg) => placesOfIt(arg, inside(arg), isLibrary)),
  ];
}

/** The argument that becomes a function of an `it`: that of the innermost call known to take one. */
function taker(places: readonly Place[], isLibrary: IsLibrary): Place | undefined {
  const claim = (kind: Claim) => places.findLast((place) => claimOf(place, isLibrary) === kind);
  return claim("known") ?? claim("unknown");
}

/** Whether a node has an `it` that no call inside it takes. */
function usesIt(node: AnyNode, isLibrary: IsLibrary): boolean {
  return placesOfIt(node, [], isLibrary).some((places) => !taker(places, isLibrary));
}

/** A method of a value that has an `it` itself takes none, unless it is known to take functions. */
function takesIt(place: Place, isLibrary: IsLibrary): boolean {
  return claimOf(place, isLibrary) === "known" || !usesIt(place.call.callee, isLibrary);
}

/** What is decided of arguments: together with the outermost one that an `it` stands in. */
const decided = new WeakMap<ast.Argument, boolean>();

/** True when the argument becomes `it => argument`. */
export function isImplicit(call: ast.Call, arg: ast.Argument, isLibrary: IsLibrary): boolean {
  if (arg.kind === "Identifier" || arg.kind === "Spread") return false;
  const known = decided.get(arg);
  if (known !== undefined) return known;
  decided.set(arg, false);
  if (!takesIt({ call, arg }, isLibrary)) return false;
  const found = placesOfIt(arg, [{ call, arg }], isLibrary);
  for (const place of found.flat()) decided.set(place.arg, false);
  for (const places of found) {
    const taken = taker(places, isLibrary);
    if (taken) decided.set(taken.arg, true);
  }
  return decided.get(arg) === true;
}
