// Assignments and declarations of variables → JavaScript (spec 3).
import type { ast } from "tova-parser";
import { type Context, definedName, given, spill, toVariable, variableName } from "./context";
import { emitExpression } from "./expression";
import { emitTarget } from "./function";
import { hoists, isStable } from "./hoisting";
import { emitInOrder } from "./order";
import { emitValueTo } from "./statement";
import type { Code } from "./writer";

type Target = ast.Assignment["targets"][number] | ast.Name;

const isPattern = (target: Target): target is ast.BindingPattern =>
  target.kind === "ObjectPattern" || target.kind === "ArrayPattern";

/** `a = 1`, `a, b = b, a`, `{ id } = row`, `cfg.mode = "x"`. */
export function emitAssignment(cx: Context, node: ast.Assignment): void {
  const { targets, values } = node;
  const [target] = targets;
  const [value] = values;
  if (targets.length === 1 && target && value) return emitSingle(cx, node, target, value);
  const codesOfValues = emitInOrder(cx, values);
  const declaring = targets.every((each) => cx.unit.resolution.declares.has(each));
  const ready = declaring ? codesOfValues : codesOfValues.map((code) => spill(cx, code));
  targets.forEach((each, i) => {
    const code = ready[i] ?? "undefined";
    if (!isPattern(each)) cx.out.push([each.from, assignTo(cx, each, code)]);
  });
}

function emitSingle(
  cx: Context,
  node: ast.Assignment,
  target: Target,
  value: ast.Expression,
): void {
  if (isPattern(target)) {
    const late: Code[] = [];
    const pattern = emitTarget(cx, target, late);
    cx.out.push([node.from, "const ", pattern, " = ", emitExpression(cx, value), ";"], ...late);
  } else if (target.kind === "Identifier") emitNamed(cx, target, value);
  else if (target.kind === "Member" || target.kind === "Index") emitPlace(cx, target, "=", value);
}

function emitNamed(cx: Context, target: ast.Identifier, value: ast.Expression): void {
  const name = variableName(cx, target);
  if (target.name === "_" || name === null) {
    cx.out.push([target.from, "void (", emitExpression(cx, value), ");"]);
    return;
  }
  const declares = cx.unit.resolution.declares.has(target);
  // A `var` keeps its value until the new one is there, and must not keep it where none comes.
  if (declares && (value.kind === "If" || value.kind === "Match") && hoists(cx, value)) {
    cx.out.push([target.from, "let ", name, ";"]);
    emitValueTo(cx, value, toVariable(name));
    return;
  }
  cx.out.push([target.from, assignTo(cx, target, emitExpression(cx, value))]);
}

/** One assignment of a value that is ready; declares what the target defines. */
function assignTo(cx: Context, target: ast.Expression | ast.Name, value: Code): Code {
  if (target.kind === "Name") return ["let ", definedName(cx, target), " = ", value, ";"];
  if (target.kind === "Identifier") {
    const name = variableName(cx, target);
    if (name === null) return ["void (", value, ");"];
    return [cx.unit.resolution.declares.has(target) ? "const " : "", name, " = ", value, ";"];
  }
  return [emitExpression(cx, target), " = ", value, ";"];
}

/** An assignment to a member or an element: object and index first, then the value. */
function emitPlace(cx: Context, target: Place, operator: string, value: ast.Expression): void {
  const place = hoists(cx, value) || hoists(cx, target) ? fixed(cx, target) : target;
  if (operator === "=") {
    const code = emitExpression(cx, value);
    cx.out.push([target.from, emitExpression(cx, place), " = ", code, ";"]);
    return;
  }
  emitUpdate(cx, place, operator, value);
}

type Place = ast.Member | ast.Index;

/** A place whose object and index are evaluated. */
function fixed(cx: Context, target: Place): Place {
  if (!target.object) return target;
  if (target.kind === "Member") return { ...target, object: kept(cx, target.object) };
  const object = kept(cx, target.object);
  return { ...target, object, index: kept(cx, target.index) };
}

const kept = (cx: Context, node: ast.Expression): ast.Expression =>
  isStable(cx, node) ? node : given(cx, spill(cx, emitExpression(cx, node)), node);

/** `place op= value`, where the place is read before the value is evaluated. */
function emitUpdate(
  cx: Context,
  place: ast.Expression,
  operator: string,
  value: ast.Expression,
): void {
  const { from } = place;
  const binary = operator.slice(0, -1);
  if (binary !== "*" && !hoists(cx, value)) {
    const code = emitExpression(cx, value);
    cx.out.push([from, emitExpression(cx, place), ` ${operator} `, code, ";"]);
    return;
  }
  const left = place.kind === "Member" || place.kind === "Index" ? fixed(cx, place) : place;
  const sum: ast.Binary = { ...place, kind: "Binary", operator: binary, left, right: value };
  const code = emitExpression(cx, sum);
  cx.out.push([from, emitExpression(cx, left), " = ", code, ";"]);
}

/** `x += 1`. */
export function emitCompound(cx: Context, node: ast.CompoundAssignment): void {
  const { target, operator, value } = node;
  if (target.kind === "Member" || target.kind === "Index") emitPlace(cx, target, operator, value);
  else emitUpdate(cx, target, operator, value);
}

/** `var x = 1`. */
export function emitVar(cx: Context, node: ast.VarDeclaration): void {
  const { targets, values } = node;
  const [target] = targets;
  const [value] = values;
  if (targets.length === 1 && target?.kind === "Name" && value && hoists(cx, value)) {
    const name = definedName(cx, target);
    cx.out.push([node.from, "let ", name, ";"]);
    return emitValueTo(cx, value, toVariable(name));
  }
  const ready = emitInOrder(cx, values);
  targets.forEach((each, i) => {
    const late: Code[] = [];
    const name = emitTarget(cx, each, late);
    cx.out.push([node.from, "let ", name, " = ", ready[i] ?? "undefined", ";"], ...late);
  });
}
