// The findings of one text → diagnostics with file, line and column, in order, each once.
import type { SourceRange } from "tova-parser";
import type { Diagnostic, Finding } from "./diagnostic";
import { linesOf } from "./lines";

/**
 * Takes findings with ranges in `source`. Columns count UTF-16 code units from 1.
 * `// tova-ignore W001, W002` leaves those warnings out on the next line or, on the first line of
 * the file, everywhere (spec 15); in SQL the comment begins with `--`. Errors stay: there is no
 * output that they could be ignored for.
 */
export function locate(
  findings: readonly Finding[],
  source: string,
  fileName: string,
): readonly Diagnostic[] {
  if (findings.length === 0) return [];
  const lines = linesOf(source);
  const ignored = ignoredCodes(source);
  const seen = new Set<string>();
  const wrong = new Set(
    findings.flatMap(({ severity, range }) => (severity === "error" ? [placeOf(range)] : [])),
  );
  const diagnostics: Diagnostic[] = [];
  const ordered = [...findings].sort(
    (a, b) => a.range.from - b.range.from || a.range.to - b.range.to,
  );
  for (const finding of ordered) {
    const { code, severity, message, range } = finding;
    const key = JSON.stringify([code, range.from, range.to, message]);
    if (seen.has(key)) continue;
    seen.add(key);
    // What is an error needs no warning too.
    if (severity === "warning" && wrong.has(placeOf(range))) continue;
    const { line, start } = lines.at(Math.min(range.from, source.length));
    const hidden = ignored.get(0)?.has(code) || ignored.get(line)?.has(code);
    if (hidden && severity === "warning") continue;
    const column = Math.max(0, range.from - start) + 1;
    diagnostics.push({ ...finding, fileName, line, column });
  }
  return diagnostics;
}

const placeOf = ({ from, to }: SourceRange): string => `${from} ${to}`;

/** By the line they apply to; 0 stands for the whole file. */
function ignoredCodes(source: string): ReadonlyMap<number, ReadonlySet<string>> {
  const ignored = new Map<number, ReadonlySet<string>>();
  if (!source.includes("tova-ignore")) return ignored;
  const lines = linesOf(source);
  for (let line = 1; line <= lines.count; line++) {
    const match = /(?:^|\s)(?:\/\/|--)\s*tova-ignore\s+(\w+(?:\s*,\s*\w+)*)/.exec(lines.text(line));
    if (!match?.[1]) continue;
    ignored.set(line === 1 ? 0 : line + 1, new Set(match[1].split(/\s*,\s*/)));
  }
  return ignored;
}
