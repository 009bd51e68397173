// Calls and constructions → JavaScript (spec 4, 5.2, 5.4).
import type { ast } from "tova-parser";
import { libraryMethods, libraryNamespaces } from "../analyse/library";
import type { Variable } from "../analyse/scope";
import { isStatementOf } from "../analyse/statement-of";
import { withoutStyles } from "../analyse/styles";
import type { HelperName } from "../generated/runtime";
import { callback } from "./callback";
import { operandsOf } from "./chain";
import { type Context, helper, temporary, workerEnv } from "./context";
import { emitExpression, emitOperand, property, rowAccessor, variantOfType } from "./expression";
import { emitImplicitFunction } from "./function";
import { hoists, isStable } from "./hoisting";
import { emitKey } from "./literal";
import { emitInOrder, inOrder, isPlain, operand } from "./order";
import { predefined } from "./pattern";
import { type Code, list } from "./writer";

/**
 * Emits a call.
 * @param isRun whether it is waited for, and by {@link mayRun} that of a statement
 */
export function emitCall(cx: Context, node: ast.Call, isRun = false): Code {
  const { callee } = node;
  if (callee.kind === "Member") return emitMethodCall(cx, node, callee, isRun);
  if (isBuiltin(cx, callee, "print")) return emitPrint(cx, node);
  if (isBuiltin(cx, callee, "env")) {
    const { args } = emitParts(cx, node, callee);
    return [helper(cx, "envValue"), "(", list([workerEnv(cx), ...args]), ")"];
  }
  const called = variableOf(cx, callee);
  const { target, args } = emitParts(cx, node, callee);
  const fields = called ? called.fields : predefinedFields(cx, callee);
  const { before, all } = emitArguments(cx, node, args, fields);
  const make = called?.kind === "record" ? "new " : "";
  return sequence(before, [make, target, open(node), list(all), ")"]);
}

const open = (node: ast.Call): string => (node.optional ? "?.(" : "(");

/** A value, behind what must be evaluated before it. */
const sequence = (before: readonly Code[], value: Code): Code =>
  before.length === 0 ? value : ["(", list([...before, value]), ")"];

function emitMethodCall(cx: Context, node: ast.Call, callee: ast.Member, isRun: boolean): Code {
  const { object } = callee;
  if (!object) return rowAccessor(cx, callee);
  const name = callee.property.name;
  const variant = variantOfType(cx, callee);
  if (name === "new") return emitConstruction(cx, node, object);
  const { target, args } = emitParts(cx, node, object);
  const { before, all } = emitArguments(cx, node, args, variant?.fields ?? []);
  const member = namespaceMember(cx, object, name);
  if (member) return sequence(before, [helper(cx, member), "(", list(all), ")"]);
  if (variant) return sequence(before, [variant.js, "(", list(all), ")"]);
  const method = isRun ? null : methodHelper(cx, node);
  if (method) return [helper(cx, method), "(", list([target, ...all]), ")"];
  return [target, property(callee), open(node), list(all), ")"];
}

/** True for `statement.all()`: a list's `all` is not waited for, and mostly has a test. */
export const mayRun = (node: ast.Expression): node is ast.Call =>
  node.kind === "Call" &&
  node.args.length === 0 &&
  node.callee.kind === "Member" &&
  !node.callee.optional &&
  node.callee.property.name === "all";

/** The helper that stands for a method only Tova has; null for any other call. */
export function methodHelper(cx: Context, node: ast.Expression): HelperName | null {
  if (node.kind !== "Call" || node.callee.kind !== "Member") return null;
  const { object, property: name } = node.callee;
  const method = libraryMethods.get(name.name);
  if (!method || !object || variantOfType(cx, node.callee)) return null;
  if (isStatementOf(object, cx.unit.resolution) || isHostClass(cx, object)) return null;
  return namespaceMember(cx, object, name.name) ? null : method;
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
  return libraryNamespaces.get(object.name)?.get(name) ?? null;
}

/** True for `Promise`, `Math` and the like, which have methods of their own. */
const isHostClass = (cx: Context, node: ast.Expression): boolean =>
  node.kind === "Identifier" && /^\p{Lu}/u.test(node.name) && variableOf(cx, node) === null;

/** Style tags of literal texts vanish; only one value that is no text needs help (spec 14). */
function emitPrint(cx: Context, node: ast.Call): Code {
  const args = node.args.map((arg): ast.Argument => {
    if (arg.kind !== "String") return arg;
    const shown = arg.parts.filter((part) => !cx.unit.resolution.styles.has(part as object));
    const parts = shown.map((part) => (typeof part === "string" ? withoutStyles(part) : part));
    return { ...arg, parts };
  });
  const call = { ...node, args };
  const values = emitInOrder(cx, operandsOf(call), (at, part) => emitArgument(at, call, part));
  const { all: codes } = emitArguments(cx, node, values, []);
  const [first] = args;
  const plain = args.length !== 1 || first?.kind === "String";
  const spread = args.some(({ kind }) => kind === "Spread");
  return [plain && !spread ? "console.log" : helper(cx, "print"), "(", list(codes), ")"];
}

/** `Type.new(args)`; the type is a name or a dotted path (spec 5.2). */
function emitConstruction(cx: Context, node: ast.Call, type: ast.Expression): Code {
  const variable = type.kind === "Member" ? variantOfType(cx, type) : variableOf(cx, type);
  if (variable?.kind === "variant" && variable.fields.length === 0) return variable.js;
  const { target, args } = emitParts(cx, node, type);
  const fields = variable ? variable.fields : predefinedFields(cx, type);
  const { before, all } = emitArguments(cx, node, args, variable?.ownNew ? [] : fields);
  if (variable?.ownNew) return [target, ".new(", list(all), ")"];
  if (variable?.kind === "variant") return sequence(before, [target, "(", list(all), ")"]);
  return sequence(before, [
    "new ",
    isPath(type) ? target : ["(", target, ")"],
    "(",
    list(all),
    ")",
  ]);
}

function isPath(node: ast.Expression): boolean {
  if (node.kind === "Member") return !node.optional && node.object !== null && isPath(node.object);
  return node.kind === "Identifier";
}

function variableOf(cx: Context, node: ast.Expression): Variable | null {
  return cx.unit.resolution.variables.get(node) ?? null;
}

/** A call's callee, or what the callee is a member of, and its arguments. */
interface Parts {
  readonly target: Code;
  readonly args: readonly Code[];
}

/** The parts of a call, evaluated in this order. */
function emitParts(cx: Context, node: ast.Call, head: ast.Expression): Parts {
  const operands = operandsOf(node);
  if (isPlain(cx, operands) && !hoists(cx, head)) {
    const target = emitOperand(cx, head);
    const args = operands.map((part) => emitArgument(cx, node, part as ast.Expression));
    return { target, args };
  }
  const values = operands.map((part) => operand(cx, part, (each) => emitArgument(cx, node, each)));
  if (head.kind !== "Index" || !values.some((value) => value.hoists)) {
    const first = operand(cx, head, (each) => emitOperand(cx, each));
    const [target = "", ...args] = inOrder(cx, [first, ...values]);
    return { target, args };
  }
  // A call of an element keeps its object: the two are evaluated, the element is looked up late.
  const parts = [head.object, head.index].map((part) => operand(cx, part));
  const [object = "", index = "", ...args] = inOrder(cx, [...parts, ...values]);
  return { target: ["(", object, ")[", index, "]"], args };
}

function emitArgument(cx: Context, call: ast.Call, node: ast.Expression): Code {
  return cx.unit.resolution.implicit.has(node)
    ? emitImplicitFunction(cx, node)
    : (callback(cx, call, node) ?? emitExpression(cx, node));
}

/** Field names of `Ok`, `Err` and `Some`, which a program need not define. */
function predefinedFields(cx: Context, callee: ast.Expression): readonly string[] {
  if (callee.kind !== "Identifier" || variableOf(cx, callee)) return [];
  return Object.hasOwn(predefined, callee.name) ? (predefined[callee.name] ?? []) : [];
}

/** The arguments of a call, and what must be evaluated before it. */
interface Arguments {
  readonly before: readonly Code[];
  readonly all: readonly Code[];
}

const nothing: readonly Code[] = [];

/** Named arguments go to a constructor's fields by name, or into one object passed last. */
function emitArguments(
  cx: Context,
  node: ast.Call,
  values: readonly Code[],
  fields: readonly string[],
): Arguments {
  const { args } = node;
  if (args.every(isPositional)) return { before: nothing, all: values };
  const named = args.flatMap((arg, i) => (arg.kind === "NamedArgument" ? [{ arg, i }] : []));
  if (fields.length > 0) {
    const spread = args.some(({ kind }) => kind === "Spread");
    return spread ? behindSpread(args, values, fields) : byField(cx, args, values, fields);
  }
  const positional = values.filter((_, i) => args[i]?.kind !== "NamedArgument");
  const properties = named.map(({ arg, i }): Code => [emitKey(arg.name), ": ", values[i] ?? ""]);
  return { before: nothing, all: [...positional, ["{ ", list(properties), " }"]] };
}

/** How many fields `...list` gives is known only when it runs: the named ones are put in then. */
function behindSpread(
  args: readonly ast.Argument[],
  values: readonly Code[],
  fields: readonly string[],
): Arguments {
  const positional = values.filter((_, i) => args[i]?.kind !== "NamedArgument");
  const named = args.flatMap((arg, i): Code[] => {
    const field = arg.kind === "NamedArgument" ? fields.indexOf(arg.name) : -1;
    return field < 0 ? [] : [[`${field}: `, values[i] ?? ""]];
  });
  const all = ["...Object.assign([", list(positional), "], { ", list(named), " })"];
  return { before: nothing, all: [all] };
}

/** Evaluated as written, even where the fields stand in another order. */
function byField(
  cx: Context,
  args: readonly ast.Argument[],
  values: readonly Code[],
  fields: readonly string[],
): Arguments {
  const before: Code[] = [];
  const all: Code[] = [];
  const positional = args.filter(({ kind }) => kind !== "NamedArgument").length;
  const slots = args.map((arg, i) => {
    if (arg.kind !== "NamedArgument") return args.slice(0, i).filter(isPositional).length;
    const field = fields.indexOf(arg.name);
    return field < 0 ? Math.max(fields.length, positional) + i : field;
  });
  const ordered = slots.every((slot, i) => i === 0 || slot > (slots[i - 1] ?? 0));
  args.forEach((arg, i) => {
    const value = values[i] ?? "";
    const stable = isStable(cx, arg.kind === "NamedArgument" ? arg.value : arg);
    if (ordered || stable) all[slots[i] ?? i] = value;
    else {
      const name = temporary(cx);
      before.push([name, " = ", value]);
      all[slots[i] ?? i] = name;
    }
  });
  return { before, all: Array.from(all, (code) => code ?? "undefined") };
}

const isPositional = ({ kind }: ast.Argument): boolean => kind !== "NamedArgument";
