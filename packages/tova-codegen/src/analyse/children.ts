// A node of the typed tree → the expressions, statements and blocks directly inside it.
import type { ast } from "tova-parser";

export type Node = ast.Expression | ast.Statement | ast.Block | ast.Spread | ast.NamedArgument;

/** Told of each node, with what the caller passed along: a walk makes no function for each node. */
export type Visit<T> = (node: Node, context: T) => void;

type Walker<K extends Node["kind"]> = <T>(
  node: Extract<Node, { readonly kind: K }>,
  visit: Visit<T>,
  context: T,
) => void;

function each<T>(nodes: readonly Node[], visit: Visit<T>, context: T): void {
  for (let i = 0; i < nodes.length; i++) visit(nodes[i] as Node, context);
}

function eachFallback<T>(params: readonly ast.Parameter[], visit: Visit<T>, context: T): void {
  for (const { fallback } of params) if (fallback) visit(fallback, context);
}

const none = (): void => undefined;

const pair = <T>(
  { left, right }: { readonly left: ast.Expression; readonly right: ast.Expression },
  visit: Visit<T>,
  context: T,
): void => {
  visit(left, context);
  visit(right, context);
};

/** By kind of node, in the order of evaluation. */
const walkers: { readonly [K in Node["kind"]]: Walker<K> } = {
  Identifier: none,
  Number: none,
  Boolean: none,
  Nil: none,
  RegExp: none,
  Missing: none,
  String({ parts }, visit, context) {
    for (const part of parts) if (typeof part !== "string") visit(part, context);
  },
  Array: ({ elements }, visit, context) => each(elements, visit, context),
  Object({ properties }, visit, context) {
    for (const property of properties) {
      if (property.kind === "Spread") visit(property, context);
      else {
        if (property.computed) visit(property.key as ast.Expression, context);
        if (property.value) visit(property.value, context);
      }
    }
  },
  If({ branches, otherwise }, visit, context) {
    for (const { test, body } of branches) {
      visit(test, context);
      visit(body, context);
    }
    if (otherwise) visit(otherwise, context);
  },
  Match({ subject, arms }, visit, context) {
    visit(subject, context);
    for (const { guard, body } of arms) {
      if (guard) visit(guard, context);
      visit(body, context);
    }
  },
  Lambda({ params, body }, visit, context) {
    eachFallback(params, visit, context);
    visit(body, context);
  },
  Unary: ({ operand }, visit, context) => visit(operand, context),
  Propagate: ({ operand }, visit, context) => visit(operand, context),
  Await: ({ argument }, visit, context) => visit(argument, context),
  Yield({ argument }, visit, context) {
    if (argument) visit(argument, context);
  },
  Binary: pair,
  Membership: pair,
  Pipe: pair,
  Comparison: ({ operands }, visit, context) => each(operands, visit, context),
  TypeTest: ({ value }, visit, context) => visit(value, context),
  Range({ start, end }, visit, context) {
    visit(start, context);
    visit(end, context);
  },
  Member({ object }, visit, context) {
    if (object) visit(object, context);
  },
  Call({ callee, args }, visit, context) {
    visit(callee, context);
    each(args, visit, context);
  },
  Index({ object, index }, visit, context) {
    visit(object, context);
    visit(index, context);
  },
  Slice({ object, start, end, step }, visit, context) {
    visit(object, context);
    if (start) visit(start, context);
    if (end) visit(end, context);
    if (step) visit(step, context);
  },
  Comprehension({ iterable, condition, key, value }, visit, context) {
    visit(iterable, context);
    if (condition) visit(condition, context);
    if (key) visit(key, context);
    visit(value, context);
  },
  ExpressionStatement: ({ expression }, visit, context) => visit(expression, context),
  Assignment({ targets, values }, visit, context) {
    each(values, visit, context);
    for (const target of targets) {
      if (target.kind !== "ObjectPattern" && target.kind !== "ArrayPattern") visit(target, context);
    }
  },
  CompoundAssignment({ target, value }, visit, context) {
    visit(target, context);
    visit(value, context);
  },
  Var: ({ values }, visit, context) => each(values, visit, context),
  Function({ params, body }, visit, context) {
    eachFallback(params, visit, context);
    visit(body, context);
  },
  Impl({ methods }, visit, context) {
    for (const { body } of methods) if (body) visit(body, context);
  },
  Return({ value }, visit, context) {
    if (value) visit(value, context);
  },
  Throw: ({ value }, visit, context) => visit(value, context),
  For({ iterable, condition, body, otherwise }, visit, context) {
    visit(iterable, context);
    if (condition) visit(condition, context);
    visit(body, context);
    if (otherwise) visit(otherwise, context);
  },
  While({ test, body }, visit, context) {
    if (test) visit(test, context);
    visit(body, context);
  },
  Guard({ test, otherwise }, visit, context) {
    visit(test, context);
    visit(otherwise, context);
  },
  Try({ body, handler, finalizer }, visit, context) {
    visit(body, context);
    if (handler) visit(handler, context);
    if (finalizer) visit(finalizer, context);
  },
  Defer: ({ body }, visit, context) => visit(body, context),
  With({ resource, body }, visit, context) {
    visit(resource, context);
    visit(body, context);
  },
  Export({ declaration, fallback }, visit, context) {
    if (declaration) visit(declaration, context);
    if (fallback) visit(fallback, context);
  },
  TypeDeclaration: none,
  Trait: none,
  Break: none,
  Continue: none,
  Import: none,
  Foreign: none,
  Extern: none,
  Unsupported: none,
  Block: ({ body }, visit, context) => each(body, visit, context),
  Spread: ({ argument }, visit, context) => visit(argument, context),
  NamedArgument: ({ value }, visit, context) => visit(value, context),
};

/** Visits the nodes directly inside any node. */
export function eachChild<T>(node: Node, visit: Visit<T>, context: T): void {
  (walkers[node.kind] as Walker<Node["kind"]>)(node as never, visit, context);
}

const collect = (node: Node, into: Node[]): void => void into.push(node);

/** The nodes directly inside any node, in the order they are evaluated. */
export function children(node: Node): readonly Node[] {
  const found: Node[] = [];
  eachChild(node, collect, found);
  return found;
}
