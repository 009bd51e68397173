// Expressions of the typed tree → values (spec 2, 5, 7).
import type { ast } from "tova-parser";
import { names, namespaces, otherNames } from "../../src/runtime/builtins";
import { evaluateChain } from "./call";
import { makeFunction } from "./functions";
import { calculate, compare, isIn, isMissing, rangeOf, sliceOf, tagOf, times } from "./operators";
import { givenPairs, pairsOf } from "./pairs";
import { bindTarget, matches } from "./pattern";
import { evaluatePipe } from "./pipe";
import { functionsOf } from "./platform";
import { blockScope, define, find, type Scope } from "./scope";
import { runBlock } from "./statement";
import { Returned, type Steps, Unknown } from "./steps";
import { isOf } from "./type-test";

/** Evaluates an expression. */
export function* evaluate(scope: Scope, node: ast.Expression): Steps {
  switch (node.kind) {
    case "Identifier":
      return lookUp(scope, node);
    case "Number":
      return Number(node.text);
    case "Boolean":
      return node.value;
    case "Nil":
      return null;
    case "RegExp":
      return regularExpression(node.text);
    case "String":
      return yield* text(scope, node);
    case "Array":
      return yield* list(scope, node.elements);
    case "Object":
      return yield* object(scope, node);
    case "If":
      return yield* conditional(scope, node);
    case "Match":
      return yield* match(scope, node);
    case "Lambda": {
      const { params, body, async } = node;
      return makeFunction(scope, { node, params, body, async, method: false });
    }
    case "Unary":
      return unary(node.operator, yield* evaluate(scope, node.operand));
    case "Await":
      return yield { kind: "await", value: yield* evaluate(scope, node.argument) };
    case "Yield": {
      const value = node.argument ? yield* evaluate(scope, node.argument) : undefined;
      return yield { kind: "yield", value, delegate: node.delegate };
    }
    case "Binary":
      return yield* binary(scope, node);
    case "Comparison":
      return yield* comparison(scope, node);
    case "Membership": {
      const left = yield* evaluate(scope, node.left);
      return isIn(left, yield* evaluate(scope, node.right)) !== node.negated;
    }
    case "TypeTest":
      return isOf(scope, node.type, node.from, yield* evaluate(scope, node.value)) !== node.negated;
    case "Range": {
      const start = yield* evaluate(scope, node.start);
      return rangeOf(start, yield* evaluate(scope, node.end), node.inclusive);
    }
    case "Pipe":
      return yield* evaluatePipe(scope, node);
    case "Member":
    case "Call":
    case "Index":
    case "Slice":
      return yield* evaluateChain(scope, node);
    case "Propagate":
      return propagate(yield* evaluate(scope, node.operand));
    case "Comprehension":
      return yield* comprehension(scope, node);
    case "Missing":
      throw new Unknown(node.kind);
  }
}

/** Names of the library that the interpreter does not know: it must not take them for unknown. */
const uninterpreted = new Set([
  ...[...names.join(" ").split(" "), ...Object.keys(otherNames)].flatMap((name) => [
    name,
    name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
  ]),
  ...["env", ...Object.keys(namespaces)],
]);

/** What a name means here. @throws ReferenceError where it means nothing */
function lookUp(scope: Scope, { name, from }: { name: string; from: number }): unknown {
  const binding = find(scope, name, from);
  if (binding) return binding.value;
  if (name === "print") return (...values: unknown[]) => scope.world.print(values);
  const known = scope.world.library.get(name);
  if (known !== undefined) return known;
  if (uninterpreted.has(name)) throw new Unknown(name);
  if (name === "null") return null;
  if (name === "console") return { log: (...values: unknown[]) => scope.world.log(values) };
  const functions = functionsOf(scope.world, name);
  if (functions) return functions;
  if (name in globalThis) return (globalThis as Record<string, unknown>)[name];
  throw new ReferenceError(`${name} is not defined`);
}

function regularExpression(text: string): RegExp {
  const end = text.lastIndexOf("/");
  return new RegExp(text.slice(1, end), text.slice(end + 1));
}

function* text(scope: Scope, { parts }: ast.StringLiteral): Steps<string> {
  let made = "";
  for (const part of parts)
    made += `${typeof part === "string" ? part : yield* evaluate(scope, part)}`;
  return made;
}

function* list(scope: Scope, elements: ast.ArrayLiteral["elements"]): Steps<unknown[]> {
  const values: unknown[] = [];
  for (const element of elements) {
    if (element.kind !== "Spread") values.push(yield* evaluate(scope, element));
    else values.push(...((yield* evaluate(scope, element.argument)) as Iterable<unknown>));
  }
  return values;
}

function* object(scope: Scope, { properties }: ast.ObjectLiteral): Steps {
  const made: object = {};
  const set = (key: PropertyKey, value: unknown) =>
    Object.defineProperty(made, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  for (const property of properties) {
    if (property.kind === "Spread") {
      const spread = (yield* evaluate(scope, property.argument)) as object;
      for (const [key, value] of Object.entries(spread ?? {})) set(key, value);
    } else {
      const key = yield* keyOf(scope, property);
      const value = property.value
        ? yield* evaluate(scope, property.value)
        : lookUp(scope, property.key as ast.Name);
      set(key, value);
    }
  }
  return made;
}

function* keyOf(scope: Scope, { key, computed }: ast.Property): Steps<PropertyKey> {
  if (computed) return (yield* evaluate(scope, key as ast.Expression)) as PropertyKey;
  if (key.kind === "Name") return key.name;
  if (key.kind === "Number") return String(Number(key.text));
  if (key.kind === "String") return key.parts.join("");
  throw new Unknown(key.kind);
}

function* conditional(scope: Scope, node: ast.Conditional): Steps {
  for (const { test, body } of node.branches) {
    if (!(yield* evaluate(scope, test))) continue;
    const value = yield* runBlock(blockScope(scope), body);
    return node.otherwise ? value : undefined;
  }
  return node.otherwise ? yield* runBlock(blockScope(scope), node.otherwise) : undefined;
}

function* match(scope: Scope, { subject, arms }: ast.Match): Steps {
  const value = yield* evaluate(scope, subject);
  for (const { pattern, guard, body } of arms) {
    const inside = blockScope(scope);
    if (!(yield* matches(inside, pattern, value))) continue;
    if (guard && !(yield* evaluate(inside, guard))) continue;
    if (body.kind === "Block") return yield* runBlock(blockScope(inside), body);
    return yield* evaluate(inside, body);
  }
  return undefined;
}

function unary(operator: ast.Unary["operator"], value: unknown): unknown {
  if (operator === "not") return !value;
  return operator === "-" ? -(value as number) : ~(value as number);
}

function* binary(scope: Scope, node: ast.Binary): Steps {
  const { operator, left, right } = node;
  const first = yield* evaluate(scope, left);
  if (operator === "and") return first ? yield* evaluate(scope, right) : first;
  if (operator === "or") return first ? first : yield* evaluate(scope, right);
  if (operator === "??") return isMissing(first) ? yield* evaluate(scope, right) : first;
  const second = yield* evaluate(scope, right);
  if (operator !== "*") return calculate(operator, first, second);
  return times(first, second, [left.kind === "String", right.kind === "String"]);
}

function* comparison(scope: Scope, { operands, operators }: ast.Comparison): Steps<boolean> {
  const [first, ...others] = operands;
  let left = first && (yield* evaluate(scope, first));
  for (const [i, operand] of others.entries()) {
    const right = yield* evaluate(scope, operand);
    if (!compare(operators[i] ?? "", left, right)) return false;
    left = right;
  }
  return true;
}

/** The part of a list or text between bounds. */
export function* slice(scope: Scope, node: ast.Slice, value: unknown): Steps {
  const bounds: (number | null)[] = [];
  for (const bound of [node.start, node.end, node.step]) {
    bounds.push(bound ? ((yield* evaluate(scope, bound)) as number) : null);
  }
  return sliceOf(value as string | unknown[], bounds);
}

/** `value?`: the value inside, or a way out of the function (spec 5.6). */
export function propagate(value: unknown): unknown {
  const tag = tagOf(value);
  if (tag === "Err" || tag === "None") throw new Returned(value);
  if (tag !== "Ok" && tag !== "Some") return value;
  const fields = Object.entries(value as object).filter(([name]) => name !== "__tag");
  return (fields.find(([name]) => name === "value") ?? fields[0])?.[1];
}

function* comprehension(scope: Scope, node: ast.Comprehension): Steps {
  const source = yield* evaluate(scope, node.iterable);
  const [first, second] = node.binding;
  const values: unknown[] = [];
  const made: Record<PropertyKey, unknown> = {};
  const paired = () => (node.key ? givenPairs(source) : pairsOf(scope, node.iterable, source));
  for (const value of second ? paired() : (source as Iterable<unknown>)) {
    const inside = blockScope(scope);
    if (second && first.kind === "Name") {
      const [a, b] = value as Iterable<unknown>;
      define(inside, first.name, a, { from: first.from });
      yield* bindTarget(inside, second, b, false);
    } else yield* bindTarget(inside, first, value, false);
    // What is collected stands before the names that it uses.
    for (const [name, binding] of inside.names) inside.names.set(name, { ...binding, from: -1 });
    if (node.condition && !(yield* evaluate(inside, node.condition))) continue;
    if (node.key) {
      const key = (yield* evaluate(inside, node.key)) as PropertyKey;
      made[key] = yield* evaluate(inside, node.value);
    } else values.push(yield* evaluate(inside, node.value));
  }
  return node.key ? made : values;
}
