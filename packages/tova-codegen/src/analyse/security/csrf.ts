// `csrf { exempt: ["/hooks/*"] }` → which requests of other sites are let through.
import type { ast } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import type { Csrf } from "../../model/security";
import { literalOf } from "../literal";
import { isOrigin } from "../origin";
import { readPath } from "../path";
import { readEntries, readWords } from "./entries";

/** Null without the rule, or with one that is switched off, which is reported. */
export function readCsrf(rule: ast.SecurityRule | undefined, findings: Findings): Csrf | null {
  if (!rule) return null;
  const entries = readEntries(rule, ["enabled", "exempt", "trusted_origins"], findings);
  const enabled = entries.get("enabled");
  if (rule.flag === false || (enabled && literalOf(enabled.value) === false)) {
    findings.report(rule, codes.csrfDisabled({}));
    return null;
  }
  const words = (key: string): readonly string[] => {
    const entry = entries.get(key);
    return entry ? (readWords(entry, findings) ?? []) : [];
  };
  const at = (key: string) => entries.get(key)?.value ?? rule;
  const exempt = words("exempt");
  for (const path of exempt) {
    if (!/[^/]\*/.test(path)) continue;
    const expected = "a path as routes have them, with `*` for all that is left";
    findings.report(at("exempt"), codes.securityValue({ what: `\`${path}\``, expected }));
  }
  const trusted = words("trusted_origins");
  for (const origin of trusted) {
    if (isOrigin(origin)) continue;
    const expected = "scheme, host and port only, as in `https://example.com`";
    const what = `The origin \`${origin}\``;
    findings.report(at("trusted_origins"), codes.securityValue({ what, expected }));
  }
  return { exempt: exempt.map((path) => readPath(path, at("exempt"), findings)), trusted };
}
