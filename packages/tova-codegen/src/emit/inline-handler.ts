// A route's handler that is one plain expression → that expression, for the place where it is called.
import type { ast } from "tova-parser";
import { eachChild, type Node } from "../analyse/children";
import { paramsUse } from "../analyse/params-use";
import type { Variable } from "../analyse/scope";
import type { Route } from "../model/program";
import { type Context, enterFunction, helper, variableName } from "./context";
import { emitExpression } from "./expression";
import { hoists, soleExpression } from "./hoisting";
import type { PathCode } from "./path";
import type { Code } from "./writer";

/** Names that stand for something else where a handler is called. */
export const locals = /^(req|method|path|at|end\d*|allow|request|env|error|response|result)$/;

/** The code that reads a parameter of the path, from where it begins to where it ends. */
export const emitParam = (cx: Context, place: string): Code => [
  helper(cx, "paramOf"),
  `(path, ${place})`,
];

/**
 * What stands for the handler's call in the code of its path, where `req` is the request and `path`
 * what `pathOf` gives: its expression, so that no function is made and called for it. Null where it
 * needs one: for statements, variables of its own, or a name that means something else there.
 */
export function emitInline(cx: Context, { handler }: Route, { params }: PathCode): Code | null {
  const plain = plainHandler(cx, handler);
  if (!plain) return null;
  const { value, request, members, variable } = plain;
  const codes = new Map(params.map(({ name, value: place }) => [name, emitParam(cx, place)]));
  if ([...members].some((name) => !codes.has(name))) return null;
  const { spread, findings } = cx.unit;
  const known = { name: request?.js ?? "", findings: findings.list.length };
  if (variable) spread.set(variable, codes);
  if (request) request.js = "req";
  const inside = enterFunction(cx);
  const code = emitExpression(inside, value);
  if (inside.out.length === 0 && inside.frame.temps.length === 0) return code;
  // It needs a function after all, which is emitted as if nothing had been.
  if (variable) spread.delete(variable);
  if (request) request.js = known.name;
  findings.list.length = known.findings;
  return null;
}

interface PlainHandler {
  readonly value: ast.Expression;
  /** The first parameter; null without one. */
  readonly request: Variable | null;
  /** The second, of which only members are read, each once. */
  readonly variable: Variable | null;
  readonly members: ReadonlySet<string>;
}

/** Null for a handler that cannot stand anywhere but in a function. */
function plainHandler(cx: Context, handler: ast.Expression): PlainHandler | null {
  if (handler.kind !== "Lambda" || handler.params.length > 2) return null;
  const { resolution } = cx.unit;
  const scope = resolution.functions.get(handler);
  if (!scope || scope.async || scope.generator || scope.defers) return null;
  const value = expressionOf(handler.body);
  if (!value || hoists(cx, value)) return null;
  const variables = handler.params.map((parameter) => {
    const plain = parameter.target.kind === "Name" && !parameter.rest && !parameter.fallback;
    return plain ? (resolution.variables.get(parameter.target) ?? null) : null;
  });
  if (variables.some((one) => !one || one.writes > 0)) return null;
  const [request = null, variable = null] = variables;
  const use = paramsUse(handler, resolution);
  const members = new Set(use?.names.keys());
  if (variable && variable.reads !== members.size) return null;
  const search: Search = { cx, own: [request, variable], found: false };
  visit(value, search);
  return search.found ? null : { value, request, variable, members };
}

function expressionOf(body: ast.Lambda["body"]): ast.Expression | null {
  if (body.kind === "Block") return soleExpression(body);
  return body.kind === "Assignment" || body.kind === "CompoundAssignment" ? null : body;
}

interface Search {
  readonly cx: Context;
  readonly own: readonly (Variable | null)[];
  /** True for something that needs the function around it. */
  found: boolean;
}

/** Kinds of which an expression may be made that holds no function, statement or literal to keep. */
const kinds: ReadonlySet<Node["kind"]> = new Set([
  ...(["Identifier", "String", "Number", "Boolean", "Nil", "Array", "Object"] as const),
  ...(["Binary", "Unary", "Member", "Call", "Index"] as const),
]);

function visit(node: Node, search: Search): void {
  const { cx, own } = search;
  const { resolution } = cx.unit;
  if (!kinds.has(node.kind) || resolution.implicit.has(node)) search.found = true;
  if (node.kind === "Identifier" && isHidden(cx, node, node.name, own)) search.found = true;
  if (node.kind === "Object" && node.properties.some((one) => one.kind === "Spread" || !one.value))
    search.found = true;
  if (!search.found) eachChild(node, visit, search);
}

/** Whether a name of another variable would mean one of the code around it. */
function isHidden(cx: Context, node: object, name: string, own: Search["own"]): boolean {
  const variable = cx.unit.resolution.variables.get(node);
  if (variable && own.includes(variable)) return false;
  return name === "_" || locals.test(variableName(cx, node) ?? name);
}
