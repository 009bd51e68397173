// Imports and exports between the files of a program → scopes that share values (spec 9).
import type { ast } from "tova-parser";
import { find, type Scope, share } from "./scope";
import { Unknown } from "./steps";

/** What a module exports: by name, how to get the value it has now. */
export type Exports = ReadonlyMap<string, () => unknown>;

const textOf = ({ parts }: ast.StringLiteral): string => parts.join("");

/** The specifiers that a file names, in order, each once. */
export function specifiersOf(body: readonly ast.Statement[]): string[] {
  const found = body.flatMap((node) =>
    (node.kind === "Import" || node.kind === "Export") && node.from_ ? [textOf(node.from_)] : [],
  );
  return [...new Set(found)];
}

/** Makes the names that a file imports known in its scope. */
export function bindImports(
  scope: Scope,
  body: readonly ast.Statement[],
  modules: ReadonlyMap<string, Exports>,
): void {
  for (const node of body) {
    if (node.kind !== "Import") continue;
    const exports = moduleOf(modules, node.from_);
    const bind = (imported: string, local: string) =>
      share(scope, local, exports.get(imported) ?? fail(imported));
    if (node.fallback) bind("default", node.fallback.name);
    for (const { imported, local } of node.names) bind(imported.name, local.name);
    if (node.namespace) {
      const all = namespaceOf(exports);
      share(scope, node.namespace.name, () => all);
    }
  }
}

function fail(name: string): never {
  throw new Unknown(`no export ${name}`);
}

function moduleOf(modules: ReadonlyMap<string, Exports>, from: ast.StringLiteral): Exports {
  return modules.get(textOf(from)) ?? fail(textOf(from));
}

function namespaceOf(exports: Exports): object {
  const all = [...exports].map(([name, get]) => [name, { get, enumerable: true }] as const);
  return Object.create(null, Object.fromEntries(all));
}

/** What a file exports, to be asked after it has run. */
export function exportsOf(
  scope: Scope,
  body: readonly ast.Statement[],
  modules: ReadonlyMap<string, Exports>,
): Exports {
  const found = new Map<string, () => unknown>();
  const add = (name: string, local = name) =>
    found.set(name, () => find(scope, local, Number.POSITIVE_INFINITY)?.value);
  for (const node of body) {
    if (node.kind !== "Export") continue;
    if (node.fallback) add("default");
    for (const name of declaredBy(node.declaration)) add(name);
    const from = node.from_ && moduleOf(modules, node.from_);
    if (node.all && from) {
      for (const [name, get] of from)
        if (name !== "default" && !found.has(name)) found.set(name, get);
    }
    for (const { local, exported } of node.names) {
      if (from) found.set(exported.name, from.get(local.name) ?? fail(local.name));
      else add(exported.name, local.name);
    }
  }
  return found;
}

function declaredBy(node: ast.Statement | null): string[] {
  switch (node?.kind) {
    case "Function":
      return [node.name.name];
    case "TypeDeclaration": {
      const short = node.alias.length > 1 ? node.alias.map((each) => each.name ?? "") : [];
      return [node.name.name, ...node.variants.map((variant) => variant.name), ...short];
    }
    case "Assignment":
      return node.targets.flatMap((each) => (each.kind === "Identifier" ? [each.name] : []));
    case "Var":
      return node.targets.flatMap((each) => (each.kind === "Name" ? [each.name] : []));
    default:
      return [];
  }
}
