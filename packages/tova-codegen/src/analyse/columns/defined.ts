// A file → which of its names mean something of its own at a place, and not the library's (spec 3, 14).
import type { ast } from "tova-parser";

interface Definition {
  /** Where the name is visible. */
  readonly scope: ast.SourceRange;
  /** What defines it: code before that means an outer name, functions before it do not. */
  readonly by: ast.SourceRange | null;
}

type Definitions = Map<string, Definition[]>;

interface Found {
  readonly definitions: Definitions;
  /** By their places, outer ones first. */
  readonly functions: ast.SourceRange[];
}

/** Nodes that names are visible in when they are defined somewhere in them. */
const scopes = new Set<string>([
  ...["SourceFile", "EdgeBlock", "Block", "Function", "Method", "Lambda"],
  ...["For", "Comprehension", "MatchArm", "Try", "With"],
]);

const functions = new Set<string>(["Function", "Method", "Lambda"]);

type AnyNode = ast.SourceRange & { readonly kind: string };

const isNode = (value: object): value is AnyNode => typeof (value as AnyNode).kind === "string";

/** Tells of a name and a place whether the file defines the name there. */
export function definedNames(file: ast.SourceFile): (name: string, at: number) => boolean {
  const found: Found = { definitions: new Map(), functions: [] };
  gather(found, file, file);
  return (name, at) => {
    const definitions = found.definitions.get(name);
    if (!definitions) return false;
    const within = found.functions.findLast((each) => contains(each, at)) ?? null;
    return definitions.some((definition) => holds(definition, at, within));
  };
}

const contains = ({ from, to }: ast.SourceRange, at: number): boolean => from <= at && at < to;

/** @param within the innermost function around the place: where one counts, that one does */
function holds({ scope, by }: Definition, at: number, within: ast.SourceRange | null): boolean {
  if (!contains(scope, at)) return false;
  if (!by || at >= by.to) return true;
  return within !== null && scope.from < within.from && within.to <= by.from;
}

function gather(found: Found, node: object, scope: ast.SourceRange): void {
  let inner = scope;
  if (isNode(node)) {
    if (functions.has(node.kind)) found.functions.push(node);
    if (scopes.has(node.kind)) inner = node;
    // A function and what is assigned are known around themselves, all else inside.
    const isAround = node.kind === "Function";
    for (const { name } of namesOf(node)) {
      const by = node.kind === "Assignment" || node.kind === "Var" ? node : null;
      const list = found.definitions.get(name) ?? [];
      list.push({ scope: isAround ? scope : inner, by });
      found.definitions.set(name, list);
    }
  }
  for (const part of Object.values(node)) {
    if (typeof part === "object" && part !== null) gather(found, part, inner);
  }
}

type Target = ast.Name | ast.Expression | ast.BindingPattern;

/** The names that a binding's targets define. */
function targetNames(targets: readonly Target[]): ast.Name[] {
  return targets.flatMap((target): ast.Name[] => {
    if (target.kind === "ObjectPattern" || target.kind === "ArrayPattern") {
      return target.entries.map(({ binding }) => binding);
    }
    return target.kind === "Name" || target.kind === "Identifier" ? [target as ast.Name] : [];
  });
}

/** The names that a node itself defines. */
function namesOf(node: AnyNode): readonly { readonly name: string }[] {
  switch (node.kind) {
    case "Function":
      return [(node as ast.FunctionDeclaration).name];
    case "Assignment":
    case "Var":
      return targetNames((node as ast.Assignment).targets);
    case "Parameter":
      return targetNames([(node as ast.Parameter).target]);
    case "For":
    case "Comprehension":
      return targetNames((node as ast.For).binding);
    case "NamePattern":
      return [node as ast.NamePattern];
    case "PrefixPattern":
      return [(node as ast.PrefixPattern).rest];
    case "RestPattern":
      return [(node as ast.RestPattern).binding];
    case "With":
      return [(node as ast.With).name];
    case "Import": {
      const { names, fallback, namespace } = node as ast.Import;
      const all = [...names.map(({ local }) => local), fallback, namespace];
      return all.filter((each) => each !== null);
    }
    default:
      return [];
  }
}
