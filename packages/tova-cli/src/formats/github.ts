// What a check found → workflow commands, which GitHub shows as annotations beside the code.
// The format: docs.github.com, "Workflow commands for GitHub Actions", and its `@actions/core`.
import type { Diagnostic } from "tova-codegen";
import type { Problem } from "../problems";
import { endOf, type Found } from "./found";

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

function command(
  { severity, code, message, help }: Diagnostic | Problem,
  place: Readonly<Record<string, string | number>>,
): string {
  const properties = Object.entries({ ...place, title: code }).map(
    ([key, value]) => `${key}=${escapeProperty(String(value))}`,
  );
  const text = help === undefined ? message : `${message}\n${help}`;
  return `::${severity} ${properties.join(",")}::${escapeData(text)}`;
}

function annotation(diagnostic: Diagnostic, found: Found): string {
  const { fileName: file, line, column: col } = diagnostic;
  const end = endOf(diagnostic, found);
  // GitHub takes the last column, not the one after it, and a column only within one line.
  const columns = end.line === line ? { col, endColumn: Math.max(col, end.column - 1) } : { col };
  return command(diagnostic, { file, line, endLine: end.line, ...columns });
}

/** One line a finding; nothing when there is none. */
export function formatGitHub(found: Found): string {
  return [
    ...found.problems.map((problem) => command(problem, { file: found.file })),
    ...found.diagnostics.map((diagnostic) => annotation(diagnostic, found)),
  ].join("\n");
}
