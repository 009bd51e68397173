// A match pattern → the names it binds and the types it means (spec 7).
import type { ast } from "tova-parser";
import { codes } from "../diagnostics/registry";
import { define, type Place, use, type Walk } from "./resolve-state";
import { holdsValue, type Scope, type Variable } from "./scope";

/** Defines the names of a pattern in the scope of its arm. */
export function walkPattern(
  walk: Walk,
  place: Place,
  pattern: ast.MatchPattern | ast.RestPattern,
): void {
  switch (pattern.kind) {
    case "NamePattern":
      if (pattern.name !== "_") definePatternName(walk, place, pattern, pattern.name);
      return;
    case "RestPattern":
      return definePatternName(walk, place, pattern.binding, pattern.binding.name);
    case "PrefixPattern":
      return definePatternName(walk, place, pattern.rest, pattern.rest.name);
    case "VariantPattern":
      useTag(walk, place.scope, pattern);
      for (const field of pattern.fields) walkPattern(walk, place, field);
      return;
    case "ListPattern":
      for (const element of pattern.elements) walkPattern(walk, place, element);
      return;
    case "AlternativePattern":
      return walkAlternatives(walk, place, pattern);
    default:
  }
}

/** Each alternative may bind the names of the ones before it again. */
function walkAlternatives(walk: Walk, place: Place, pattern: ast.AlternativePattern): void {
  const { scope } = place;
  const outside = new Set(scope.names.values());
  for (const option of pattern.options) {
    const bound = [...scope.names.values()].filter((name) => !outside.has(name));
    const alternatives = new Set([...(place.alternatives ?? []), ...bound]);
    walkPattern(walk, { ...place, alternatives }, option);
  }
  const names = pattern.options.map((option) => new Set(namesIn(option)));
  const all = new Set(names.flatMap((one) => [...one]));
  all.delete("_");
  for (const [index, option] of pattern.options.entries()) {
    const name = [...all].find((one) => !names[index]?.has(one));
    if (name !== undefined) walk.findings.report(option, codes.unevenAlternatives({ name }));
  }
}

/** The names that stand in a pattern where it binds, `_` too. */
function namesIn(pattern: ast.MatchPattern | ast.RestPattern): readonly string[] {
  switch (pattern.kind) {
    case "NamePattern":
      return [pattern.name];
    case "RestPattern":
      return [pattern.binding.name];
    case "PrefixPattern":
      return [pattern.rest.name];
    case "VariantPattern":
      return pattern.fields.flatMap(namesIn);
    case "ListPattern":
      return pattern.elements.flatMap(namesIn);
    case "AlternativePattern":
      return pattern.options.flatMap(namesIn);
    default:
      return [];
  }
}

/** A variant's pattern is known by its tag where only its type is imported. */
function useTag(walk: Walk, scope: Scope, pattern: ast.VariantPattern): void {
  const owner = pattern.owner && use(walk, scope, pattern.owner, pattern.owner.name);
  const own = owner && walk.companions.get(owner)?.get(pattern.name);
  if (own) {
    own.reads++;
    walk.variables.set(pattern, own);
  }
  if (own || owner?.kind === "import" || (owner && holdsValue(owner))) return;
  if (scope.find(pattern.name)) {
    use(walk, scope, pattern, pattern.name);
    return;
  }
  for (const variants of walk.companions.values()) {
    const variant = variants.get(pattern.name);
    if (variant) walk.variables.set(pattern, variant);
  }
}

/** The alternatives of one pattern bind the same names: the first defines, the others assign. */
function definePatternName(
  walk: Walk,
  place: Place,
  node: ast.Name | ast.NamePattern,
  name: string,
): void {
  const known: Variable | undefined = place.scope.names.get(name);
  if (known && !place.alternatives?.has(known)) {
    walk.findings.report(node, codes.duplicateDefinition({ name }));
  }
  if (known) walk.variables.set(node, known);
  else define(walk, place.scope, node, { name, kind: "const", range: node, since: node.from });
}
