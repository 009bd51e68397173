// A program and what its imports lead to → its imports, its exports, and what is wrong with them.
import type { ast } from "tova-parser";
import type { Findings } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/nearest";
import { codes } from "../diagnostics/registry";
import type {
  BundleProblem,
  ModuleExport,
  ModuleImport,
  ModuleLinks,
  ModuleNeed,
  ModuleProblem,
} from "../model/modules";
import type { Program } from "../model/program";
import { type BodyNeeds, isNeededBy } from "./body";
import { enumMembers, ownVariant } from "./hoist";
import { plainText } from "./literal";
import { reach } from "./reach";
import type { Resolution } from "./resolve";
import type { Variable } from "./scope";
import { resolveBlock } from "./unit";

type Importing = ast.Import | (ast.Export & { readonly from_: ast.StringLiteral });

const isImporting = (node: ast.Statement): node is Importing =>
  (node.kind === "Import" || node.kind === "Export") && node.from_ !== null;

const specifierOf = ({ from_ }: Importing): string => plainText(from_) ?? "";

/** What statements need of other modules. */
export function needsOf(
  statements: readonly ast.Statement[],
  { variables, companions }: Resolution,
  { imported }: Pick<BodyNeeds, "imported">,
): readonly ModuleNeed[] {
  return statements.filter(isImporting).map((node) => {
    const specifier = specifierOf(node);
    const isAll = node.kind === "Import" ? node.namespace !== null : node.all;
    if (isAll) return { specifier, names: null };
    const names = requested(node).map(({ name }) => name);
    for (const { local } of node.kind === "Import" ? node.names : []) {
      const type = variables.get(local);
      const used = [...((type && companions.get(type)?.values()) ?? [])];
      names.push(...used.filter(({ reads }) => reads > 0).map(exportedName));
    }
    const checked = node.kind === "Import" ? node.names : [];
    const bodies = checked.filter(({ local }) => imported.has(local));
    if (bodies.length === 0) return { specifier, names };
    return { specifier, names, bodies: bodies.map((one) => one.imported.name) };
  });
}

/** By which the module of a companion exports it. */
export const exportedName = ({ name }: Variable): string => name.slice("$".length);

/** The statements of a module that these of its exports need, and those that run at load. */
export function keepExports(
  statements: readonly ast.Statement[],
  resolution: Resolution,
  context: ExportContext & { readonly keep: readonly string[]; readonly bodies: BodyNeeds },
): readonly ast.Statement[] {
  const kept = statements.filter(
    (node) =>
      isNeededBy(node, context.bodies) ||
      (node.kind === "Export" &&
        (node.all ||
          exportsOfStatement(node, resolution, context).some(({ name }) =>
            context.keep.includes(name),
          ))),
  );
  const needed = reach(statements, resolution, new Set(kept));
  return statements.filter((statement) => needed.has(statement));
}

/** Every import of a file, in source order; an import that no worker needs has no blocks. */
export function importsOf(program: Program): readonly ModuleImport[] {
  const nodes = importing(program);
  if (nodes.length === 0) return [];
  const needs = program.blocks.map((block) => {
    const used = resolveBlock(program, block, new Map()).statements;
    return { name: block.name, used: new Set(used) };
  });
  return nodes.map((node) => ({
    specifier: specifierOf(node),
    range: { from: node.from_.from, to: node.from_.to },
    blocks: needs.filter(({ used }) => used.has(node)).map(({ name }) => name),
  }));
}

function importing({ shared, blocks }: Program): readonly Importing[] {
  const all = [...shared, ...blocks.flatMap(({ statements }) => statements)];
  return all.filter(isImporting).sort((a, b) => a.from - b.from);
}

/** Reports imports that lead nowhere, and names that the other file does not export. */
export function checkImports(program: Program, modules: ModuleLinks, findings: Findings): void {
  for (const node of importing(program)) {
    if (plainText(node.from_) === null) {
      findings.report(node.from_, codes.notPlain({ what: "The module of an import" }));
      continue;
    }
    const from = specifierOf(node);
    const link = modules.get(from);
    if (from === "") findings.report(node.from_, codes.addressImport({ specifier: from }));
    if (link?.kind === "problem") findings.report(node.from_, messageOf(link.problem));
    if (link?.kind !== "module" || link.open) continue;
    const known = link.exports.map(({ name }) => name);
    const offered = known.filter((name) => name !== "default");
    for (const { name, range } of requested(node)) {
      if (known.includes(name)) continue;
      findings.report(range, codes.missingExport({ name, from, known: offered }));
    }
  }
}

function requested(node: Importing): readonly { name: string; range: ast.Name }[] {
  if (node.kind === "Export") return node.names.map(({ local }) => named(local));
  const fallback = node.fallback ? [{ name: "default", range: node.fallback }] : [];
  return [...fallback, ...node.names.map(({ imported }) => named(imported))];
}

const named = (range: ast.Name) => ({ name: range.name, range });

function messageOf(problem: ModuleProblem) {
  switch (problem.kind) {
    case "missing":
      return codes.missingModule(problem);
    case "folder":
      return codes.folderImport(problem);
    case "unreadable":
      return codes.unreadableModule(problem);
    case "package":
      return codes.missingPackage(problem);
    case "address":
      return codes.addressImport(problem);
    case "circular":
      return codes.circularImport(problem);
  }
}

/**
 * What a module exports, each name once.
 * @param fileName makes the families of this file's types different from those of others
 */
export function exportsOf(
  statements: readonly ast.Statement[],
  resolution: Resolution,
  context: ExportContext,
): readonly ModuleExport[] {
  const found = new Map<string, ModuleExport>();
  for (const node of statements) {
    if (node.kind !== "Export") continue;
    for (const one of exportsOfStatement(node, resolution, context)) {
      const { name } = one;
      if (found.has(name) && !node.all && !node.declaration) {
        const again =
          name === "default" ? codes.duplicateDefaultExport({}) : codes.duplicateExport({ name });
        const twice = node.names.filter(({ exported }) => exported.name === name).at(-1);
        context.findings.report(twice?.exported ?? node, again);
      }
      // `pub *` gives way to names of the file itself.
      if (!found.has(name) || !node.all) found.set(name, one);
    }
  }
  return [...found.values()];
}

interface ExportContext {
  readonly fileName: string;
  readonly modules: ModuleLinks;
  readonly findings: Findings;
}

const value = (name: string, async = false): ModuleExport => ({
  name,
  kind: "value",
  fields: [],
  tag: name,
  family: null,
  async,
});

function exportsOfStatement(
  node: ast.Export,
  resolution: Resolution,
  context: ExportContext,
): readonly ModuleExport[] {
  if (node.fallback) return [value("default")];
  if (node.from_) return exportsFrom(node, plainText(node.from_) ?? "", context.modules);
  const declared = node.declaration ? declaredNodes(node.declaration, resolution) : [];
  const own = declared.flatMap((key) => {
    const variable = resolution.variables.get(key);
    return variable ? [describe(variable, variable.name, resolution, context)] : [];
  });
  const listed = node.names.flatMap(({ local, exported }) => {
    const variable = resolution.variables.get(local);
    if (variable) return [describe(variable, exported.name, resolution, context)];
    const names = [...resolution.variables.values()].map((known) => known.name);
    const meant = nearest(local.name, names);
    const known = meant === null ? [] : [meant];
    context.findings.report(local, codes.undefinedExport({ name: local.name, known }));
    return [];
  });
  return [...own, ...listed];
}

function exportsFrom(node: ast.Export, from: string, modules: ModuleLinks) {
  const link = modules.get(from);
  const exports = link?.kind === "module" ? link.exports : [];
  if (node.all && node.namespace) return [value(node.namespace.name)];
  if (node.all) return exports.filter(({ name }) => name !== "default");
  return node.names.map(({ local, exported }) => {
    const { name } = exported;
    const known = exports.find((one) => one.name === local.name);
    return known ? { ...known, name } : value(name);
  });
}

/** The nodes by which a declaration's names are known, types with their variants. */
export function declaredNodes(
  node: ast.Statement,
  { variables }: Pick<Resolution, "variables">,
): readonly object[] {
  switch (node.kind) {
    case "Function":
    case "Trait":
      return [node.name];
    case "TypeDeclaration":
      return [
        node.name,
        ...node.variants.filter((variant) => variant !== ownVariant(node)),
        ...enumMembers(node, variables),
        ...node.derives,
      ];
    case "Assignment":
    case "Var":
      return node.targets.flatMap((target): readonly object[] =>
        target.kind === "ObjectPattern" || target.kind === "ArrayPattern"
          ? target.entries.map(({ binding }) => binding)
          : [target],
      );
    default:
      return [];
  }
}

function describe(
  variable: Variable,
  name: string,
  resolution: Resolution,
  { fileName }: ExportContext,
): ModuleExport {
  const { kind, fields, tag } = variable;
  const family = (type: Variable) => type.family ?? `${fileName}#${type.name}`;
  const base = { ...value(name), fields, tag };
  switch (kind) {
    case "record":
      return { ...base, kind };
    case "test":
      return { ...base, kind: "alias" };
    case "alias":
      return { ...base, kind: resolution.declarations.has(variable) ? "alias" : "interface" };
    case "refinement":
      return { ...base, kind };
    case "type":
      return { ...base, kind, family: family(variable) };
    case "variant": {
      const type = variable.variantOf;
      return { ...base, kind, family: type ? family(type) : variable.family };
    }
    default:
      return value(name, variable.function?.async ?? false);
  }
}

/** The messages of what a bundler found. */
export function messageOfBundle(problem: BundleProblem) {
  switch (problem.kind) {
    case "failed":
      return codes.bundleFailed(problem);
    case "native":
      return codes.nativePackage(problem);
    case "node":
      return codes.nodePackage(problem);
  }
}
