// What a loop or comprehension with two names goes over → pairs of an index or key and a value (spec 8).
import type { ast } from "tova-parser";
import { find, type Scope } from "./scope";

/** Values of a list by their index, of a map or object by their key; pairs by nature stay as they are. */
export function pairsOf(scope: Scope, node: ast.Expression, source: unknown): Iterable<unknown> {
  const kind = kindOf(scope, node);
  if (kind === "pairs" || (kind === "method" && !Array.isArray(source))) {
    return source as Iterable<unknown>;
  }
  return entriesOf(source);
}

/** The pairs of `{ k: v for k, v in … }`: an object's, or what the values are. */
export const givenPairs = (source: unknown): Iterable<unknown> =>
  Symbol.iterator in Object(source)
    ? (source as Iterable<unknown>)
    : Object.entries(source as object);

/** Whether `enumerate` or `entries` gives what is gone over, or a method `entries`, whosever it is. */
function kindOf(scope: Scope, node: ast.Expression): "pairs" | "method" | "values" {
  const called = node.kind === "Pipe" ? node.right : node.kind === "Call" ? node : null;
  const callee = called?.kind === "Call" ? called.callee : called;
  if (callee?.kind === "Identifier") {
    const isLibrary = find(scope, callee.name, callee.from) === null;
    return isLibrary && /^(enumerate|entries)$/.test(callee.name) ? "pairs" : "values";
  }
  if (callee?.kind !== "Member") return "values";
  const { object, property } = callee;
  if (property.name === "enumerate") return "pairs";
  if (property.name !== "entries") return "values";
  return object?.kind === "Identifier" && object.name === "Object" ? "pairs" : "method";
}

function entriesOf(source: unknown): Iterable<unknown> {
  if (source instanceof Map) return source.entries();
  if (typeof source === "string" || source instanceof Set) return [...source].entries();
  if (Array.isArray(source)) return source.entries();
  if (Symbol.iterator in Object(source)) return numbered(source as Iterable<unknown>);
  return Object.entries(source as object);
}

/** Values as they come, with their places. */
function* numbered(values: Iterable<unknown>): Generator<[number, unknown]> {
  let place = 0;
  for (const value of values) yield [place++, value];
}
