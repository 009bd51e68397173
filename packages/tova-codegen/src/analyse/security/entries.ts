// The options of a security rule → by key, the unknown ones reported.
import type { ast } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import { wordOf } from "../literal";

/** Of a key given twice the last counts. */
export function readEntries(
  { rule, config }: ast.SecurityRule,
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
  const elements = value.kind === "Array" ? value.elements : [];
  const words = elements.map((element) => (element.kind === "Spread" ? null : wordOf(element)));
  if (value.kind === "Array" && words.every((word) => word !== null)) return words as string[];
  const what = `The value of \`${key.name}\``;
  findings.report(value, codes.securityValue({ what, expected: 'a list, such as `["self"]`' }));
  return null;
}
