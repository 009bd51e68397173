// A route's handler → the function that answers it, and what that takes.
import type { ast } from "tova-parser";
import { paramsUse } from "../analyse/params-use";
import type { Variable } from "../analyse/scope";
import type { Route } from "../model/program";
import { type Context, definedName, moduleName, variableName } from "./context";
import { emitExpression } from "./expression";
import { emitLambdaDeclaration } from "./function";
import { locals } from "./inline-handler";

/**
 * What a handler gets of the path: an object of all parameters, some of them one by one, or none.
 */
export type Taken = "object" | "nothing" | readonly string[];

/** The function that answers a route. */
export interface Handler {
  readonly name: string;
  /** False for one that reads nothing of its request. */
  readonly takesRequest: boolean;
  readonly takes: Taken;
}

/**
 * Emits a route's function: one that the program names, or a constant named after the route.
 * @param names by parameter of a path: what it is called in handlers
 * @param checked true where something calls it with the request, whatever it reads
 */
export function emitHandler(
  cx: Context,
  route: Route,
  names: Map<string, string>,
  checked: boolean,
): Handler {
  const takes = takenBy(cx, route, names);
  const takesRequest = checked || !dropsRequest(cx, route.handler);
  const title = `${route.method.toLowerCase()}_${route.path}`;
  return { name: emitReference(cx, title, route.handler), takesRequest, takes };
}

/**
 * Where it reads members of `params` only, they are parameters of its own, and no object is made for
 * each request.
 */
function takenBy(cx: Context, { handler, segments }: Route, names: Map<string, string>): Taken {
  const use = paramsUse(handler, cx.unit.resolution);
  if (!use) return "object";
  if (use.names.size === 0) return "nothing";
  const known = segments.flatMap((each) => (each.kind === "literal" ? [] : each.name));
  const read = known.filter((name) => use.names.has(name));
  if (read.length < use.names.size) return "object";
  const { parameter } = use;
  const own = (name: string): string => {
    if ("kind" in parameter && parameter.kind === "ObjectPattern") {
      const entry = parameter.entries.find(({ key }) => key === name);
      return entry ? definedName(cx, entry.binding) : name;
    }
    const given = names.get(name) ?? moduleName(cx, name);
    names.set(name, given);
    return given;
  };
  cx.unit.spread.set(parameter, new Map(read.map((name) => [name, own(name)])));
  return read;
}

/** Leaves out the first parameter of a lambda that does not use it. */
function dropsRequest(cx: Context, handler: ast.Expression): boolean {
  if (handler.kind !== "Lambda") return false;
  const [parameter] = handler.params;
  if (parameter?.target.kind !== "Name" || parameter.rest || parameter.fallback) return false;
  const request: Variable | undefined = cx.unit.resolution.variables.get(parameter.target);
  if (!request || request.reads + request.writes > 0) return false;
  cx.unit.spread.set(request, new Map());
  return true;
}

/**
 * The name of a handler, as a function of the module.
 * @param taken names that stand for something else where it is called
 */
export function emitReference(
  cx: Context,
  title: string,
  handler: ast.Expression,
  taken: RegExp = locals,
): string {
  const known = handler.kind === "Identifier" ? variableName(cx, handler) : null;
  if (known && !taken.test(known)) return known;
  const name = moduleName(cx, title);
  if (handler.kind === "Lambda") cx.out.push(emitLambdaDeclaration(cx, handler, name));
  else cx.out.push([handler.from, "const ", name, " = ", emitExpression(cx, handler), ";"]);
  return name;
}
