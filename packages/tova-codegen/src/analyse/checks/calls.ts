// Statements → functions that stand there without being called: `print "text"` (W206).
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import { library } from "../library";
import { type Checks, type Facts, variableOf } from "./facts";

/** Reports a function's bare name before a value on its line: statements need nothing between them. */
export function checkCalls(facts: Facts, statements: readonly ast.Statement[]): void {
  for (const [index, statement] of statements.entries()) {
    const next = statements[index + 1];
    if (!next || statement.kind !== "ExpressionStatement") continue;
    const { expression } = statement;
    if (expression.kind !== "Identifier" || next.kind !== "ExpressionStatement") continue;
    const variable = variableOf(facts, expression);
    const isFunction = variable?.kind === "function" || (!variable && library.has(expression.name));
    if (!isFunction) continue;
    if (/[\n;]/.test(facts.source.slice(expression.to, next.from))) continue;
    facts.findings.report(expression, codes.uncalled({ name: expression.name }));
  }
}

export const callChecks: Checks = { Block: (facts, node) => checkCalls(facts, node.body) };
