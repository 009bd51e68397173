// The type of a route's body → a schema that its JSON is checked against (spec 11.2).
import type { ast } from "tova-parser";
import type { Findings } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/nearest";
import { codes } from "../diagnostics/registry";
import type { BodyExports, BodySchema, Schema } from "../model/body";
import type { ModuleExport, ModuleLink, ModuleLinks } from "../model/modules";
import type { EdgeBlock, Program, Route } from "../model/program";
import { foreignTypes } from "./checks/foreign-names";
import { readRules } from "./field-rules";
import { newVariants } from "./hoist";
import { plainText } from "./literal";
import { typesOf } from "./types-of";

const builtIn = new Set([
  ...["String", "Int", "Float", "Number", "Bool", "Nil", "Any", "Object", "Array", "Void"],
]);
const lists = new Set(["List", "Array", "Set"]);

/** Reads schemas of the types that one stretch of code knows. */
interface Schemas {
  /** Of what a route names; a name that no type has is reported. */
  of(type: ast.TypeExpression): BodySchema;
  /** Of a type by its name; null for a name that no type has. */
  named(name: string): BodySchema | null;
}

/** Types that statements declare, the later of two with one name first, and those they import. */
function schemasIn(
  statements: readonly ast.Statement[],
  modules: ModuleLinks,
  findings: Findings,
): Schemas {
  const known = new Map(typesOf(statements).map((one) => [one.name.name, one] as const));
  const imports = importedTypes(statements, modules);
  const make = (readRoot: (reading: Reading) => Schema): BodySchema => {
    const reading = createReading(known, imports, findings);
    const root = readRoot(reading);
    reading.settle();
    const { records, imported } = reading;
    const refined = [...known.values()].filter(
      (one) => one.refinement && records.has(one.name.name),
    );
    return { root, types: Object.fromEntries(records), refined, imported: [...imported] };
  };
  return {
    of: (type) => make(({ schemaOf }) => schemaOf(type, [])),
    named(name) {
      const declared = known.has(name) || imports.has(name);
      return declared ? make(({ byName }) => byName(name) ?? "Any") : null;
    },
  };
}

const typeKinds: ReadonlySet<ModuleExport["kind"]> = new Set([
  ...(["record", "type", "alias", "refinement"] as const),
]);

/** The types that statements import, by the names they have here. */
function importedTypes(
  statements: readonly ast.Statement[],
  modules: ModuleLinks,
): ReadonlyMap<string, ast.Name> {
  const found = new Map<string, ast.Name>();
  for (const node of statements) {
    if (node.kind !== "Import") continue;
    const link = modules.get(plainText(node.from_) ?? "");
    for (const { imported, local } of node.names) {
      if (mayBeType(link, imported.name)) found.set(local.name, local);
    }
  }
  return found;
}

/** What is wrong with a module, or missing in it, is reported at its import. */
function mayBeType(link: ModuleLink | undefined, name: string): boolean {
  if (link?.kind !== "module" || link.broken) return true;
  const found = link.exports.find((one) => one.name === name);
  return found ? typeKinds.has(found.kind) : !link.open;
}

/** What a type that there is not was meant for; null for nothing near. */
function helpFor(name: string, names: readonly string[]): string | null {
  const foreign = foreignTypes.get(name);
  const meant = nearest(name, names) ?? (foreign ? null : nearest(name, builtIn));
  return meant === null ? (foreign ?? null) : `Did you mean \`${meant}\`?`;
}

/** The reading of one schema: the declared and the imported types in it so far. */
interface Reading {
  readonly records: Map<string, Schema>;
  readonly imported: Set<ast.Name>;
  readonly findings: Findings;
  schemaOf(node: ast.TypeExpression | null, params: readonly string[]): Schema;
  /** Null for a name that no type has. */
  byName(name: string): Schema | null;
  isType(name: string): boolean;
  /** Reads the declarations of all types named so far: one after another, as a chain may be long. */
  settle(): void;
}

function createReading(
  known: ReadonlyMap<string, ast.TypeDeclaration>,
  imports: ReadonlyMap<string, ast.Name>,
  findings: Findings,
): Reading {
  const records = new Map<string, Schema>();
  const imported = new Set<ast.Name>();
  const pending: ast.TypeDeclaration[] = [];
  const schemaOf: Reading["schemaOf"] = (node, params) => {
    if (!node) return "Any";
    const { form } = node;
    if (form.kind === "array") return ["list", schemaOf(form.element, params)];
    if (form.kind === "function") return "Any";
    if (form.kind !== "name") {
      return [form.kind, ...form.members.map((member) => schemaOf(member, params))];
    }
    if (params.includes(form.name)) return "Any";
    const named = byName(form.name);
    if (named) return named;
    const [first = null, second = null] = form.args;
    if (lists.has(form.name) && first) return ["list", schemaOf(first, params)];
    if (form.name === "Option") return ["union", schemaOf(first, params), "Nil"];
    if (form.name === "Map") return ["map", schemaOf(second, params)];
    if (builtIn.has(form.name)) return form.name;
    const names = [...known.keys(), ...imports.keys()];
    findings.report(node, codes.unknownType({ name: form.name, help: helpFor(form.name, names) }));
    return "Any";
  };
  const byName = (name: string): Schema | null => {
    const declaration = known.get(name);
    const elsewhere = imports.get(name);
    if (!declaration) {
      if (elsewhere) imported.add(elsewhere);
      return elsewhere ? ["import", name] : null;
    }
    // A declared type stands in the table once, so that a type may hold itself.
    if (!records.has(name)) {
      records.set(name, "Any");
      pending.push(declaration);
    }
    return ["type", name];
  };
  const isType = (name: string) => known.has(name) || imports.has(name);
  const settle = (): void => {
    for (let node = pending.shift(); node; node = pending.shift()) {
      records.set(node.name.name, declared(node, reading));
    }
  };
  const reading = { records, imported, findings, schemaOf, byName, isType, settle };
  return reading;
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

/** What checks of bodies need of the module that they stand in. */
export interface BodyNeeds {
  readonly refined: ReadonlySet<object>;
  /** Names that imports define. */
  readonly imported: ReadonlySet<object>;
}

/** What the schemas need together. */
export function needsOfBodies(schemas: Iterable<BodySchema>): BodyNeeds {
  const all = [...schemas];
  return {
    refined: new Set(all.flatMap(({ refined }) => refined)),
    imported: new Set(all.flatMap(({ imported }) => imported)),
  };
}

/** Whether a statement declares or imports what checks of bodies need. */
export function isNeededBy(node: ast.Statement, { refined, imported }: BodyNeeds): boolean {
  if (node.kind === "Import") return node.names.some(({ local }) => imported.has(local));
  return refined.has(node.kind === "Export" ? (node.declaration ?? node) : node);
}

/** The schemas of a block's routes that name a type for their body. */
export function bodySchemas(
  program: Program,
  block: EdgeBlock,
  modules: ModuleLinks,
  findings: Findings,
): ReadonlyMap<Route, BodySchema> {
  const schemas = schemasIn([...program.shared, ...block.statements], modules, findings);
  return new Map(
    block.routes.flatMap((route) => (route.body ? [[route, schemas.of(route.body)] as const] : [])),
  );
}

/**
 * The schemas of types that a module exports; what is wrong with them is reported.
 * @param names exported ones
 */
export function bodyExports(
  statements: readonly ast.Statement[],
  modules: ModuleLinks,
  names: readonly string[],
  findings: Findings,
): BodyExports {
  const schemas = schemasIn(statements, modules, findings);
  const exports = statements.filter((node) => node.kind === "Export");
  const own = new Map<string, BodySchema>();
  const passed: BodyExports["passed"][number][] = [];
  for (const exported of names) {
    const local = exports.map((node) => localName(node, exported)).find((name) => name !== null);
    const schema = local ? schemas.named(local) : null;
    if (schema) own.set(exported, schema);
    else passed.push(...exports.flatMap((node) => passedOn(node, exported, modules)).slice(0, 1));
  }
  return { own, passed };
}

/** What a statement exports under a name is called in its own file; null for nothing of it. */
function localName({ declaration, names, from_ }: ast.Export, exported: string): string | null {
  if (from_) return null;
  if (declaration?.kind === "TypeDeclaration" && declaration.name.name === exported)
    return exported;
  return names.find((one) => one.exported.name === exported)?.local.name ?? null;
}

/** Where `pub { A as B } from "…"` and `pub * from "…"` have a name from. */
function passedOn(
  { names, from_, all, namespace }: ast.Export,
  exported: string,
  modules: ModuleLinks,
): BodyExports["passed"] {
  if (!from_) return [];
  const specifier = plainText(from_) ?? "";
  const listed = names.find((one) => one.exported.name === exported);
  if (listed) return [{ specifier, name: listed.local.name, exported }];
  const link = modules.get(specifier);
  const found = link?.kind === "module" && link.exports.some(({ name }) => name === exported);
  return all && !namespace && found ? [{ specifier, name: exported, exported }] : [];
}
