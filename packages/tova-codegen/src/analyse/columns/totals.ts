// Arguments of `agg` → functions of the rows of a group: `sum(.price) / count()` (spec 14: tables).
import type { ast } from "tova-parser";
import {
  freeName,
  hasColumn,
  isCall,
  isColumn,
  isFunction,
  lambda,
  type Names,
  name,
  nameOf,
} from "./column";
import { expand, rowFunction } from "./expand";
import { mapParts, walk } from "./map-tree";
import { ofRows, ofValues } from "./names";

/** An argument of `agg`: a function of the rows of a group. */
export function expandTotal(names: Names, node: ast.Argument): ast.Argument {
  if (node.kind === "Spread") return expand(names, node);
  if (node.kind === "NamedArgument") {
    return { ...node, value: expandTotal(names, node.value) as ast.Expression };
  }
  if (isFunction(node) || !isTotal(names, node)) return expand(names, node);
  const rows = freeName(node, "rows");
  return lambda(ofGroup(names, node, rows), rows);
}

const isKnownTotal = (name: string): boolean => ofValues.has(name) || ofRows.has(name);

/** `count()` means the rows themselves. */
const isWhole = (names: Names, node: object): boolean =>
  isCall(node) && node.args.length === 0 && isKnownTotal(nameOf(names, node.callee));

function isTotal(names: Names, node: object): boolean {
  return hasColumn(node) || [...walk(node)].some((part) => isWhole(names, part));
}

function ofGroup<T extends object>(names: Names, node: T, rows: string): T {
  if (isColumn(node)) return valuesOf(names, node, rows) as object as T;
  if (isFunction(node)) return expand(names, node);
  if (isCall(node)) return totalOf(names, node, rows) as object as T;
  return mapParts(node, (part) => ofGroup(names, part, rows));
}

/** `rows.map(row => node)`. */
function valuesOf(names: Names, node: ast.Expression, rows: string): ast.Call {
  const { from, to } = node;
  const property: ast.Name = { kind: "Name", from, to: from, name: "map" };
  const callee: ast.Member = {
    kind: "Member",
    from,
    to,
    object: name(node, rows),
    property,
    optional: false,
  };
  return { kind: "Call", from, to, callee, args: [rowFunction(names, node)], optional: false };
}

function totalOf(names: Names, node: ast.Call, rows: string): ast.Call {
  const called = nameOf(names, node.callee);
  const [first, ...rest] = node.args;
  if (/^agg(_|(?=[A-Z]))/.test(called)) {
    const { from, to } = node;
    return {
      kind: "Call",
      from,
      to,
      callee: expand(names, node),
      args: [name(node, rows)],
      optional: false,
    };
  }
  const inner = mapParts(node, (part) => ofGroup(names, part, rows));
  if (first === undefined)
    return isKnownTotal(called) ? { ...node, args: [name(node, rows)] } : inner;
  if (first.kind === "Spread" || first.kind === "NamedArgument" || !hasColumn(first)) return inner;
  // The innermost total takes the columns.
  const isUnknown =
    node.callee.kind === "Identifier" && !names.isBuiltin(node.callee.name, node.callee.from);
  const takes = isKnownTotal(called) || isUnknown;
  const holdsTotal = [...walk(first)].some(
    (part) => isCall(part) && hasColumn(part.args) && isKnownTotal(nameOf(names, part.callee)),
  );
  if (!takes || holdsTotal) return inner;
  const others = rest.map((arg) => ofGroup(names, arg, rows));
  if (!ofRows.has(called)) return { ...node, args: [valuesOf(names, first, rows), ...others] };
  return { ...node, args: [name(node, rows), rowFunction(names, first), ...others] };
}
