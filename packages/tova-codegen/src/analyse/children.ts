// A node of the typed tree → the expressions, statements and blocks directly inside it.
import type { ast } from "tova-parser";

export type Node = ast.Expression | ast.Statement | ast.Block | ast.Spread | ast.NamedArgument;

const none: readonly Node[] = [];

function ofArm(arm: ast.MatchArm): readonly Node[] {
  return arm.guard ? [arm.guard, arm.body] : [arm.body];
}

function ofProperty(property: ast.Property | ast.Spread): readonly Node[] {
  if (property.kind === "Spread") return [property];
  const key = property.computed ? [property.key as ast.Expression] : [];
  return property.value ? [...key, property.value] : key;
}

const present = (...nodes: readonly (Node | null)[]): readonly Node[] =>
  nodes.filter((node): node is Node => node !== null);

/** The nodes directly inside an expression, in the order they are evaluated. */
export function childrenOfExpression(node: ast.Expression): readonly Node[] {
  switch (node.kind) {
    case "Identifier":
    case "Number":
    case "Boolean":
    case "Nil":
    case "RegExp":
    case "Missing":
      return none;
    case "String":
      return node.parts.filter((part): part is ast.Expression => typeof part !== "string");
    case "Array":
      return node.elements;
    case "Object":
      return node.properties.flatMap(ofProperty);
    case "If":
      return [
        ...node.branches.flatMap(({ test, body }) => [test, body]),
        ...present(node.otherwise),
      ];
    case "Match":
      return [node.subject, ...node.arms.flatMap(ofArm)];
    case "Lambda":
      return [...node.params.flatMap(({ fallback }) => present(fallback)), node.body];
    case "Unary":
    case "Propagate":
      return [node.operand];
    case "Await":
      return [node.argument];
    case "Yield":
      return present(node.argument);
    case "Binary":
    case "Membership":
    case "Pipe":
      return [node.left, node.right];
    case "Comparison":
      return node.operands;
    case "TypeTest":
      return [node.value];
    case "Range":
      return [node.start, node.end];
    case "Member":
      return present(node.object);
    case "Call":
      return [node.callee, ...node.args];
    case "Index":
      return [node.object, node.index];
    case "Slice":
      return present(node.object, node.start, node.end, node.step);
    case "Comprehension":
      return present(node.iterable, node.condition, node.key, node.value);
  }
}

/** The nodes directly inside a statement. */
export function childrenOfStatement(node: ast.Statement): readonly Node[] {
  switch (node.kind) {
    case "ExpressionStatement":
      return [node.expression];
    case "Assignment": {
      const targets = node.targets.filter(
        (target): target is ast.Expression =>
          target.kind !== "ObjectPattern" && target.kind !== "ArrayPattern",
      );
      return [...node.values, ...targets];
    }
    case "CompoundAssignment":
      return [node.target, node.value];
    case "Var":
      return node.values;
    case "Function":
      return [...node.params.flatMap(({ fallback }) => present(fallback)), node.body];
    case "Impl":
      return node.methods.flatMap(({ body }) => present(body));
    case "Return":
      return present(node.value);
    case "Throw":
      return [node.value];
    case "For":
      return present(node.iterable, node.condition, node.body, node.otherwise);
    case "While":
      return present(node.test, node.body);
    case "Guard":
      return [node.test, node.otherwise];
    case "Try":
      return present(node.body, node.handler, node.finalizer);
    case "Defer":
      return [node.body];
    case "With":
      return [node.resource, node.body];
    case "Export":
      return present(node.declaration, node.fallback);
    case "TypeDeclaration":
    case "Trait":
    case "Break":
    case "Continue":
    case "Import":
    case "Foreign":
    case "Extern":
    case "Unsupported":
      return none;
  }
}

const statementKinds = new Set<string>([
  "ExpressionStatement",
  "Assignment",
  "CompoundAssignment",
  "Var",
  "Function",
  "TypeDeclaration",
  "Impl",
  "Trait",
  "Return",
  "Throw",
  "Break",
  "Continue",
  "For",
  "While",
  "Guard",
  "Try",
  "Defer",
  "With",
  "Import",
  "Export",
  "Foreign",
  "Extern",
  "Unsupported",
]);

export function isStatement(node: Node): node is ast.Statement {
  return statementKinds.has(node.kind);
}

/** The nodes directly inside any node. */
export function children(node: Node): readonly Node[] {
  if (node.kind === "Block") return node.body;
  if (node.kind === "Spread") return [node.argument];
  if (node.kind === "NamedArgument") return [node.value];
  return isStatement(node) ? childrenOfStatement(node) : childrenOfExpression(node);
}
