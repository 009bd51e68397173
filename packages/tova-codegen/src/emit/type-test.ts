// `x is T` → a test at run time (spec 2).
import type { ast } from "tova-parser";
import { type Context, helper, temporary } from "./context";
import { emitExpression, emitOperand } from "./expression";
import type { Code } from "./writer";

const builtIn: Readonly<Record<string, (value: Code, again: Code) => Code>> = {
  String: (value) => ["typeof ", value, ' === "string"'],
  Number: (value) => ["typeof ", value, ' === "number"'],
  Bool: (value) => ["typeof ", value, ' === "boolean"'],
  Function: (value) => ["typeof ", value, ' === "function"'],
  Int: (value) => ["Number.isInteger(", value, ")"],
  Float: (value, again) => ["typeof ", value, ' === "number" && !Number.isInteger(', again, ")"],
  Nil: (value) => [value, " == null"],
  Array: (value) => ["Array.isArray(", value, ")"],
};

/** A type test; the value is evaluated once. */
export function emitTypeTest(cx: Context, node: ast.TypeTest): Code {
  const test = emitTest(cx, node);
  return node.negated ? ["!(", test, ")"] : test;
}

function emitTest(cx: Context, node: ast.TypeTest): Code {
  const value = emitOperand(cx, node.value);
  const variable = cx.unit.resolution.variables.get(node);
  if (variable?.kind === "record" || variable?.kind === "type") {
    return [value, " instanceof ", variable.js];
  }
  if (variable?.kind === "variant") return [value, "?.__tag === ", JSON.stringify(variable.tag)];
  const test = variable ? undefined : builtIn[node.type];
  if (!test)
    return [
      helper(cx, "isA"),
      "(",
      emitExpression(cx, node.value),
      ", ",
      JSON.stringify(node.type),
      ")",
    ];
  if (node.type !== "Float" || node.value.kind === "Identifier") return test(value, value);
  const name = temporary(cx);
  return test(["(", name, " = ", value, ")"], name);
}
