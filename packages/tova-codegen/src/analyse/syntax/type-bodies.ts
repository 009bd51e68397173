// Declarations of types that the parser reads → fields and variants that are written as no type has them.
import type { SyntaxNode } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import { reservedWords, tokenAt } from "./text";

/** Whether something in a node could not be read, so that its parts may be others than they seem. */
function hasError({ type, firstChild }: SyntaxNode): boolean {
  if (type.isError) return true;
  for (let child = firstChild; child; child = child.nextSibling) if (hasError(child)) return true;
  return false;
}

/** Values of a type with variants have the fields of their variant. */
export function fieldsOrVariants(node: SyntaxNode, source: string, findings: Findings): void {
  const variant = node.getChild("Variant");
  if (!variant || !node.getChild("Field") || hasError(node)) return;
  // A function there is told of by its name.
  if (reservedWords.has(tokenAt(source, variant.from).text)) return;
  const problem = "A type has fields or variants, not both.";
  const help = "Write the fields in the parentheses of each variant; a field is `name: Type`.";
  findings.report(variant, codes.unexpected({ problem, help }));
}

/**
 * `type Book { title String }` is read as variants; told of once, of all such fields, where one of
 * them is of a type that no variant is called after.
 */
export function fieldsWithoutColon(node: SyntaxNode, source: string, findings: Findings): void {
  const textOf = ({ from, to }: SyntaxNode): string => source.slice(from, to);
  const types = node.getChildren("Variant").flatMap((name) => {
    const type = name.nextSibling;
    if (!/^\p{Ll}[\p{L}\p{N}_]*$/u.test(textOf(name)) || type?.name !== "Variant") return [];
    const isType = /^\p{Lu}[\p{L}\p{N}]*$/u.test(textOf(type));
    return isType && /^[ \t]+$/.test(source.slice(name.to, type.from)) ? [type] : [];
  });
  const [first, last] = [types[0], types.at(-1)];
  const isOfFields = types.some((type) => /^(String|Int|Float|Bool|Number)$/.test(textOf(type)));
  if (!first || !last || !isOfFields) return;
  const problem = "The type of a field stands behind a `:`.";
  const range = { from: first.from, to: last.to };
  findings.report(range, codes.unexpected({ problem, help: "Write `name: Type`." }));
}

/** `type Shape = Circle(r: Float) | Dot`: a short enum has no fields (spec section 6). */
export function fieldsInBraces(node: SyntaxNode, source: string, findings: Findings): void {
  if (!node.getChild("Type") || !/^[ \t]*\(/.test(source.slice(node.to, node.to + 20))) return;
  const problem = "Variants with fields stand in braces.";
  const help = "Write `type Shape { Circle(r: Float) Dot }`.";
  findings.report(tokenAt(source, node.to), codes.unexpected({ problem, help }));
}
