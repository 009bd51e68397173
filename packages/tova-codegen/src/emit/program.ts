// A file without edge blocks, its names resolved → a plain ES module and its map (spec 9, 10).
import type { ast } from "tova-parser";
import type { Resolution } from "../analyse/resolve";
import { enumMembers } from "../analyse/resolve-walk";
import type { Findings } from "../diagnostics/diagnostic";
import { type Context, definedName, discard, variableName } from "./context";
import { emitExpression, list } from "./expression";
import { emitStatement, emitStatements } from "./statement";
import { assemble, moduleContext } from "./worker";
import { type Code, type Output, write } from "./writer";

export interface ProgramInput {
  readonly statements: readonly ast.Statement[];
  readonly resolution: Resolution;
  readonly fileName: string;
  readonly source: { readonly name: string; readonly text: string };
  readonly findings: Findings;
}

/** Emits a plain module: its imports first, its exports where they stand. */
export function emitProgram(input: ProgramInput): Output {
  const cx = moduleContext(input.resolution, input.findings, "globalThis.process?.env");
  const imports = input.statements.flatMap((node) =>
    node.kind === "Import" ? [emitImport(cx, node)] : [],
  );
  const tail: Code[] = [];
  const types = input.statements.filter(
    ({ kind }) => kind === "TypeDeclaration" || kind === "Impl",
  );
  emitStatements(cx, types, discard);
  for (const statement of input.statements) {
    if (types.includes(statement)) continue;
    if (statement.kind === "Export") emitExport(cx, statement, tail);
    else emitStatement(cx, statement);
  }
  return write(assemble(cx, imports, tail), input.fileName, input.source);
}

function emitImport(cx: Context, node: ast.Import): Code {
  const clauses: Code[] = [];
  if (node.fallback) clauses.push(definedName(cx, node.fallback));
  if (node.namespace) clauses.push(["* as ", definedName(cx, node.namespace)]);
  if (node.names.length > 0) {
    clauses.push([
      "{ ",
      list(
        node.names.map(({ imported, local }): Code => {
          const name = definedName(cx, local);
          return imported.name === name ? name : `${imported.name} as ${name}`;
        }),
      ),
      " }",
    ]);
  }
  return [node.from, "import ", list(clauses), " from ", moduleName(node.from_), ";"];
}

/** A `.tova` file, or a relative path without an extension, is imported as its built module. */
function moduleName(node: ast.StringLiteral): string {
  const name = node.parts.join("");
  const relative = /^\.{1,2}\//.test(name);
  if (relative && name.endsWith(".tova")) return JSON.stringify(name.replace(/\.tova$/, ".js"));
  if (relative && !/\.[^/.]+$/.test(name)) return JSON.stringify(`${name}.js`);
  return JSON.stringify(name);
}

function emitExport(cx: Context, node: ast.Export, tail: Code[]): void {
  if (node.fallback) {
    cx.out.push([node.from, "export default ", emitExpression(cx, node.fallback), ";"]);
    return;
  }
  if (node.from_) {
    const names = node.names.map(({ local, exported }) => `${local.name} as ${exported.name}`);
    const all = node.namespace ? `* as ${node.namespace.name}` : "*";
    const what = node.all ? all : `{ ${names.join(", ")} }`;
    cx.out.push([node.from, `export ${what} from `, moduleName(node.from_), ";"]);
    return;
  }
  if (node.declaration) {
    emitStatement(cx, node.declaration);
    for (const [name, js] of declaredNames(cx, node.declaration)) tail.push(exportAs(js, name));
  }
  for (const { local, exported } of node.names) {
    tail.push(exportAs(variableName(cx, local) ?? local.name, exported.name));
  }
}

const exportAs = (js: string, name: string): Code =>
  `export { ${js === name ? name : `${js} as ${name}`} };`;

/** The names a declaration defines, in Tova and in JavaScript; types without a value have none. */
function declaredNames(cx: Context, node: ast.Statement): readonly (readonly [string, string])[] {
  const pair = (key: object, name: string): readonly (readonly [string, string])[] => {
    const variable = cx.unit.resolution.variables.get(key);
    return variable ? [[name, variable.js]] : [];
  };
  switch (node.kind) {
    case "Function":
      return pair(node.name, node.name.name);
    case "TypeDeclaration":
      if (node.alias.length > 0 && enumMembers(node).length === 0) return [];
      return [
        ...pair(node.name, node.name.name),
        ...node.variants.flatMap((variant) => pair(variant, variant.name)),
        ...node.alias.flatMap((member) => pair(member, member.name ?? "")),
      ];
    case "Assignment":
    case "Var":
      return node.targets.flatMap((target) => {
        if (target.kind === "ObjectPattern" || target.kind === "ArrayPattern") {
          return target.entries.flatMap(({ binding }) => pair(binding, binding.name));
        }
        return target.kind === "Name" || target.kind === "Identifier"
          ? pair(target, target.name)
          : [];
      });
    default:
      return [];
  }
}
