// Call arguments with a free `it` → which of them become `it => …` (spec 4).
import type { ast } from "tova-parser";
import { children, type Node } from "./children";
import { startOf } from "./pipe-start";

/** Functions that go over the list in front of their function, snake_case and camelCase. */
const listFunctions = new Set(
  [
    "map filter reduce find any all flat_map flatMap sorted sort_by sortBy partition group_by groupBy",
    "count find_index findIndex map_values mapValues min_by minBy max_by maxBy sum_by sumBy scan",
    "where select derive agg filter_map filterMap drop_duplicates dropDuplicates peek typed_map typedMap typed_reduce typedReduce",
  ].flatMap((names) => names.split(" ")),
);

/** Functions and methods known to take a function. */
const takesFunction = new Set([
  ...listFunctions,
  ...[
    "take_while drop_while each for_each forEach some every sort findLast findLastIndex unique_by",
    "compare_by compareBy andThen mapErr unwrap_or_else memoize debounce throttle once retry try_fn try_async then",
  ].flatMap((names) => names.split(" ")),
]);

const makesColumn = /^(agg|win|table)(_|(?=[A-Z]))/;

/** Whether a function or method is known to take a function. */
const isFunctionTaking = (name: string): boolean =>
  takesFunction.has(name) || makesColumn.test(name);

/** What a call makes of an argument with `it`. */
type Taking = "function-taking" | "plain" | "unknown";

/** What the calls of a file mean; given by the resolver. */
export interface Calls {
  /** Tells the builtins apart from the program's own functions. */
  readonly isBuiltin: (name: string, at: number) => boolean;
  /** Where the names of functions start that the left side of a pipe is the first argument of. */
  readonly piped: Pick<ReadonlySet<number>, "has">;
}

/** The first argument of a function that goes over a list is that list: `count(it.tags)`. */
function takingOf({ callee, args }: ast.Call, argument: ast.Argument, calls: Calls): Taking {
  if (callee.kind === "Member") {
    return isFunctionTaking(callee.property.name) ? "function-taking" : "unknown";
  }
  if (callee.kind !== "Identifier") return "unknown";
  const { name, from } = callee;
  const isList = listFunctions.has(name) && argument === args[0] && !calls.piped.has(from);
  if (!isList && isFunctionTaking(name)) return "function-taking";
  return calls.isBuiltin(name, from) ? "plain" : "unknown";
}

const isFunction = (node: Node) => node.kind === "Lambda" || node.kind === "Function";

/** Tells what stands for the argument of the function: `it`, or a column of a row. */
type Marks = (node: Node) => boolean;

const isIt: Marks = (node) => node.kind === "Identifier" && node.name === "it";

/** Whether a free `it` stands in the node, outside the parts that `skip` names. */
function hasIt(node: Node, skip: (node: Node) => boolean, marks: Marks): boolean {
  if (skip(node)) return false;
  if (marks(node)) return true;
  if (isFunction(node)) return false;
  return children(node).some((child) => hasIt(child, skip, marks));
}

const nothing = () => false;

/** What else an argument depends on. */
interface Around {
  /** Inside another such function, whose `it` only a call known to take one hides. */
  readonly within?: boolean;
  /** What counts as `it`. */
  readonly marks?: Marks;
}

/** The arguments inside `node` whose call would take their `it`. */
function takenInside(
  node: Node,
  accepts: (taking: Taking) => boolean,
  calls: Calls,
  marks: Marks,
): Set<Node> {
  const taken = new Set<Node>();
  const piped = new Set<number>();
  const inside: Calls = {
    isBuiltin: calls.isBuiltin,
    piped: { has: (at) => piped.has(at) || calls.piped.has(at) },
  };
  const visit = (inner: Node): void => {
    if (isFunction(inner)) return;
    if (inner.kind === "Pipe") piped.add(startOf(inner.right).from);
    if (inner.kind === "Call") {
      for (const arg of inner.args) {
        if (arg.kind === "Identifier" || !accepts(takingOf(inner, arg, inside))) continue;
        if (hasIt(arg, nothing, marks)) taken.add(arg);
      }
    }
    children(inner).forEach(visit);
  };
  visit(node);
  return taken;
}

/** Whether a callee uses `it` outside the functions that its own calls make of their arguments. */
function usesIt(callee: ast.Expression, calls: Calls): boolean {
  const taken = takenInside(callee, (taking) => taking !== "plain", calls, isIt);
  return hasIt(callee, (node) => taken.has(node), isIt);
}

/**
 * Whether an argument of a call becomes `it => argument`. The innermost call known to take a
 * function takes it; among unknown calls the innermost; a builtin that takes none never does, nor
 * does an unknown method of a value that itself uses `it`.
 */
export function isImplicitFunction(
  call: ast.Call,
  argument: ast.Argument,
  calls: Calls,
  { within = false, marks = isIt }: Around = {},
): boolean {
  if (argument.kind === "Identifier" || argument.kind === "Spread") return false;
  if (!hasIt(argument, nothing, marks)) return false;
  const taking = takingOf(call, argument, calls);
  if (within && taking !== "function-taking") return false;
  if (taking === "plain" || (taking === "unknown" && usesIt(call.callee, calls))) return false;
  const taken = (wanted: Taking) =>
    takenInside(argument, (inner) => inner === wanted, calls, marks);
  const known = taken("function-taking");
  if (!hasIt(argument, (node) => known.has(node), marks)) return false;
  if (taking === "function-taking") return true;
  const unknown = taken("unknown");
  return hasIt(argument, (node) => known.has(node) || unknown.has(node), marks);
}
