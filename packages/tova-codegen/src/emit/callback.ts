// A function of the library as the argument of one that passes places too, as `map` does → a function
// that is called with the values alone: `map(lists, join)` joins each list by nothing (spec 14).
import type { ast } from "tova-parser";
import { library } from "../analyse/library";
import { arities, type HelperName } from "../generated/runtime";
import { namespaceMember } from "./call";
import { type Context, helper } from "./context";
import type { Code } from "./writer";

/** Functions of lists and methods of JavaScript, by how many values they pass before the place. */
const passing: ReadonlyMap<string, number> = new Map([
  ...[
    "map filter find find_index findIndex any all flat_map flatMap count partition group_by groupBy",
    "map_values mapValues sorted min_by minBy max_by maxBy sum_by sumBy",
    "some every forEach findLast findLastIndex",
  ].flatMap((names) => names.split(" ").map((name) => [name, 1] as const)),
  ["reduce", 2],
  ["reduceRight", 2],
]);

/** The code of an argument that must not be given places; null for any other argument. */
export function callback(cx: Context, call: ast.Call, node: ast.Expression): Code | null {
  const passed = passing.get(calledName(cx, call.callee));
  const used = passed === undefined ? null : libraryFunction(cx, node);
  const arity = used ? arities[used] : undefined;
  if (!used || !passed || !arity) return null;
  const [least, most] = arity;
  if (least > passed || (most !== null && most <= passed)) return null;
  const values = passed === 1 ? "$0" : "$0, $1";
  return [`(${values}) => `, helper(cx, used), `(${values})`];
}

/** The name of the library's function or of the method that is called; empty for any other. */
function calledName(cx: Context, callee: ast.Expression): string {
  if (callee.kind === "Member") return callee.property.name;
  const isOwn = cx.unit.resolution.variables.has(callee);
  return callee.kind === "Identifier" && !isOwn ? callee.name : "";
}

function libraryFunction(cx: Context, node: ast.Expression): HelperName | null {
  if (node.kind === "Member") {
    return node.object && namespaceMember(cx, node.object, node.property.name);
  }
  if (node.kind !== "Identifier" || cx.unit.resolution.variables.has(node)) return null;
  return cx.unit.given.has(node) ? null : (library.get(node.name) ?? null);
}
