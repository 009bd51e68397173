// The rules behind a field's type, `{ required, min(2) }` → what a body's field is checked for.
import type { ast } from "tova-parser";
import type { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import { type Rule, type RuleName, ruleNames } from "../model/body";
import { literalOf } from "./literal";

const isRule = (name: string): name is RuleName => ruleNames.some((known) => known === name);

/** Reads the rules of a field; what cannot be checked is reported. */
export function readRules(field: ast.Field, findings: Findings): readonly Rule[] {
  return field.rules.flatMap((node): Rule[] => {
    const { name } = node;
    if (!isRule(name)) {
      findings.report(node, codes.fieldRule({ name, known: ruleNames }));
      return [];
    }
    // `required: false` switches a rule off.
    const [first] = node.args;
    if (first?.kind === "Boolean" && node.args.length === 1) {
      return takes[name] === "nothing" && first.value ? [{ rule: name, args: [] }] : [];
    }
    const args = readArgs(node, takes[name]);
    if (args !== null) return [{ rule: name, args }];
    findings.report(node, codes.fieldRuleValue({ name, expected: expected[takes[name]](name) }));
    return [];
  });
}

const takes = {
  required: "nothing",
  min: "number",
  max: "number",
  length: "number",
  pattern: "pattern",
  one_of: "values",
  email: "nothing",
  url: "nothing",
  uuid: "nothing",
} as const satisfies Record<RuleName, string>;

type Takes = (typeof takes)[RuleName];

const expected: Readonly<Record<Takes, (name: string) => string>> = {
  nothing: (name) => `\`${name}\` alone`,
  number: (name) => `\`${name}(2)\`, with a number`,
  pattern: (name) => `\`${name}(/^[a-z]+$/)\`, with a regular expression`,
  values: (name) => `\`${name}("a", "b")\`, with the values allowed`,
};

/** Null for arguments that the rule does not take. */
function readArgs({ args }: ast.FieldRule, kind: Takes): Rule["args"] | null {
  const [first] = args;
  if (kind === "nothing") return args.length === 0 ? [] : null;
  if (kind === "values") return readValues(first?.kind === "Array" ? first.elements : args);
  if (!first || args.length > 1) return null;
  if (kind === "pattern") return readPattern(first);
  const number = literalOf(first);
  return typeof number === "number" ? [number] : null;
}

function readValues(nodes: readonly (ast.Expression | ast.Spread)[]): Rule["args"] | null {
  const values = nodes.map((node) => (node.kind === "Spread" ? null : literalOf(node)));
  const known = values.filter((value) => value !== null);
  return known.length > 0 && known.length === values.length ? known : null;
}

/** As JavaScript source: a literal as it stands, a text between slashes. */
function readPattern(node: ast.Expression): Rule["args"] | null {
  if (node.kind === "RegExp") return [{ source: node.text }];
  const text = literalOf(node);
  if (typeof text !== "string") return null;
  try {
    return [{ source: String(new RegExp(text, "u")) }];
  } catch {
    return null;
  }
}
