// The handlers of an edge block → findings on those that no function stands behind.
import type { ast } from "tova-parser";
import { type Finding, Findings } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/nearest";
import { codes } from "../diagnostics/registry";
import type { EdgeBlock, Route } from "../model/program";
import type { Node } from "./children";
import { paramsUse } from "./params-use";
import type { Resolution } from "./resolve";

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
  for (const route of block.routes) checkParameters(route, resolution, findings);
  for (const { handler } of block.consumers) check(handler);
  reportExtraParameters(block, resolution, findings);
  return findings.list;
}

/** Parameters that are read although nothing is given for them, in functions that only the worker itself calls. */
function reportExtraParameters(block: EdgeBlock, resolution: Resolution, findings: Findings): void {
  const report = (handler: Node, places: number, given: string): void => {
    if (handler.kind !== "Lambda" && handler.kind !== "Function") return;
    const extra = handler.params[places];
    if (!extra || extra.rest || extra.fallback || extra.target.kind !== "Name") return;
    if (!resolution.variables.get(extra.target)?.reads) return;
    findings.report(extra.target, codes.extraParameter({ name: extra.target.name, given }));
  };
  for (const { handler } of block.routes) {
    report(handler, 3, "the request, the parameters of its path and the environment");
  }
  for (const layer of block.middleware) {
    // One that the program calls too may be given more there.
    if (resolution.variables.get(layer.name)?.reads) continue;
    report(layer, 2, "the request and `next`");
  }
  if (block.onError) report(block.onError, 2, "the error and the request");
  for (const { handler } of block.consumers) report(handler, 1, "a list of messages");
}

/** Members of `params` that the path does not have are always undefined. */
function checkParameters(route: Route, resolution: Resolution, findings: Findings): void {
  const { path, segments, isKnown, handler } = route;
  if (!isKnown) return;
  const known = segments.flatMap((segment) => ("name" in segment ? segment.name : []));
  // What the path writes in another way, such as `:id?` or `<id>`, is told of there.
  const written = path.split("/").filter((part) => /[:*?<[]/.test(part));
  const named = new Set([...known, ...written.flatMap((part) => part.split(/[^\p{L}\p{N}_$]+/u))]);
  for (const [name, range] of paramsUse(handler, resolution)?.names ?? []) {
    if (named.has(name)) continue;
    findings.report(range, codes.unknownParameter({ path, name, meant: nearest(name, known) }));
  }
}

/** The handlers of a block whose results are sent. */
export function answeringOf({ routes, onError }: EdgeBlock): readonly ast.Expression[] {
  const handlers = routes.map(({ handler }) => handler);
  if (onError) handlers.push(onError);
  return handlers;
}
