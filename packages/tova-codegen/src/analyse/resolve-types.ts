// Types, traits and `impl` → the names that they use (spec 6).
import type { ast } from "tova-parser";
import { codes } from "../diagnostics/registry";
import { baseName } from "./hoist";
import { define, later, type Place, use, type Walk } from "./resolve-state";
import { walkBody, walkFunction } from "./resolve-walk";
import { functionScope, Scope } from "./scope";

/** A record's fields have a name each. */
function checkFields(walk: Walk, fields: readonly ast.Field[]): void {
  const seen = new Set<string>();
  for (const { name, from, to } of fields) {
    if (seen.has(name)) walk.findings.report({ from, to }, codes.duplicateDefinition({ name }));
    seen.add(name);
  }
}

/** The methods of a trait or `impl` that have bodies. */
export function walkMethods(walk: Walk, place: Place, methods: readonly ast.Method[]): void {
  for (const method of methods) {
    const owner = functionScope(place.scope.owner, method.async);
    if (method.body) walkFunction(walk, place, method, owner);
  }
}

/** An `impl` uses its type and its trait. */
export function walkImpl(walk: Walk, place: Place, node: ast.Impl): void {
  const type = use(walk, place.scope, node.type, node.type.name);
  if (type && node.methods.some(isOwnNew)) type.ownNew = true;
  const isExtended = languageTypes.has(node.type.name) && node.methods.some(isOfType);
  if (!type && isExtended) walk.extended.add(node.type.name);
  const trait = node.trait && place.scope.find(node.trait.name);
  if (trait && node.trait) use(walk, place.scope, node.trait, node.trait.name);
  walkMethods(walk, place, node.methods);
}

/** Whether a function of an `impl` or trait is a method of values: its first parameter is `self`. */
export function takesSelf({ params }: ast.Method): boolean {
  const target = params[0]?.target;
  return target?.kind === "Name" && target.name === "self";
}

const isOfType = (method: ast.Method): boolean => method.body !== null && !takesSelf(method);

/** Types of the language that are no values of the platform by the same name. */
const languageTypes = new Set(["Int", "Float", "Bool", "List", "Result", "Option"]);

/** A function `new` of a type, which takes the place of what `T.new(…)` is otherwise. */
const isOwnNew = (method: ast.Method): boolean => method.name.name === "new" && !takesSelf(method);

/** An alias uses the types it names; the test of a refinement is a function of `it`. */
export function walkType(walk: Walk, place: Place, node: ast.TypeDeclaration): void {
  const { scope } = place;
  checkFields(walk, node.fields);
  for (const member of node.alias) {
    const name = baseName(member);
    const known = walk.variables.has(member) || name === null || !scope.find(name);
    if (!known) use(walk, scope, member, name);
  }
  const { refinement } = node;
  if (!refinement) return;
  const owner = functionScope(scope.owner);
  walk.functions.set(refinement, owner);
  later(walk, () => {
    const inside = new Scope(scope, owner);
    define(walk, inside, refinement, { name: "it", kind: "parameter", range: refinement });
    walkBody(walk, { scope: inside, loops: [] }, refinement);
    if (owner.async) walk.findings.report(refinement, codes.awaitInRefinement({}));
  });
}
