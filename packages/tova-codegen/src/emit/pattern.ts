// Match patterns → the tests that must hold and the names they bind (spec 7).
import type { ast } from "tova-parser";
import { holdsValue, type Variable } from "../analyse/scope";
import { hostGlobals } from "../generated/globals";
import { type Context, definedName, helper } from "./context";
import { emitExpression } from "./expression";
import { emitAccess } from "./literal";
import { emitImportedTest, emitNamedTest, isTypeName } from "./type-test";
import { type Code, join } from "./writer";

export interface Bound {
  readonly name: string;
  readonly from: number;
  readonly value: Code;
}

/** A pattern against a subject. */
export interface Matched {
  /** All must hold. */
  readonly tests: readonly Code[];
  /** Names bound when they do. */
  readonly bindings: readonly Bound[];
  /** Declarations of names that the tests themselves assign. */
  readonly declares: readonly Code[];
}

const matched = (tests: readonly Code[], bindings: readonly Bound[] = []): Matched => ({
  tests,
  bindings,
  declares: [],
});

/** Emits a pattern; `subject` is a name or a path of properties, read as often as needed. */
export function emitPattern(cx: Context, node: ast.MatchPattern, subject: Code): Matched {
  switch (node.kind) {
    case "NamePattern":
      if (node.name === "_") return matched([]);
      return matched([], [{ name: definedName(cx, node), from: node.from, value: subject }]);
    case "LiteralPattern":
      return matched([emitEquals(cx, node.value, subject)]);
    case "RangePattern": {
      const { start, end, inclusive } = node;
      const below = inclusive ? " <= " : " < ";
      return matched([
        ["typeof ", subject, ' === "number"'],
        [subject, " >= ", emitExpression(cx, start)],
        [subject, below, emitExpression(cx, end)],
      ]);
    }
    case "PrefixPattern":
      return emitPrefix(cx, node, subject);
    case "ListPattern":
      return emitList(cx, node, subject);
    case "VariantPattern":
      return emitVariant(cx, node, subject);
    case "AlternativePattern":
      return emitAlternatives(cx, node, subject);
  }
}

function emitEquals(cx: Context, value: ast.Expression, subject: Code): Code {
  if (value.kind === "Nil") return [subject, " == null"];
  return [subject, " === ", emitExpression(cx, value)];
}

function emitPrefix(cx: Context, node: ast.PrefixPattern, subject: Code): Matched {
  const prefix = emitExpression(cx, node.prefix);
  const tests = [
    ["typeof ", subject, ' === "string"'],
    [subject, ".startsWith(", prefix, ")"],
  ];
  const value: Code = [subject, ".slice(", prefix, ".length)"];
  if (node.rest.name === "_") return matched(tests);
  return matched(tests, [{ name: definedName(cx, node.rest), from: node.rest.from, value }]);
}

function emitList(cx: Context, node: ast.ListPattern, subject: Code): Matched {
  const rest = node.elements.findIndex(({ kind }) => kind === "RestPattern");
  const count = rest < 0 ? node.elements.length : node.elements.length - 1;
  const length = [subject, rest < 0 ? " === " : " >= "];
  const size: Code = [subject, ".length", length[1] ?? "", String(count)];
  const head = matched([["Array.isArray(", subject, ")"], size]);
  return all(
    head,
    node.elements.map((element, i) => emitElement(cx, node, element, i, subject)),
  );
}

function emitElement(
  cx: Context,
  node: ast.ListPattern,
  element: ast.MatchPattern | ast.RestPattern,
  index: number,
  subject: Code,
): Matched {
  const { elements } = node;
  const rest = elements.findIndex(({ kind }) => kind === "RestPattern");
  const fromEnd = elements.length - index;
  if (element.kind !== "RestPattern") {
    const at = rest >= 0 && index > rest ? [subject, `.at(-${fromEnd})`] : [subject, `[${index}]`];
    return emitPattern(cx, element, at);
  }
  if (element.binding.name === "_") return matched([]);
  const end = fromEnd > 1 ? `, -${fromEnd - 1}` : "";
  const value: Code = [subject, `.slice(${index}${end})`];
  return matched([], [{ name: definedName(cx, element.binding), from: element.from, value }]);
}

/** The fields of the variants that every program has. */
export const predefined: Readonly<Record<string, readonly string[]>> = {
  Ok: ["value"],
  Err: ["error"],
  Some: ["value"],
  None: [],
};

/** `limits.max`: a member of a value of the program or of the platform; null for a variant. */
function memberOfValue(cx: Context, node: ast.VariantPattern): Code | null {
  const { owner, through, name } = node;
  if (!owner || node.fields.length > 0) return null;
  const variable = cx.unit.resolution.variables.get(owner);
  const isValue = variable ? holdsValue(variable) : hostGlobals.has(owner.name);
  if (!isValue) return null;
  return [...through, name].reduce<Code>(at, variable?.js ?? owner.name);
}

function emitVariant(cx: Context, node: ast.VariantPattern, subject: Code): Matched {
  const member = memberOfValue(cx, node);
  if (member !== null) return matched([[subject, " === ", member]]);
  const variable = cx.unit.resolution.variables.get(node);
  if (variable?.kind === "const" && node.fields.length === 0) {
    return matched([[subject, " === ", variable.js]]);
  }
  const owner = node.owner && cx.unit.resolution.variables.get(node.owner);
  const test =
    owner?.kind === "import"
      ? emitImportedTest(cx, [owner.js, ".", node.name], node.name, subject)
      : emitTagTest(cx, node.name, variable, subject);
  const fields = variable?.fields ?? predefined[node.name];
  const parts = node.fields.flatMap((field, i) => {
    if (field.kind === "RestPattern") return [];
    const name = fields?.[i];
    return [
      emitPattern(cx, field, name === undefined ? fieldAt(cx, subject, i) : at(subject, name)),
    ];
  });
  return all(matched([test]), parts);
}

/** A variant is known by its tag; any other type, of the program or the platform, as by `is`. */
function emitTagTest(
  cx: Context,
  name: string,
  variable: Variable | undefined,
  subject: Code,
): Code {
  const isType = variable
    ? variable.kind !== "variant" && variable.kind !== "const"
    : !Object.hasOwn(predefined, name) && isTypeName(name);
  if (isType) return ["(", emitNamedTest(cx, { name, variable: variable ?? null }, subject), ")"];
  const tag = variable?.kind === "variant" ? variable.tag : name;
  return [subject, "?.__tag === ", JSON.stringify(tag)];
}

const at = (subject: Code, field: string): Code => [subject, emitAccess(field)];

const fieldAt = (cx: Context, subject: Code, index: number): Code => [
  helper(cx, "fieldAt"),
  "(",
  subject,
  `, ${index})`,
];

function all(head: Matched, parts: readonly Matched[]): Matched {
  return {
    tests: [...head.tests, ...parts.flatMap(({ tests }) => tests)],
    bindings: [...head.bindings, ...parts.flatMap(({ bindings }) => bindings)],
    declares: [...head.declares, ...parts.flatMap(({ declares }) => declares)],
  };
}

/** `p | q`: one test; the names bound are assigned by the alternative that holds. */
function emitAlternatives(cx: Context, node: ast.AlternativePattern, subject: Code): Matched {
  const options = node.options.map((option) => emitPattern(cx, option, subject));
  const names = [...new Set(options.flatMap(({ bindings }) => bindings.map(({ name }) => name)))];
  const test = options.map(({ tests, bindings }): Code => {
    const assigns = bindings.map(({ name, value }): Code => ["(", name, " = ", value, ", true)"]);
    const parts = [...tests, ...assigns];
    return ["(", parts.length > 0 ? join(parts, " && ") : "true", ")"];
  });
  const declares: Code[] = names.length > 0 ? [["let ", names.join(", "), ";"]] : [];
  return {
    tests: [["(", join(test, " || "), ")"]],
    bindings: [],
    declares: [...declares, ...options.flatMap((option) => option.declares)],
  };
}
