// Findings about heads of other languages → the bodies behind them, in which the parser, which takes
// them for something else, finds mistakes that are none.
import type { SourceRange } from "tova-parser";
import type { Finding } from "../../diagnostics/diagnostic";
import { keywordMeant } from "./misspelt";
import { lineEnd, lineStart } from "./text";

/** Words in front of a body between braces. */
const opensBody = new Set(
  "function def func fun class struct enum record switch do unless foreach Edge edge cron worker service app".split(
    " ",
  ),
);

/** Words which, misspelt, have a body that is read as something else. */
const opensOther = new Set("match try edge shared security type interface trait impl".split(" "));

/** Words in front of a body that holds no statements. */
const holdsMembers = new Set("class struct enum record interface type trait impl".split(" "));

/** What goes on behind the brace that ends a body. */
const tails: Readonly<Record<string, RegExp>> = {
  do: /^[ \t]*while\b.*/,
  try: /^[ \t]*(?:catch|finally)\b[^{]*\{/,
};

/** A line that ends in a colon, where Python has the head of an indented body. */
const colonHead =
  /^(?:[ \t\ufeff]|\/\*.*?\*\/)*(?:async[ \t]+)?(if|elif|else|for|while|match|try|except|finally|with|def|class|case)\b.*:[ \t\r]*(?:\/\/.*)?$/;

/** Heads of which no more than the body's first line is misread; the others name values of their own. */
const readsOn = new Set("if elif else for while try except finally with".split(" "));

/** A head that goes on with the statement before it. */
const goesOn = new Set("elif else except finally case".split(" "));

/** A body and whether it is one of members rather than of statements. */
export interface ForeignBody extends SourceRange {
  readonly members: boolean;
}

/** @param ends where the brackets end, by where they open */
export function foreignBodies(
  findings: readonly Pick<Finding, "range">[],
  ends: ReadonlyMap<number, number>,
  source: string,
): readonly ForeignBody[] {
  return findings.flatMap(({ range: { from, to } }) => {
    const word = headWord(source, from, to);
    if (word === null) return [];
    const end = lineEnd(source, to);
    const open = openingAt(source, from, end);
    const close = open < 0 ? undefined : ends.get(open);
    const members = holdsMembers.has(word);
    if (close !== undefined) {
      const behind = source.slice(close, lineEnd(source, close));
      const rest = Object.hasOwn(tails, word) ? tails[word]?.exec(behind)?.[0] : undefined;
      return [{ from: open, to: close + (rest?.length ?? 0), members }];
    }
    return open < 0 ? indented(source, to, members) : [];
  });
}

/** The word whose body the finding is about, or null where it is about none. */
function headWord(source: string, from: number, to: number): string | null {
  const text = source.slice(from, to);
  if (opensBody.has(text)) return text;
  const meant = keywordMeant(text);
  if (meant !== null && opensOther.has(meant)) return meant;
  if (text === ":") {
    const line = source.slice(lineStart(source, from), lineEnd(source, from));
    const head = colonHead.exec(line)?.[1];
    if (head !== undefined) return head;
  }
  const before = source.slice(Math.max(0, from - 200), from);
  const named = /\b(edge|security|shared)[ \t]*$/.exec(before)?.[1];
  if (named !== undefined) return named;
  return /\binterface\s+[\p{L}\p{N}_<>, ]+\{\s*$/u.test(before) ? "interface" : null;
}

/** The last `{` of the line, or the one before a first member. */
function openingAt(source: string, from: number, end: number): number {
  const open = source.slice(from, end).lastIndexOf("{");
  if (open >= 0) return from + open;
  const before = source.slice(0, from).trimEnd();
  return before.endsWith("{") ? before.length - 1 : -1;
}

/** What is misread of an indented body, and of those that go on with it. */
function indented(source: string, at: number, members: boolean): readonly ForeignBody[] {
  const indent = indentOf(source, at);
  const bodies: ForeignBody[] = [];
  let head = lineStart(source, at);
  for (let from = at; ; from = head) {
    const word = colonHead.exec(source.slice(head, lineEnd(source, head)))?.[1];
    if (word === undefined || (from !== at && !goesOn.has(word))) return bodies;
    const body = linesOfBody(source, head, indent);
    // The parser gives what it made up the blanks behind it.
    const to = readsOn.has(word) ? body.first : body.end;
    bodies.push({
      from,
      to: to + (/^\s*/.exec(source.slice(to, to + 200))?.[0].length ?? 0),
      members,
    });
    head = body.next;
    if (head >= source.length || indentOf(source, head) !== indent) return bodies;
  }
}

function indentOf(source: string, at: number): number {
  return (
    /^[ \t\ufeff]*/.exec(source.slice(lineStart(source, at), lineStart(source, at) + 200))?.[0]
      .length ?? 0
  );
}

/** Ends of the first and the last line that are indented more than the head, and the line after. */
function linesOfBody(source: string, head: number, indent: number) {
  let first = -1;
  let end = lineEnd(source, head);
  let next = end + 1;
  while (next < source.length) {
    const lineTo = lineEnd(source, next);
    const isBlank = source.slice(next, lineTo).trim() === "";
    if (!isBlank && indentOf(source, next) <= indent) break;
    if (!isBlank) {
      end = lineTo;
      if (first < 0) first = lineTo;
    }
    next = lineTo + 1;
  }
  return { first: first < 0 ? end : first, end, next };
}
