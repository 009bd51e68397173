// Annotations → types that nothing declares and that are near to one that is, or another language's (E200).
import type { ast } from "tova-parser";
import { nearestOf } from "../../diagnostics/nearest";
import { codes } from "../../diagnostics/registry";
import { type Checks, type Facts, variableOf } from "./facts";
import { foreignTypes } from "./foreign-names";
import { builtInTypes, guess, isGivenType } from "./names";

/** Types of other kinds than names have no name of their own. */
function checkType(facts: Facts, node: ast.TypeExpression | null) {
  if (!node) return;
  const { form } = node;
  if (form.kind === "array") checkType(facts, form.element);
  else if (form.kind === "tuple" || form.kind === "union")
    for (const member of form.members) checkType(facts, member);
  if (form.kind !== "name") return;
  for (const argument of form.args) checkType(facts, argument);
  const { name } = form;
  if (isOwn(facts, name)) return;
  const range = { from: node.from, to: node.from + name.length };
  const help = foreignTypes.get(name);
  if (help) {
    if (!facts.mentions.typeParameters().has(name))
      facts.findings.report(range, codes.foreignName({ name, help }));
    return;
  }
  if (isGivenType(name)) return;
  // An annotation may name what only the reader knows; near to a declared type it is meant as that.
  const meant = facts.imports ? null : (guess(facts, "type", name) ?? builtInMeant(name));
  if (meant === null || areSingleAndMany(name, meant) || facts.mentions.typeParameters().has(name))
    return;
  facts.findings.report(range, codes.unknownName({ name, meant }));
}

/** `Item` and `Items` are as often two types as one misspelt. */
const areSingleAndMany = (a: string, b: string): boolean => a === `${b}s` || b === `${a}s`;

const nearestBuiltIn = nearestOf(() => builtInTypes);
const nearestLong = nearestOf(() => [...builtInTypes].filter((name) => name.length > 4));

/**
 * The type of the language that a name misspells. Near to the short ones are words of their own:
 * `Book`, `Note`.
 */
function builtInMeant(name: string): string | null {
  const meant = nearestBuiltIn(name);
  if (meant?.toLowerCase() === name.toLowerCase()) return meant;
  const near = nearestLong(name);
  const isOneLetter = near !== null && Math.abs(near.length - name.length) < 2;
  return isOneLetter && !words.has(name) && sharesEnds(name, near) ? near : null;
}

/** English words that `Float`, `String` and `Promise` become by one letter. */
const words = new Set(["Flat", "Sting", "Strong", "Strung", "Staring", "Premise"]);

/** `Strng` and `Flaot` begin and end as what they are meant for; `Action` and `Creator` do not. */
const sharesEnds = (a: string, b: string): boolean =>
  a.slice(0, 2) === b.slice(0, 2) && a.at(-1) === b.at(-1);

const isOwn = (facts: Facts, name: string): boolean =>
  [facts.types, facts.traits, facts.elsewhere].some((names) => names.has(name)) ||
  facts.names().has(name);

function checkSignature(
  facts: Facts,
  node: Pick<ast.FunctionDeclaration, "params" | "returns">,
): void {
  for (const { type } of node.params) checkType(facts, type);
  checkType(facts, node.returns);
}

export const annotationChecks: Checks = {
  Function: checkSignature,
  Lambda(facts, node) {
    for (const { type } of node.params) checkType(facts, type);
  },
  Impl(facts, node) {
    for (const method of node.methods) checkSignature(facts, method);
  },
  Trait(facts, node) {
    for (const method of node.methods) checkSignature(facts, method);
  },
  TypeDeclaration(facts, node) {
    const fields = [...node.fields, ...node.variants.flatMap((variant) => variant.fields)];
    for (const { type } of fields) checkType(facts, type);
    // The members of a short enum are names of its own.
    if (node.alias.every((member) => variableOf(facts, member)?.kind !== "variant"))
      for (const member of node.alias) checkType(facts, member);
  },
};
