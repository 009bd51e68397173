// The options of a security rule → by key, the unknown ones reported.
import type { ast } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import { wordsOf } from "../literal";

/** What to do instead of a rule that no edge worker enforces. */
export const instead = {
  cors: "Write `cors { … }` in the edge block.",
  audit: "Remove it, and write what should be audited from a middleware.",
} as const;

/** A rule, or an option that has options of its own. */
export type Configured = Pick<ast.SecurityRule, "from" | "to" | "rule" | "config">;

/** Of a key given twice the last counts. */
export function readEntries(
  { rule, config }: Configured,
  known: readonly string[],
  findings: Findings,
): ReadonlyMap<string, ast.ConfigEntry> {
  const entries = new Map<string, ast.ConfigEntry>();
  for (const entry of config) {
    const key = entry.key.name;
    if (known.includes(key)) entries.set(key, entry);
    else findings.report(entry.key, codes.securityKey({ rule: rule.name, key, known }));
  }
  return entries;
}

/** The words of a list, bare or quoted; null, once reported, when the value is anything else. */
export function readWords(
  { key, value }: ast.ConfigEntry,
  findings: Findings,
): readonly string[] | null {
  const words = wordsOf(value);
  if (words !== null) return words;
  const what = `The value of \`${key.name}\``;
  findings.report(value, codes.securityValue({ what, expected: 'a list, such as `["self"]`' }));
  return null;
}
