// The handlers of an edge block → findings on those that no function stands behind.
import type { ast } from "tova-parser";
import { type Finding, Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { EdgeBlock } from "../model/program";
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
  for (const handler of handlersOf(block)) {
    const found = values[handler.kind];
    if (found) findings.report(handler, codes.handler({ found }));
    if (handler.kind !== "Identifier" || resolution.variables.has(handler)) continue;
    findings.report(handler, codes.unknownHandler({ name: handler.name }));
  }
  return findings.list;
}

function handlersOf(block: EdgeBlock): readonly ast.Expression[] {
  return [...answeringOf(block), ...block.consumers.map(({ handler }) => handler)];
}

/** The handlers of a block whose results are sent. */
export function answeringOf({ routes, onError }: EdgeBlock): readonly ast.Expression[] {
  return [...routes.map(({ handler }) => handler), ...(onError ? [onError] : [])];
}
