// Assignments and parameters → what the checks of later code know of their names.
import type { ast } from "tova-parser";
import { isPlaceholder } from "../placeholder";
import type { Checks, Facts } from "./facts";

/** The `a` of `a.b[0].c`. */
function rootOf(node: ast.Expression): ast.Expression {
  const isPart = node.kind === "Member" || node.kind === "Index";
  return isPart && node.object ? rootOf(node.object) : node;
}

function notePart(facts: Facts, node: ast.Expression): void {
  const { resolution, assigned, changed, extended } = facts;
  assigned.add(node);
  const variable = resolution.variables.get(rootOf(node));
  if (!variable) return;
  changed.add(variable);
  if (node.kind === "Index" && node.index.kind !== "Number") extended.add(variable);
}

function noteAssignment(facts: Facts, node: ast.Assignment): void {
  const { resolution, values } = facts;
  node.targets.forEach((target, index) => {
    const value = node.values[index];
    if (target.kind === "Member" || target.kind === "Index") notePart(facts, target);
    if (target.kind !== "Identifier" || !value || node.values.length !== node.targets.length)
      return;
    const variable = resolution.declares.has(target) && resolution.variables.get(target);
    if (variable) values.set(variable, value);
  });
}

function noteVar({ resolution, values }: Facts, node: ast.VarDeclaration): void {
  if (node.values.length !== node.targets.length) return;
  node.targets.forEach((target, index) => {
    const variable = target.kind === "Name" ? resolution.variables.get(target) : undefined;
    const value = node.values[index];
    if (variable && value) values.set(variable, value);
  });
}

function noteParameters(facts: Facts, params: readonly ast.Parameter[]): void {
  for (const { target, type } of params) {
    const variable = target.kind === "Name" && facts.resolution.variables.get(target);
    if (variable && type) facts.annotations.set(variable, type);
  }
}

/** Makes a function known to the code that calls it. */
export function noteFunction(facts: Facts, node: ast.FunctionDeclaration): void {
  noteParameters(facts, node.params);
  const scope = facts.resolution.functions.get(node);
  if (scope) facts.functions.set(scope, node);
}

/** Notes what names stand for; they come before the other checks of a node, which read them. */
export const notes: Checks = {
  Assignment: noteAssignment,
  Var: noteVar,
  Function: noteFunction,
  Lambda: (facts, node) => noteParameters(facts, node.params),
  Pipe({ piped }, { right }) {
    if (right.kind !== "Call") return;
    if (!right.args.some(isPlaceholder)) piped.add(right);
  },
  Call(facts, node) {
    if (node.optional) notePart(facts, node.callee);
  },
};
