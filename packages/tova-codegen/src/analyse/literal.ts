// An expression → the value it stands for, when it is a literal.
import type { ast } from "tova-parser";

export type Literal = string | number | boolean;

/** The text of a string without interpolation; null with one. */
export function plainText(node: ast.StringLiteral): string | null {
  return node.parts.every((part) => typeof part === "string") ? node.parts.join("") : null;
}

/** The value of a string, number (also negative) or boolean; null for anything else. */
export function literalOf(node: ast.Expression): Literal | null {
  switch (node.kind) {
    case "String":
      return plainText(node);
    case "Number":
      return Number(node.text);
    case "Boolean":
      return node.value;
    case "Unary":
      if (node.operator !== "-" || node.operand.kind !== "Number") return null;
      return -Number(node.operand.text);
    default:
      return null;
  }
}

/** Whether a value is text that stands in the source: a literal, or several joined. */
export function isWritten(node: ast.Expression): boolean {
  if (node.kind === "String") {
    return node.parts.every((part) => typeof part === "string" || isWritten(part));
  }
  if (node.kind !== "Binary") return literalOf(node) !== null;
  return /^\+\+?$/.test(node.operator) && isWritten(node.left) && isWritten(node.right);
}

/** The text of a string or of a bare word: `"GET"`, `GET`; null for anything else. */
export function wordOf(node: ast.Expression): string | null {
  if (node.kind === "Identifier") return node.name;
  return node.kind === "String" ? plainText(node) : null;
}

/** The words of a list, bare or quoted; null when a member is anything else, or it is no list. */
export function wordsOf(node: ast.Expression): readonly string[] | null {
  if (node.kind !== "Array") return null;
  const words = node.elements.map((each) => (each.kind === "Spread" ? null : wordOf(each)));
  return words.every((word) => word !== null) ? words : null;
}
