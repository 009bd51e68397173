// Statements → functions that stand there without being called: `print "text"` (W206).
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import { library } from "../library";
import { type Checks, type Facts, variableOf } from "./facts";

/** Reports a function's bare name before a value on its line: statements need nothing between them. */
export function checkCalls(facts: Facts, statements: readonly ast.Statement[]): void {
  let before: ast.Identifier | null = null;
  for (const statement of statements) {
    const expression = statement.kind === "ExpressionStatement" ? statement.expression : null;
    if (before && expression) checkName(facts, before, statement.from);
    before = expression?.kind === "Identifier" ? expression : null;
  }
}

function checkName(facts: Facts, node: ast.Identifier, next: number): void {
  const variable = variableOf(facts, node);
  const isFunction = variable ? variable.kind === "function" : library.has(node.name);
  if (!isFunction || /[\n;]/.test(facts.source.slice(node.to, next))) return;
  facts.findings.report(node, codes.uncalled({ name: node.name }));
}

export const callChecks: Checks = { Block: (facts, node) => checkCalls(facts, node.body) };
