// Statements of the typed tree → their effects, and the value a block ends with (spec 3, 4, 8).
import type { ast } from "tova-parser";
import { assign, assignCompound, declare } from "./assignment";
import { evaluate } from "./expression";
import { makeFunction } from "./functions";
import { executeFor, executeWhile } from "./loop";
import { defineDefaults, defineMethods, defineTrait } from "./methods";
import { blockScope, define, find, type Scope } from "./scope";
import { isThrown, Jumped, Returned, type Steps, Unknown } from "./steps";
import { defineType } from "./types";

/** Runs a block in its scope; gives what its last statement gives by the rules of spec 4. */
export function* runBlock(scope: Scope, { body }: ast.Block): Steps {
  hoist(scope, body);
  let value: unknown;
  for (const statement of body) value = yield* execute(scope, statement);
  return value;
}

/** Functions, types and methods may be used before they stand. */
function hoist(scope: Scope, statements: readonly ast.Statement[]): void {
  const inner = statements.map((statement) =>
    statement.kind === "Export" && statement.declaration ? statement.declaration : statement,
  );
  const types = new Set(
    inner.flatMap((node) => (node.kind === "TypeDeclaration" ? [node.name.name] : [])),
  );
  for (const node of inner) {
    if (node.kind === "TypeDeclaration") defineType(scope, node, types);
    else if (node.kind === "Trait") defineTrait(scope, node);
    else if (node.kind === "Function") {
      const { params, body, async, name } = node;
      const made = makeFunction(scope, { node, params, body, async, method: false });
      define(scope, name.name, made, { from: -1 });
    }
  }
  const impls = inner.flatMap((node) => (node.kind === "Impl" ? [node] : []));
  for (const node of impls) defineMethods(scope, node);
  for (const node of impls) defineDefaults(scope, node);
}

const hoisted = new Set(["Function", "TypeDeclaration", "Impl", "Trait", "Extern", "Import"]);

/** Executes a statement; only an expression gives a value. */
export function* execute(scope: Scope, node: ast.Statement): Steps {
  switch (node.kind) {
    case "ExpressionStatement":
      return yield* expressionStatement(scope, node.expression);
    case "Assignment":
      return yield* assign(scope, node);
    case "CompoundAssignment":
      return yield* assignCompound(scope, node);
    case "Var":
      return yield* declare(scope, node);
    case "Return":
      throw new Returned(node.value ? yield* evaluate(scope, node.value) : undefined);
    case "Throw":
      throw yield* evaluate(scope, node.value);
    case "Break":
    case "Continue":
      throw new Jumped(node.kind, node.label);
    case "For":
      return yield* executeFor(scope, node);
    case "While":
      return yield* executeWhile(scope, node);
    case "Guard":
      if (!(yield* evaluate(scope, node.test))) yield* runBlock(blockScope(scope), node.otherwise);
      return undefined;
    case "Try":
      return yield* executeTry(scope, node);
    case "Defer":
      scope.frame.deferred.push(() => deferred(scope, node));
      return undefined;
    case "With":
      return yield* executeWith(scope, node);
    case "Export":
      return yield* executeExport(scope, node);
    default:
      if (!hoisted.has(node.kind)) throw new Unknown(node.kind);
      return undefined;
  }
}

function* executeExport(scope: Scope, { declaration, fallback }: ast.Export): Steps {
  if (declaration) yield* execute(scope, declaration);
  if (fallback) define(scope, "default", yield* evaluate(scope, fallback), { from: -1 });
  return undefined;
}

const silent = new Set(["assert", "assert_eq", "assert_ne"]);

function* expressionStatement(scope: Scope, node: ast.Expression): Steps {
  const value = yield* evaluate(scope, node);
  const { callee } = node as Partial<ast.Call>;
  const isSilent =
    callee?.kind === "Identifier" &&
    silent.has(callee.name) &&
    !find(scope, callee.name, callee.from);
  return isSilent ? undefined : value;
}

function* deferred(scope: Scope, { body }: ast.Defer): Steps {
  if (body.kind !== "Block") return yield* evaluate(scope, body);
  try {
    return yield* runBlock(blockScope(scope), body);
  } catch (left) {
    if (left instanceof Returned) return undefined;
    throw left;
  }
}

function* executeTry(scope: Scope, { body, error, handler, finalizer }: ast.Try): Steps {
  try {
    yield* runBlock(blockScope(scope), body);
  } catch (caught) {
    if (!handler || !isThrown(caught)) throw caught;
    const inside = blockScope(scope);
    if (error) define(inside, error.name, caught, { from: error.from });
    yield* runBlock(blockScope(inside), handler);
  } finally {
    if (finalizer) yield* runBlock(blockScope(scope), finalizer);
  }
  return undefined;
}

interface Closable {
  close?: unknown;
  dispose?: unknown;
}

function* executeWith(scope: Scope, { resource, name, body }: ast.With): Steps {
  const opened = (yield* evaluate(scope, resource)) as Closable | null | undefined;
  const inside = blockScope(scope);
  define(inside, name.name, opened, { from: name.from });
  try {
    yield* runBlock(blockScope(inside), body);
  } finally {
    const closing = [opened?.close, opened?.dispose].find((each) => typeof each === "function");
    const closed = typeof closing === "function" ? closing.call(opened) : undefined;
    if (scope.frame.async) yield { kind: "await", value: closed };
  }
  return undefined;
}
