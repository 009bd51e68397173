// An expression → whether it is a statement that a database of the worker has prepared.
import type { ast } from "tova-parser";
import type { Resolution } from "./resolve";

/** `DB.prepare(…)`, `DB.withSession().prepare(…).bind(…)`, or a constant that stands for one. */
export function isStatementOf(node: ast.Expression, resolution: Resolution): boolean {
  const code = meantBy(node, resolution);
  if (code.kind !== "Call" || code.callee.kind !== "Member" || !code.callee.object) return false;
  const { object, property } = code.callee;
  if (property.name === "bind") return isStatementOf(object, resolution);
  return property.name === "prepare" && isDatabase(object, resolution);
}

function isDatabase(node: ast.Expression, resolution: Resolution): boolean {
  const code = meantBy(node, resolution);
  if (code.kind === "Identifier") return resolution.variables.get(code)?.kind === "binding";
  if (code.kind !== "Call" || code.callee.kind !== "Member" || !code.callee.object) return false;
  const { object, property } = code.callee;
  return property.name === "withSession" && isDatabase(object, resolution);
}

/** What a constant stands for that is defined before; anything else as it is. */
function meantBy(node: ast.Expression, resolution: Resolution): ast.Expression {
  const variable = node.kind === "Identifier" ? resolution.variables.get(node) : undefined;
  const value = variable?.kind === "const" ? resolution.values.get(variable) : undefined;
  return value && value.to <= node.from ? meantBy(value, resolution) : node;
}
