// `left |> right` → what the right side makes of the left one (spec 5.4).
import type { ast } from "tova-parser";
import type { Piped } from "./arguments";
import { apply, calledName, evaluateChain, startsWithMember } from "./call";
import { evaluate, propagate } from "./expression";
import { notePiped } from "./implicit";
import type { Scope } from "./scope";
import type { Steps } from "./steps";

/** The left side is evaluated first, and once. */
export function* evaluatePipe(scope: Scope, { left, right }: ast.Pipe): Steps {
  notePiped(right);
  return yield* pipeInto(scope, right, { value: yield* evaluate(scope, left) });
}

/** `?` and `await` apply to the result of the piped call. */
function* pipeInto(scope: Scope, right: ast.Expression, piped: Piped): Steps {
  if (right.kind === "Propagate") return propagate(yield* pipeInto(scope, right.operand, piped));
  if (right.kind === "Await") {
    return yield { kind: "await", value: yield* pipeInto(scope, right.argument, piped) };
  }
  if (right.kind === "Call" || startsWithMember(right)) {
    return yield* evaluateChain(scope, right, piped);
  }
  return apply(yield* calledName(scope, right), undefined, [piped.value]);
}
