// `type T = A where …` → a function that gives its argument back, or throws (spec 6).
import type { ast } from "tova-parser";
import { type Context, enterFunction, helper, variableName } from "./context";
import { emitExpression } from "./expression";
import { finish } from "./function";
import { emitStatement } from "./statement";
import { emitAliasTest } from "./type-test";
import type { Code } from "./writer";

/** All expressions of the condition must hold, and the value be of the type that it refines. */
export function emitRefinement(cx: Context, node: ast.TypeDeclaration, name: string): void {
  const { refinement } = node;
  const scope = refinement && cx.unit.resolution.functions.get(refinement);
  if (!refinement || !scope) return;
  const inside = enterFunction(cx, scope.async);
  const value = variableName(cx, refinement) ?? "it";
  const base = emitAliasTest(inside, node, value, true);
  inside.out.push(["if (!(", base, ")) return false;"]);
  for (const statement of refinement.body) {
    if (statement.kind !== "ExpressionStatement") emitStatement(inside, statement);
    else {
      const test = emitExpression(inside, statement.expression);
      inside.out.push(["if (!(", test, ")) return false;"]);
    }
  }
  inside.out.push("return true;");
  const async = scope.async ? "async " : "";
  const check: Code = [async, value, " => ", finish(inside, scope)];
  const made = [helper(cx, "refined"), "(", JSON.stringify(node.name.name), ", ", check, ")"];
  cx.out.push([node.from, "const ", node.name.from, name, " = ", made, ";"]);
}
