// `protect` and `sensitive` rules → paths and fields with whom they are open to (spec 12).
import type { ast, SourceRange } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import type { EdgeBlock } from "../../model/program";
import type { Protect, Security, Sensitive } from "../../model/security";
import { literalOf, wordOf } from "../literal";
import { typesOf } from "../types-of";
import { readEntries, readWords } from "./entries";
import { globExpression } from "./glob";
import { readNestedLimit } from "./rate-limit";

/** Null, once reported, for a rule without a path. */
export function readProtect(
  rule: ast.SecurityRule,
  roles: readonly string[],
  findings: Findings,
): Protect | null {
  const pattern = rule.subject ?? "";
  if (!pattern.startsWith("/") && !pattern.startsWith("*")) {
    const expected = '`protect "/path/*" { require: authenticated }` with a path from the root';
    findings.report(rule, codes.securityValue({ what: "The path of `protect`", expected }));
    return null;
  }
  const entries = readEntries(rule, ["require", "rate_limit"], findings);
  const rateLimit = readNestedLimit(entries.get("rate_limit"), findings);
  const required = entries.get("require");
  const word = required ? wordOf(required.value) : null;
  // What is missing may stand there by another name.
  const isMissing = !required && entries.size === rule.config.length;
  if (isMissing) findings.report(rule, codes.protectNoRequire({ pattern }));
  else if (required && word === null) {
    const expected = "`require: authenticated`, the name of a role, or `anyone`";
    findings.report(required.value, codes.securityValue({ what: "`require`", expected }));
  }
  const open = word === "anyone";
  const role = word === null || word === "authenticated" || open ? null : word;
  if (role !== null && required) checkRole(required.value, role, roles, findings);
  return { range: rule, pattern, expression: globExpression(pattern), open, role, rateLimit };
}

function checkRole(
  node: SourceRange,
  role: string,
  roles: readonly string[],
  findings: Findings,
): void {
  if (!roles.some((known) => known.toLowerCase() === role.toLowerCase())) {
    findings.report(node, codes.undefinedRole({ role, known: roles }));
  }
}

/** Null, once reported, for a rule that names no field. */
export function readSensitive(
  rule: ast.SecurityRule,
  roles: readonly string[],
  findings: Findings,
): Sensitive | null {
  const [type = "", field] = (rule.subject ?? "").split(/\s*\.\s*/);
  if (!field) {
    const expected = "`sensitive Type.field { never_expose: true }`";
    findings.report(rule, codes.securityValue({ what: "The field of `sensitive`", expected }));
    return null;
  }
  const entries = readEntries(rule, ["never_expose", "visible_to", "hash"], findings);
  const visible = entries.get("visible_to");
  const words = visible ? readWords(visible, findings) : null;
  for (const word of words ?? []) {
    if (word !== "self" && visible) checkRole(visible.value, word, roles, findings);
  }
  const never = entries.get("never_expose");
  const hidden = never ? literalOf(never.value) === true : false;
  const hash = entries.get("hash");
  if (hash && !hidden && !visible) findings.report(hash.key, codes.hashNotEnforced({ field }));
  const name = { kind: "Identifier", from: rule.from, to: rule.to, name: type } as const;
  return { range: rule, type: name, field, visibleTo: hidden ? null : words };
}

/** A rule for a record or field that does not exist would protect nothing. */
export function checkSensitiveTypes(
  security: Security | null,
  lists: readonly (readonly ast.Statement[])[],
  findings: Findings,
): void {
  const types = typesOf(lists.flat());
  for (const { range, type, field } of security?.sensitive ?? []) {
    const records = types.filter(({ name }) => name.name === type.name);
    if (records.some(({ fields }) => fields.some(({ name }) => name === field))) continue;
    const expected = `a field of a record of this file, instead of \`${type.name}.${field}\``;
    findings.report(range, codes.securityValue({ what: "The field of `sensitive`", expected }));
  }
}

/** Routes that ask for a user need an `auth` to find one by, and roles that there are. */
export function checkRoutes(
  known: { readonly hasAuth: boolean; readonly roles: readonly string[] },
  blocks: readonly EdgeBlock[],
  findings: Findings,
): void {
  for (const { head, path, requires } of blocks.flatMap(({ routes }) => routes)) {
    if (!requires) continue;
    if (!known.hasAuth) {
      findings.report(head, codes.protectWithoutAuth({ what: `the route \`${path}\`` }));
    }
    if (requires.role !== null) checkRole(requires.range, requires.role, known.roles, findings);
  }
}
