// Match expressions → cases that no arm takes (W200), arms that never run (W207).
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import { enumMembers, fieldNames } from "../hoist";
import type { Resolution } from "../resolve";
import { holdsValue, type Variable } from "../scope";
import { type Checks, type Facts, variableOf } from "./facts";
import { infer } from "./infer";
import {
  type Constructor,
  type Family,
  familyOf,
  isUseful,
  type Member,
  missingMembers,
  type Row,
  type Shape,
} from "./usefulness";

const member = (name: string, arity: number): Member => ({ key: name, name, arity });
const family = (name: string, ...members: Member[]): Family => ({
  name,
  members,
  byName: new Map(members.map((one) => [one.name, one])),
  widest: members.reduce((most, { arity }) => Math.max(most, arity), 0),
});

const bool = family("Bool", member("true", 0), member("false", 0));
const result = family("Result", member("Ok", 1), member("Err", 1));
const option = family("Option", member("Some", 1), member("None", 0));
const order = family("Order", member("Less", 0), member("Equal", 0), member("Greater", 0));
const predefined = new Map(
  [result, option, order].flatMap((one) => one.members.map(({ name }) => [name, one] as const)),
);

/** Rows that alternatives in several fields may multiply to; beyond, nothing is said. */
const maxRows = 200;

/** Patterns in one pattern, and fields of one type, up to which arms are compared: that takes a step a field. */
const maxFields = 200;

/** How many patterns a pattern is made of. */
function sizeOf(pattern: ast.MatchPattern | ast.RestPattern): number {
  if (pattern.kind === "ListPattern") return sizeOfAll(pattern.elements);
  return pattern.kind === "VariantPattern" ? sizeOfAll(pattern.fields) : 1;
}

const sizeOfAll = (patterns: readonly (ast.MatchPattern | ast.RestPattern)[]): number =>
  patterns.reduce((sum, pattern) => sum + sizeOf(pattern), 1);

/** Whether a type in a shape has a variant of too many fields. */
const isWide = (shape: Shape): boolean =>
  shape !== null &&
  (shape.arity > maxFields || (shape.family?.widest ?? 0) > maxFields || shape.args.some(isWide));

const opaque = (key: string, args: readonly Shape[] = []): Constructor => ({
  key,
  name: "_",
  arity: args.length,
  family: null,
  args,
});

/** Every way of choosing one shape a list. */
function combinations(lists: readonly (readonly Shape[])[]): Shape[][] {
  return lists.reduce<Shape[][]>(
    (rows, list) => rows.slice(0, maxRows + 1).flatMap((row) => list.map((one) => [...row, one])),
    [[]],
  );
}

const fieldShapes = (facts: Facts, fields: readonly (ast.MatchPattern | ast.RestPattern)[]) =>
  combinations(
    fields.map((field) => (field.kind === "RestPattern" ? [null] : shapesOf(facts, field))),
  );

/** The shapes of a pattern, one an alternative. */
function shapesOf(facts: Facts, pattern: ast.MatchPattern): readonly Shape[] {
  switch (pattern.kind) {
    case "NamePattern":
      return [null];
    case "AlternativePattern":
      return pattern.options.flatMap((option) => shapesOf(facts, option));
    case "LiteralPattern":
      return [literalShape(facts, pattern.value)];
    case "RangePattern":
    case "PrefixPattern":
      return [opaque(`${pattern.kind} ${facts.source.slice(pattern.from, pattern.to)}`)];
    case "ListPattern": {
      const rest = pattern.elements.findIndex(isRest);
      const key = `list ${pattern.elements.length}${rest < 0 ? "" : ` and more at ${rest}`}`;
      return fieldShapes(facts, pattern.elements).map((args) => opaque(key, args));
    }
    case "VariantPattern":
      return variantShapes(facts, pattern);
  }
}

function literalShape(facts: Facts, value: ast.Expression): Shape {
  if (value.kind === "Boolean") {
    return { ...member(String(value.value), 0), family: bool, args: [] };
  }
  return opaque(facts.source.slice(value.from, value.to));
}

const isRest = ({ kind }: ast.MatchPattern | ast.RestPattern): boolean => kind === "RestPattern";

function variantShapes(facts: Facts, pattern: ast.VariantPattern): readonly Shape[] {
  const value = pattern.owner && variableOf(facts, pattern.owner);
  if (value && holdsValue(value)) return [opaque(facts.source.slice(pattern.from, pattern.to))];
  const variable = variableOf(facts, pattern);
  const owner = variable ? declaredFamily(facts, variable) : predefined.get(pattern.name);
  const found = owner?.byName.get(pattern.name);
  if (!owner || !found) {
    const path = [...(pattern.owner ? [pattern.owner.name] : []), ...pattern.through, pattern.name];
    return fieldShapes(facts, pattern.fields).map((args) => opaque(`tag ${path.join(".")}`, args));
  }
  if (pattern.fields.length > found.arity && !pattern.fields.some(isRest)) {
    const counts = { has: found.arity, wants: pattern.fields.length };
    facts.findings.report(pattern, codes.patternFields({ name: pattern.name, ...counts }));
  }
  return fieldShapes(facts, pattern.fields.slice(0, found.arity)).map((args) => {
    const all = [...args, ...Array.from({ length: found.arity - args.length }, () => null)];
    return { ...found, family: owner, args: all };
  });
}

/** Families of what names mean, by their types: each pattern of a variant asks for the same one. */
const declared = new WeakMap<Resolution, Map<ast.TypeDeclaration, Family>>();

/** The variants of a variant's type, or a record as the only one of its own. */
function declaredFamily(facts: Facts, variable: Variable): Family | undefined {
  if (variable.kind === "record") {
    return family(variable.name, member(variable.name, variable.fields.length));
  }
  const type = variable.kind === "variant" ? variable.variantOf : null;
  const declaration = type && facts.types.get(type.name);
  if (!declaration || variableOf(facts, declaration.name) !== type) return undefined;
  const families = declared.get(facts.resolution) ?? new Map<ast.TypeDeclaration, Family>();
  declared.set(facts.resolution, families);
  const known = families.get(declaration) ?? familyOfType(facts, declaration);
  families.set(declaration, known);
  return known;
}

function familyOfType(facts: Facts, declaration: ast.TypeDeclaration): Family {
  const members = [
    ...declaration.variants.map(({ name, fields }) => member(name, fieldNames(fields).length)),
    ...enumMembers(declaration, facts.resolution.variables).map(({ name }) =>
      member(name ?? "", 0),
    ),
  ];
  return family(declaration.name.name, ...members);
}

/**
 * What a shape covers, at most: lists of some length are taken for all lists, as it takes more than
 * counting to tell which lengths are left.
 */
function covered(shape: Shape): Shape {
  if (!shape) return null;
  const args = shape.args.map(covered);
  if (shape.key.startsWith("list ") && args.every((arg) => arg === null)) return null;
  return { ...shape, args };
}

/** Reports arms that never run; gives the rows of what is covered, or null when there are too many. */
function checkArms(
  facts: Facts,
  node: ast.Match,
  shapesByArm: readonly (readonly Shape[])[],
): readonly Row[] | null {
  const rows: Row[] = [];
  for (const [index, arm] of node.arms.entries()) {
    const shapes = shapesByArm[index] ?? [];
    if (shapes.length + rows.length > maxRows) return null;
    if (!shapes.some((shape) => isUseful(rows, [shape]))) {
      facts.findings.report(arm.pattern, codes.unreachableArm({}));
    }
    if (!arm.guard) rows.push(...shapes.map((shape) => [shape]));
  }
  return rows.map(([shape]) => [covered(shape ?? null)]);
}

/** Whether the variant that is matched is written out, so that no other can come: `match Ok(1)`. */
function isWritten(facts: Facts, subject: ast.Expression): boolean {
  if (subject.kind === "Identifier" && variableOf(facts, subject)?.kind === "const") return false;
  const kind = infer(facts, subject)?.kind;
  return kind === "variant" || kind === "case";
}

export const matchChecks: Checks = {
  Match(facts, node) {
    if (node.arms.some(({ pattern }) => sizeOf(pattern) > maxFields)) return;
    const shapes = node.arms.map(({ pattern }) => shapesOf(facts, pattern));
    if (shapes.flat().some(isWide)) return;
    const rows = checkArms(facts, node, shapes);
    // Guarded arms count for the type that is matched, not for what is covered.
    const type = rows && familyOf(shapes.flat().map((shape) => [shape]));
    if (!rows || !type || type.members.length < 2) return;
    if (isWritten(facts, node.subject)) return;
    const missing = missingMembers(rows, type);
    if (missing.length === 0) return;
    const head = { from: node.from, to: node.subject.to };
    facts.findings.report(head, codes.missingCases({ type: type.name, missing }));
  },
};
