// Arguments of a call → their values: named ones, spread ones, placeholders and `it` (spec 4, 5.4).
import type { ast } from "tova-parser";
import { columnArgument, totalArguments } from "./columns";
import { evaluate } from "./expression";
import { makeImplicit } from "./functions";
import { isImplicit } from "./implicit";
import { isOfLibrary } from "./library";
import { blockScope, find, type Scope } from "./scope";
import type { Steps } from "./steps";
import { fieldsOf } from "./types";

/** What a pipe gives to the call on its right side. */
export interface Piped {
  readonly value: unknown;
}

/** Whether an argument is the `_` of a pipe. */
export const isPlaceholder = (arg: ast.Argument): boolean =>
  arg.kind === "Identifier" && arg.name === "_";

/** Whether a call says where a pipe's left side goes, as an argument or as a named one's value. */
export const hasPlaceholder = (node: ast.Call): boolean =>
  node.args.some((arg) => isPlaceholder(arg.kind === "NamedArgument" ? arg.value : arg));

/** The values of the arguments; named ones go to fields or into one object (spec 4). */
export function* argumentsOf(
  scope: Scope,
  node: ast.Call,
  piped: Piped | null,
  target: unknown,
): Steps<readonly unknown[]> {
  const total = totalArguments(scope, node);
  if (total) return total;
  const args: unknown[] = [];
  const named: [string, unknown][] = [];
  for (const arg of node.args) {
    if (arg.kind === "Spread") {
      args.push(...((yield* evaluate(scope, arg.argument)) as Iterable<unknown>));
    } else if (piped && isPlaceholder(arg)) args.push(piped.value);
    else if (arg.kind === "NamedArgument") {
      const fromPipe = piped && isPlaceholder(arg.value);
      named.push([
        arg.name,
        fromPipe ? piped.value : yield* argument(scope, node, arg.value, piped),
      ]);
    } else args.push(yield* argument(scope, node, arg, piped));
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

/** The value of one argument, a function where it has a free `it`. */
export function* argument(
  scope: Scope,
  call: ast.Call,
  node: ast.Expression,
  piped: Piped | null,
): Steps {
  const column = columnArgument(scope, call, node, piped !== null);
  if (column) return column.value;
  const isLibrary = (name: string) =>
    scope.world.library.has(name) && !find(scope, name, node.from);
  const it = find(scope, "it", node.from);
  const free = !it || it.implicit;
  if (free && isImplicit(call, node, isLibrary)) return makeImplicit(scope, node);
  const value = yield* evaluate(isKept(scope, call) ? lateScope(scope) : scope, node);
  const isPrint =
    node.kind === "Identifier" && node.name === "print" && !find(scope, "print", node.from);
  return isPrint || isOfLibrary(value) ? withoutPlaces(call, value as AnyFunction) : value;
}

/** Calls that keep a function for later. */
const keeping =
  /^(setTimeout|setInterval|setImmediate|queueMicrotask|debounce|throttle|memoize|once)$/;

const isKept = (scope: Scope, { callee }: ast.Call): boolean =>
  callee.kind === "Identifier" &&
  keeping.test(callee.name) &&
  !find(scope, callee.name, callee.from);

const lateScope = (scope: Scope): Scope => ({ ...blockScope(scope), late: true });

type AnyFunction = (...args: unknown[]) => unknown;

const passingPlaces =
  /^(map|filter|find|find_?index|any|all|flat_?map|count|partition|group_?by|map_?values|sorted|min_?by|max_?by|sum_?by|some|every|forEach)$/i;

/** A function of the library is not given the places that others get. */
function withoutPlaces({ callee }: ast.Call, run: AnyFunction): unknown {
  const called = callee.kind === "Member" ? callee.property : callee;
  const name = called.kind === "Identifier" || called.kind === "Name" ? called.name : "";
  if (name === "reduce") return (folded: unknown, value: unknown) => run(folded, value);
  const wanted = passingPlaces.test(name) && run.length <= 1;
  return wanted ? (value: unknown) => run(value) : run;
}
