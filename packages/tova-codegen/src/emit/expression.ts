// Expressions of the typed tree → JavaScript expressions, by kind.
import type { ast } from "tova-parser";
import type { Variable } from "../analyse/scope";
import { codes } from "../diagnostics/registry";
import { emitCall, mayRun, namespaceMember } from "./call";
import { emitComprehension } from "./comprehension";
import { emitConditional } from "./conditional";
import { type Context, helper, spill } from "./context";
import { emitLambda } from "./function";
import { emitIdentifier, emitNumber, emitObject, emitString } from "./literal";
import { emitMatchValue } from "./match";
import { emitBinary, emitComparison } from "./operator";
import { emitOptionalChain } from "./optional";
import { emitInOrder } from "./order";
import { emitPipe } from "./pipe";
import { emitTypeTest } from "./type-test";
import { type Code, list } from "./writer";

/** Emits an expression; what must run before it goes to `cx.out`. */
export function emitExpression(cx: Context, node: ast.Expression): Code {
  return [node.from, emitByKind(cx, node)];
}

function emitByKind(cx: Context, node: ast.Expression): Code {
  switch (node.kind) {
    case "Identifier":
      return emitIdentifier(cx, node);
    case "Number":
      return emitNumber(node);
    case "String":
      return emitString(cx, node);
    case "Boolean":
      return String(node.value);
    case "Nil":
      return "null";
    case "RegExp":
      return node.text;
    case "Array":
      return ["[", list(emitInOrder(cx, node.elements)), "]"];
    case "Object":
      return emitObject(cx, node);
    case "If":
      return emitConditional(cx, node);
    case "Match":
      return emitMatchValue(cx, node);
    case "Lambda":
      return emitLambda(cx, node);
    case "Unary":
      return [node.operator === "not" ? "!" : node.operator, emitOperand(cx, node.operand)];
    case "Await":
      return ["await ", emitAwaited(cx, node.argument)];
    case "Yield":
      return emitYield(cx, node);
    case "Binary":
      return emitBinary(cx, node);
    case "Comparison":
      return emitComparison(cx, node);
    case "Membership":
      return emitMembership(cx, node);
    case "TypeTest":
      return emitTypeTest(cx, node);
    case "Range": {
      const [start = "", end = ""] = emitInOrder(cx, [node.start, node.end]);
      return [helper(cx, "rangeArray"), "(", list([start, end, String(node.inclusive)]), ")"];
    }
    case "Pipe":
      return emitPipe(cx, node);
    case "Member":
      return emitOptionalChain(cx, node) ?? emitMember(cx, node);
    case "Call":
      return emitOptionalChain(cx, node) ?? emitCall(cx, node);
    case "Index":
      return emitOptionalChain(cx, node) ?? emitIndex(cx, node);
    case "Slice":
      return emitOptionalChain(cx, node) ?? emitSlice(cx, node);
    case "Propagate":
      return emitPropagate(cx, node);
    case "Comprehension":
      return emitComprehension(cx, node);
    case "Missing":
      return "undefined";
  }
}

const atoms = new Set<ast.Expression["kind"]>([
  "Identifier",
  "String",
  "Boolean",
  "Nil",
  "Array",
  "Call",
  "Index",
  "Member",
  "Slice",
  "Range",
]);

/** Emits an expression for a place next to an operator: in parentheses unless it needs none. */
export function emitOperand(cx: Context, node: ast.Expression): Code {
  const code = emitExpression(cx, node);
  return atoms.has(node.kind) && !isConstruction(cx, node) ? code : ["(", code, ")"];
}

function emitAwaited(cx: Context, node: ast.Expression): Code {
  if (!mayRun(node)) return emitOperand(cx, node);
  return [node.from, emitOptionalChain(cx, node) ?? emitCall(cx, node, true)];
}

/** `T.new(…)` and a record's `T(…)` become `new T(…)`, which binds unlike a call. */
function isConstruction(cx: Context, node: ast.Expression): boolean {
  if (node.kind !== "Call") return false;
  const { callee } = node;
  if (callee.kind === "Member") return callee.property.name === "new";
  return cx.unit.resolution.variables.get(callee)?.kind === "record";
}

function emitYield(cx: Context, node: ast.Yield): Code {
  if (!node.argument) return "yield";
  return [node.delegate ? "yield* " : "yield ", emitOperand(cx, node.argument)];
}

function emitMembership(cx: Context, node: ast.Membership): Code {
  const [left = "", right = ""] = emitInOrder(cx, [node.left, node.right]);
  return [node.negated ? "!" : "", helper(cx, "contains"), "(", left, ", ", right, ")"];
}

/** `.name` or `?.name`. */
export function property(node: ast.Member): Code {
  return [node.optional ? "?." : ".", node.property.from, node.property.name];
}

function emitMember(cx: Context, node: ast.Member): Code {
  if (!node.object) return rowAccessor(cx, node);
  const parameter = spreadParameter(cx, node.object, node.property.name);
  if (parameter) return [node.property.from, parameter];
  const member = namespaceMember(cx, node.object, node.property.name);
  if (member) return helper(cx, member);
  const variant = variantOfType(cx, node);
  return variant ? variant.js : [emitOperand(cx, node.object), property(node)];
}

/** The parameter that stands for a member of an object which the function does not get. */
function spreadParameter(cx: Context, object: ast.Expression, name: string): Code | null {
  const variable = object.kind === "Identifier" && cx.unit.resolution.variables.get(object);
  return (variable && cx.unit.spread.get(variable)?.get(name)) || null;
}

/** `.name` outside a pipe belongs to tables, which no worker has (spec 5.7). */
export function rowAccessor(cx: Context, node: ast.Member): Code {
  cx.unit.findings.report(node, codes.rowAccessor({ name: node.property.name }));
  return "undefined";
}

/** `Shape.Circle` means the variant `Circle` where `Shape` is its type. */
export function variantOfType(cx: Context, node: ast.Member): Variable | null {
  if (node.object?.kind !== "Identifier") return null;
  const type = cx.unit.resolution.variables.get(node.object);
  if (type?.kind !== "type") return null;
  const { variables, declarations } = cx.unit.resolution;
  const declared = declarations.get(type);
  // Variants of an imported type are known by its name alone.
  const known = declared
    ? [...declared.variants, ...declared.alias].map((variant) => variables.get(variant))
    : variables.values();
  for (const variable of known) {
    if (variable?.variantOf === type && variable.tag === node.property.name) return variable;
  }
  return null;
}

function emitIndex(cx: Context, node: ast.Index): Code {
  const [object = "", index = ""] = emitInOrder(cx, [node.object, node.index], (_cx, part) =>
    part === node.object ? emitOperand(cx, part) : emitExpression(cx, part),
  );
  return [object, node.optional ? "?.[" : "[", index, "]"];
}

function emitSlice(cx: Context, node: ast.Slice): Code {
  const bounds = [node.start, node.end, node.step];
  const parts = emitInOrder(
    cx,
    [node.object, ...bounds].filter((part): part is ast.Expression => part !== null),
  );
  const args = [
    parts.shift() ?? "",
    ...bounds.map((bound) => (bound ? (parts.shift() ?? "") : "undefined")),
  ];
  if (!node.step) args.pop();
  return [helper(cx, "slice"), "(", list(args), ")"];
}

/**
 * `e?` returns a failure from the enclosing function before the expression goes on (spec 5.6); a
 * module, which has nobody to return it to, fails to load.
 */
function emitPropagate(cx: Context, node: ast.Propagate): Code {
  const value = spill(cx, emitExpression(cx, node.operand));
  const leave = cx.frame.isModule ? [value, ".unwrap();"] : ["return ", value, ";"];
  cx.out.push(["if (", helper(cx, "isFailure"), "(", value, ")) ", leave]);
  return [helper(cx, "unwrapped"), "(", value, ")"];
}
