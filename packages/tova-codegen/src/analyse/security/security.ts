// The rules of a file's security blocks → what every worker has to enforce (spec 12).
import type { ast } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import type { Security } from "../../model/security";
import { readAuth } from "./auth";
import { readCsrf } from "./csrf";
import { instead } from "./entries";
import { readCsp, readHsts } from "./headers";
import { readRateLimit } from "./rate-limit";
import { readProtect, readSensitive } from "./rules";

const known = [
  ...["auth", "role", "protect", "sensitive", "csp", "hsts", "cors", "rate_limit", "csrf"],
  ...["audit", "trust_proxy"],
];

/** Null for a file without a security block. Of rules that may stand once, the last wins. */
export function analyseSecurity(
  rules: readonly ast.SecurityRule[],
  findings: Findings,
): Security | null {
  if (rules.length === 0) return null;
  const of = (name: string) => rules.filter(({ rule }) => rule.name === name);
  const last = (name: string) => of(name).at(-1);
  const roles = readRoles(of("role"), findings);
  const auth = readAuth(last("auth"), findings);
  const protects = of("protect").flatMap((rule) => readProtect(rule, roles, findings) ?? []);
  for (const { range, pattern } of last("auth") ? [] : protects.filter(({ open }) => !open)) {
    findings.report(range, codes.protectWithoutAuth({ what: `\`protect "${pattern}"\`` }));
  }
  const csp = last("csp");
  const hsts = last("hsts");
  for (const rule of rules) reportUnsupported(rule, findings);
  const limit = last("rate_limit");
  return {
    auth,
    roles,
    protects,
    sensitive: of("sensitive").flatMap((rule) => readSensitive(rule, roles, findings) ?? []),
    rateLimit: limit ? readRateLimit(limit, findings) : null,
    trustsProxy: readTrust(last("trust_proxy"), findings),
    csrf: readCsrf(last("csrf"), findings),
    headers: [
      ...(csp ? [["Content-Security-Policy", readCsp(csp, findings)] as const] : []),
      ...(hsts ? [["Strict-Transport-Security", readHsts(hsts, findings)] as const] : []),
    ],
  };
}

function readTrust(rule: ast.SecurityRule | undefined, findings: Findings): boolean {
  if (rule?.flag === null) {
    const expected = "`trust_proxy true`: it has no options";
    findings.report(rule, codes.securityValue({ what: "`trust_proxy`", expected }));
  }
  return rule?.flag ?? false;
}

function reportUnsupported({ rule }: ast.SecurityRule, findings: Findings): void {
  const { name } = rule;
  if (!known.includes(name))
    return findings.report(rule, codes.securityRule({ rule: name, known }));
  if (!Object.hasOwn(instead, name)) return;
  const help = instead[name as keyof typeof instead];
  findings.report(rule, codes.securityUnsupported({ rule: name, instead: help }));
}

function readRoles(rules: readonly ast.SecurityRule[], findings: Findings): readonly string[] {
  const roles: string[] = [];
  for (const rule of rules) {
    const role = rule.subject ?? "";
    if (roles.includes(role)) findings.report(rule, codes.duplicateRole({ role }));
    else roles.push(role);
  }
  return roles;
}
