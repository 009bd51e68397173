// What a checker of SQL found → diagnostics, and places in a text → places in the source.
import type { SourceRange } from "tova-parser";
import { type Diagnostic, Findings, type Message } from "./diagnostics/diagnostic";
import { locate } from "./diagnostics/locate";
import { codes } from "./diagnostics/registry";
import type { SqlProblem, SqlText } from "./model/sql";

/** The source that a part of a text was written as; the whole expression where that is unknown. */
export function placeOfSql({ runs, range }: SqlText, { from, to }: SourceRange): SourceRange {
  const at = (offset: number): number | null => {
    const run = runs.findLast((one) => one.at <= offset);
    return run ? run.from + offset - run.at : null;
  };
  const start = at(from);
  const last = at(Math.max(from, to - 1));
  if (start === null || last === null) return range;
  return { from: start, to: Math.max(start, last + (to > from ? 1 : 0)) };
}

/** Places findings in a source file or a migration. Never throws. */
export function locateSqlProblems(
  found: readonly { readonly range: SourceRange; readonly problem: SqlProblem }[],
  source: string,
  fileName: string,
): readonly Diagnostic[] {
  const findings = new Findings();
  for (const { range, problem } of found) findings.report(range, messageOf(problem));
  return locate(findings.list, source, fileName);
}

function messageOf(problem: SqlProblem): Message {
  switch (problem.kind) {
    case "syntax":
      return codes.sqlSyntax(problem);
    case "table":
      return problem.certain ? codes.unknownTable(problem) : codes.tableNotSeen(problem);
    case "column":
      return problem.certain ? codes.unknownColumn(problem) : codes.columnNotSeen(problem);
    case "invalid":
      return codes.sqlInvalid(problem);
    case "binds":
      return codes.bindCount(problem);
    case "empty":
      return codes.emptySql(problem);
    case "earlierParameters":
      return codes.earlierParameters(problem);
    case "several":
      return codes.severalStatements(problem);
    case "rest":
      return codes.restOfSql(problem);
    case "refused":
      return problem.certain ? codes.refusedByD1(problem) : codes.unknownToD1(problem);
    case "quoted":
      return codes.quotedText(problem);
  }
}
