// `x is T` → a test at run time (spec 2).
import type { ast } from "tova-parser";
import type { Variable } from "../analyse/scope";
import { hostGlobals } from "../generated/globals";
import { type Context, helper, temporary } from "./context";
import { emitExpression } from "./expression";
import { type Code, join } from "./writer";

const builtIn: Readonly<Record<string, (value: Code) => Code>> = {
  String: (value) => ["typeof ", value, ' === "string"'],
  Number: (value) => ["typeof ", value, ' === "number"'],
  Bool: (value) => ["typeof ", value, ' === "boolean"'],
  Function: (value) => ["typeof ", value, ' === "function"'],
  Int: (value) => ["Number.isInteger(", value, ")"],
  Float: (value) => ["typeof ", value, ' === "number" && !Number.isInteger(', value, ")"],
  Nil: (value) => [value, " == null"],
  Void: (value) => [value, " == null"],
  Array: (value) => ["Array.isArray(", value, ")"],
  List: (value) => ["Array.isArray(", value, ")"],
  Any: () => "true",
};

/** Types of the language with more than one tag. */
const tags: Readonly<Record<string, readonly string[]>> = {
  Result: ["Ok", "Err"],
  Option: ["Some", "None"],
};

/** A type test; the value is evaluated once. */
export function emitTypeTest(cx: Context, node: ast.TypeTest): Code {
  const variable = cx.unit.resolution.variables.get(node) ?? null;
  const { before, value } = once(cx, node.value);
  const test = [...before, "(", emitNamedTest(cx, { name: node.type, variable }, value), ")"];
  const whole: Code = before.length > 0 ? ["(", test, ")"] : test;
  return node.negated ? ["!", whole] : whole;
}

/** A value as code that may be repeated, and what must be evaluated before it. */
function once(cx: Context, node: ast.Expression): { before: readonly Code[]; value: Code } {
  const code = emitExpression(cx, node);
  if (node.kind === "Identifier") return { before: [], value: code };
  const name = temporary(cx);
  return { before: [name, " = ", code, ", "], value: name };
}

interface TypeName {
  readonly name: string;
  readonly variable: Variable | null;
}

/** A test for one type by its name; `value` is code that may be repeated. */
export function emitNamedTest(cx: Context, { name, variable }: TypeName, value: Code): Code {
  if (!variable) return emitGlobalTest(cx, name, value);
  const { js, kind, tag } = variable;
  const declaration = cx.unit.resolution.declarations.get(variable);
  switch (kind) {
    case "record":
    case "type":
      return [value, " instanceof ", js];
    case "variant":
      return [value, "?.__tag === ", JSON.stringify(tag)];
    case "refinement":
    case "test":
      return [js, ".__test(", value, ")"];
    case "alias":
      return declaration ? emitAliasTest(cx, declaration, value) : "false";
    default:
      // A value does not take the name of a type away.
      if (isBuiltIn(name)) return emitGlobalTest(cx, name, value);
      return emitImportedTest(cx, js, name, value);
  }
}

/** A test for a type of which only its value is known, as that of another module is. */
export function emitImportedTest(cx: Context, type: Code, name: string, value: Code): Code {
  return [helper(cx, "isOf"), "(", value, ", ", type, ", ", JSON.stringify(name), ")"];
}

/** Whether values are of a type of this name without the program defining it. */
export const isTypeName = (name: string): boolean => isBuiltIn(name) || hostGlobals.has(name);

const isBuiltIn = (name: string): boolean =>
  Object.hasOwn(builtIn, name) || Object.hasOwn(tags, name);

function emitGlobalTest(cx: Context, name: string, value: Code): Code {
  const test = Object.hasOwn(builtIn, name) ? builtIn[name] : undefined;
  if (test) return test(value);
  const known = Object.hasOwn(tags, name) ? tags[name] : undefined;
  if (known) return either(known.map((tag) => [value, "?.__tag === ", JSON.stringify(tag)]));
  return [helper(cx, "isA"), "(", value, ", ", JSON.stringify(name), ")"];
}

/**
 * A test for one of the types that an alias names.
 * @param value code that may be repeated
 * @param wide takes whole numbers for `Float` too, as a value of that type may well be one
 */
export function emitAliasTest(
  cx: Context,
  node: ast.TypeDeclaration,
  value: Code,
  wide = false,
  seen: readonly ast.TypeDeclaration[] = [],
): Code {
  if (seen.includes(node)) return "false";
  const tests = node.alias.map((member): Code => {
    const variable = cx.unit.resolution.variables.get(member) ?? null;
    const alias = variable?.kind === "alias" && cx.unit.resolution.declarations.get(variable);
    if (alias) return emitAliasTest(cx, alias, value, wide, [...seen, node]);
    const names = classNames(member).map((name) => (wide && name === "Float" ? "Number" : name));
    return either(names.map((name) => emitNamedTest(cx, { name, variable }, value)));
  });
  return either(tests);
}

const either = (tests: readonly Code[]): Code =>
  tests.length > 1 ? ["(", join(tests, ") || ("), ")"] : (tests[0] ?? "false");

/** Lists and tuples are lists at run time, functions functions; of `Name<T>` only the name counts. */
function classNames({ form }: ast.TypeExpression): readonly string[] {
  switch (form.kind) {
    case "name":
      return [form.name];
    case "array":
    case "tuple":
      return ["Array"];
    case "function":
      return ["Function"];
    case "union":
      return form.members.flatMap(classNames);
  }
}
