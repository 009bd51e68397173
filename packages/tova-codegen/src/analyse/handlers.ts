// The handlers of an edge block → findings on those that no function stands behind.
import type { ast } from "tova-parser";
import { type Finding, Findings } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/nearest";
import { codes } from "../diagnostics/registry";
import type { EdgeBlock, Route } from "../model/program";
import { type Answering, functionsIn, type HandlerFunction } from "./handler-function";
import { paramsUse } from "./params-use";
import type { Resolution } from "./resolve";
import type { Variable } from "./scope";

/** What is certainly no function, whatever it holds. */
const values: Partial<Record<ast.Expression["kind"], string>> = {
  String: "a text",
  Number: "a number",
  Boolean: "a Bool",
  Nil: "nil",
  Array: "a list",
  Object: "an object",
  Comprehension: "a list",
  Range: "a list",
};

/**
 * A handler is a lambda or the name of a function (spec 11.2). A worker that names one that does
 * not exist would not load, so that is an error, unlike other unknown names.
 */
export function checkHandlers(block: EdgeBlock, resolution: Resolution): readonly Finding[] {
  const findings = new Findings();
  const check = (handler: ast.Expression): void => {
    const found = values[handler.kind];
    if (found) findings.report(handler, codes.handler({ found }));
    if (handler.kind !== "Identifier" || resolution.variables.has(handler)) return;
    findings.report(handler, codes.unknownHandler({ name: handler.name }));
  };
  answeringOf(block).forEach(check);
  for (const { handler } of block.consumers) check(handler);
  const called = calledByWorker(block, resolution);
  for (const use of called) reportExtraParameter(use, resolution, findings);
  for (const use of called) if (use.routes.length > 0) checkParameters(use, resolution, findings);
  return findings.list;
}

/** A function that only the worker itself calls. */
interface Called {
  readonly code: HandlerFunction;
  /** What it is given, at the most. */
  readonly places: number;
  readonly given: string;
  /** Those that it answers. */
  readonly routes: readonly Route[];
}

/** One that the program calls too may be given more there, and other parameters. */
function calledByWorker(block: EdgeBlock, resolution: Resolution): readonly Called[] {
  const functionOf = functionsIn(resolution);
  const found = new Map<HandlerFunction, Called>();
  const uses = new Map<HandlerFunction, { readonly named: Variable; count: number }>();
  const add = (handler: Answering, places: number, given: string, route?: Route): void => {
    const code = functionOf(handler);
    if (!code) return;
    const named = resolution.variables.get(handler);
    if (named) uses.set(code, { named, count: (uses.get(code)?.count ?? 0) + 1 });
    const earlier = found.get(code);
    const routes = [...(earlier?.routes ?? []), ...(route ? [route] : [])];
    const more = earlier && earlier.places > places ? earlier : { places, given };
    found.set(code, { ...more, code, routes });
  };
  for (const route of block.routes) {
    const given = "the request, the parameters of its path and the environment";
    add(route.handler, 3, given, route);
  }
  for (const layer of block.middleware) {
    if (!resolution.variables.get(layer.name)?.reads) add(layer, 2, "the request and `next`");
  }
  if (block.onError) add(block.onError, 2, "the error and the request");
  for (const { handler } of block.consumers) add(handler, 1, "a list of messages");
  for (const [code, { named, count }] of uses) if (named.reads > count) found.delete(code);
  return [...found.values()];
}

/** A parameter that is read although nothing is given for it. */
function reportExtraParameter(
  { code, places, given }: Called,
  resolution: Resolution,
  findings: Findings,
): void {
  const extra = code.params[places];
  if (!extra || extra.rest || extra.fallback || extra.target.kind !== "Name") return;
  if (!resolution.variables.get(extra.target)?.reads) return;
  findings.report(extra.target, codes.extraParameter({ name: extra.target.name, given }));
}

/** Members of `params` that none of its paths has are always undefined. */
function checkParameters(
  { code, routes }: Called,
  resolution: Resolution,
  findings: Findings,
): void {
  const [first] = routes;
  if (!first || !routes.every(({ isKnown }) => isKnown)) return;
  const known = routes.flatMap(({ segments }) =>
    segments.flatMap((segment) => ("name" in segment ? segment.name : [])),
  );
  // What a path writes in another way, such as `:id?` or `<id>`, is told of there.
  const written = routes.flatMap(({ path }) => {
    return path.split("/").filter((part) => /[:*?<[]/.test(part));
  });
  const named = new Set([...known, ...written.flatMap((part) => part.split(/[^\p{L}\p{N}_$]+/u))]);
  for (const [name, range] of paramsUse(code, resolution)?.names ?? []) {
    if (named.has(name)) continue;
    const sentence = { path: first.path, name, meant: nearest(name, known) };
    findings.report(range, codes.unknownParameter(sentence));
  }
}

/** The handlers of a block whose results are sent. */
export function answeringOf({ routes, onError }: EdgeBlock): readonly ast.Expression[] {
  const handlers = routes.map(({ handler }) => handler);
  if (onError) handlers.push(onError);
  return handlers;
}
