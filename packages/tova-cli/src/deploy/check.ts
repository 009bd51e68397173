// What one check of a preflight found: a line for the screen, and problems with their fixes.
import pc from "picocolors";
import type { Problem } from "../problems";

/** The result of one check. */
export interface Check {
  /** One word, as the screen names it. */
  readonly name: string;
  /** What is so, in a few words. */
  readonly fact: string;
  readonly problems: readonly Problem[];
}

/** One line a check, all facts under each other. */
export function renderChecks(checks: readonly Check[], color = false): string {
  const paint = pc.createColors(color);
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks
    .map(({ name, fact, problems }) => {
      const isWrong = problems.some(({ severity }) => severity === "error");
      const mark = isWrong
        ? paint.red("✗")
        : problems.length > 0
          ? paint.yellow("!")
          : paint.green("✓");
      return `  ${mark} ${name.padEnd(width)}  ${fact}`;
    })
    .join("\n");
}

/** `1 queue`, `2 queues`. */
export const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? "" : "s"}`;
