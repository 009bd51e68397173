// Findings of keywords of other languages → the bodies behind them, which the parser took for objects.
import type { SourceRange } from "tova-parser";
import type { Finding } from "../../diagnostics/diagnostic";
import { lineEnd } from "./text";

/** Words in front of a body between braces. */
const opensBody = new Set(
  "function def func fun class struct enum record switch do unless foreach Edge edge cron".split(
    " ",
  ),
);

/** @param ends where the brackets end, by where they open */
export function foreignBodies(
  findings: readonly Finding[],
  ends: ReadonlyMap<number, number>,
  source: string,
): readonly SourceRange[] {
  return findings.flatMap(({ range: { from, to } }) => {
    if (!opensBody.has(source.slice(from, to))) return [];
    const open = source.slice(to, lineEnd(source, to)).lastIndexOf("{");
    const end = open < 0 ? undefined : ends.get(to + open);
    return end === undefined ? [] : [{ from: to + open, to: end }];
  });
}
