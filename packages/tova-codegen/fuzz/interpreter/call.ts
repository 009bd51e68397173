// Calls, constructions, members and pipes → values (spec 4, 5.2, 5.4, 14).
import type { ast } from "tova-parser";
import { evaluate } from "./expression";
import { makeImplicit } from "./functions";
import { isImplicit } from "./implicit";
import { libraryMethod } from "./library";
import { find, type Scope } from "./scope";
import { type Steps, Unknown } from "./steps";
import { fieldsOf } from "./types";

type Function_ = (...args: unknown[]) => unknown;

/** What a pipe gives to the call on its right side. */
interface Piped {
  readonly value: unknown;
}

/** The end of a chain behind `?.` on nil: nothing after it is evaluated. */
const nothing = Symbol("nothing");

const chains = new Set(["Member", "Call", "Index"]);

/** A member, a call or an element, the whole chain given up where `?.` finds nil. */
export function* evaluateChain(scope: Scope, node: ast.Expression): Steps {
  const value = yield* link(scope, node, null);
  return value === nothing ? undefined : value;
}

function* link(scope: Scope, node: ast.Expression, piped: Piped | null): Steps {
  if (!chains.has(node.kind)) return yield* evaluate(scope, node);
  if (node.kind === "Call") return yield* call(scope, node, piped);
  if (node.kind !== "Member" && node.kind !== "Index") throw new Unknown(node.kind);
  const object = yield* objectOf(scope, node, piped);
  if (object === nothing) return nothing;
  if (node.kind === "Member") return read(object, node.property.name);
  return read(object, (yield* evaluate(scope, node.index)) as PropertyKey);
}

/** The object of a member or element; `nothing` where the chain ends. */
function* objectOf(scope: Scope, node: ast.Member | ast.Index, piped: Piped | null): Steps {
  const { object, optional } = node;
  if (object === null && !piped) throw new Unknown("a member of nothing");
  const value = object === null ? piped?.value : yield* link(scope, object, piped);
  return optional && (value === null || value === undefined) ? nothing : value;
}

function read(object: unknown, key: PropertyKey): unknown {
  if (object === null || object === undefined) throw new TypeError(`no ${String(key)} of nil`);
  return (object as Record<PropertyKey, unknown>)[key];
}

function* call(scope: Scope, node: ast.Call, piped: Piped | null): Steps {
  const { callee } = node;
  const chained = callee.kind === "Member" && callee.object === null;
  const first = piped && !chained && !hasPlaceholder(node) ? [piped.value] : [];
  if (callee.kind === "Member" || callee.kind === "Index") {
    return yield* callMethod(scope, node, callee, piped, first);
  }
  const silent = callee.kind === "Identifier" && callee.name === "print" && !isOwn(scope, callee);
  if (silent) {
    const args = [...first, ...(yield* argumentsOf(scope, node, piped, undefined))];
    scope.world.print(args.map((arg, i) => plain(node.args[i], arg)));
    return undefined;
  }
  const target = chains.has(callee.kind)
    ? yield* link(scope, callee, null)
    : yield* evaluate(scope, callee);
  if (target === nothing) return nothing;
  const args = [...first, ...(yield* argumentsOf(scope, node, piped, target))];
  return apply(target, undefined, args);
}

/** Style tags of literal texts vanish. */
function plain(node: ast.Argument | undefined, value: unknown): unknown {
  if (node?.kind !== "String" || typeof value !== "string") return value;
  return value.replace(
    /\{(?:\/|red|green|yellow|blue|magenta|cyan|gray|bold|dim|underline)\}/g,
    "",
  );
}

function apply(target: unknown, self: unknown, args: readonly unknown[]): unknown {
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
  const object = yield* objectOf(scope, callee, callee.object === null ? piped : null);
  if (object === nothing) return nothing;
  if (callee.kind === "Index") {
    const target = read(object, (yield* evaluate(scope, callee.index)) as PropertyKey);
    const args = yield* argumentsOf(scope, node, piped, undefined);
    return apply(target, object, [...first, ...args]);
  }
  const { name } = callee.property;
  if (name === "new") return yield* construct(scope, node, object);
  const method = libraryMethod(name);
  // JavaScript looks a method up before it evaluates the arguments.
  const target = method ? null : read(object, name);
  const args = [...first, ...(yield* argumentsOf(scope, node, piped, target))];
  return method ? method(object, ...args) : apply(target, object, args);
}

function* construct(scope: Scope, node: ast.Call, type: unknown): Steps {
  const args = yield* argumentsOf(scope, node, null, type);
  if (typeof type !== "function") throw new TypeError("not a constructor");
  return Reflect.construct(type as Function_, [...args]);
}

const isOwn = (scope: Scope, { name, from }: ast.Identifier): boolean =>
  find(scope, name, from) !== null;

const isPlaceholder = (arg: ast.Argument): boolean => arg.kind === "Identifier" && arg.name === "_";

const hasPlaceholder = (node: ast.Call): boolean => node.args.some(isPlaceholder);

/** The values of the arguments; named ones go to fields or into one object (spec 4). */
function* argumentsOf(
  scope: Scope,
  node: ast.Call,
  piped: Piped | null,
  target: unknown,
): Steps<readonly unknown[]> {
  const args: unknown[] = [];
  const named: [string, unknown][] = [];
  for (const arg of node.args) {
    if (arg.kind === "Spread") {
      args.push(...((yield* evaluate(scope, arg.argument)) as Iterable<unknown>));
    } else if (piped && isPlaceholder(arg)) args.push(piped.value);
    else if (arg.kind === "NamedArgument") {
      named.push([arg.name, yield* argument(scope, node, arg.value)]);
    } else args.push(yield* argument(scope, node, arg));
  }
  if (named.length === 0) return args;
  const fields = fieldsOf(target);
  if (!fields || fields.names.length === 0) return [...args, Object.fromEntries(named)];
  for (const [name, value] of named) {
    const place = fields.names.indexOf(name);
    if (place >= 0) args[place] = value;
  }
  return Array.from(args);
}

function* argument(scope: Scope, call: ast.Call, node: ast.Expression): Steps {
  const isLibrary = (name: string) =>
    scope.world.library.has(name) && !find(scope, name, node.from);
  const free = !find(scope, "it", node.from);
  if (free && isImplicit(call, node, isLibrary)) return makeImplicit(scope, node);
  return yield* evaluate(scope, node);
}

/** `left |> right`: the left side first, and once. */
export function* evaluatePipe(scope: Scope, { left, right }: ast.Pipe): Steps {
  const piped = { value: yield* evaluate(scope, left) };
  if (right.kind === "Call" || startsWithMember(right)) {
    const value = yield* link(scope, right, piped);
    return value === nothing ? undefined : value;
  }
  return apply(yield* evaluate(scope, right), undefined, [piped.value]);
}

function startsWithMember(node: ast.Expression): boolean {
  return node.kind === "Member" && node.object === null;
}
