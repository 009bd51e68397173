// Findings of one file → diagnostics with line and column, in order, each once.
import type { Diagnostic, Finding } from "./diagnostic";

export function locate(
  findings: readonly Finding[],
  source: string,
  fileName: string,
): readonly Diagnostic[] {
  const seen = new Set<string>();
  const result: Diagnostic[] = [];
  for (const finding of [...findings].sort((a, b) => a.range.from - b.range.from)) {
    const key = `${finding.code} ${finding.range.from} ${finding.range.to} ${finding.message}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const before = source.slice(0, finding.range.from).split("\n");
    result.push({ ...finding, fileName, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
  }
  return result;
}
