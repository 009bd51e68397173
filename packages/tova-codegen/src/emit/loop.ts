// `for`, `while` and `loop` → JavaScript loops (spec 8).
import type { ast } from "tova-parser";
import { type Context, discard, enterBlock, freshName, helper, spill } from "./context";
import { emitExpression } from "./expression";
import { emitTarget } from "./function";
import { hoists } from "./hoisting";
import { emitBlockTo, emitStatements } from "./statement";
import { braces, type Code } from "./writer";

const labelled = (label: string | null): Code => (label === null ? "" : `${label}: `);

/** `while test { }` and `loop { }`. */
export function emitWhile(cx: Context, node: ast.While): void {
  const head: Code = [node.from, labelled(node.label)];
  if (!node.test || hoists(cx, node.test)) {
    const inside = enterBlock(cx);
    if (node.test) inside.out.push(["if (!(", emitExpression(inside, node.test), ")) break;"]);
    emitStatements(inside, node.body.body);
    cx.out.push([head, "while (true) ", braces(inside.out)]);
    return;
  }
  const test = emitExpression(cx, node.test);
  cx.out.push([head, "while (", test, ") ", emitBlockTo(cx, node.body, discard)]);
}

/** `for x in xs when c { } else { }`. */
export function emitFor(cx: Context, node: ast.For): void {
  const empty = node.otherwise ? freshName(cx) : null;
  if (empty) cx.out.push(["let ", empty, " = true;"]);
  const inside = enterBlock(cx);
  if (empty) inside.out.push([empty, " = false;"]);
  const head = emitHead(cx, inside, node);
  if (node.condition) {
    inside.out.push(["if (!(", emitExpression(inside, node.condition), ")) continue;"]);
  }
  // The body has a scope of its own, in which a name of the head may be bound again.
  emitStatements(inside, node.body.body);
  cx.out.push([node.from, labelled(node.label), head, braces(inside.out)]);
  if (node.otherwise && empty) {
    cx.out.push(["if (", empty, ") ", emitBlockTo(cx, node.otherwise, discard)]);
  }
}

function emitHead(cx: Context, inside: Context, node: ast.For): Code {
  const [first, second] = node.binding;
  if (!second && first.kind === "Name" && node.iterable.kind === "Range" && !node.async) {
    return emitCounting(cx, inside, first, node.iterable);
  }
  return emitForOf(cx, inside, node);
}

/** What a loop over values goes through, and what it binds. */
export interface Iteration {
  readonly binding: ast.ForBinding;
  readonly iterable: ast.Expression;
  readonly async: boolean;
}

/** `for (const x of xs) `; two names take index and value, or key and value. */
export function emitForOf(cx: Context, inside: Context, node: Iteration): Code {
  const [first, second] = node.binding;
  const source = emitExpression(cx, node.iterable);
  const target = emitTarget(cx, first, inside.out);
  const each = node.async ? "for await (const " : "for (const ";
  if (!second) return [each, target, " of ", source, ") "];
  const pair: Code = ["[", target, ", ", emitTarget(cx, second, inside.out), "]"];
  return [each, pair, " of ", helper(cx, "entriesOf"), "(", source, ")) "];
}

/** A range is counted without an array, down where it starts above its end (spec 2). */
function emitCounting(cx: Context, inside: Context, name: ast.Name, range: ast.Range): Code {
  const variable = emitTarget(cx, name, []);
  const { start, end, inclusive } = range;
  if (start.kind === "Number" && end.kind === "Number") {
    const up = Number(start.text) <= Number(end.text);
    const compare = `${up ? "<" : ">"}${inclusive ? "=" : ""}`;
    const step = [variable, up ? "++" : "--"];
    const from = [variable, " = ", emitExpression(cx, start), "; "];
    return ["for (let ", from, variable, ` ${compare} `, emitExpression(cx, end), "; ", step, ") "];
  }
  const from = spill(cx, emitExpression(cx, start));
  const to = spill(cx, emitExpression(cx, end));
  const step = spill(cx, [from, " <= ", to, " ? 1 : -1"]);
  const at = freshName(cx);
  inside.out.unshift(["const ", variable, " = ", at, ";"]);
  const less = inclusive ? "<=" : "<";
  const more = inclusive ? ">=" : ">";
  const test = [step, " > 0 ? ", at, ` ${less} `, to, " : ", at, ` ${more} `, to];
  return ["for (let ", at, " = ", from, "; ", test, "; ", at, " += ", step, ") "];
}
