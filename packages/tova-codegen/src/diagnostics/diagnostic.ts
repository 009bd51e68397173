// The shape of a diagnostic, and how a stage reports one.
import type { SourceRange } from "tova-parser";

export type Severity = "error" | "warning";

/** What a stage found, before it has a place in a file. Made by the functions of `registry.ts`. */
export interface Message {
  /** Stable code, such as `E202` or `W_INVALID_CRON`. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence on what is wrong. */
  readonly message: string;
  /** One sentence on what to do. */
  readonly help?: string;
}

/** A message and where it belongs, made by every stage; only callers outside decide what fails. */
export interface Finding extends Message {
  /** Half-open range of UTF-16 offsets in the source text. */
  readonly range: SourceRange;
}

/** A finding as the public API gives it: with its file, line and column. */
export interface Diagnostic extends Finding {
  readonly fileName: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units, as editors count. */
  readonly column: number;
}

/** A value and what was found while making it. Every stage returns one; none throws. */
export interface Analysed<T> {
  readonly value: T;
  readonly findings: readonly Finding[];
}

/** Collects the findings of one stage. */
export class Findings {
  readonly list: Finding[] = [];

  /** Takes over what another stage found. */
  add(findings: readonly Finding[]): void {
    // There may be more of them than a call takes arguments.
    for (const finding of findings) this.list.push(finding);
  }

  report(range: SourceRange, message: Message): void {
    this.list.push({ ...message, range: { from: range.from, to: range.to } });
  }
}

/** True when an error is among them, so that there is no output. */
export function hasErrors(findings: readonly Pick<Message, "severity">[]): boolean {
  return findings.some(({ severity }) => severity === "error");
}
