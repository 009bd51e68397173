// A text as it was probably meant, and what is found in it → what is told of the text as it was given.
import { type Finding, Findings } from "../../diagnostics/diagnostic";
import { reportBracket, reportOpenText } from "./delimiters";
import { reportMissingOpen } from "./refused";
import type { Repaired } from "./repair";
import type { Repair } from "./repairs";
import { lineEnd } from "./text";

/** One finding for each bracket and quote without partner. */
export function repairFindings({ repairs }: Repaired, source: string): readonly Finding[] {
  const findings = new Findings();
  for (const { told, insert } of repairs) {
    const text = source[told] ?? "";
    if (/^ [([{]$/.test(insert)) reportMissingOpen(told + 1, insert.trim(), findings);
    else if ("()[]{}".includes(text)) reportBracket(told, text, findings);
    else reportOpenText(told, source, findings);
  }
  return findings.list;
}

/**
 * The findings where they stand in the text as it was given; without those on lines of {@link spoiledLines},
 * and those in what was put in, as behind a text that ends too early.
 */
export function findingsInSource(
  found: readonly Finding[],
  repaired: Repaired,
  source: string,
): readonly Finding[] {
  const { text, toSource } = repaired;
  const spoiled = spoiledLines(repaired, source);
  const isPutIn = (at: number): boolean => toSource(at) === toSource(at + 1);
  return found
    .filter(({ range: { from } }) => !isPutIn(Math.min(from, text.length - 1)))
    .map((finding) => {
      const from = toSource(finding.range.from);
      return { ...finding, range: { from, to: Math.max(from, toSource(finding.range.to)) } };
    })
    .filter(({ range }) => !spoiled.has(lineEnd(source, range.from)));
}

/**
 * Ends of the lines on which something is put in or left out: nothing else is certain there. The line of a
 * bracket that another line should close is as it should be.
 */
function spoiledLines({ repairs }: Repaired, source: string): ReadonlySet<number> {
  const onLine = repairs.filter(({ insert }) => !insert.includes("\n"));
  return new Set(onLine.map(({ told }) => lineEnd(source, told)));
}

/** A quote is tried where it may stand, a block ends where the indentation says so, and what is before it does, too. */
const isDoubtful = ({ insert }: Repair): boolean => !/["']|\}\n|\n\}|^[)\]] $/.test(insert);

/** Where brackets stand that may be others than those that were meant. */
export const doubtfulPlaces = ({ repairs }: Repaired): readonly number[] =>
  repairs.filter(isDoubtful).map(({ told }) => told);

/**
 * Whether names may be others than in the repaired text, as a block may begin or end elsewhere, or a bracket be
 * missing that was not put in.
 */
export const hasDoubtfulNames = ({ repairs }: Repaired): boolean =>
  repairs.some((one) => isDoubtful(one) && (one.insert === "" || /[{}]/.test(one.insert)));
