// A Lezer tree and its text → what is wrong with the text itself, one finding a mistake (E001-E010).
import { firstTooDeep, type SourceRange, type Tree } from "tova-parser";
import { type Finding, Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import { checkDelimiters, type Delimiters } from "./syntax/delimiters";
import { describeError } from "./syntax/error-nodes";
import { checkNode } from "./syntax/rules";
import { lineEnd } from "./syntax/text";

/** Findings given per file (spec section 15). */
const limit = 50;

/**
 * Finds what makes `source` no Tova program. Without an error among the findings, `read` gives a
 * tree with no `Missing` node and no text left out. With an E010 the tree is too deep for `read`.
 */
export function syntaxErrors(tree: Tree, source: string): readonly Finding[] {
  const deep = firstTooDeep(tree);
  if (deep !== null) {
    const findings = new Findings();
    findings.report({ from: deep, to: Math.min(source.length, deep + 1) }, codes.tooDeep({}));
    return findings.list;
  }
  const delimiters = checkDelimiters(tree, source);
  const rest = [...checkRules(tree, source), ...readErrors(tree, source, delimiters)];
  const found = quieten(inOrder(rest), delimiters, source);
  return inOrder([...delimiters.findings.list, ...found]).slice(0, limit);
}

const inOrder = (findings: readonly Finding[]) =>
  [...findings].sort((a, b) => byPlace(a.range, b.range));

/** One finding per error node, in order, those that follow from an earlier one left out. */
function readErrors(tree: Tree, source: string, { ends }: Delimiters): readonly Finding[] {
  const findings = new Findings();
  let quietUntil = -1;
  tree.iterate({
    enter(ref) {
      if (!ref.type.isError || ref.from < quietUntil) return;
      const { range, message } = describeError(ref.node, source);
      if (range.from < quietUntil) return;
      findings.report(range, message);
      quietUntil = Math.max(ref.to, endOfMistake(Math.max(ref.from, range.from), source, ends));
    },
  });
  return findings.list;
}

/** A mistake spoils its line, and the brackets that open on it. */
function endOfMistake(from: number, source: string, ends: ReadonlyMap<number, number>): number {
  const line = lineEnd(source, from);
  let end = line + 1;
  for (let at = from; at < line; at++) end = Math.max(end, ends.get(at) ?? 0);
  return end;
}

function checkRules(tree: Tree, source: string): readonly Finding[] {
  const findings = new Findings();
  tree.iterate({
    enter(ref) {
      checkNode(ref, source, findings);
    },
  });
  return findings.list;
}

/** Leaves out what lies in a stretch that a delimiter mistake spoils, and repetitions on a line. */
function quieten(
  found: readonly Finding[],
  { quiet }: Delimiters,
  source: string,
): readonly Finding[] {
  const stretches = [...quiet].sort(byPlace);
  let next = 0;
  let quietUntil = -1;
  return found.filter(({ range: { from } }) => {
    for (
      let stretch = stretches[next];
      stretch && stretch.from <= from;
      stretch = stretches[next]
    ) {
      quietUntil = Math.max(quietUntil, stretch.to);
      next++;
    }
    if (from <= quietUntil) return false;
    quietUntil = lineEnd(source, from);
    return true;
  });
}

const byPlace = (a: SourceRange, b: SourceRange) => a.from - b.from;
