// Operands that are evaluated in order, some of which need statements → their codes (spec 2).
import type { ast } from "tova-parser";
import { type Context, spill } from "./context";
import { emitExpression, emitOperand } from "./expression";
import { hoists, isStable } from "./hoisting";
import type { Code } from "./writer";

/** One of several values that are evaluated in order. */
export interface Operand {
  /** What it is spread into. */
  readonly spread: "list" | "object" | null;
  readonly hoists: boolean;
  /** True when evaluating it later than written cannot be noticed. */
  readonly stable: boolean;
  readonly emit: () => Code;
}

/** An expression, or what `...` spreads, as an operand. */
export function operand(
  cx: Context,
  node: ast.Expression | ast.Spread,
  emit: (node: ast.Expression) => Code = (each) => emitExpression(cx, each),
): Operand {
  const spread = node.kind === "Spread";
  return {
    spread: spread ? "list" : null,
    hoists: hoists(cx, node),
    stable: isStable(cx, node),
    emit: () => (spread ? emitOperand(cx, node.argument) : emit(node)),
  };
}

/** Before an operand that needs statements, the earlier ones are evaluated into constants. */
export function inOrder(cx: Context, operands: readonly Operand[]): Code[] {
  const last = operands.findLastIndex((each) => each.hoists);
  return operands.map(({ spread, stable, emit }, i) => {
    const early = i < last && !stable;
    if (!spread) return early ? spill(cx, emit()) : emit();
    const copy = (value: Code): Code =>
      spread === "list" ? ["[...", value, "]"] : ["{ ...", value, " }"];
    return ["...", early ? spill(cx, copy(emit())) : emit()];
  });
}

/** Whether values can be written one behind the other as they are. */
export function isPlain(cx: Context, nodes: readonly (ast.Expression | ast.Spread)[]): boolean {
  for (const node of nodes) if (node.kind === "Spread" || hoists(cx, node)) return false;
  return true;
}

/** {@link inOrder} of expressions. */
export function emitInOrder(
  cx: Context,
  nodes: readonly (ast.Expression | ast.Spread)[],
  emit: (cx: Context, node: ast.Expression) => Code = emitExpression,
): Code[] {
  if (isPlain(cx, nodes)) return nodes.map((node) => emit(cx, node as ast.Expression));
  return inOrder(
    cx,
    nodes.map((node) => operand(cx, node, (each) => emit(cx, each))),
  );
}
