// Nodes behind a value, `a.b`, `f(x)`, `a[i]`, `a[i:j]`, to the typed tree.
import type { Argument, Expression, Member, Name, Slice } from "../ast";
import { type NodeReader, trimmed } from "./cursor";
import { isExpression, missing, readExpression, readParts, readSpread } from "./expression";

/** Reads a `MemberExpression` or `ImplicitMember`. */
export function readMember(r: NodeReader): Expression {
  const { from, to } = r;
  let object: Expression | null = null;
  let property: Name = { kind: "Name", from: to, to, name: "" };
  let index: Expression | null = null;
  let optional = false;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "OptionalDot") optional = true;
    else if (type === "PropertyName") property = r.name();
    else if (type === "TupleIndex") index = readExpression(r);
    else if (isExpression(type)) object = readExpression(r);
  }
  if (index && object) return { kind: "Index", from, to, object, index, optional };
  const member: Member = { kind: "Member", from, to, object, property, optional };
  return member;
}

/** Reads a `CallExpression`. */
export function readCall(r: NodeReader): Expression {
  const { from, to } = r;
  let callee: Expression = missing(from);
  let args: Argument[] = [];
  let optional = false;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "OptionalDot") optional = true;
    else if (type === "ArgList") args = readArguments(r);
    else callee = readExpression(r);
  }
  return { kind: "Call", from, to, callee, args, optional };
}

function readArguments(r: NodeReader): Argument[] {
  const args: Argument[] = [];
  for (let type = r.first(); type; type = r.next()) readArgument(r, type, args);
  return trimmed(args);
}

function readArgument(r: NodeReader, type: string, args: Argument[]): void {
  if (type === "SpreadElement") args.push(readSpread(r));
  else if (isExpression(type)) args.push(readExpression(r));
  else if (type === "NamedArgument") {
    const { from, to } = r;
    let name = "";
    let value: Expression = missing(to);
    for (let child = r.first(); child; child = r.next()) {
      if (child === "ArgumentName") name = r.text;
      else if (child === "ImplicitMember" && name === "") name = columnName(r);
      else if (isExpression(child)) value = readExpression(r);
    }
    args.push({ kind: "NamedArgument", from, to, name, value });
  }
}

/** The name in `.name = value`, which a table function takes as `name: value` (spec 5.7). */
function columnName(r: NodeReader): string {
  let name = "";
  for (let type = r.first(); type; type = r.next()) {
    if (type === "PropertyName") name = r.text;
  }
  return name;
}

/** Reads an `IndexExpression`. */
export function readIndex(r: NodeReader): Expression {
  const { from, to } = r;
  let optional = false;
  const parts: Expression[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "OptionalDot") optional = true;
    else if (isExpression(type)) parts.push(readExpression(r));
  }
  const [object, index] = parts;
  return {
    kind: "Index",
    from,
    to,
    object: object ?? missing(from),
    index: index ?? missing(to),
    optional,
  };
}

/** Reads a `SliceExpression`. */
export function readSlice(r: NodeReader): Slice {
  const { from, to } = r;
  let object: Expression = missing(from);
  const bounds: (Expression | null)[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "SliceBound") bounds.push(readParts(r)[0] ?? null);
    else if (isExpression(type)) object = readExpression(r);
  }
  const [start = null, end = null, step = null] = bounds;
  return { kind: "Slice", from, to, object, start, end, step };
}
