// `for`, `while` and `loop` → their effects (spec 8).
import type { ast } from "tova-parser";
import { evaluate } from "./expression";
import { pairsOf } from "./pairs";
import { bindTarget } from "./pattern";
import { blockScope, define, type Scope } from "./scope";
import { runBlock } from "./statement";
import { Jumped, type Steps } from "./steps";

/** Runs a loop's body once; true when the loop goes on. */
function* turn(label: string | null, body: () => Steps): Steps<boolean> {
  try {
    yield* body();
    return true;
  } catch (left) {
    const mine = left instanceof Jumped && (left.label === null || left.label === label);
    if (!mine) throw left;
    return left.kind === "Continue";
  }
}

/** `while test { }` and `loop { }`. */
export function* executeWhile(scope: Scope, { label, test, body }: ast.While): Steps {
  while (test === null || (yield* evaluate(scope, test))) {
    if (!(yield* turn(label, () => runBlock(blockScope(scope), body)))) break;
  }
  return undefined;
}

/** `for x in xs when c { } else { }`. */
export function* executeFor(scope: Scope, node: ast.For): Steps {
  const { iterable } = node;
  const source =
    iterable.kind === "Range"
      ? counting(
          yield* evaluate(scope, iterable.start),
          yield* evaluate(scope, iterable.end),
          iterable.inclusive,
        )
      : yield* evaluate(scope, iterable);
  const { none } = node.async
    ? yield* executeAsync(scope, node, source as AsyncIterable<unknown>)
    : yield* executeSync(scope, node, source);
  if (none && node.otherwise) yield* runBlock(blockScope(scope), node.otherwise);
  return undefined;
}

function* executeSync(scope: Scope, node: ast.For, source: unknown): Steps<{ none: boolean }> {
  let none = true;
  const isPaired = node.binding.length === 2;
  const values = isPaired ? pairsOf(scope, node.iterable, source) : (source as Iterable<unknown>);
  for (const value of values) {
    none = false;
    const inside = yield* admitted(scope, node, value);
    if (inside && !(yield* turn(node.label, () => runBlock(inside, node.body)))) break;
  }
  return { none };
}

function* executeAsync(
  scope: Scope,
  node: ast.For,
  source: AsyncIterable<unknown>,
): Steps<{ none: boolean }> {
  const iterator = source[Symbol.asyncIterator]();
  for (let none = true; ; none = false) {
    const step = yield { kind: "await", value: iterator.next() };
    const { done, value } = step as IteratorResult<unknown>;
    if (done) return { none };
    let goesOn = false;
    try {
      const inside = yield* admitted(scope, node, value);
      goesOn = !inside || (yield* turn(node.label, () => runBlock(inside, node.body)));
    } finally {
      if (!goesOn) yield { kind: "await", value: iterator.return?.() };
    }
    if (!goesOn) return { none: false };
  }
}

/**
 * The scope of the body with the loop's names; null where the condition refuses the value. A
 * `break` in the condition means the loop around.
 */
function* admitted(scope: Scope, node: ast.For, value: unknown): Steps<Scope | null> {
  const inside = blockScope(scope);
  const [first, second] = node.binding;
  if (second && first.kind === "Name") {
    const [a, b] = value as readonly unknown[];
    define(inside, first.name, a, { from: first.from });
    yield* bindTarget(inside, second, b, false);
  } else yield* bindTarget(inside, first, value, false);
  if (node.condition && !(yield* evaluate(inside, node.condition))) return null;
  return blockScope(inside);
}

/** The numbers of a range, up or down, one by one; none where an end is no number. */
function* counting(start: unknown, end: unknown, inclusive: boolean): Generator<number> {
  const [from, to] = [Number(start), Number(end)];
  if (from <= to) for (let i = from; inclusive ? i <= to : i < to; i++) yield i;
  else for (let i = from; inclusive ? i >= to : i > to; i--) yield i;
}
