// The code of a middleware → how often it can call its `next`, and whether with its own request (spec 11.3).
import type { ast } from "tova-parser";
import { eachChild, type Node } from "./children";
import type { Resolution } from "./resolve";
import type { Variable } from "./scope";

/**
 * - `tail`: every call is the last thing that the middleware does, and gives its value;
 * - `once`: there is one call, which runs once at most;
 * - `any`: whatever else, so that calls have to be counted when the worker runs.
 *
 * `next` gets a request in the first two, never nothing.
 */
export type NextUse = "tail" | "once" | "any";

interface Calls {
  readonly resolution: Resolution;
  readonly request: Variable | undefined;
  readonly next: Variable;
  tail: number;
  others: number;
  /** True when `next` is used in a way that tells nothing of how often it is called. */
  unknown: boolean;
  /** Calls with the request that the middleware got. */
  own: number;
}

/** Where a node stands in the middleware. */
interface Position {
  readonly calls: Calls;
  /** True where the node's value is what the middleware gives. */
  readonly tail: boolean;
  /** True where something else runs behind a `return`. */
  readonly guarded: boolean;
  /** True where code may run more than once. */
  readonly repeated: boolean;
}

/** Reads how a middleware uses its second parameter. */
export function nextUse(layer: ast.FunctionDeclaration, resolution: Resolution): NextUse {
  if (layer.params.length < 2) return "tail";
  const calls = callsOf(layer, resolution);
  if (!calls || resolution.functions.get(layer)?.generator) return "any";
  const { tail, others, next } = calls;
  // A use that was not seen, `{ next }` for one, says nothing either.
  if (calls.unknown || tail + others !== next.reads) return "any";
  if (others > 1 || (others === 1 && tail > 0)) return "any";
  return others === 1 ? "once" : "tail";
}

/** Whether a middleware passes on the request that it got, and certainly no other. */
export function passesOwnRequest(layer: ast.FunctionDeclaration, resolution: Resolution): boolean {
  if (layer.params.length < 2) return true;
  const calls = callsOf(layer, resolution);
  return calls !== null && calls.own === calls.next.reads;
}

/** Null for a middleware whose second parameter is not simply what it is called with. */
function callsOf(layer: ast.FunctionDeclaration, resolution: Resolution): Calls | null {
  const [request, next] = layer.params.map((parameter) => plainVariable(parameter, resolution));
  if (!next) return null;
  const calls: Calls = { resolution, request, next, tail: 0, others: 0, unknown: false, own: 0 };
  visit(layer.body, { calls, tail: true, guarded: false, repeated: false });
  return calls;
}

/** The variable of a parameter that is what the caller passed, for as long as the function runs. */
function plainVariable(parameter: ast.Parameter, { variables }: Resolution): Variable | undefined {
  if (parameter.target.kind !== "Name" || parameter.rest || parameter.fallback) return undefined;
  const variable = variables.get(parameter.target);
  return variable?.writes === 0 ? variable : undefined;
}

function visit(node: Node, at: Position): void {
  const { calls } = at;
  const { functions, implicit, variables } = calls.resolution;
  if (node.kind === "Identifier" && variables.get(node) === calls.next) calls.unknown = true;
  else if (functions.has(node) || implicit.has(node)) inside(node, { ...at, repeated: true });
  else if (node.kind === "Call" && isNext(node.callee, calls)) visitCall(node, at);
  else if (node.kind === "Block") visitBlock(node, at);
  else visitOther(node, at);
}

/** What is in a node gives no value of the middleware. */
const inside = (node: Node, at: Position): void =>
  eachChild(node, visit, at.tail || !at.guarded ? { ...at, tail: false, guarded: true } : at);

/** The place of a value that is used. */
const used = (at: Position): Position => (at.tail ? { ...at, tail: false } : at);

const isNext = (node: ast.Expression, { resolution, next }: Calls): boolean =>
  node.kind === "Identifier" && resolution.variables.get(node) === next;

function visitCall(node: ast.Call, at: Position): void {
  const { calls } = at;
  const [argument] = node.args;
  const own = argument ? isOwnRequest(argument, calls) : false;
  const certain = node.args.length === 1 && argument && (own || isNewRequest(argument, calls));
  if (own) calls.own++;
  if (node.optional || at.repeated || !certain) calls.unknown = true;
  else if (at.tail) calls.tail++;
  else calls.others++;
  for (const each of node.args) visit(each, used(at));
}

/** The request that the middleware got. */
const isOwnRequest = (node: ast.Argument, { resolution, request }: Calls): boolean =>
  node.kind === "Identifier" && !!request && resolution.variables.get(node) === request;

function isNewRequest(node: ast.Argument, { resolution }: Calls): boolean {
  if (node.kind !== "Call" || node.callee.kind !== "Member") return false;
  const { object, property } = node.callee;
  if (object?.kind !== "Identifier" || object.name !== "Request") return false;
  if (property.name !== "new") return false;
  return !resolution.variables.has(object) && !node.optional;
}

function visitBlock(node: ast.Block, at: Position): void {
  const last = node.body.at(-1);
  for (const statement of node.body) visit(statement, statement === last ? at : used(at));
}

function visitOther(node: Node, at: Position): void {
  const value = used(at);
  switch (node.kind) {
    case "ExpressionStatement":
      return visit(node.expression, at);
    case "Return":
      return node.value ? visit(node.value, { ...at, tail: !at.guarded }) : undefined;
    case "If":
      for (const { test, body } of node.branches) {
        visit(test, value);
        // Without an `else` an `if` has no value (spec 4).
        visit(body, node.otherwise ? at : value);
      }
      return node.otherwise ? visit(node.otherwise, at) : undefined;
    case "Match":
      visit(node.subject, value);
      for (const { guard, body } of node.arms) {
        if (guard) visit(guard, value);
        visit(body, at);
      }
      return;
    case "Guard":
      visit(node.test, value);
      return visit(node.otherwise, value);
    case "For":
    case "While":
    case "Comprehension":
      return inside(node, { ...at, repeated: true });
    default:
      // A `return` in an expression belongs to a branch of it, and in `try` is not the end.
      return inside(node, at);
  }
}
