// The type of a route's body → a schema that its JSON is checked against (spec 11.2).
import type { ast } from "tova-parser";
import { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { BodySchema, Schema } from "../model/body";
import type { EdgeBlock, Program, Route } from "../model/program";
import { readRules } from "./field-rules";
import { newVariants } from "./hoist";
import { typesOf } from "./types-of";

const builtIn = new Set([
  ...["String", "Int", "Float", "Number", "Bool", "Nil", "Any", "Object", "Array", "Void"],
]);
const lists = new Set(["List", "Array", "Set"]);

/**
 * The schema of `body: Type`; `types` are those of the file, the later of two with one name first.
 * A name that no type has is reported.
 */
function bodySchema(
  type: ast.TypeExpression,
  types: readonly ast.TypeDeclaration[],
  findings: Findings,
): BodySchema {
  const known = new Map(types.map((declaration) => [declaration.name.name, declaration] as const));
  const records = new Map<string, Schema>();
  const schemaOf = (node: ast.TypeExpression | null, params: readonly string[]): Schema => {
    if (!node) return "Any";
    const { form } = node;
    if (form.kind === "array") return ["list", schemaOf(form.element, params)];
    if (form.kind === "function") return "Any";
    if (form.kind !== "name") {
      return [form.kind, ...form.members.map((member) => schemaOf(member, params))];
    }
    if (params.includes(form.name)) return "Any";
    const declaration = known.get(form.name);
    if (declaration) return named(declaration);
    const [first = null, second = null] = form.args;
    if (lists.has(form.name) && first) return ["list", schemaOf(first, params)];
    if (form.name === "Option") return ["union", schemaOf(first, params), "Nil"];
    if (form.name === "Map") return ["map", schemaOf(second, params)];
    if (builtIn.has(form.name)) return form.name;
    const names = [...known.keys()];
    findings.report(node, codes.unknownType({ name: form.name, known: names }));
    return "Any";
  };
  /** A declared type stands in the table once, so that a type may hold itself. */
  const named = (declaration: ast.TypeDeclaration): Schema => {
    const name = declaration.name.name;
    if (records.has(name)) return ["type", name];
    records.set(name, "Any");
    records.set(
      name,
      declared(declaration, { schemaOf, isType: (one) => known.has(one), findings }),
    );
    return ["type", name];
  };
  const root = schemaOf(type, []);
  const refined = [...known.values()].filter((one) => one.refinement && records.has(one.name.name));
  return { root, types: Object.fromEntries(records), refined };
}

interface Reading {
  schemaOf(node: ast.TypeExpression | null, params: readonly string[]): Schema;
  isType(name: string): boolean;
  readonly findings: Findings;
}

function declared(node: ast.TypeDeclaration, { schemaOf, isType, findings }: Reading): Schema {
  const params = node.params.map(({ name }) => name);
  const ofField = (field: ast.Field): Schema => {
    const schema = schemaOf(field.type, params);
    const rules = readRules(field, findings);
    return rules.length > 0 ? ["rules", schema, rules] : schema;
  };
  const fields = (list: readonly ast.Field[]) =>
    Object.fromEntries(list.map((field) => [field.name, ofField(field)]));
  const members = newVariants(node, isType);
  if (members.length > 0) {
    return ["variants", Object.fromEntries(members.map(({ text }) => [text, {}]))];
  }
  if (node.variants.length > 0) {
    const variants = node.variants.map((variant) => [variant.name, fields(variant.fields)]);
    return ["variants", Object.fromEntries(variants)];
  }
  if (node.alias.length === 0) return ["record", fields(node.fields)];
  const alias = node.alias.map((member) => schemaOf(member, params));
  const schema: Schema = alias.length === 1 ? (alias[0] ?? "Any") : ["union", ...alias];
  return node.refinement ? ["where", schema, node] : schema;
}

/** The refined types that a block's routes check bodies against. */
export function refinedBodies(program: Program, block: EdgeBlock): ReadonlySet<object> {
  // What is wrong with the types is found where their schemas are made.
  const schemas = bodySchemas(program, block, new Findings());
  return new Set([...schemas.values()].flatMap(({ refined }) => refined));
}

/** The schemas of a block's routes that name a type for their body. */
export function bodySchemas(
  program: Program,
  block: EdgeBlock,
  findings: Findings,
): ReadonlyMap<Route, BodySchema> {
  const types = typesOf([...program.shared, ...block.statements]);
  return new Map(
    block.routes.flatMap((route) =>
      route.body ? [[route, bodySchema(route.body, types, findings)] as const] : [],
    ),
  );
}
