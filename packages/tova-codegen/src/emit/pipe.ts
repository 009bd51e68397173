// `l |> r` → calls (spec 5.4).
import type { ast } from "tova-parser";
import { emitCallOn } from "./call";
import { type Context, spill } from "./context";
import { emitExpression, emitOperand } from "./expression";
import { hoists, isStable, placeholders } from "./hoisting";
import type { Code } from "./writer";

/** A pipe: the left side is evaluated once, before anything on the right. */
export function emitPipe(cx: Context, node: ast.Pipe): Code {
  const { left, right } = node;
  const many = right.kind === "Call" && placeholders(right) > 1;
  const early = (many && !isStable(cx, left)) || hoists(cx, right);
  const value = emitPiped(cx, left, early);
  if (right.kind === "Call") return emitPipedCall(cx, right, value);
  if (right.kind === "Member" && !right.object)
    return [value, right.optional ? "?." : ".", right.property.name];
  return [emitOperand(cx, right), "(", value, ")"];
}

function emitPiped(cx: Context, left: ast.Expression, early: boolean): Code {
  if (early) return spill(cx, emitExpression(cx, left));
  return emitOperand(cx, left);
}

function emitPipedCall(cx: Context, call: ast.Call, value: Code): Code {
  const { callee } = call;
  if (callee.kind === "Member" && !callee.object) {
    return emitCallOn(cx, call, { receiver: value, first: null, placeholder: value });
  }
  const first = placeholders(call) > 0 ? null : value;
  return emitCallOn(cx, call, { receiver: null, first, placeholder: value });
}
