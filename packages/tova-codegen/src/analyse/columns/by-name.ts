// Calls of functions that take a column by its name → the same with texts for the columns (spec 5.7).
import type { ast } from "tova-parser";
import { hasColumn, isCall, isColumn, type Names, nameOf } from "./column";
import { mapParts } from "./map-tree";
import { byName, ofTables } from "./names";

/** The texts for columns among the arguments of functions that take them by name. */
export function byNames<T extends object>(names: Names, node: T): T {
  const inside = mapParts(node, (part) => byNames(names, part));
  if (!isCall(inside)) return inside;
  const name = nameOf(names, inside.callee);
  const table = tableFunction(name, inside.args);
  if (!table && !byName.has(name)) return inside;
  const callee = table ? { ...inside.callee, name: table } : inside.callee;
  return { ...inside, callee, args: inside.args.map(columnName) };
}

/**
 * `group_by(.dept)`, `group_by(rows, "dept")` and `join(other, on: .id)` are of tables;
 * `join(.names, ", ")` is of a list.
 */
function tableFunction(name: string, args: readonly ast.Argument[]): string | undefined {
  if (!Object.hasOwn(ofTables, name)) return undefined;
  if (name !== "join") return args.some(isByName) || isText(args) ? ofTables[name] : undefined;
  const keys = args.filter(({ kind }) => kind === "NamedArgument");
  return keys.some(isByName) ? ofTables[name] : undefined;
}

/** Whether the last argument is a column's name as a text. */
function isText(args: readonly ast.Argument[]): boolean {
  const last = args.at(-1);
  return last?.kind === "String" && last.parts.every((part) => typeof part === "string");
}

const isNegated = (node: ast.Argument): node is ast.Unary =>
  node.kind === "Unary" && node.operator === "-" && isColumn(node.operand);

function isByName(node: ast.Argument): boolean {
  if (node.kind === "NamedArgument") return isByName(node.value);
  if (node.kind === "Array") return node.elements.every(isByName);
  return isColumn(node) || isNegated(node);
}

/** The text for `.name` and `-.name`, also in a list; `.address.city` is a new column `city`. */
function columnName<T extends ast.Argument>(node: T): T | ast.Argument {
  const { from, to } = node;
  const text = (name: string): ast.StringLiteral => ({ kind: "String", from, to, parts: [name] });
  if (node.kind === "NamedArgument") return { ...node, value: columnName(node.value) } as T;
  if (node.kind === "Array") return { ...node, elements: node.elements.map(columnName) } as T;
  if (isColumn(node)) return text(node.property.name);
  if (isNegated(node)) return text(`-${(node.operand as ast.Member).property.name}`);
  if (node.kind !== "Member" || !hasColumn(node)) return node;
  return { kind: "NamedArgument", from, to, name: node.property.name, value: node };
}
