// What is written like a name and stands for none: decorators, and the styles of printed texts.
import type { ast } from "tova-parser";
import { codes } from "../diagnostics/registry";
import type { Place, Walk } from "./resolve-state";
import { walkExpression } from "./resolve-walk";
import type { Scope } from "./scope";
import { isStyle } from "./styles";

const hints = new Set(["wasm", "fast"]);

/** Decorators are hints; one that nobody knows is named once. */
export function checkDecorators(walk: Walk, node: ast.FunctionDeclaration): void {
  for (const decorator of node.decorators) {
    const { name } = decorator;
    if (hints.has(name) || walk.decorators.has(name)) continue;
    walk.decorators.add(name);
    walk.findings.report(decorator, codes.unknownDecorator({ name }));
  }
}

/** True for a text that `print` shows, in which `{red}` may be a style (spec 14). */
export function isStyled(
  scope: Scope,
  call: ast.Call,
  node: ast.Expression,
): node is ast.StringLiteral {
  const { callee } = call;
  const prints = callee.kind === "Identifier" && callee.name === "print" && !scope.find("print");
  return prints && node.kind === "String";
}

/** A style is none where the program has a variable of that name. */
export function walkStyled(walk: Walk, place: Place, node: ast.StringLiteral): void {
  for (const part of node.parts) {
    if (typeof part === "string") continue;
    const style = part.kind === "Identifier" && isStyle(part.name) && !place.scope.find(part.name);
    if (style) walk.styles.add(part);
    else walkExpression(walk, place, part);
  }
}
