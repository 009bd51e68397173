// `type T = A where …` → a function that gives its argument back, or throws (spec 6).
import type { ast } from "tova-parser";
import { type Context, enterFunction, helper, variableName } from "./context";
import { emitExpression } from "./expression";
import { finish } from "./function";
import { emitStatement } from "./statement";
import { emitAliasTest } from "./type-test";
import { type Code, list } from "./writer";

/** All expressions of the condition must hold, and the value be of the type that it refines. */
export function emitRefinement(cx: Context, node: ast.TypeDeclaration, name: string): void {
  const { refinement } = node;
  const scope = refinement && cx.unit.resolution.functions.get(refinement);
  if (!refinement || !scope) return;
  const inside = enterFunction(cx);
  const value = variableName(cx, refinement) ?? "it";
  for (const statement of refinement.body) {
    if (statement.kind !== "ExpressionStatement") emitStatement(inside, statement);
    else {
      const test = emitExpression(inside, statement.expression);
      inside.out.push(["if (!(", test, ")) return false;"]);
    }
  }
  inside.out.push("return true;");
  const base: Code = [value, " => ", emitAliasTest(cx, node, value, true)];
  const where: Code = [value, " => ", finish(inside, scope)];
  const args = list([JSON.stringify(node.name.name), base, where]);
  const made = [helper(cx, "refined"), "(", args, ")"];
  cx.out.push([node.from, "const ", node.name.from, name, " = ", made, ";"]);
}
