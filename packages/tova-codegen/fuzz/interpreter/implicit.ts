// Arguments with a free `it` → whether they become functions (spec 4).
import type { ast } from "tova-parser";
import { type AnyNode, children } from "./inspect-tree";

const takers = new Set(
  "map filter reduce find find_index any all flat_map sorted partition group_by count some every forEach flatMap andThen then min_by max_by sum_by".split(
    " ",
  ),
);

/** Tells whether a name is a function of the library here. */
type IsLibrary = (name: string) => boolean;

type Claim = "known" | "unknown" | "none";

function claimOf(call: ast.Call, isLibrary: IsLibrary): Claim {
  const { callee } = call;
  if (callee.kind === "Member") return takers.has(callee.property.name) ? "known" : "unknown";
  if (callee.kind !== "Identifier") return "unknown";
  if (takers.has(callee.name)) return "known";
  return isLibrary(callee.name) ? "none" : "unknown";
}

/** The calls around each free `it` of a node, outermost first, through whose arguments it is seen. */
function callsAroundIt(
  node: AnyNode,
  around: readonly ast.Call[],
  isLibrary: IsLibrary,
): (readonly ast.Call[])[] {
  if (node.kind === "Lambda" || node.kind === "Function") return [];
  if (node.kind === "Identifier") return (node as ast.Identifier).name === "it" ? [around] : [];
  if (node.kind !== "Call") {
    return children(node).flatMap((child) => callsAroundIt(child, around, isLibrary));
  }
  const call = node as ast.Call;
  const takes = !usesIt(call.callee, isLibrary);
  return [
    ...callsAroundIt(call.callee, around, isLibrary),
    ...call.args.flatMap((arg) =>
      callsAroundIt(
        arg,
        takes && arg.kind !== "Identifier" ? [...around, call] : around,
        isLibrary,
      ),
    ),
  ];
}

/** The call whose argument becomes a function of an `it`: the innermost known to take one. */
function taker(calls: readonly ast.Call[], isLibrary: IsLibrary): ast.Call | undefined {
  const claim = (kind: Claim) => calls.findLast((call) => claimOf(call, isLibrary) === kind);
  return claim("known") ?? claim("unknown");
}

/** Whether a node has an `it` that no call inside it takes. */
function usesIt(node: AnyNode, isLibrary: IsLibrary): boolean {
  return callsAroundIt(node, [], isLibrary).some((calls) => !taker(calls, isLibrary));
}

/** True when the argument becomes `it => argument`. */
export function isImplicit(call: ast.Call, arg: ast.Argument, isLibrary: IsLibrary): boolean {
  if (arg.kind === "Identifier" || arg.kind === "Spread") return false;
  if (usesIt(call.callee, isLibrary)) return false;
  return callsAroundIt(arg, [call], isLibrary).some((calls) => taker(calls, isLibrary) === call);
}
