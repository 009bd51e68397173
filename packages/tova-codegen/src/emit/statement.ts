// Statements of the typed tree → JavaScript statements (spec 3, 4, 8).
import type { ast } from "tova-parser";
import { emitAssignment, emitCompound, emitVar } from "./binding";
import { emitIf } from "./conditional";
import {
  type Context,
  type Destination,
  definedName,
  deliver,
  discard,
  enterBlock,
  enterFunction,
  helper,
} from "./context";
import { emitExpression } from "./expression";
import { deferredList, emitFunctionDeclaration, finish } from "./function";
import { isConditional } from "./hoisting";
import { emitFor, emitJump, emitWhile } from "./loop";
import { emitMatch } from "./match";
import { emitImpl, emitTrait } from "./method";
import { emitType } from "./type";
import { braces, type Code } from "./writer";

const silent = new Set(["print", "assert", "assert_eq", "assert_ne"]);

/** A call whose value a function never returns implicitly (spec 4). */
function isSilent(cx: Context, node: ast.Expression): boolean {
  if (node.kind !== "Call" || node.callee.kind !== "Identifier") return false;
  return silent.has(node.callee.name) && !cx.unit.resolution.variables.has(node.callee);
}

const ranks: Readonly<Record<string, number>> = { TypeDeclaration: 0, Trait: 1, Impl: 2 };

const rank = (node: ast.Statement): number =>
  ranks[(node.kind === "Export" ? node.declaration : node)?.kind ?? ""] ?? 3;

/** Types, then their methods, then the rest: values of variants may be used before they stand. */
export function typesFirst(statements: readonly ast.Statement[]): readonly ast.Statement[] {
  if (statements.every((node) => rank(node) === 3)) return statements;
  return [0, 1, 2, 3].flatMap((each) => statements.filter((node) => rank(node) === each));
}

/** Statements whose last gives the value of the block, where a destination wants one. */
export function emitStatements(
  cx: Context,
  statements: readonly ast.Statement[],
  destination: Destination = discard,
): void {
  const last = statements[statements.length - 1];
  for (const statement of typesFirst(statements)) {
    if (statement === last) emitLast(cx, statement, destination);
    else emitStatement(cx, statement);
  }
}

/** A block in braces whose last statement gives its value. */
export function emitBlockTo(cx: Context, block: ast.Block, destination: Destination): Code {
  const inside = enterBlock(cx);
  emitStatements(inside, block.body, destination);
  return braces(inside.out);
}

/** The last statement of a block: its value by the rules of implicit return (spec 4). */
function emitLast(cx: Context, node: ast.Statement, destination: Destination): void {
  if (node.kind !== "ExpressionStatement") return emitStatement(cx, node);
  const { expression } = node;
  const valueless = expression.kind === "If" && !expression.otherwise;
  if (destination.kind === "none" || valueless || isSilent(cx, expression)) {
    return emitStatement(cx, node);
  }
  emitValueTo(cx, expression, destination);
}

/** Gives an expression's value to a destination, `if` and `match` as statements. */
export function emitValueTo(cx: Context, node: ast.Expression, destination: Destination): void {
  if (destination.kind === "none") return emitExpressionStatement(cx, node);
  if (node.kind === "Match") return emitMatch(cx, node, destination);
  const asStatement =
    node.kind === "If" && (destination.kind === "return" || !isConditional(cx, node));
  if (asStatement) return emitIf(cx, node, destination);
  deliver(cx, emitExpression(cx, node), destination);
}

/** A statement whose value, if any, is not wanted. */
export function emitStatement(cx: Context, node: ast.Statement): void {
  switch (node.kind) {
    case "ExpressionStatement":
      return emitExpressionStatement(cx, node.expression);
    case "Assignment":
      return emitAssignment(cx, node);
    case "CompoundAssignment":
      return emitCompound(cx, node);
    case "Var":
      return emitVar(cx, node);
    case "Function":
      return push(cx, node, emitFunctionDeclaration(cx, node));
    case "TypeDeclaration":
      return emitType(cx, node);
    case "Impl":
      return emitImpl(cx, node);
    case "Return":
      if (node.value) return emitReturn(cx, node, node.value);
      return push(cx, node, "return;");
    case "Throw":
      return push(cx, node, ["throw ", emitExpression(cx, node.value), ";"]);
    case "Break":
    case "Continue":
      return push(cx, node, emitJump(cx, node));
    case "For":
      return emitFor(cx, node);
    case "While":
      return emitWhile(cx, node);
    case "Guard":
      return push(cx, node, [
        ["if (!(", emitExpression(cx, node.test), ")) "],
        emitBlockTo(cx, node.otherwise, discard),
      ]);
    case "Try":
      return push(cx, node, emitTry(cx, node));
    case "Defer":
      return emitDefer(cx, node);
    case "With":
      return emitWith(cx, node);
    case "Export":
      if (node.declaration) emitStatement(cx, node.declaration);
      return;
    case "Unsupported":
      return push(cx, node, [`throw new Error("\`${node.construct}\` is not supported here");`]);
    case "Trait":
      return emitTrait(cx, node);
    case "Import":
    case "Extern":
    case "Foreign":
  }
}

function push(cx: Context, node: ast.Statement, code: Code): void {
  cx.out.push([node.from, code]);
}

function emitExpressionStatement(cx: Context, node: ast.Expression): void {
  if (node.kind === "If") return emitIf(cx, node, discard);
  if (node.kind === "Match") return emitMatch(cx, node, discard);
  const code = emitExpression(cx, node);
  const guarded = node.kind === "Object" || node.kind === "Lambda";
  deliver(cx, guarded ? ["(", code, ")"] : code, discard);
}

function emitReturn(cx: Context, node: ast.Return, value: ast.Expression): void {
  if (value.kind !== "If" && value.kind !== "Match") {
    return push(cx, node, ["return ", emitExpression(cx, value), ";"]);
  }
  emitValueTo(cx, value, { kind: "return" });
  // Whatever branch gave no value still ends the function.
  cx.out.push("return;");
}

function emitTry(cx: Context, node: ast.Try): Code {
  const error = node.error ? [" (", node.error.from, definedName(cx, node.error), ")"] : "";
  const handler = node.handler
    ? [" catch", error, " ", emitBlockTo(cx, node.handler, discard)]
    : "";
  const finalizer = node.finalizer ? [" finally ", emitBlockTo(cx, node.finalizer, discard)] : "";
  return ["try ", emitBlockTo(cx, node.body, discard), handler, finalizer];
}

/** `defer` adds a function to a list that the enclosing function runs at its end, last first. */
function emitDefer(cx: Context, node: ast.Defer): void {
  const scope = cx.unit.resolution.functions.get(node);
  // Outside a function nothing would run it, as a warning says.
  if (!scope?.parent?.parent) return;
  const list = deferredList(cx);
  const inside = enterFunction(cx, scope.async);
  if (node.body.kind === "Block") emitStatements(inside, node.body.body);
  else emitExpressionStatement(inside, node.body);
  const async = scope.async ? "async " : "";
  push(cx, node, [list, ".push(", async, "() => ", finish(inside, scope), ");"]);
}

function emitWith(cx: Context, node: ast.With): void {
  const name = definedName(cx, node.name);
  const inside = enterBlock(cx);
  const resource = emitExpression(inside, node.resource);
  inside.out.push(["const ", node.name.from, name, " = ", resource, ";"]);
  const body = emitBlockTo(inside, node.body, discard);
  const close: Code = [cx.frame.async ? "await " : "", helper(cx, "close"), "(", name, ");"];
  inside.out.push(["try ", body, " finally ", braces([close])]);
  push(cx, node, braces(inside.out));
}
