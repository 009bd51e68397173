// A handler → the function that it is or names, so that both are looked at alike (spec 11.2).
import type { ast } from "tova-parser";
import { once } from "./once";
import type { Resolution } from "./resolve";
import type { FunctionScope } from "./scope";

/** What answers: a lambda, the name of a function, or a middleware. */
export type Answering = ast.Expression | ast.FunctionDeclaration;

export type HandlerFunction = ast.Lambda | ast.FunctionDeclaration;

/** Gives null where the function is not certain, and for what stands in another file. */
export type FunctionOf = (handler: Answering) => HandlerFunction | null;

/** Of the handlers of one worker. */
export function functionsIn({ functions, variables, values }: Resolution): FunctionOf {
  const byScope = once(() => {
    const nodes = new Map<FunctionScope, object>();
    for (const [node, scope] of functions) nodes.set(scope, node);
    return nodes;
  });
  return (handler) => {
    if (handler.kind === "Function" || handler.kind === "Lambda") return handler;
    const variable = handler.kind === "Identifier" ? variables.get(handler) : undefined;
    if (!variable) return null;
    const value = variable.kind === "const" ? values.get(variable) : undefined;
    if (value?.kind === "Lambda") return value;
    const node = variable.function && byScope().get(variable.function);
    return (node as ast.FunctionDeclaration | undefined) ?? null;
  };
}
