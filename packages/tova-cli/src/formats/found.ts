// What a check found, in one shape for every format, and the places of its ends.
import { type Diagnostic, linesOf } from "tova-codegen";
import type { Problem } from "../problems";
import type { ExitCode } from "../report";

/** The result of a check: diagnostics of the program, or what kept it from being read. */
export interface Found {
  /** As the user named it. */
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly problems: readonly Problem[];
  /** Text of every file that a diagnostic may name. */
  readonly texts: Readonly<Record<string, string>>;
  readonly exitCode: ExitCode;
}

/** Line and column from 1, in UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where a diagnostic ends, exclusive; its start when its text is not at hand. */
export function endOf({ fileName, line, column, range }: Diagnostic, { texts }: Found): Place {
  const text = Object.hasOwn(texts, fileName) ? texts[fileName] : undefined;
  if (text === undefined || range.to <= range.from) return { line, column };
  const end = linesOf(text).at(Math.min(range.to, text.length));
  return { line: end.line, column: range.to - end.start + 1 };
}
