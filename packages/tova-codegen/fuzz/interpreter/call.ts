// Calls, constructions, members and chains of them → values (spec 4, 5.2, 14).
import type { ast } from "tova-parser";
import { argumentsOf, hasPlaceholder, type Piped } from "./arguments";
import { columnValue, tableFunction, totalValue } from "./columns";
import { evaluate, slice } from "./expression";
import { libraryMethod } from "./library/index";
import { extensionFunction, extensionMethod } from "./platform";
import { printedArguments } from "./print";
import { find, type Scope } from "./scope";
import { type Steps, Unknown } from "./steps";
import { fieldsOf } from "./types";

type Function_ = (...args: unknown[]) => unknown;

/** The end of a chain behind `?.` on nil: nothing after it is evaluated. */
const nothing = Symbol("nothing");

type Link = ast.Member | ast.Index | ast.Slice | ast.Call;

const isLink = (node: ast.Expression): node is Link =>
  ["Member", "Call", "Index", "Slice"].includes(node.kind);

/** A member, a call or an element, the whole chain given up where `?.` finds nil. */
export function* evaluateChain(
  scope: Scope,
  node: ast.Expression,
  piped: Piped | null = null,
): Steps {
  const value = yield* link(scope, node, piped);
  return value === nothing ? undefined : value;
}

/** Whether a chain starts with `.name`, which stands for a member of a pipe's left side. */
export function startsWithMember(node: ast.Expression): boolean {
  if (node.kind === "Call") return startsWithMember(node.callee);
  if (node.kind !== "Member" && node.kind !== "Index" && node.kind !== "Slice") return false;
  return node.object === null || startsWithMember(node.object);
}

function* link(scope: Scope, node: ast.Expression, piped: Piped | null): Steps {
  if (!isLink(node)) return yield* evaluate(scope, node);
  if (node.kind === "Call") return yield* call(scope, node, piped);
  if (node.object === null && !piped && node.kind === "Member") return columnValue(scope, node);
  const object = yield* objectOf(scope, node, piped);
  if (object === nothing) return nothing;
  if (node.kind === "Member") return read(object, node.property.name);
  if (node.kind === "Slice") return yield* slice(scope, node, object);
  return read(object, (yield* evaluate(scope, node.index)) as PropertyKey);
}

/** The object of a member, element or part; `nothing` where the chain ends. */
function* objectOf(
  scope: Scope,
  node: ast.Member | ast.Index | ast.Slice,
  piped: Piped | null,
): Steps {
  const { object } = node;
  if (object === null && !piped) throw new Unknown("a member of nothing");
  const value = object === null ? piped?.value : yield* link(scope, object, piped);
  const optional = node.kind !== "Slice" && node.optional;
  return optional && isNil(value) ? nothing : value;
}

const isNil = (value: unknown): boolean => value === null || value === undefined;

function read(object: unknown, key: PropertyKey): unknown {
  if (isNil(object)) throw new TypeError(`no ${String(key)} of nil`);
  return (object as Record<PropertyKey, unknown>)[key];
}

function* call(scope: Scope, node: ast.Call, piped: Piped | null): Steps {
  const { callee, optional } = node;
  const first = piped && !startsWithMember(callee) && !hasPlaceholder(node) ? [piped.value] : [];
  if (callee.kind === "Member" || callee.kind === "Index") {
    return yield* callMethod(scope, node, callee, piped, first);
  }
  const isPrint = callee.kind === "Identifier" && callee.name === "print";
  if (isPrint && !find(scope, callee.name, callee.from)) {
    scope.world.print([...first, ...(yield* printedArguments(scope, node, piped))]);
    return undefined;
  }
  const ofTables = tableFunction(scope, node);
  const target = ofTables
    ? scope.world.library.get(ofTables)
    : isLink(callee)
      ? yield* link(scope, callee, startsWithMember(callee) ? piped : null)
      : yield* calledName(scope, callee);
  if (target === nothing || (optional && isNil(target))) return nothing;
  const args = [...first, ...(yield* argumentsOf(scope, node, piped, target))];
  return totalValue(scope, node, apply(target, undefined, args));
}

/** What is called; not a value defined below that is no function, where the library has the name. */
export function* calledName(scope: Scope, callee: ast.Expression): Steps {
  const value = yield* evaluate(scope, callee);
  if (typeof value === "function" || callee.kind !== "Identifier") return value;
  const binding = find(scope, callee.name, callee.from);
  const follows = binding !== null && binding.from > callee.from;
  return (follows && scope.world.library.get(callee.name)) || value;
}

/** Calls what should be a function. @throws TypeError where it is none */
export function apply(target: unknown, self: unknown, args: readonly unknown[]): unknown {
  if (typeof target !== "function") throw new TypeError("not a function");
  return Reflect.apply(target as Function_, self, args);
}

function* callMethod(
  scope: Scope,
  node: ast.Call,
  callee: ast.Member | ast.Index,
  piped: Piped | null,
  first: readonly unknown[],
): Steps {
  const object = yield* objectOf(scope, callee, startsWithMember(callee) ? piped : null);
  if (object === nothing) return nothing;
  if (callee.kind === "Index") {
    const target = read(object, (yield* evaluate(scope, callee.index)) as PropertyKey);
    if (node.optional && isNil(target)) return nothing;
    const args = yield* argumentsOf(scope, node, piped, undefined);
    return apply(target, object, [...first, ...args]);
  }
  const { name } = callee.property;
  const added =
    extensionMethod(scope.world, object, name) ?? extensionFunction(scope.world, object, name);
  if (added) {
    const args = yield* argumentsOf(scope, node, piped, added);
    return apply(added, object, [...first, ...args]);
  }
  if (name === "new") return yield* construct(scope, node, object, piped, first);
  const method = libraryMethod(name);
  if (method === null) throw new Unknown(name);
  // JavaScript looks a method up before it evaluates the arguments.
  const target = method ?? read(object, name);
  if (node.optional && isNil(target)) return nothing;
  const args = [...first, ...(yield* argumentsOf(scope, node, piped, target))];
  return method ? method(object, ...args) : apply(target, object, args);
}

/** `Type.new(…)`: a type's own `new`, a variant, a record or a class of the platform. */
function* construct(
  scope: Scope,
  node: ast.Call,
  type: unknown,
  piped: Piped | null,
  first: readonly unknown[],
): Steps {
  const args = [...first, ...(yield* argumentsOf(scope, node, piped, type))];
  if (fieldsOf(type) && typeof type !== "function") return type;
  if (typeof type !== "function") throw new TypeError("not a constructor");
  if (Object.hasOwn(type, "new")) return apply((type as never as { new: unknown }).new, type, args);
  return fieldsOf(type) ? apply(type, undefined, args) : Reflect.construct(type, args);
}
