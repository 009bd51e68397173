// Imports and exports → those of an ES module (spec 9).
import type { ast } from "tova-parser";
import { plainText } from "../analyse/literal";
import { declaredNodes, exportedName } from "../analyse/modules";
import type { Variable } from "../analyse/scope";
import { emitBodyImport } from "./body";
import { type Context, definedName, variableName } from "./context";
import { emitExpression } from "./expression";
import { emitStatement } from "./statement";
import { type Code, list } from "./writer";

/** The imports of a module; those of names without a value at run time are left out. */
export function emitImports(cx: Context, statements: readonly ast.Statement[]): readonly Code[] {
  return statements.flatMap((node) => {
    const code = node.kind === "Import" ? emitImport(cx, node) : null;
    return code === null ? [] : [code];
  });
}

function emitImport(cx: Context, node: ast.Import): Code | null {
  const clauses: Code[] = [];
  if (node.fallback) clauses.push(definedName(cx, node.fallback));
  if (node.namespace) clauses.push(["* as ", definedName(cx, node.namespace)]);
  const names = importedNames(cx, node);
  if (names.length > 0) clauses.push(["{ ", list(names), " }"]);
  if (clauses.length === 0) return null;
  return [node.from, "import ", list(clauses), " from ", moduleName(cx, node.from_), ";"];
}

function importedNames(cx: Context, node: ast.Import): readonly Code[] {
  const { variables, companions } = cx.unit.resolution;
  const names = node.names.flatMap(({ imported, local }) => {
    if (!isThere(cx, local)) return [];
    return [importAs(imported.name, variables.get(local)?.js ?? local.name)];
  });
  for (const { local } of node.names) {
    const type = variables.get(local);
    const used = [...((type && companions.get(type)?.values()) ?? [])].filter(
      (one) => one.reads > 0,
    );
    for (const one of used) names.push(importAs(exportedName(one), one.js));
  }
  for (const one of node.names) names.push(...emitBodyImport(cx, one));
  return names;
}

/** Whether a variable is there at run time; an imported alias is only where something tests. */
function isValue(cx: Context, variable: Variable): boolean {
  if (variable.kind === "test") return variable.reads > 0;
  return variable.kind !== "alias" || cx.unit.resolution.declarations.has(variable);
}

function isThere(cx: Context, name: ast.Name): boolean {
  const variable = cx.unit.resolution.variables.get(name);
  return variable === undefined || isValue(cx, variable);
}

const importAs = (name: string, js: string): string => (name === js ? name : `${name} as ${js}`);

/** A `.tova` file, or a relative path without an extension, is imported as its built module. */
function moduleName(cx: Context, node: ast.StringLiteral): string {
  const name = plainText(node) ?? "";
  if (cx.unit.bundled) return JSON.stringify(name);
  const relative = /^\.{1,2}\//.test(name);
  if (relative && name.endsWith(".tova")) return JSON.stringify(name.replace(/\.tova$/, ".js"));
  if (relative && !/\.[^/.]+$/.test(name)) return JSON.stringify(`${name}.js`);
  return JSON.stringify(name);
}

/** An export; what must follow all statements goes to `tail`. */
export function emitExport(cx: Context, node: ast.Export, tail: Code[]): void {
  if (node.fallback) {
    cx.out.push([node.from, "export default ", emitExpression(cx, node.fallback), ";"]);
    return;
  }
  if (node.from_) {
    const names = node.names
      .filter(({ local }) => isThere(cx, local))
      .map(({ local, exported }) => `${local.name} as ${exported.name}`);
    const all = node.namespace ? `* as ${node.namespace.name}` : "*";
    const what = node.all ? all : `{ ${names.join(", ")} }`;
    cx.out.push([node.from, `export ${what} from `, moduleName(cx, node.from_), ";"]);
    return;
  }
  if (node.declaration) {
    emitStatement(cx, node.declaration);
    for (const [name, js] of declaredNames(cx, node.declaration)) tail.push(exportAs(js, name));
  }
  for (const { local, exported } of node.names) {
    if (!isThere(cx, local)) continue;
    tail.push(exportAs(variableName(cx, local) ?? local.name, exported.name));
  }
}

const exportAs = (js: string, name: string): Code =>
  `export { ${js === name ? name : `${js} as ${name}`} };`;

/** The names a declaration defines, in Tova and in JavaScript; types without a value have none. */
function declaredNames(cx: Context, node: ast.Statement): readonly (readonly [string, string])[] {
  return declaredNodes(node, cx.unit.resolution).flatMap((key) => {
    const variable = cx.unit.resolution.variables.get(key);
    return variable && isValue(cx, variable) ? [[variable.name, variable.js] as const] : [];
  });
}
