// The ends of handlers → the values that a final `try` or `with` drops, as neither gives one (spec 4).
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import type { Answering } from "../handler-function";
import { type Facts, isGlobal, variableOf } from "./facts";
import { endsOf } from "./flow";

/** The blocks of a `try` or `with` that a body ends with. */
function finalBlocks(block: ast.Block): readonly (readonly [word: string, block: ast.Block])[] {
  const last = block.body.at(-1);
  if (last?.kind === "With") return [["with", last.body]];
  if (last?.kind === "Try") {
    return [last.body, ...(last.handler ? [last.handler] : [])].map((one) => ["try", one] as const);
  }
  if (last?.kind !== "ExpressionStatement") return [];
  const { expression } = last;
  if (expression.kind === "If" && expression.otherwise) {
    const blocks = [...expression.branches.map(({ body }) => body), expression.otherwise];
    return blocks.flatMap(finalBlocks);
  }
  if (expression.kind !== "Match") return [];
  return expression.arms.flatMap(({ body }) => (body.kind === "Block" ? finalBlocks(body) : []));
}

/** Whether nobody would write an expression for what it does, but for its value. */
function isValue(facts: Facts, node: ast.Expression): boolean {
  switch (node.kind) {
    case "Object":
    case "Array":
    case "String":
    case "Number":
    case "Boolean":
    case "Identifier":
      return true;
    case "Await":
      return isValue(facts, node.argument);
    case "Call": {
      const { callee } = node;
      if (callee.kind === "Identifier") {
        const kind = variableOf(facts, callee)?.kind;
        if (kind === "record" || kind === "variant") return true;
        // The one function that is handed to any of them is the `next` of a middleware.
        const isNext = kind === "parameter";
        return isNext || ["Ok", "Err", "Some"].some((name) => isGlobal(facts, callee, name));
      }
      const { object } = callee.kind === "Member" ? callee : { object: null };
      return object !== null && isGlobal(facts, object, "Response");
    }
    default:
      return false;
  }
}

/** Reports what the end of a handler drops; what a middleware lacks there. */
export function checkEnds(facts: Facts, handlers: readonly Answering[]): void {
  for (const handler of handlers) {
    const body = facts.functionOf(handler)?.body;
    if (body?.kind !== "Block") continue;
    const lost = lostIn(facts, body);
    for (const { word, value } of lost) facts.findings.report(value, codes.lostValue({ word }));
    // Of handlers one without a value may be meant: it is `null`.
    if (handler.kind !== "Function" || lost.length > 0 || !endsOf(body).empty) continue;
    facts.findings.report(handler.name, codes.noResponse({ name: handler.name.name }));
  }
}

function lostIn(facts: Facts, body: ast.Block) {
  return finalBlocks(body).flatMap(([word, block]) =>
    endsOf(block)
      .values.filter((value) => isValue(facts, value))
      .map((value) => ({ word, value })),
  );
}
