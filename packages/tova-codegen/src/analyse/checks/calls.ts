// Statements → functions that stand there without being called: `print "text"` (W206).
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import { library } from "../library";
import { type Checks, type Facts, isGlobal, variableOf } from "./facts";

/** Reports a function's bare name before a value on its line: statements need nothing between them. */
export function checkCalls(facts: Facts, statements: readonly ast.Statement[]): void {
  let before: ast.Expression | null = null;
  for (const statement of statements) {
    const expression = statement.kind === "ExpressionStatement" ? statement.expression : null;
    if (before && expression) checkName(facts, before, statement.from);
    before = expression;
  }
}

/** The name of a function of the program, the library or the console; null for any other value. */
function functionName(facts: Facts, node: ast.Expression): string | null {
  if (node.kind === "Member") {
    const isConsole = node.object !== null && isGlobal(facts, node.object, "console");
    return isConsole ? `console.${node.property.name}` : null;
  }
  if (node.kind !== "Identifier") return null;
  const variable = variableOf(facts, node);
  const isFunction = variable ? variable.kind === "function" : library.has(node.name);
  return isFunction ? node.name : null;
}

function checkName(facts: Facts, node: ast.Expression, next: number): void {
  const name = functionName(facts, node);
  if (name === null || /[\n;]/.test(facts.source.slice(node.to, next))) return;
  facts.findings.report(node, codes.uncalled({ name }));
}

export const callChecks: Checks = { Block: (facts, node) => checkCalls(facts, node.body) };
