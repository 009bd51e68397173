// Arguments with columns, `.name` → functions of a row, names of columns, totals of rows (spec 5.7,
// docs/language.md "Tables").
import type { ast } from "tova-parser";
import { evaluate } from "./expression";
import { type AnyNode, children } from "./inspect-tree";
import { callScope, define, find, type Scope } from "./scope";
import { runNow, Unknown } from "./steps";

/** Names that no program can have: the row, or the rows, that columns are looked up in. */
const rowName = ".row";
const rowsName = ".rows";

const set = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Functions that take a function of a row. */
const takers = set(
  "where filter map find any all count sorted flat_map sum_by min_by max_by partition derive sort_by find_index",
);
/** Functions that take a column by its name. */
const namers = set(
  "select sort_by group_by pivot unpivot explode drop_duplicates rename cast drop_nil fill_nil join table_group_by table_join",
);
/** Functions that make columns by name. */
const makers = set("derive select agg");
/** In a total: functions that take the rows and a function of one. */
const ofRows = set("count any all find filter map sum_by min_by max_by");
/** In a total: functions of all values. */
const ofValues = set("sum product avg min max first last unique sorted reversed join compact");

const isColumn = (node: AnyNode): node is ast.Member =>
  node.kind === "Member" && (node as ast.Member).object === null;

/** The parts of a pipe's right side that are not what `.name` at its start is a member of. */
function behindHead(node: AnyNode): AnyNode[] {
  if (isColumn(node)) return [];
  if (node.kind === "Call") {
    const { callee, args } = node as ast.Call;
    return [...behindHead(callee), ...args];
  }
  if (node.kind === "Member") return behindHead((node as ast.Member).object as ast.Expression);
  if (node.kind === "Propagate") return behindHead((node as ast.Propagate).operand);
  if (node.kind !== "Index" && node.kind !== "Slice") return [node];
  const [object, ...others] = children(node);
  return [...(object ? behindHead(object) : []), ...others];
}

/** Tells whether a call takes the columns of its arguments itself. */
type Takes = (node: ast.Call) => boolean;

/** Whether a call is one of a function of the program. */
const ownOf =
  (scope: Scope): Takes =>
  ({ callee }) =>
    callee.kind === "Identifier" &&
    (find(scope, callee.name, callee.from) !== null || !scope.world.library.has(callee.name));

/** Whether a call is known to take functions of a row, or columns by name. */
const knownOf =
  (scope: Scope): Takes =>
  (node) => {
    const called = calledName(node);
    const isNamed = takers.has(called) || namers.has(called) || /^agg$|^(agg|win)_/.test(called);
    return isNamed && !ownOf(scope)(node);
  };

const none: Takes = () => false;

/** Whether an argument is the list that a function goes over, where no pipe brings that. */
const isList = (call: ast.Call, node: AnyNode): boolean =>
  call.callee.kind === "Identifier" && call.args[0] === node && takers.has(call.callee.name);

/** Whether a column stands in a node, outside functions and the calls that take their own. */
function hasColumn(node: AnyNode, takes: Takes = none): boolean {
  const inside = (child: AnyNode) => hasColumn(child, takes);
  if (isColumn(node)) return true;
  if (node.kind === "Lambda" || node.kind === "Function") return false;
  if (node.kind === "Call" && takes(node as ast.Call)) {
    const { callee, args } = node as ast.Call;
    return (
      inside(callee) ||
      args.slice(0, 1).some((list) => isList(node as ast.Call, list) && inside(list))
    );
  }
  if (node.kind !== "Pipe") return children(node).some(inside);
  const { left, right } = node as ast.Pipe;
  if (right.kind === "Call" && takes(right)) return inside(left);
  return inside(left) || behindHead(right).some(inside);
}

/** What a call calls. */
function calledName({ callee }: ast.Call): string {
  if (callee.kind === "Identifier") return callee.name;
  return callee.kind === "Member" ? callee.property.name : "";
}

/** The name that `.name` or `-.name` is for functions that take columns by name; of a list, the names. */
function columnName(node: AnyNode): string | readonly string[] | null {
  if (node.kind === "Array") {
    const { elements } = node as ast.ArrayLiteral;
    const names = elements.map(columnName).filter((name) => typeof name === "string");
    return names.length > 0 && names.length === elements.length ? names : null;
  }
  if (isColumn(node)) return node.property.name;
  const { kind, operand } = node as ast.Unary;
  if (kind !== "Unary" || !isColumn(operand)) return null;
  return `-${operand.property.name}`;
}

const isBound = (scope: Scope, name: string): boolean => find(scope, name, 0) !== null;

/** Group and join are functions of lists too, which are told apart by what they are given. */
const forTables: Readonly<Record<string, string>> = {
  group_by: "table_group_by",
  join: "table_join",
};

/** `on: .id` and its like, also in an object. */
function isJoinOption(node: ast.Argument | ast.Property): boolean {
  if (node.kind === "Object")
    return node.properties.some((one) => one.kind === "Property" && isJoinOption(one));
  const name = node.kind === "Property" ? keyOf(node) : node.kind === "NamedArgument" && node.name;
  return typeof name === "string" && /^(on|left|right|how)$/.test(name);
}

/** The key of a property that is a name; null for any other. */
const keyOf = ({ key, computed }: ast.Property): string | null =>
  key.kind === "Name" && !computed ? key.name : null;

/** The name of the function of tables that a call means; null where it means what it says. */
export function tableFunction(scope: Scope, node: ast.Call): string | null {
  if (node.callee.kind !== "Identifier" || rowsIn(scope)) return null;
  const { name, from } = node.callee;
  const other = forTables[name];
  if (other === undefined || find(scope, name, from)) return null;
  if (name === "join") return node.args.some(isJoinOption) ? other : null;
  const values = node.args.map((arg) => (arg.kind === "NamedArgument" ? arg.value : arg));
  const isText = values.some(({ kind }) => kind === "String");
  return isText || values.some((value) => columnName(value) !== null) ? other : null;
}

/** What an argument with columns stands for; undefined where it is an ordinary expression. */
export function columnArgument(
  scope: Scope,
  call: ast.Call,
  node: ast.Expression,
  piped: boolean,
): { readonly value: unknown } | undefined {
  const [isKnown, isOwn] = [knownOf(scope), ownOf(scope)];
  const called = isOwn(call) ? "" : calledName(call);
  const isWhole = call.args.includes(node);
  if (node.kind === "Object" && isWhole && (makers.has(called) || /join$/.test(called))) {
    return { value: columnsOf(scope, call, node, piped) };
  }
  if (called === "agg" && (hasColumn(node) || countsRows(node))) {
    return { value: totalOf(scope, node) };
  }
  if (called === "print" || !hasColumn(node)) return undefined;
  const name = namers.has(called) ? columnName(node) : null;
  if (name !== null) return { value: name };
  // What is known to take functions goes before the program's own, and what is inside before both.
  if (!piped && isBound(scope, rowName) && isKnown(call) && isList(call, node)) return undefined;
  const isMine = isKnown(call)
    ? hasColumn(node, isKnown)
    : !isBound(scope, rowName) &&
      isOwn(call) &&
      hasColumn(node, (each) => isKnown(each) || isOwn(each));
  if (!isMine) return undefined;
  const value = rowFunction(scope, node);
  // `.address.city` is called as what it ends with.
  const isPath = called === "select" && node.kind === "Member" && isWhole;
  return { value: isPath ? { [node.property.name]: value } : value };
}

/** An object of columns, each as if it were a named argument. */
function columnsOf(
  scope: Scope,
  call: ast.Call,
  node: ast.ObjectLiteral,
  piped: boolean,
): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const one of node.properties) {
    const inner = one.kind === "Property" ? one.value : null;
    const column = inner && columnArgument(scope, call, inner, piped);
    const only: ast.ObjectLiteral = { ...node, properties: [one] };
    if (!column) Object.assign(made, runNow(evaluate(scope, only)));
    else if (one.kind === "Property") {
      const value: ast.Expression = { kind: "Nil", from: one.from, to: one.to };
      const empty = { ...only, properties: [{ ...one, value }] };
      for (const name of Object.keys(runNow(evaluate(scope, empty)) as object))
        made[name] = column.value;
    }
  }
  return made;
}

function rowFunction(outer: Scope, node: ast.Expression): (row: unknown) => unknown {
  const it = find(outer, "it", node.from);
  return (row) => {
    const scope = callScope(outer, false);
    define(scope, rowName, row, { from: -1 });
    if (!it || it.implicit) define(scope, "it", row, { from: -1, implicit: true });
    return runNow(evaluate(scope, node));
  };
}

/** `sum(.price) / count()` of the rows of a group. */
function totalOf(outer: Scope, node: ast.Expression): (rows: unknown) => unknown {
  return (rows) => {
    const scope = callScope(outer, false);
    define(scope, rowsName, rows, { from: -1 });
    return runNow(evaluate(scope, node));
  };
}

/** Whether a total is one by a `count()` alone. */
const countsRows = (node: AnyNode): boolean =>
  (node.kind === "Call" &&
    (node as ast.Call).args.length === 0 &&
    ofRows.has(calledName(node as ast.Call))) ||
  (node.kind !== "Lambda" && children(node).some(countsRows));

type Row = Readonly<Record<string, unknown>>;

const rowsIn = (scope: Scope): Row[] | null =>
  isBound(scope, rowName) ? null : ((find(scope, rowsName, 0)?.value as Row[] | undefined) ?? null);

/** What `.name` stands on: the row, or all rows of a total, whose values are a list. */
export function columnValue(scope: Scope, { property }: ast.Member): unknown {
  const rows = rowsIn(scope);
  if (rows) return rows.map((row) => row[property.name]);
  const row = find(scope, rowName, 0);
  if (!row) throw new Unknown("a member of nothing");
  if (row.value === null || row.value === undefined) throw new TypeError("no column of nil");
  return (row.value as Row)[property.name];
}

/** What a call gives; in a total, functions of the rows of a group are given these. */
export function totalValue(scope: Scope, node: ast.Call, value: unknown): unknown {
  const rows = rowsIn(scope);
  const isTotal = rows && /^agg_/.test(calledName(node)) && typeof value === "function";
  return isTotal ? value(rows) : value;
}

/** The arguments of a function of lists in a total; null where the call is an ordinary one. */
export function totalArguments(scope: Scope, node: ast.Call): readonly unknown[] | null {
  const rows = rowsIn(scope);
  if (!rows) return null;
  const isOwn = ownOf(scope)(node);
  const called = isOwn ? "" : calledName(node);
  if (!isOwn && !ofRows.has(called) && !ofValues.has(called)) return null;
  const [first, ...others] = node.args as readonly ast.Expression[];
  if (first === undefined) return isOwn ? null : [rows];
  if (!hasColumn(first)) return null;
  const each = rowFunction(scope, first);
  const rest = others.map((other) => runNow(evaluate(scope, other)));
  return ofRows.has(called) ? [rows, each, ...rest] : [rows.map(each), ...rest];
}
