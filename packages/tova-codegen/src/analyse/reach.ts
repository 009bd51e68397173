// Module-level statements of a worker → those that it needs.
import type { ast } from "tova-parser";
import { children } from "./children";
import { enumMembers } from "./hoist";
import type { Resolution } from "./resolve";

import type { Variable } from "./scope";

/**
 * What runs at load is needed, and so is every declaration that needed code uses; the rest of the
 * shared code stays out of the worker.
 * @param always declarations that the entry itself uses
 */
export function reach(
  statements: readonly ast.Statement[],
  resolution: Resolution,
  always: ReadonlySet<ast.Statement>,
): ReadonlySet<ast.Statement> {
  const definedBy = new Map<Variable, ast.Statement[]>();
  const needed = new Set<ast.Statement>();
  const pending: ast.Statement[] = [];
  const need = (statement: ast.Statement): void => {
    if (needed.has(statement)) return;
    needed.add(statement);
    pending.push(statement);
  };
  for (const statement of statements) {
    for (const node of definitions(statement, resolution)) {
      const variable = resolution.variables.get(node);
      if (variable) definedBy.set(variable, [...(definedBy.get(variable) ?? []), statement]);
    }
    const alone = statement.kind === "Impl" && !resolution.variables.has(statement.type);
    if (always.has(statement) || alone || !isDeclaration(statement)) need(statement);
  }
  const use = (uses: ReadonlySet<Variable> | undefined): void => {
    for (const variable of uses ?? []) {
      const type = variable.variantOf ?? variable;
      for (const statement of definedBy.get(type) ?? []) need(statement);
    }
  };
  use(resolution.uses.get(null));
  for (let next = pending.pop(); next; next = pending.pop()) use(resolution.uses.get(next));
  return needed;
}

/**
 * The nodes whose variables a statement defines; an `impl` belongs to its type, and one of a type of
 * the platform to the program.
 */
function definitions(node: ast.Statement, resolution: Resolution): readonly object[] {
  switch (node.kind) {
    case "Function":
    case "Trait":
      return [node.name];
    case "TypeDeclaration":
      return [node.name, ...enumMembers(node, resolution.variables), ...node.derives];
    case "Impl":
      return [node.type];
    case "Assignment":
    case "Var":
      return node.targets.flatMap((target): readonly object[] =>
        target.kind === "ObjectPattern" || target.kind === "ArrayPattern"
          ? target.entries.map(({ binding }) => binding)
          : [target],
      );
    case "Import":
      return [node.fallback, node.namespace, ...node.names.map(({ local }) => local)].filter(
        (name): name is ast.Name => name !== null,
      );
    case "Export":
      return node.declaration ? definitions(node.declaration, resolution) : [];
    default:
      return [];
  }
}

/** True when leaving a statement out cannot be noticed but by what uses its names. */
function isDeclaration(node: ast.Statement): boolean {
  switch (node.kind) {
    case "Function":
    case "Trait":
    case "TypeDeclaration":
    case "Impl":
    case "Import":
    case "Extern":
      return true;
    case "Assignment":
      return node.targets.every(({ kind }) => kind === "Identifier") && node.values.every(isPure);
    case "Var":
      return node.targets.every(({ kind }) => kind === "Name") && node.values.every(isPure);
    case "Export":
      return node.declaration === null || isDeclaration(node.declaration);
    default:
      return false;
  }
}

/** True for values whose evaluation has no effect: literals of literals, and functions. */
function isPure(node: ast.Expression): boolean {
  switch (node.kind) {
    case "Lambda":
      return true;
    case "Number":
    case "Boolean":
    case "Nil":
    case "RegExp":
    case "String":
    case "Array":
    case "Object":
    case "Unary":
      return children(node).every(
        (child) => child.kind !== "Spread" && isPure(child as ast.Expression),
      );
    default:
      return false;
  }
}
