// A typed tree with column expressions (`.name`, spec 5.7) → one in which they are functions of a row.
import type { ast } from "tova-parser";
import { isImplicitFunction } from "../implicit";
import { library } from "../library";
import { byNames } from "./by-name";
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
import { definedNames } from "./defined";
import { mapParts } from "./map-tree";
import { aggregating, naming } from "./names";
import { pipedParts } from "./pipes";
import { expandTotal } from "./totals";

/**
 * What may stand before a column; a quick look that spares most files the search. It begins at the
 * dots, of which there are fewer than of what may stand before one.
 */
const mayHaveColumn =
  /\.(?<=(?:[([{,:;=<+*/%&^~!-]|[^|]>|[^|?]\||\b(?:and|or|not|in|if|match|await))\s*-?\.)[\p{L}_$]/u;

/** What takes a column as a text too, and then is another function, and what takes `count()`. */
const mayNameColumn = /\bgroup(?:_b|B)y\b|(?:\b|_)[aA]gg\b/;

/** A join of tables may name its columns by texts alone. */
const mayJoin = (source: string): boolean =>
  /\bjoin\b/.test(source) && /\b(?:on|left)\s*:/.test(source);

/** Rewrites the column expressions of a file; the file itself when it has none. */
export function expandColumns(file: ast.SourceFile, source: string): ast.SourceFile {
  const may = mayHaveColumn.test(source) || mayNameColumn.test(source) || mayJoin(source);
  if (!may) return file;
  const isDefined = definedNames(file);
  const isBuiltin = (name: string, at: number) => library.has(name) && !isDefined(name, at);
  const names = { isBuiltin, ...pipedParts(file) };
  return expand(names, byNames(names, file));
}

/** The columns in a node as functions. */
export function expand<T extends object>(names: Names, node: T): T {
  if (isCall(node)) return expandCall(names, node) as object as T;
  return mapParts(node, (part) => expand(names, part));
}

function expandCall(names: Names, node: ast.Call): ast.Call {
  const call = { ...node, callee: expand(names, node.callee) };
  const callee = nameOf(names, node.callee);
  const expandOne = aggregating.has(callee) ? expandTotal : expandArgument;
  const isNaming = aggregating.has(callee) || naming.has(callee);
  const expandValue = (value: ast.Expression) => expandOne(names, value, call) as ast.Expression;
  const args = node.args.map((arg) =>
    isNaming && arg.kind === "Object"
      ? expandValues(names, arg, expandValue)
      : expandOne(names, arg, call),
  );
  return { ...call, args };
}

/** An object of which each value is as an argument of its own. */
function expandValues(
  names: Names,
  node: ast.ObjectLiteral,
  expandValue: (value: ast.Expression) => ast.Expression,
): ast.ObjectLiteral {
  const properties = node.properties.map((one) => {
    if (one.kind === "Spread" || !one.value) return expand(names, one);
    return { ...one, value: expandValue(one.value) };
  });
  return { ...node, properties };
}

function expandArgument(names: Names, node: ast.Argument, call: ast.Call): ast.Argument {
  if (node.kind === "Spread") return expand(names, node);
  if (node.kind === "NamedArgument") {
    return { ...node, value: expandArgument(names, node.value, call) as ast.Expression };
  }
  if (!takesColumns(names, call, node, false)) return expand(names, node);
  const mixed = isImplicitFunction(call, node, names);
  return rowFunction(names, node, mixed ? "it" : freeName(node, "row"));
}

/** Whether a call makes a function of a row of its argument. */
function takesColumns(
  names: Names,
  call: ast.Call,
  value: ast.Expression,
  within: boolean,
): boolean {
  if (!hasColumn(value)) return false;
  const isFree = (node: object) => isColumn(node) && !names.heads.has(node);
  return isImplicitFunction(call, value, names, { within, marks: isFree });
}

/** `row => node`, every free column a member of the row. */
export function rowFunction(
  names: Names,
  node: ast.Expression,
  row = freeName(node, "row"),
): ast.Lambda {
  return lambda(onRow(names, node, row), row);
}

function onRow<T extends object>(names: Names, node: T, row: string): T {
  if (isColumn(node)) return { ...node, object: name(node, row) };
  if (isFunction(node)) return expand(names, node);
  if (isPipe(node)) return pipeOnRow(names, node, row) as object as T;
  if (!isCall(node)) return mapParts(node, (part) => onRow(names, part, row));
  const args = argumentsOnRow(names, node, row);
  return { ...node, callee: onRow(names, node.callee, row), args } as T;
}

/** Calls inside that are known to take functions take the columns of their arguments. */
const argumentsOnRow = (names: Names, call: ast.Call, row: string): ast.Argument[] =>
  call.args.map((arg) => {
    const value = arg.kind === "NamedArgument" ? arg.value : arg;
    const takes = value.kind !== "Spread" && takesColumns(names, call, value, true);
    return takes ? expandArgument(names, arg, call) : onRow(names, arg, row);
  });

const isPipe = (node: object): node is ast.Pipe => (node as ast.Pipe).kind === "Pipe";

/** The `.name` that begins the right side of a pipe is a member of the left one, not of the row. */
function pipeOnRow(names: Names, node: ast.Pipe, row: string): ast.Pipe {
  const left = onRow(names, node.left, row);
  const change = (part: ast.Expression): ast.Expression => {
    if (isColumn(part)) return part;
    if (part.kind === "Member" && part.object) return { ...part, object: change(part.object) };
    if (part.kind === "Propagate") return { ...part, operand: change(part.operand) };
    if (part.kind !== "Call") return onRow(names, part, row);
    return { ...part, callee: change(part.callee), args: argumentsOnRow(names, part, row) };
  };
  return { ...node, left, right: change(node.right) };
}
