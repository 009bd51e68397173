// Statements of a file → the declarations in it that have no value of their own.
import type { ast } from "tova-parser";
import type { Program } from "../../model/program";
import type { Declarations } from "./facts";

/** What an export declares, or the statement itself. */
export const declared = (node: ast.Statement): ast.Statement =>
  node.kind === "Export" && node.declaration ? node.declaration : node;

/**
 * Collects declarations; of two with one name the later counts, as it hides the other.
 * @param others names defined elsewhere
 */
export function declarationsOf(
  statements: readonly ast.Statement[],
  others: ReadonlySet<string>,
): Declarations {
  const elsewhere = new Set(others);
  const types = new Map<string, ast.TypeDeclaration>();
  const traits = new Map<string, ast.Trait>();
  const methods = new Map<string, Set<string>>();
  const repeated = new Set<ast.Name>();
  let imports = false;
  let impls = 0;
  for (const statement of statements.map(declared)) {
    if (statement.kind === "TypeDeclaration") types.set(statement.name.name, statement);
    else if (statement.kind === "Trait") traits.set(statement.name.name, statement);
    else if (statement.kind === "Extern") elsewhere.add(statement.name.name);
    else if (statement.kind === "Import") imports = true;
    else if (statement.kind === "Impl") {
      impls++;
      addMethods(methods, repeated, statement);
    }
  }
  for (const statement of statements) addDefaults(methods, statement, traits);
  return { types, traits, methods, repeated, impls, imports, elsewhere };
}

function addMethods(
  methods: Map<string, Set<string>>,
  repeated: Set<ast.Name>,
  node: ast.Impl,
): void {
  const of = methods.get(node.type.name) ?? new Set();
  for (const { name } of node.methods) {
    if (of.has(name.name)) repeated.add(name);
    of.add(name.name);
  }
  methods.set(node.type.name, of);
}

/** A trait's methods with a body come with its `impl`. */
function addDefaults(
  methods: ReadonlyMap<string, Set<string>>,
  node: ast.Statement,
  traits: ReadonlyMap<string, ast.Trait>,
): void {
  if (node.kind !== "Impl" || !node.trait) return;
  const of = methods.get(node.type.name);
  for (const { name } of traits.get(node.trait.name)?.methods ?? []) of?.add(name.name);
}

/** What the blocks get from their platforms, which shared code may use in the workers that have it. */
export function namesOfBlocks({ blocks }: Program): Set<string> {
  const names = new Set<string>();
  for (const { bindings, env, secrets } of blocks) {
    for (const { name } of bindings) names.add(name);
    for (const { name } of env) names.add(name);
    for (const { name } of secrets) names.add(name);
  }
  return names;
}
