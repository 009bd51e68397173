// `for`, `while` and `loop` → JavaScript loops (spec 8).
import type { ast } from "tova-parser";
import { isForeignWord } from "../analyse/name-variables";
import { type Context, discard, enterBlock, freshName, helper, type Loop, spill } from "./context";
import { emitExpression } from "./expression";
import { emitTarget } from "./function";
import { hoists } from "./hoisting";
import { isNumeric } from "./operator";
import { emitBlockTo, emitStatements } from "./statement";
import { braces, type Code } from "./writer";

/** Emits what repeats, with the loop around it; the label is known once that is done. */
export function insideLoop(cx: Context, loop: Loop, emit: () => void): Code {
  cx.frame.loops.push(loop);
  emit();
  cx.frame.loops.pop();
  return loop.label === null ? "" : `${loop.label}: `;
}

const loopOf = (name: string | null): Loop => ({ name, label: null, own: true });

/** `break` and `continue`, by label where another JavaScript loop stands in between. */
export function emitJump(cx: Context, node: ast.Jump): Code {
  const word = node.kind === "Break" ? "break" : "continue";
  const { loops } = cx.frame;
  const loop = loops.findLast(({ own, name }) => own && (node.label ?? name) === name);
  if (!loop || (node.label === null && loop === loops[loops.length - 1])) return `${word};`;
  loop.label ??= freshLabel(cx, loop);
  return `${word} ${loop.label};`;
}

/** The program's own label, unless JavaScript could not read it or has it already. */
function freshLabel(cx: Context, { name }: Loop): string {
  const { labels } = cx.frame;
  const usable = name !== null && !name.startsWith("$") && !isForeignWord(name);
  const label = usable && !labels.has(name) ? name : freshName(cx);
  labels.add(label);
  return label;
}

/** `while test { }` and `loop { }`. */
export function emitWhile(cx: Context, node: ast.While): void {
  const { test } = node;
  const inside = enterBlock(cx);
  const loop = loopOf(node.label);
  const simple = test && !hoists(cx, test) ? emitExpression(cx, test) : null;
  const label = insideLoop(cx, loop, () => {
    if (test && simple === null) {
      loop.own = false;
      inside.out.push(["if (!(", emitExpression(inside, test), ")) break;"]);
      loop.own = true;
    }
    emitStatements(inside, node.body.body);
  });
  cx.out.push([node.from, label, "while (", simple ?? "true", ") ", braces(inside.out)]);
}

/** `for x in xs when c { } else { }`. */
export function emitFor(cx: Context, node: ast.For): void {
  const empty = node.otherwise ? freshName(cx) : null;
  if (empty) cx.out.push(["let ", empty, " = true;"]);
  const inside = enterBlock(cx);
  if (empty) inside.out.push([empty, " = false;"]);
  const loop = loopOf(node.label);
  let head: Code = "";
  const label = insideLoop(cx, loop, () => {
    // A jump in the head, in a default or the condition, means the loop around.
    loop.own = false;
    head = emitHead(cx, inside, node);
    if (node.condition) {
      inside.out.push(["if (!(", emitExpression(inside, node.condition), ")) continue;"]);
    }
    loop.own = true;
    emitStatements(inside, node.body.body);
  });
  cx.out.push([node.from, label, head, braces(inside.out)]);
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
  /** The values are pairs, which two names take apart, as in `{ k: v for k, v in pairs }`. */
  readonly ofPairs?: boolean;
}

/** `for (const x of xs) `; two names take index and value, or key and value (spec 8). */
export function emitForOf(cx: Context, inside: Context, node: Iteration): Code {
  const [first, second] = node.binding;
  const source = emitExpression(cx, node.iterable);
  const target = emitTarget(cx, first, inside.out);
  const each = node.async ? "for await (const " : "for (const ";
  if (!second) return [each, target, " of ", source, ") "];
  const pair: Code = ["[", target, ", ", emitTarget(cx, second, inside.out), "]"];
  const numbering = node.ofPairs ? "pairsIn" : numberingOf(cx, node.iterable);
  if (numbering === null) return [each, pair, " of ", source, ") "];
  return [each, pair, " of ", helper(cx, numbering), "(", source, ")) "];
}

/** What gives each value together with its index or key. */
const pairing: ReadonlySet<string> = new Set(["enumerate", "entries"]);

/**
 * The helper that makes pairs of what a loop with two names goes over; null for what is pairs by
 * its name, `xs |> enumerate`, `entries(o)`, `Object.entries(o)`: its values have their index or
 * key, and a second one in front is nobody's wish. A method `entries` may be the program's own.
 */
function numberingOf(cx: Context, node: ast.Expression): "entriesOf" | "ownPairs" | null {
  if (node.kind === "Pipe") return numberingOf(cx, callOf(node.right));
  if (node.kind !== "Call") return "entriesOf";
  const { callee } = node;
  if (callee.kind === "Identifier") {
    return pairing.has(callee.name) && !isDefined(cx, callee) ? null : "entriesOf";
  }
  if (callee.kind !== "Member" || !pairing.has(callee.property.name)) return "entriesOf";
  const { object } = callee;
  const isHost = object?.kind === "Identifier" && !isDefined(cx, object);
  const { name } = callee.property;
  return name === "enumerate" || (isHost && object.name === "Object") ? null : "ownPairs";
}

const isDefined = (cx: Context, name: ast.Identifier): boolean =>
  cx.unit.resolution.variables.has(name);

/** `xs |> enumerate` calls as `xs |> enumerate()` does. */
function callOf(callee: ast.Expression): ast.Expression {
  if (callee.kind !== "Identifier" && callee.kind !== "Member") return callee;
  const { from, to } = callee;
  return { kind: "Call", from, to, callee, args: [], optional: false };
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
  // A start that is text must not grow as text.
  const first = emitExpression(cx, start);
  const from = spill(cx, isNumeric(cx, start) ? first : ["+(", first, ")"]);
  const to = spill(cx, emitExpression(cx, end));
  const step = spill(cx, [from, " <= ", to, " ? 1 : -1"]);
  const at = freshName(cx);
  inside.out.unshift(["const ", variable, " = ", at, ";"]);
  const less = inclusive ? "<=" : "<";
  const more = inclusive ? ">=" : ">";
  const test = [step, " > 0 ? ", at, ` ${less} `, to, " : ", at, ` ${more} `, to];
  return ["for (let ", at, " = ", from, "; ", test, "; ", at, " += ", step, ") "];
}
