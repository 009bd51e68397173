// An import and what its module exports → the variables it defines (spec 9).
import type { ast } from "tova-parser";
import type { ModuleExport } from "../model/modules";
import { plainText } from "./literal";
import { type Definition, define, type Walk } from "./resolve-state";
import { functionScope, Scope, type Variable } from "./scope";

/** Imported names are what they were where they are defined: records, variants with their fields. */
export function defineImport(walk: Walk, scope: Scope, node: ast.Import): void {
  const link = walk.modules.get(plainText(node.from_) ?? "");
  const exports = link?.kind === "module" ? link.exports : [];
  const find = (name: string) => exports.find((one) => one.name === name);
  const types = new Map<string, Variable>();
  const one = (local: ast.Name, known: ModuleExport | undefined): Variable =>
    define(walk, scope, local, describe(local, known, types));
  if (node.namespace) one(node.namespace, undefined);
  const names = node.names.map(({ imported, local }) => ({ local, known: find(imported.name) }));
  if (node.fallback) names.push({ local: node.fallback, known: find("default") });
  // Types first, as variants refer to them.
  for (const { local, known } of names) {
    if (known?.kind !== "type") continue;
    const variable = one(local, known);
    if (known.family !== null) types.set(known.family, variable);
  }
  const imported = new Set<string>();
  for (const { local, known } of names) {
    if (known?.kind === "variant") imported.add(known.tag);
    if (known?.kind !== "type") one(local, known);
  }
  for (const [family, type] of types) {
    const rest = exports.filter(
      (known) => known.kind === "variant" && known.family === family && !imported.has(known.tag),
    );
    defineCompanions(walk, scope, type, rest);
  }
}

/** Names that a module passes on and that are nothing at run time are noted as such. */
export function noteInterfaces(walk: Walk, scope: Scope, node: ast.Export): void {
  const link = node.from_ && walk.modules.get(plainText(node.from_) ?? "");
  const exports = link?.kind === "module" ? link.exports : [];
  for (const { local } of node.names) {
    const known = exports.find(({ name }) => name === local.name);
    if (known?.kind !== "interface") continue;
    define(walk, new Scope(null, scope.owner), local, describe(local, known, new Map()));
  }
}

function describe(
  local: ast.Name,
  known: ModuleExport | undefined,
  types: ReadonlyMap<string, Variable>,
): Definition {
  const base = { name: local.name, range: local, family: known?.family ?? null };
  switch (known?.kind) {
    case "record":
      return { ...base, kind: "record", fields: known.fields };
    case "variant": {
      const variantOf = types.get(known.family ?? "") ?? null;
      return { ...base, kind: "variant", fields: known.fields, tag: known.tag, variantOf };
    }
    case "type":
      return { ...base, kind: "type" };
    case "alias":
      return { ...base, kind: "test" };
    case "refinement":
      return { ...base, kind: "refinement" };
    case "interface":
      return { ...base, kind: "alias" };
    default:
      return known?.async
        ? { ...base, kind: "import", function: functionScope(null, true) }
        : { ...base, kind: "import" };
  }
}

/**
 * `Shape.Circle` works where only `Shape` is imported, and so do its patterns; the variants then
 * have names of their own, which no name of the program can be.
 */
function defineCompanions(
  walk: Walk,
  scope: Scope,
  type: Variable,
  variants: readonly ModuleExport[],
): void {
  const companions = new Map<string, Variable>();
  for (const { name, tag, fields } of variants) {
    const hidden = new Scope(null, scope.owner);
    const definition = { name: `$${name}`, range: type.range, fields, tag, variantOf: type };
    companions.set(tag, define(walk, hidden, {}, { ...definition, kind: "variant" }));
  }
  walk.companions.set(type, companions);
}
