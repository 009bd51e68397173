// `[e for x in xs if c]` and `{ k: v for … }` → a loop that fills a constant (spec 5.5).
import type { ast } from "tova-parser";
import { type Context, enterBlock, spill } from "./context";
import { emitExpression } from "./expression";
import { emitForOf, insideLoop } from "./loop";
import { emitInOrder } from "./order";
import { braces, type Code } from "./writer";

/** Emits the loop before the expression; the value is the filled array or object. */
export function emitComprehension(cx: Context, node: ast.Comprehension): Code {
  const inside = enterBlock(cx);
  const { binding, iterable, key } = node;
  // `for a, b in pairs` of an object takes the two parts of each pair (spec 5.5).
  const iteration = { binding, iterable, async: false, ofPairs: key !== null };
  const head = emitForOf(cx, inside, iteration);
  const result = spill(cx, node.key ? "{}" : "[]");
  // `break` and `continue` mean the program's own loop around the comprehension.
  const label = insideLoop(cx, { name: null, label: null, own: false }, () => {
    if (node.condition) {
      inside.out.push(["if (!(", emitExpression(inside, node.condition), ")) continue;"]);
    }
    if (node.key) {
      const [key = "", value = ""] = emitInOrder(inside, [node.key, node.value]);
      inside.out.push([result, "[", key, "] = ", value, ";"]);
    } else inside.out.push([result, ".push(", emitExpression(inside, node.value), ");"]);
  });
  cx.out.push([label, head, braces(inside.out)]);
  return result;
}
