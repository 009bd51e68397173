// Findings in a text with mistakes → those that come of no other: by line, and by what a bracket may cause.
import type { SourceRange } from "tova-parser";
import type { Finding } from "../../diagnostics/diagnostic";
import { linesOf } from "../../diagnostics/lines";
import { lineEnd } from "./text";

/** For sorting by place. */
const byPlace = (a: SourceRange, b: SourceRange): number => a.from - b.from;

/** Findings sorted by place. */
export const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings].sort((a, b) => byPlace(a.range, b.range));

/** How far those stretches go at the most that start at or before an offset; -1 without any. */
export function furthestEnd(stretches: readonly SourceRange[]): (offset: number) => number {
  const sorted = [...stretches].sort(byPlace);
  const ends: number[] = [];
  for (const { to } of sorted) ends.push(Math.max(to, ends[ends.length - 1] ?? to));
  return (offset) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.from ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return ends[low - 1] ?? -1;
  };
}

/** A bracket that is missing in a line full of them is one mistake, however many it leaves alone. */
export function onePerLine(found: readonly Finding[], source: string): readonly Finding[] {
  let end = -1;
  return found.filter(({ range: { from } }) => {
    if (from <= end) return false;
    end = lineEnd(source, from);
    return true;
  });
}

/** What a bracket without partner may cause anywhere behind it. */
const consequences = new Set(["E001", "E007", "E303"]);

/**
 * With a bracket too many or too few: no more than two findings of what it may be the cause of, one
 * where the bracket itself is found.
 */
export function certain(found: readonly Finding[]): readonly Finding[] {
  let count = found.some(({ code }) => code === "E003") ? 1 : 0;
  return found.filter(({ code }) => !consequences.has(code) || ++count <= 2);
}

/** Lines before and behind a doubtful bracket in which mistakes may come of it. */
const nearby = 8;

/**
 * Near a bracket that may be another than the one that was meant, no more than one finding of what it may
 * be the cause of; near several, none.
 * @param doubtful where such brackets stand
 */
export function certainNear(
  doubtful: readonly number[],
  found: readonly Finding[],
  source: string,
): readonly Finding[] {
  const { at } = linesOf(source);
  const near = doubtful.map((offset) => ({ line: at(offset).line, count: 0 }));
  const allowed = near.length === 1 ? 1 : 0;
  return found.filter(({ code, range }) => {
    if (!consequences.has(code)) return true;
    const { line } = at(range.from);
    const place = near.find((one) => Math.abs(one.line - line) <= nearby);
    return !place || ++place.count <= allowed;
  });
}

/** Findings far from every doubtful bracket. */
export function awayFrom(
  doubtful: readonly number[],
  found: readonly Finding[],
  source: string,
): readonly Finding[] {
  const { at } = linesOf(source);
  const lines = doubtful.map((offset) => at(offset).line);
  return found.filter(({ range }) => {
    const { line } = at(range.from);
    return lines.every((one) => Math.abs(one - line) > nearby);
  });
}
