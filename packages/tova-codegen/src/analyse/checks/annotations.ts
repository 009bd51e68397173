// Annotations → types that nothing declares and that are near to one that is, or another language's (E200).
import type { ast } from "tova-parser";
import { nearest } from "../../diagnostics/nearest";
import { codes } from "../../diagnostics/registry";
import { type Checks, type Facts, variableOf } from "./facts";
import { foreignTypes } from "./foreign-names";
import { builtInTypes, guess, isGivenType } from "./names";

/** Types of other kinds than names have no name of their own. */
function checkType(facts: Facts, node: ast.TypeExpression | null, params: ReadonlySet<string>) {
  if (!node) return;
  const { form } = node;
  if (form.kind === "array") checkType(facts, form.element, params);
  else if (form.kind === "tuple" || form.kind === "union")
    for (const member of form.members) checkType(facts, member, params);
  if (form.kind !== "name") return;
  for (const argument of form.args) checkType(facts, argument, params);
  const { name } = form;
  if (params.has(name) || isOwn(facts, name)) return;
  const range = { from: node.from, to: node.from + name.length };
  const help = Object.hasOwn(foreignTypes, name) ? foreignTypes[name] : undefined;
  if (help) {
    facts.findings.report(range, codes.foreignName({ name, help }));
    return;
  }
  if (isGivenType(name)) return;
  // An annotation may name what only the reader knows; near to a declared type it is meant as that.
  const meant = facts.imports ? null : (guess(facts, "type", name) ?? nearest(name, builtInTypes));
  if (meant === null || areSingleAndMany(name, meant)) return;
  facts.findings.report(range, codes.unknownName({ name, meant }));
}

/** `Item` and `Items` are as often two types as one misspelt. */
const areSingleAndMany = (a: string, b: string): boolean => a === `${b}s` || b === `${a}s`;

const isOwn = (facts: Facts, name: string): boolean =>
  [facts.types, facts.traits, facts.elsewhere].some((names) => names.has(name)) ||
  facts.names().has(name);

/** The type parameters behind a name, which the tree has for types only. */
function paramsBehind(facts: Facts, { to }: ast.Name): readonly string[] {
  const list = /^\s*<([^()]*?)>\s*\(/.exec(facts.source.slice(to, to + 200))?.[1] ?? "";
  return list.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [];
}

function checkSignature(
  facts: Facts,
  node: Pick<ast.FunctionDeclaration, "name" | "params" | "returns">,
): void {
  const params = new Set(paramsBehind(facts, node.name));
  for (const { type } of node.params) checkType(facts, type, params);
  checkType(facts, node.returns, params);
}

const none: ReadonlySet<string> = new Set();

export const annotationChecks: Checks = {
  Function: checkSignature,
  Lambda(facts, node) {
    for (const { type } of node.params) checkType(facts, type, none);
  },
  Impl(facts, node) {
    for (const method of node.methods) checkSignature(facts, method);
  },
  Trait(facts, node) {
    for (const method of node.methods) checkSignature(facts, method);
  },
  TypeDeclaration(facts, node) {
    const params = new Set(node.params.map(({ name }) => name));
    const fields = [...node.fields, ...node.variants.flatMap((variant) => variant.fields)];
    for (const { type } of fields) checkType(facts, type, params);
    // The members of a short enum are names of its own.
    if (node.alias.every((member) => variableOf(facts, member)?.kind !== "variant"))
      for (const member of node.alias) checkType(facts, member, params);
  },
};
