// Calls of functions that take a column by its name → the same with texts for the columns (spec 5.7).
import type { ast } from "tova-parser";
import { hasColumn, isCall, isColumn, type Names, nameOf } from "./column";
import { mapParts } from "./map-tree";
import { byName, ofTables, selects } from "./names";

/** The texts for columns among the arguments of functions that take them by name. */
export function byNames<T extends object>(names: Names, node: T): T {
  const inside = mapParts(node, (part) => byNames(names, part));
  if (!isCall(inside)) return inside;
  const name = nameOf(names, inside.callee);
  const table = tableFunction(name, inside.args);
  if (!table && !byName.has(name)) return inside;
  const callee = table ? { ...inside.callee, name: table } : inside.callee;
  const inTextOf = selects.has(name) ? selected : columnName;
  return { ...inside, callee, args: inside.args.map(inTextOf) };
}

/** What `join` of tables is told by name; that of a list takes nothing so. */
const joinOptions: ReadonlySet<string> = new Set(["on", "left", "right", "how"]);

/**
 * `group_by(.dept)`, `group_by(rows, "dept")` and `join(other, on: .id)` are of tables;
 * `join(.names, ", ")` is of a list.
 */
function tableFunction(name: string, args: readonly ast.Argument[]): string | undefined {
  if (!Object.hasOwn(ofTables, name)) return undefined;
  if (name !== "join") return args.some(isByName) || isText(args) ? ofTables[name] : undefined;
  return args.some(isJoinOption) ? ofTables[name] : undefined;
}

/** `on: .id`, also `{ on: "id" }`. */
function isJoinOption(node: ast.Argument): boolean {
  if (node.kind === "NamedArgument") return joinOptions.has(node.name);
  if (node.kind !== "Object") return false;
  return node.properties.some(
    (one) => one.kind === "Property" && one.key.kind === "Name" && joinOptions.has(one.key.name),
  );
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

/** An argument of `select`: `.address.city` is a new column `city`. */
function selected(node: ast.Argument): ast.Argument {
  if (node.kind !== "Member" || isColumn(node) || !hasColumn(node)) return columnName(node);
  const { from, to } = node;
  return { kind: "NamedArgument", from, to, name: node.property.name, value: node };
}

/** An argument with texts for its columns. */
function columnName(node: ast.Argument): ast.Argument {
  switch (node.kind) {
    case "Spread":
      return node;
    case "NamedArgument":
      return { ...node, value: inText(node.value) };
    case "Object":
      return { ...node, properties: node.properties.map(propertyInText) };
    default:
      return inText(node);
  }
}

const propertyInText = (node: ast.Property | ast.Spread): ast.Property | ast.Spread =>
  node.kind === "Spread" || !node.value ? node : { ...node, value: inText(node.value) };

/** The text for `.name` and `-.name`, also in a list. */
function inText(node: ast.Expression): ast.Expression {
  const { from, to } = node;
  const text = (name: string): ast.StringLiteral => ({ kind: "String", from, to, parts: [name] });
  if (node.kind === "Array") return { ...node, elements: node.elements.map(elementInText) };
  if (isColumn(node)) return text(node.property.name);
  return isNegated(node) ? text(`-${(node.operand as ast.Member).property.name}`) : node;
}

const elementInText = <T extends ast.Expression | ast.Spread>(node: T): T | ast.Expression =>
  node.kind === "Spread" ? node : inText(node);
