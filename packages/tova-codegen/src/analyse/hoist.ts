// The statements of a block → the definitions that hold in all of it: functions, types, imports.
import type { ast } from "tova-parser";
import { defineImport } from "./define-import";
import { define, named, type Walk } from "./resolve-state";
import { functionScope, type Scope, type Variable } from "./scope";

/** Defines what may be used before it stands. */
export function hoist(walk: Walk, scope: Scope, statements: readonly ast.Statement[]): void {
  let declared: ReadonlySet<string> | null = null;
  for (const statement of statements) {
    if (!hoisted.has(statement.kind)) continue;
    declared ??= new Set(statements.flatMap(typeName));
    hoistOne(walk, scope, statement, declared);
  }
}

const hoisted: ReadonlySet<ast.Statement["kind"]> = new Set([
  ...([
    "Function",
    "TypeDeclaration",
    "Trait",
    "Extern",
    "Import",
    "Export",
    "Unsupported",
  ] as const),
]);

function typeName(node: ast.Statement): readonly string[] {
  if (node.kind === "Export") return node.declaration ? typeName(node.declaration) : [];
  return node.kind === "TypeDeclaration" ? [node.name.name] : [];
}

function hoistOne(
  walk: Walk,
  scope: Scope,
  statement: ast.Statement,
  declared: ReadonlySet<string>,
): void {
  switch (statement.kind) {
    case "Function": {
      const scopeOf = functionScope(scope.owner, statement.async);
      walk.functions.set(statement, scopeOf);
      const { name } = statement;
      define(walk, scope, name, {
        name: name.name,
        kind: "function",
        range: name,
        function: scopeOf,
      });
      return;
    }
    case "TypeDeclaration":
      return hoistType(walk, scope, statement, declared);
    case "Trait":
      return hoistTrait(walk, scope, statement);
    case "Extern":
      define(walk, scope, statement.name, named(statement.name, "extern"));
      return;
    case "Import":
      return defineImport(walk, scope, statement);
    case "Unsupported":
      for (const name of statement.defines) {
        if (!scope.names.has(name))
          define(walk, scope, {}, { name, kind: "extern", range: statement });
      }
      return;
    case "Export":
      if (statement.declaration) hoistOne(walk, scope, statement.declaration, declared);
      return;
    default:
  }
}

const capital = /^\p{Lu}/u;
const builtInTypes = new Set(
  (
    "String Int Float Bool List Map Set Option Result Any Nil Void Number Array Object Promise Tuple " +
    "Function"
  ).split(" "),
);

/** The members of `type T = A | B` that define variants; none for an alias (spec 6). */
export function enumMembers(
  node: ast.TypeDeclaration,
  variables: ReadonlyMap<object, Variable>,
): readonly ast.TypeExpression[] {
  const type = variables.get(node.name);
  return type ? node.alias.filter((member) => variables.get(member)?.variantOf === type) : [];
}

/**
 * The members of `type T = A | B` when all are capitalised names and none is a type already, so
 * that they define variants.
 * @param isType whether a name is that of a type of the program
 */
export function newVariants(
  node: ast.TypeDeclaration,
  isType: (name: string) => boolean,
): readonly ast.TypeExpression[] {
  if (node.alias.length < 2) return [];
  const variants = node.alias.every(
    ({ name }) => name && capital.test(name) && !builtInTypes.has(name) && !isType(name),
  );
  return variants ? node.alias : [];
}

const typeKinds = new Set<string>(["record", "type", "alias", "test", "refinement"]);

/** The name of `Name` and `Name<…>`; null for lists and the like. */
export function baseName({ form }: ast.TypeExpression): string | null {
  return form.kind === "name" ? form.name : null;
}

/** Field names of a variant: the later of two equal names, and a missing one, count as `_0`, `_1` … */
export function fieldNames(fields: readonly ast.Field[]): readonly string[] {
  const seen = new Set<string>();
  return fields.map(({ name }, i) => {
    const duplicate = fields.filter((field) => field.name === name).length > 1;
    const result = duplicate || name === "" || seen.has(name) ? `_${i}` : name;
    seen.add(result);
    return result;
  });
}

/** The variant of `type UserId { UserId(id: Int) }`, which has the type's name. */
export function ownVariant(node: ast.TypeDeclaration): ast.Variant | undefined {
  return node.variants.find(({ name }) => name === node.name.name);
}

function hoistType(
  walk: Walk,
  scope: Scope,
  node: ast.TypeDeclaration,
  declared: ReadonlySet<string>,
): void {
  const isType = (name: string) =>
    declared.has(name) || typeKinds.has(scope.find(name)?.kind ?? "");
  const members = newVariants(node, isType);
  const fields = node.fields.map(({ name }) => name);
  const kind = kindOf(node, members.length > 0);
  const own = ownVariant(node);
  const type = define(walk, scope, node.name, {
    name: node.name.name,
    range: node.name,
    kind: own ? "variant" : kind,
    fields: own ? fieldNames(own.fields) : fields,
  });
  walk.declarations.set(type, node);
  if (own) {
    type.variantOf = type;
    walk.variables.set(own, type);
  }
  for (const variant of node.variants) {
    if (variant === own) continue;
    const { name } = variant;
    const fields = fieldNames(variant.fields);
    define(walk, scope, variant, {
      name,
      range: variant,
      kind: "variant",
      fields,
      variantOf: type,
    });
  }
  for (const member of members) {
    const name = member.name ?? "";
    define(walk, scope, member, { name, range: member, kind: "variant", variantOf: type });
  }
  if (kind !== "type") return;
  // What variants derive are functions beside the type (spec 6).
  for (const derived of node.derives) {
    const prefix = derivedNames.get(derived.name);
    if (prefix === undefined) continue;
    const name = `${prefix}_${node.name.name}`;
    define(walk, scope, derived, { name, range: derived, kind: "function" });
  }
}

/** What `derive` of variants makes, by the name of the trait. */
const derivedNames: ReadonlyMap<string, string> = new Map([
  ["Eq", "__eq"],
  ["Show", "__show"],
  ["JSON", "__toJSON"],
]);

function kindOf(node: ast.TypeDeclaration, isEnum: boolean): Variable["kind"] {
  if (isEnum || node.variants.length > 0) return "type";
  if (node.refinement) return "refinement";
  return node.alias.length === 0 ? "record" : "alias";
}

/** A trait is a value when types can take methods from it. */
function hoistTrait(walk: Walk, scope: Scope, node: ast.Trait): void {
  const kind = node.methods.some(({ body }) => body !== null) ? "trait" : "alias";
  define(walk, scope, node.name, named(node.name, kind));
}
