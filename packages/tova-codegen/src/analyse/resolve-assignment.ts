// Assignments and declarations of variables → the names they define or change (spec 3).
import type { ast } from "tova-parser";
import { codes } from "../diagnostics/registry";
import { isHostValue } from "./name-variables";
import { define, named, type Place, use, type Walk } from "./resolve-state";
import { walkExpression, walkParameterDefault } from "./resolve-walk";
import { Scope, type Variable } from "./scope";

/** Defines or assigns the targets. */
export function walkAssignment(walk: Walk, place: Place, node: ast.Assignment): void {
  walkValues(walk, place, node);
  const { targets, values } = node;
  // A single value may be taken apart by several targets.
  const isOneEach = targets.length === values.length;
  for (let i = 0; i < targets.length; i++) {
    const target = targets[i] as (typeof targets)[number];
    const value = (isOneEach && values[i]) || null;
    if (target.kind === "ObjectPattern" || target.kind === "ArrayPattern") {
      defineTarget(walk, place, target, "const");
      if (value && target.kind === "ObjectPattern") noteParts(walk, target, value);
    } else if (target.kind === "Identifier") assignName(walk, place.scope, target, value);
    else walkExpression(walk, place, target);
  }
}

function noteParts(walk: Walk, { entries }: ast.ObjectPattern, object: ast.Expression): void {
  for (const { key, binding } of entries) {
    const variable = walk.variables.get(binding);
    if (variable && key !== null) walk.parts.set(variable, { key, object });
  }
}

type Defining = ast.Assignment | ast.VarDeclaration;

function namesOf(targets: Defining["targets"]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const target of targets) {
    if (target.kind === "Name" || target.kind === "Identifier") names.add(target.name);
    else if (target.kind === "ObjectPattern" || target.kind === "ArrayPattern") {
      for (const { binding } of target.entries) names.add(binding.name);
    }
  }
  return names;
}

/** The values of names, before the names are defined. */
function walkValues(walk: Walk, place: Place, node: Defining): void {
  const names = namesOf(node.targets);
  const start = walk.all.length;
  const around = node.kind === "Var" ? place : beforeNames(walk, place, names);
  for (const value of node.values) {
    walkExpression(walk, value.kind === "Lambda" ? place : around, value);
  }
  for (let i = start; i < walk.all.length; i++) {
    const variable = walk.all[i] as Variable;
    if (names.has(variable.name)) walk.inside.add(variable);
  }
}

/**
 * Where functions inside a value still mean the outer variable or the builtin that a name hides:
 * `len = map(rows, fn(row) len(row))`. A function that is itself the value calls itself.
 */
function beforeNames(walk: Walk, place: Place, names: ReadonlySet<string>): Place {
  const { scope, loops } = place;
  let before: Map<string, Variable | null> | null = null;
  for (const name of names) {
    const outer = scope.find(name);
    if (outer ? outer.kind === "var" : !walk.isBuiltin(name)) continue;
    before ??= new Map();
    before.set(name, outer);
  }
  return before ? { scope: new Scope(scope, scope.owner, before), loops } : place;
}

function assignName(
  walk: Walk,
  scope: Scope,
  target: ast.Identifier,
  value: ast.Expression | null,
): void {
  if (target.name === "_") return;
  const earlier = scope.find(target.name);
  if (earlier?.kind === "var") {
    earlier.writes++;
    use(walk, scope, target, target.name);
    return;
  }
  if (earlier && earlier.owner === scope.owner && earlier.kind !== "binding") {
    walk.findings.report(target, codes.immutable(immutable(earlier)));
    return;
  }
  // A binding of the module is no outer name: it is of a block, or its second definition is reported.
  // Nobody means a value that only gets its name further down.
  const follows = earlier && earlier.since !== null && earlier.since > target.from;
  if (earlier && earlier.owner !== scope.owner && !follows) {
    walk.findings.report(target, codes.shadows({ name: target.name }));
  }
  walk.declares.add(target);
  const variable = define(walk, scope, target, named(target, "const", target.from));
  if (value) walk.values.set(variable, value);
}

/** `x += 1` uses and assigns. */
export function walkUpdate(walk: Walk, place: Place, node: ast.CompoundAssignment): void {
  walkExpression(walk, place, node.value);
  walkExpression(walk, place, node.target);
  if (node.target.kind === "Identifier") checkMutable(walk, place.scope, node.target);
}

/** Defines the variables of `var`. */
export function walkVar(walk: Walk, place: Place, node: ast.VarDeclaration): void {
  walkValues(walk, place, node);
  for (const target of node.targets) defineTarget(walk, place, target, "var");
}

function checkMutable(walk: Walk, scope: Scope, target: ast.Identifier): void {
  const variable = scope.find(target.name);
  const isFixed = isHostValue(target.name) || walk.isBuiltin(target.name);
  if (variable ? variable.kind === "var" : !isFixed) return;
  const found = variable ? immutable(variable) : { name: target.name, isValue: false };
  walk.findings.report(target, codes.immutable(found));
}

/** Parameters, loop variables and functions have no declaration to which `var` could be added. */
const immutable = ({ name, kind }: Variable) => ({ name, isValue: kind === "const" });

/**
 * Defines the names of a target: a name, or those of a pattern.
 * @param since from where on they hold, null in their whole scope; each from its own place without it
 */
export function defineTarget(
  walk: Walk,
  place: Place,
  target: ast.Name | ast.BindingPattern,
  kind: "const" | "var" | "parameter",
  since?: number | null,
): void {
  const single = (name: ast.Name) =>
    define(walk, place.scope, name, named(name, kind, since === undefined ? name.from : since));
  if (target.kind === "Name") single(target);
  else {
    for (const { binding, fallback } of target.entries) {
      if (fallback && kind === "parameter") walkParameterDefault(walk, place, fallback);
      else if (fallback) walkExpression(walk, place, fallback);
      single(binding);
    }
  }
}
