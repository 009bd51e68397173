// Call arguments with a free `it` → which of them become `it => …` (spec 4).
import type { ast } from "tova-parser";
import { children, type Node } from "./children";

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

/** Whether the first argument of a function of the library is the list that it goes over. */
export const takesList = (name: string): boolean => listFunctions.has(name);
const makesColumn = /^(agg|win|table)(_|(?=[A-Z]))/;

/** Whether a function or method is known to take a function. */
const isFunctionTaking = (name: string): boolean =>
  takesFunction.has(name) || makesColumn.test(name);

type Callee = "function-taking" | "plain" | "unknown";

/** Tells the builtins apart from the program's own functions; given by the resolver. */
export type IsBuiltin = (name: string, at: number) => boolean;

function kindOf(callee: ast.Expression, isBuiltin: IsBuiltin): Callee {
  if (callee.kind === "Member") {
    return isFunctionTaking(callee.property.name) ? "function-taking" : "unknown";
  }
  if (callee.kind !== "Identifier") return "unknown";
  if (isFunctionTaking(callee.name)) return "function-taking";
  return isBuiltin(callee.name, callee.from) ? "plain" : "unknown";
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
  /** Whether an argument of a call is no function for certain. */
  readonly isData?: (call: ast.Call, argument: ast.Argument) => boolean;
}

/** The arguments inside `node` whose call would take their `it`. */
function takenInside(
  node: Node,
  accepts: (callee: ast.Expression) => boolean,
  marks: Marks,
  isData: NonNullable<Around["isData"]> = nothing,
): Set<Node> {
  const taken = new Set<Node>();
  const visit = (inner: Node): void => {
    if (isFunction(inner)) return;
    if (inner.kind === "Call" && accepts(inner.callee)) {
      for (const arg of inner.args) {
        const mayTake = arg.kind !== "Identifier" && !isData(inner, arg);
        if (mayTake && hasIt(arg, nothing, marks)) taken.add(arg);
      }
    }
    children(inner).forEach(visit);
  };
  visit(node);
  return taken;
}

/** Whether a callee uses `it` outside the functions that its own calls make of their arguments. */
function usesIt(callee: ast.Expression, isBuiltin: IsBuiltin): boolean {
  const taken = takenInside(callee, (inner) => kindOf(inner, isBuiltin) !== "plain", isIt);
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
  isBuiltin: IsBuiltin,
  { within = false, marks = isIt, isData = nothing }: Around = {},
): boolean {
  if (argument.kind === "Identifier" || argument.kind === "Spread") return false;
  if (!hasIt(argument, nothing, marks)) return false;
  const kind = kindOf(call.callee, isBuiltin);
  if (within && kind !== "function-taking") return false;
  if (kind === "plain" || (kind === "unknown" && usesIt(call.callee, isBuiltin))) return false;
  const taken = (wanted: Callee) =>
    takenInside(argument, (callee) => kindOf(callee, isBuiltin) === wanted, marks, isData);
  const known = taken("function-taking");
  if (!hasIt(argument, (node) => known.has(node), marks)) return false;
  if (kind === "function-taking") return true;
  const unknown = taken("unknown");
  return hasIt(argument, (node) => known.has(node) || unknown.has(node), marks);
}
