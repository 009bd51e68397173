// Functions, lambdas and methods → JavaScript functions (spec 4).
import type { ast } from "tova-parser";
import type { FunctionScope, Variable } from "../analyse/scope";
import {
  type Context,
  declareTemporaries,
  definedName,
  deliver,
  enterBlock,
  enterFunction,
  freshName,
  helper,
  toReturn,
} from "./context";
import { emitExpression } from "./expression";
import { hoists } from "./hoisting";
import { emitArrowValue, emitKey } from "./literal";
import { emitStatement, emitStatements, emitValueTo } from "./statement";
import { braces, type Code, dedent, indent, list, newline } from "./writer";

type Params = readonly ast.Parameter[];

/** The function scope of a node that has one. */
function scopeOf(cx: Context, node: object): FunctionScope {
  const scope = cx.unit.resolution.functions.get(node);
  if (!scope) throw new Error("A function was not resolved.");
  return scope;
}

/** A lambda: an arrow, or a function expression where it generates. */
export function emitLambda(cx: Context, node: ast.Lambda): Code {
  const scope = scopeOf(cx, node);
  const inside = enterFunction(cx, scope.async);
  const params = emitParameters(inside, node.params);
  const async = scope.async ? "async " : "";
  const { body } = node;
  if (scope.generator) {
    return [async, "function* ", params, " ", emitLambdaBlock(inside, body, scope)];
  }
  const simple =
    body.kind !== "Block" && body.kind !== "Assignment" && body.kind !== "CompoundAssignment";
  if (!simple || inside.out.length > 0 || hoists(inside, body)) {
    return [async, params, " => ", emitLambdaBlock(inside, body, scope)];
  }
  const value = emitArrowValue(inside, body);
  if (inside.frame.temps.length === 0) return [async, params, " => ", value];
  return [
    async,
    params,
    " => ",
    braces([...declareTemporaries(inside.frame), ["return ", value, ";"]]),
  ];
}

/**
 * A lambda as the declaration of a function of the module, which is there before all code runs: no
 * code makes it when the module loads.
 */
export function emitLambdaDeclaration(cx: Context, node: ast.Lambda, name: string): Code {
  const scope = scopeOf(cx, node);
  const inside = enterFunction(cx, scope.async);
  const params = emitParameters(inside, node.params);
  const body = emitLambdaBlock(inside, node.body, scope);
  const star = scope.generator ? "*" : "";
  return [node.from, scope.async ? "async " : "", `function${star} ${name}`, params, " ", body];
}

function emitLambdaBlock(inside: Context, body: ast.Lambda["body"], scope: FunctionScope): Code {
  if (body.kind === "Block") emitStatements(inside, body.body, toReturn);
  else if (body.kind === "Assignment" || body.kind === "CompoundAssignment") {
    emitStatement(inside, body);
  } else emitValueTo(inside, body, toReturn);
  return finish(inside, scope);
}

/** An argument with a free `it` (spec 4). */
export function emitImplicitFunction(cx: Context, node: ast.Expression): Code {
  const scope = scopeOf(cx, node);
  const name = cx.unit.resolution.variables.get(scope)?.js ?? "it";
  const inside = enterFunction(cx, scope.async);
  const async = scope.async ? "async " : "";
  if (!hoists(inside, { ...node })) {
    const value = emitArrowValue(inside, node);
    if (inside.frame.temps.length === 0) return [async, name, " => ", value];
    return [
      async,
      name,
      " => ",
      braces([...declareTemporaries(inside.frame), ["return ", value, ";"]]),
    ];
  }
  deliver(inside, emitExpression(inside, node), toReturn);
  return [async, name, " => ", finish(inside, scope)];
}

/** `async function* name(params) { body }`. */
export function emitFunctionDeclaration(cx: Context, node: ast.FunctionDeclaration): Code {
  const name = definedName(cx, node.name);
  return [node.from, emitFunction(cx, node, node.params, node.body, [" ", node.name.from, name])];
}

/**
 * A function with a body, by its node, parameters and what stands before the parameters.
 * @param self what a method calls its object; null for any other function
 */
export function emitFunction(
  cx: Context,
  node: object,
  params: Params,
  body: ast.Block,
  name: Code,
  self: Variable | null = null,
): Code {
  const scope = scopeOf(cx, node);
  const inside = enterFunction(cx, scope.async);
  if (self && self.reads > 0) inside.out.push(["const ", self.js, " = this;"]);
  const head = emitParameters(inside, params, self);
  emitStatements(inside, body.body, toReturn);
  const star = scope.generator ? "*" : "";
  return [scope.async ? "async " : "", "function", star, name, head, " ", finish(inside, scope)];
}

/** The body of a function whose statements are written: temporaries first, deferred calls last. */
export function finish(inside: Context, scope: FunctionScope): Code {
  const { frame, out } = inside;
  if (!frame.deferred) return braces([...declareTemporaries(frame), ...out]);
  const run = scope.async
    ? ["await ", helper(inside, "runDeferredAsync"), "(", frame.deferred, ");"]
    : [helper(inside, "runDeferred"), "(", frame.deferred, ");"];
  return braces([
    ...declareTemporaries(frame),
    ["const ", frame.deferred, " = [];"],
    ["try ", braces(out), " finally {", indent, newline, run, dedent, newline, "}"],
  ]);
}

// ── Parameters ─────────────────────────────────────────────────────

/**
 * The parameter list. A default that needs statements or temporaries, and all that follow it, are
 * filled in at the start of the body instead.
 */
function emitParameters(inside: Context, params: Params, self: Variable | null = null): Code {
  const name = self?.js;
  // Parameters stand before the body that names the object.
  if (self) self.js = "this";
  const code = emitParameterList(inside, params);
  if (self) self.js = name ?? self.js;
  return code;
}

function emitParameterList(inside: Context, params: Params): Code {
  const { resolution, spread } = inside.unit;
  let late = false;
  const codes = params.flatMap((parameter): readonly Code[] => {
    const { target, fallback, rest } = parameter;
    if (rest) return [["...", emitTarget(inside, target, inside.out)]];
    late ||= fallback !== null && !isPlain(inside, fallback);
    const members = spread.get(resolution.variables.get(target) ?? target);
    if (members) return [...members.values()];
    const before = inside.out.length;
    const code = late ? emitLate(inside, parameter) : emitParameter(inside, parameter);
    // What follows a pattern with a name that is filled in later may use that name.
    late ||= inside.out.length > before;
    return [code];
  });
  return ["(", list(codes), ")"];
}

function isPlain(cx: Context, node: ast.Expression): boolean {
  const scratch = enterFunction(cx);
  emitExpression(scratch, node);
  return scratch.out.length === 0 && scratch.frame.temps.length === 0;
}

function emitParameter(inside: Context, { target, fallback }: ast.Parameter): Code {
  const code = emitTarget(inside, target, inside.out);
  return fallback ? [code, " = ", emitExpression(inside, fallback)] : code;
}

function emitLate(inside: Context, { target, fallback }: ast.Parameter): Code {
  const name = target.kind === "Name" ? definedName(inside, target) : freshName(inside);
  if (fallback) inside.out.push(...emitDefault(inside, name, fallback));
  if (target.kind !== "Name") {
    const late: Code[] = [];
    inside.out.push(["const ", emitTarget(inside, target, late), " = ", name, ";"], ...late);
  }
  return name;
}

/**
 * A name being defined or a flat pattern (spec 3).
 * @param late gets the statements that fill in defaults which need statements of their own, and
 * those after them, which may use their names; they belong right behind the definition
 */
export function emitTarget(cx: Context, target: ast.Name | ast.BindingPattern, late: Code[]): Code {
  if (target.kind === "Name") return [target.from, definedName(cx, target)];
  const own: Code[] = [];
  const code =
    target.kind === "ArrayPattern"
      ? ["[", list(target.entries.map((entry) => emitArrayEntry(cx, entry, own))), "]"]
      : ["{ ", list(target.entries.map((entry) => emitObjectEntry(cx, entry, own))), " }"];
  late.push(...own);
  return code;
}

function emitArrayEntry(cx: Context, entry: ast.ArrayPatternEntry, late: Code[]): Code {
  if (entry.rest) return ["...", entry.binding.from, definedName(cx, entry.binding)];
  return emitEntry(cx, entry, "", late);
}

function emitObjectEntry(cx: Context, entry: ast.ObjectPatternEntry, late: Code[]): Code {
  const { key, binding } = entry;
  if (key === null) return ["...", binding.from, definedName(cx, binding)];
  return emitEntry(cx, entry, emitKey(key), late);
}

type Entry = Pick<ast.ObjectPatternEntry, "from" | "binding" | "fallback">;

/** One name of a pattern, taken from `key`, with its default. */
function emitEntry(cx: Context, entry: Entry, key: string, late: Code[]): Code {
  const { binding, fallback } = entry;
  const local = definedName(cx, binding);
  const from = (name: string): Code => {
    if (key === "") return [binding.from, name];
    return key === name ? [binding.from, key] : [entry.from, key, ": ", binding.from, name];
  };
  if (!fallback) return from(local);
  if (late.length === 0 && isPlain(cx, fallback))
    return [from(local), " = ", emitExpression(cx, fallback)];
  const taken = freshName(cx);
  late.push(["let ", local, " = ", taken, ";"], ...emitDefault(cx, local, fallback));
  return from(taken);
}

/** `if (name === undefined) { … name = value; }` */
function emitDefault(cx: Context, name: string, fallback: ast.Expression): readonly Code[] {
  const inside = enterBlock(cx);
  inside.out.push([name, " = ", emitExpression(inside, fallback), ";"]);
  return [["if (", name, " === undefined) ", braces(inside.out)]];
}

/** The name of a function's list of deferred functions. */
export function deferredList(cx: Context): string {
  cx.frame.deferred ??= `$defers${++cx.frame.count}`;
  return cx.frame.deferred;
}
