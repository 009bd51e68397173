// `l |> r` → the call or member it means, with `l` evaluated once and first (spec 5.4).
import type { ast } from "tova-parser";
import { fillPlaceholders, isPlaceholder } from "../analyse/placeholder";
import { applied, base, isLink, type Link, operandsOf, rebuild } from "./chain";
import { type Context, given, spill, temporary } from "./context";
import { emitExpression } from "./expression";
import { hoists, isStable } from "./hoisting";
import type { Code } from "./writer";

/** A pipe: the left side takes its place on the right, which is then emitted as if written so. */
export function emitPipe(cx: Context, node: ast.Pipe): Code {
  const { left, right } = node;
  // What stands around the piped call applies to its result.
  if (right.kind === "Propagate") {
    return emitExpression(cx, { ...right, operand: { ...node, right: right.operand } });
  }
  if (right.kind === "Await") {
    return emitExpression(cx, { ...right, argument: { ...node, right: right.argument } });
  }
  if (!needsName(cx, left, right)) return emitExpression(cx, piped(right, left));
  const value = emitExpression(cx, left);
  if (hoists(cx, right)) {
    return emitExpression(cx, piped(right, given(cx, spill(cx, value), left)));
  }
  const name = temporary(cx);
  return [
    "(",
    name,
    " = ",
    value,
    ", ",
    emitExpression(cx, piped(right, given(cx, name, left))),
    ")",
  ];
}

/** The link of `.m(…)` whose object the left side is; null for anything else. */
function dotted(node: ast.Expression): Link | null {
  let at = node;
  while (isLink(at)) {
    const inner = base(at);
    if (!inner) return at;
    at = inner;
  }
  return null;
}

/** The right side with the left one in its place. */
function piped(right: ast.Expression, left: ast.Expression): ast.Expression {
  const { from, to } = right;
  const dot = dotted(right);
  if (dot && isLink(right)) {
    return filled(
      rebuild(right, dot, (link) => applied(link, left)),
      left,
    );
  }
  if (right.kind === "Call") {
    if (right.args.some(isPlaceholder)) return filled(right, left);
    return { ...right, args: [left, ...right.args] };
  }
  return { kind: "Call", from, to, callee: right, args: [left], optional: false };
}

/** Puts the left side where a call has `_`. */
function filled(node: ast.Expression, left: ast.Expression): ast.Expression {
  if (node.kind !== "Call" || !node.args.some(isPlaceholder)) return node;
  return { ...node, args: fillPlaceholders(node.args, left) };
}

/** True when the left side must have a value of its own before the right side begins. */
function needsName(cx: Context, left: ast.Expression, right: ast.Expression): boolean {
  const places = right.kind === "Call" ? right.args.filter(isPlaceholder).length : 0;
  // Written twice, a function or regex would be two.
  const isMade = left.kind === "Lambda" || left.kind === "RegExp";
  if (isStable(cx, left) && !(isMade && places > 1)) return false;
  if (dotted(right)) return places > 0;
  if (places > 1) return true;
  return evaluatedBefore(right).some((node) => !isPath(cx, node));
}

/** What a call evaluates before the argument that the left side becomes. */
function evaluatedBefore(right: ast.Expression): readonly (ast.Expression | ast.Spread)[] {
  if (right.kind !== "Call") return [right];
  const place = right.args.findIndex(isPlaceholder);
  return [right.callee, ...operandsOf(right).slice(0, Math.max(place, 0))];
}

/** True for what may be looked up after the left side: names and members of names. */
function isPath(cx: Context, node: ast.Expression | ast.Spread): boolean {
  if (node.kind === "Member") return node.object !== null && isPath(cx, node.object);
  return isStable(cx, node);
}
