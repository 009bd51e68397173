// Names that nothing defines: not the program, the library or the host (E200).
import type { ast, SourceRange } from "tova-parser";
import { nearest, nearestOf } from "../../diagnostics/nearest";
import { codes } from "../../diagnostics/registry";
import { hostGlobals } from "../../generated/globals";
import { nodeOnly } from "../../generated/runtime";
import { children, type Node } from "../children";
import { enumMembers } from "../hoist";
import { library, libraryNamespaces } from "../library";
import { memberForms } from "../member-forms";
import { isForeignWord } from "../name-variables";
import { once } from "../once";
import type { Variable } from "../scope";
import { type Checks, type Facts, variableOf } from "./facts";
import { foreignNames } from "./foreign-names";

/** Names that no worker has, reported elsewhere, and `env`, which is no helper of its own. */
const otherNames = new Set([...nodeOnly, "env"]);

const isLibrary = (name: string): boolean =>
  library.has(name) || libraryNamespaces.has(name) || otherNames.has(name);

/** Whether the library or the host has a value of this name. */
export const isGivenName = (name: string): boolean => isLibrary(name) || hostGlobals.has(name);

function isKnown(facts: Facts, name: string): boolean {
  return (
    !facts.resolution.free.has(name) ||
    isGivenName(name) ||
    facts.elsewhere.has(name) ||
    facts.types.has(name) ||
    facts.resolution.extended.has(name) ||
    isForeignWord(name)
  );
}

/** Among hundreds of mistakes a guess helps no one, and each takes a look at every name. */
const maxSuggestions = 500;

/** What a name was probably meant for, of one kind of names of the program. */
export function guess(facts: Facts, kind: keyof Facts["nearest"], name: string): string | null {
  return facts.findings.list.length > maxSuggestions ? null : facts.nearest[kind](name);
}

/** The closest builtin. */
export const nearestBuiltin = nearestOf(() => library.keys());

/** All names that the program defines, collected when first asked for. */
export function namesOf(
  variables: ReadonlyMap<object, Variable>,
  types: ReadonlyMap<string, unknown>,
): () => ReadonlySet<string> {
  return once(() => {
    const names = new Set<string>();
    for (const variable of variables.values()) names.add(variable.name);
    for (const type of types.keys()) names.add(type);
    return names;
  });
}

function report(facts: Facts, range: SourceRange, name: string): void {
  if (name === "it") {
    facts.findings.report(range, codes.loneIt({}));
    return;
  }
  const help = foreignNames.get(name);
  if (help !== undefined) {
    facts.findings.report(range, codes.foreignName({ name, help }));
    return;
  }
  if (isPartOfMember(facts, range.from)) return;
  const form = beginsLine(facts.source, range.from) ? memberForms.get(name) : undefined;
  if (form !== undefined) facts.findings.report(range, codes.unknownMember({ name, form }));
  else facts.findings.report(range, codes.unknownName({ name, meant: guess(facts, "name", name) }));
}

/** The line before an offset, as far as is looked at: there may be many names on one. */
const lineBefore = (source: string, at: number): string => {
  const before = source.slice(Math.max(0, at - 200), at);
  return before.slice(before.lastIndexOf("\n") + 1);
};

const beginsLine = (source: string, at: number): boolean =>
  /^(?:.*\{)?[ \t]*$/.test(lineBefore(source, at));

/** What was to be a part of the member that its line begins with is no name that is used. */
function isPartOfMember({ source, findings }: Facts, at: number): boolean {
  const before = lineBefore(source, at);
  const assigned = /^[ \t]*(kv|sql|storage|queue|secret)[ \t]*=[ \t]*$/.exec(before)?.[1];
  // The variable is told of, as nothing reads it.
  if (assigned !== undefined && isOnlyAt(source, assigned, at - before.length, at)) return true;
  const called = /^[ \t]*(\w+)\(/.exec(before)?.[1];
  const last = findings.list[findings.list.length - 1];
  if (called === undefined || !memberForms.has(called) || last?.code !== "E200") return false;
  return source.slice(at - before.length, at).trimStart().length === at - last.range.from;
}

/** Whether a word stands nowhere outside a stretch of the text. */
const isOnlyAt = (source: string, word: string, from: number, to: number): boolean =>
  !source.slice(0, from).includes(word) && !source.slice(to).includes(word);

/** Types that values have without a declaration (spec 2, 6). */
export const builtInTypes: ReadonlySet<string> = new Set(
  (
    "String Int Float Bool Nil Array Function Number List Map Set Object Any Void Tuple Option Result " +
    "Ok Err Some None Less Equal Greater"
  ).split(" "),
);

/** Whether the language, its library or the host has a type of this name. */
export const isGivenType = (name: string): boolean => builtInTypes.has(name) || isGivenName(name);

/** A namespace that is no object of the platform: only its members mean something. */
function isNamespace(facts: Facts, name: string): boolean {
  return facts.resolution.free.has(name) && libraryNamespaces.has(name) && !hostGlobals.has(name);
}

function checkNamespace(facts: Facts, { name, from, to }: ast.Identifier): void {
  if (!isNamespace(facts, name) || facts.elsewhere.has(name)) return;
  const members = [...(libraryNamespaces.get(name)?.keys() ?? [])];
  const after = /^\s*\.\s*([\p{L}\p{N}_$]+)/u.exec(facts.source.slice(to, to + 200));
  const member = after?.[1] ?? null;
  if (member !== null && members.includes(member)) return;
  const meant = member === null ? null : nearest(member, members);
  const sentence = { name: member === null ? name : `${name}.${member}` };
  facts.findings.report(
    { from, to },
    codes.unknownName({ ...sentence, meant: meant === null ? null : `${name}.${meant}` }),
  );
}

function checkType(facts: Facts, node: SourceRange, name: string): void {
  if (facts.resolution.variables.has(node) || facts.imports) return;
  if (isGivenType(name) || facts.types.has(name)) return;
  if (facts.elsewhere.has(name)) return;
  report(facts, node, name);
}

const isCallable = ({ kind }: Variable): boolean => kind === "function" || kind === "const";

/** The types and variants that a pattern names, at any depth. */
function checkPattern(facts: Facts, pattern: ast.MatchPattern | ast.RestPattern): void {
  if (pattern.kind === "VariantPattern") {
    if (pattern.owner) checkOwned(facts, pattern, pattern.owner);
    else {
      const { name, from } = pattern;
      const variable = variableOf(facts, pattern);
      if (!variable && isLibrary(name) && /^[^\p{Lu}]/u.test(name))
        facts.findings.report(pattern, codes.patternOfValue({ name }));
      else if (!variable) checkType(facts, { from, to: from + name.length }, name);
      // A capitalised name may hold a type.
      else if (isCallable(variable) && /^[^\p{Lu}]/u.test(name)) {
        facts.findings.report(pattern, codes.patternOfValue({ name }));
      }
    }
    for (const field of pattern.fields) checkPattern(facts, field);
  } else if (pattern.kind === "ListPattern") {
    for (const element of pattern.elements) checkPattern(facts, element);
  } else if (pattern.kind === "AlternativePattern") {
    for (const option of pattern.options) checkPattern(facts, option);
  }
}

/** `Shape.Circle`: a variant of that type, where the program defines it. */
function checkOwned(facts: Facts, { name }: ast.VariantPattern, owner: ast.Name): void {
  const variable = variableOf(facts, owner);
  if (!variable) return checkType(facts, owner, owner.name);
  const type = facts.types.get(owner.name);
  if (variable.kind !== "type" || !type || variableOf(facts, type.name) !== variable) return;
  const members = enumMembers(type, facts.resolution.variables).map((member) => member.name ?? "");
  const known = [...type.variants.map((variant) => variant.name), ...members];
  if (known.includes(name)) return;
  const to = facts.source.indexOf(name, owner.to) + name.length;
  const meant = nearest(name, known);
  facts.findings.report(
    { from: owner.from, to },
    codes.unknownName({
      name: `${owner.name}.${name}`,
      meant: meant === null ? null : `${owner.name}.${meant}`,
    }),
  );
}

/** `self` in a method that does not take it would mean the global object of the host. */
function checkSelf(facts: Facts, node: Node, method: string): void {
  if (node.kind === "Identifier" && node.name === "self" && !facts.resolution.variables.has(node)) {
    facts.findings.report(node, codes.missingSelf({ method }));
    return;
  }
  for (const child of children(node)) checkSelf(facts, child, method);
}

export const nameChecks: Checks = {
  Impl(facts, node) {
    for (const { name, body } of node.methods) if (body) checkSelf(facts, body, name.name);
  },
  Identifier(facts, node) {
    const { name } = node;
    if (name === "_" || facts.resolution.variables.has(node)) return;
    if (!isKnown(facts, name)) report(facts, node, name);
    else checkNamespace(facts, node);
  },
  Object(facts, node) {
    for (const property of node.properties) {
      if (property.kind === "Spread" || property.value || property.key.kind !== "Name") continue;
      const { key } = property;
      if (!facts.resolution.variables.has(key) && !isKnown(facts, key.name)) {
        report(facts, key, key.name);
      }
    }
  },
  TypeTest(facts, node) {
    if (facts.resolution.variables.has(node)) return;
    const from = node.to - node.type.length;
    checkType(facts, { from, to: node.to }, node.type);
  },
  Match(facts, node) {
    for (const { pattern } of node.arms) checkPattern(facts, pattern);
  },
};
