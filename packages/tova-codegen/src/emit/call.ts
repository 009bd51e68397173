// Calls and constructions → JavaScript (spec 4, 5.2, 5.4).
import type { ast } from "tova-parser";
import type { Variable } from "../analyse/scope";
import { type HelperName, namespaces } from "../generated/runtime";
import { type Context, helper, spill, temporary } from "./context";
import { emitExpression, emitInOrder, emitOperand, list, property } from "./expression";
import { emitImplicitFunction } from "./function";
import { isStable } from "./hoisting";
import { emitKey } from "./literal";
import type { Code } from "./writer";

/** What a pipe puts into a call. */
export interface Piped {
  /** The value that `.m(…)` is called on. */
  readonly receiver: Code | null;
  /** The value that becomes the first argument. */
  readonly first: Code | null;
  /** The value that each `_` stands for; null outside a pipe. */
  readonly placeholder: Code | null;
}

const notPiped: Piped = { receiver: null, first: null, placeholder: null };

export function emitCall(cx: Context, node: ast.Call): Code {
  return emitCallOn(cx, node, notPiped);
}

/** A call, with what a pipe puts into it. */
export function emitCallOn(cx: Context, node: ast.Call, piped: Piped): Code {
  const { callee } = node;
  if (callee.kind === "Member") return emitMethodCall(cx, node, callee, piped);
  if (isBuiltin(cx, callee, "print") && piped.first === null) return emitPrint(cx, node, piped);
  if (isBuiltin(cx, callee, "env")) {
    const [, ...args] = emitParts(cx, node, callee, piped);
    return [
      helper(cx, "envValue"),
      "(",
      list([cx.unit.environment, ...withFirst(piped, args)]),
      ")",
    ];
  }
  const called = variableOf(cx, callee);
  const [target = "", ...args] = emitParts(cx, node, callee, piped);
  const all = withFirst(piped, emitArguments(cx, node, args, called));
  return [called?.kind === "record" ? "new " : "", target, "(", list(all), ")"];
}

function emitMethodCall(cx: Context, node: ast.Call, callee: ast.Member, piped: Piped): Code {
  const { object } = callee;
  const name = callee.property.name;
  if (name === "new" && object) return emitConstruction(cx, node, object, piped);
  const [target = "", ...args] = object
    ? emitParts(cx, node, object, piped)
    : [piped.receiver ?? "undefined", ...emitParts(cx, node, null, piped)];
  const all = withFirst(piped, emitArguments(cx, node, args, null));
  const member = object && namespaceMember(cx, object, name);
  if (member) return [helper(cx, member), "(", list(all), ")"];
  const own = object !== null && isFromBinding(cx, object);
  const method = !own && Object.hasOwn(cx.unit.methods, name) ? cx.unit.methods[name] : undefined;
  if (!method) return [target, property(callee), "(", list(all), ")"];
  if (!callee.optional) return [helper(cx, method), "(", list([target, ...all]), ")"];
  const receiver = temporary(cx);
  const call: Code = [helper(cx, method), "(", list([receiver, ...all]), ")"];
  return ["((", receiver, " = ", target, ") == null ? undefined : ", call, ")"];
}

/** True for a name of the library that the program does not define itself. */
function isBuiltin(cx: Context, node: ast.Expression, name: string): boolean {
  return node.kind === "Identifier" && node.name === name && variableOf(cx, node) === null;
}

/** The helper of `str.upper` and the like; null for members that are the platform's or a value's. */
export function namespaceMember(
  cx: Context,
  object: ast.Expression,
  name: string,
): HelperName | null {
  if (object.kind !== "Identifier" || variableOf(cx, object)) return null;
  const members = Object.hasOwn(namespaces, object.name) ? namespaces[object.name] : undefined;
  return members && Object.hasOwn(members, name) ? (members[name] ?? null) : null;
}

/** True for what a binding's own methods give: `DB.prepare(…).bind(…)` has a `first` of its own. */
function isFromBinding(cx: Context, node: ast.Expression): boolean {
  if (node.kind === "Call") return isFromBinding(cx, node.callee);
  if (node.kind === "Member") return node.object !== null && isFromBinding(cx, node.object);
  return variableOf(cx, node)?.kind === "binding";
}

const styleTag = /\{(?:\/|red|green|yellow|blue|magenta|cyan|gray|bold|dim|underline)\}/g;

/** Style tags of literal texts vanish; only one value that is no text needs help (spec 14). */
function emitPrint(cx: Context, node: ast.Call, piped: Piped): Code {
  const args = node.args.map((arg): ast.Argument => {
    if (arg.kind !== "String") return arg;
    const parts = arg.parts.map((part) => {
      return typeof part === "string" ? part.replace(styleTag, "") : part;
    });
    return { ...arg, parts };
  });
  const codes = emitArguments(cx, node, emitParts(cx, { ...node, args }, null, piped), null);
  const [first] = args;
  const plain = args.length !== 1 || first?.kind === "String";
  const spread = args.some(({ kind }) => kind === "Spread");
  return [plain && !spread ? "console.log" : helper(cx, "print"), "(", list(codes), ")"];
}

/** `Type.new(args)`; the type is a name or a dotted path (spec 5.2). */
function emitConstruction(cx: Context, node: ast.Call, type: ast.Expression, piped: Piped): Code {
  const [target = "", ...args] = emitParts(cx, node, type, piped);
  const all = withFirst(piped, emitArguments(cx, node, args, variableOf(cx, type)));
  return ["new ", isPath(type) ? target : ["(", target, ")"], "(", list(all), ")"];
}

function isPath(node: ast.Expression): boolean {
  if (node.kind === "Member") return !node.optional && node.object !== null && isPath(node.object);
  return node.kind === "Identifier";
}

const withFirst = (piped: Piped, args: readonly Code[]): readonly Code[] =>
  piped.first === null ? args : [piped.first, ...args];

function variableOf(cx: Context, node: ast.Expression): Variable | null {
  return cx.unit.resolution.variables.get(node) ?? null;
}

/** The callee (or its object) and the arguments, evaluated in this order. */
function emitParts(
  cx: Context,
  node: ast.Call,
  head: ast.Expression | null,
  piped: Piped,
): readonly Code[] {
  const values = node.args.map((arg) => (arg.kind === "NamedArgument" ? arg.value : arg));
  const nodes = head ? [head, ...values] : values;
  return emitInOrder(cx, nodes, (part) => {
    if (part === head) return emitOperand(cx, part);
    if (piped.placeholder !== null && part.kind === "Identifier" && part.name === "_") {
      return piped.placeholder;
    }
    if (cx.unit.resolution.implicit.has(part)) return emitImplicitFunction(cx, part);
    return emitExpression(cx, part);
  });
}

/** Named arguments go to a constructor's fields by name, or into one object passed last. */
function emitArguments(
  cx: Context,
  node: ast.Call,
  values: readonly Code[],
  callee: Variable | null,
): readonly Code[] {
  const named = node.args.flatMap((arg, i) => (arg.kind === "NamedArgument" ? [{ arg, i }] : []));
  if (named.length === 0) return values;
  const positional = values.filter((_, i) => node.args[i]?.kind !== "NamedArgument");
  if (callee && callee.fields.length > 0) {
    return byField(cx, callee.fields, positional, named, values);
  }
  const properties = named.map(({ arg, i }): Code => [emitKey(arg.name), ": ", values[i] ?? ""]);
  return [...positional, ["{ ", list(properties), " }"]];
}

function byField(
  cx: Context,
  fields: readonly string[],
  positional: readonly Code[],
  named: readonly { readonly arg: ast.NamedArgument; readonly i: number }[],
  values: readonly Code[],
): readonly Code[] {
  const args: Code[] = [...positional];
  for (const { arg, i } of named) {
    const field = fields.indexOf(arg.name);
    const value = values[i] ?? "";
    // Evaluated as written, even where the fields stand in another order.
    const code = isStable(cx, arg.value) || field === args.length ? value : spill(cx, value);
    if (field >= 0) args[field] = code;
  }
  return Array.from(args, (code) => code ?? "undefined");
}
