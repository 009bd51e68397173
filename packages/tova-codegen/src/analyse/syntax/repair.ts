// A text whose brackets or strings have no partners → the text as it was probably meant, and what was put in
// for that: the indentation tells where a block should end, the lines of code in it that a string is not closed.
import { parse, type SourceRange, type SyntaxNode, type Tree } from "tova-parser";
import { openings, partners } from "./brackets";
import { planBrackets, strayCloser } from "./repair-brackets";
import { errorPlaces, planQuotes } from "./repair-quotes";
import type { Given, Repair } from "./repairs";
import { codeEndBefore, lineEnd, lineStart } from "./text";

/** A text as it was probably meant. */
export interface Repaired {
  readonly text: string;
  readonly tree: Tree;
  readonly repairs: readonly Repair[];
  /** Where in `text` what has no partner stands. */
  readonly told: readonly SourceRange[];
  /** Offset in `text` → offset in the text as it was given. */
  readonly toSource: (offset: number) => number;
}

/** Longer texts are not repaired, as each step reads all of it. */
const maxLength = 1_000_000;
/** Characters that are parsed to choose between repairs; of a long text only a few are tried. */
const maxParsed = 1_000_000;

/** Null where nothing is wrong with brackets and strings, or nothing tells what was meant. */
export function repair(tree: Tree, source: string): Repaired | null {
  if (source.length > maxLength) return null;
  const quotes = planQuotes(tree, source);
  const quoted = quotes.length === 0 ? { tree, text: source } : apply(source, quotes);
  const toSource = toSourceOf(quotes);
  const brackets = planBrackets(quoted.tree, quoted.text);
  if (brackets === null || brackets.length + quotes.length === 0) return null;
  const inSource = brackets.map(({ at, insert, told }) => {
    return { at: toSource(at), insert, told: toSource(told) };
  });
  const best = bestOf({ tree, source }, [...quotes, ...inSource]);
  if (best.errors.length >= errorPlaces(tree).length) return null;
  const { repairs } = best;
  const told = repairs.map(({ told }) => {
    const from = repairs.reduce(
      (sum, { at, insert }) => (at <= told ? sum + insert.length : sum),
      told,
    );
    return { from, to: from + 1 };
  });
  return { tree: best.tree, text: best.text, repairs, told, toSource: toSourceOf(repairs) };
}

const inOrder = (repairs: readonly Repair[]) => [...repairs].sort((a, b) => a.at - b.at);

/** Brackets that are tried as one too many, too, or as one whose opener is missing. */
const maxTried = 6;

/** A text with repairs in it. */
interface Attempt {
  readonly repairs: readonly Repair[];
  readonly text: string;
  readonly tree: Tree;
  /** Offsets in `text` of the mistakes that are left. */
  readonly errors: readonly number[];
}

function attempt(source: string, repairs: readonly Repair[]): Attempt {
  const applied = apply(source, repairs);
  return { ...applied, repairs, errors: errorPlaces(applied.tree) };
}

/** As {@link attempt}, as often as the length of the text allows; then null. */
function attemptsFor(source: string): (repairs: readonly Repair[]) => Attempt | null {
  let budget = maxParsed;
  return (repairs) => {
    budget -= source.length;
    return budget < 0 ? null : attempt(source, repairs);
  };
}

/** A bracket may be one too many instead, or its partner missing: what leaves the fewest mistakes is taken. */
function bestOf(given: Given, planned: readonly Repair[]): Attempt {
  const attemptNext = attemptsFor(given.source);
  let best = attempt(given.source, inOrder(planned));
  for (const one of planned.slice(0, maxTried)) {
    for (const other of othersFor(one, given)) {
      const replaced = best.repairs.map((repair) => (repair === one ? other : repair));
      const tried = attemptNext(inOrder(replaced));
      if (tried === null || tried.errors.length >= best.errors.length) continue;
      best = tried;
      break;
    }
  }
  if (best.errors.length === 0 && planned.length === 1) return best;
  const stray = strayCloser(given.tree, given.source);
  const singles = planned.length > maxPlanned ? [] : single(given, best);
  for (const one of stray === null ? singles : [stray, ...singles]) {
    const tried = attemptNext([one]);
    if (tried?.errors.length === 0) return tried;
  }
  return best;
}

/** What a single bracket too many or too few is planned to be mended by, and brackets that are left out for it. */
const maxPlanned = 3;
const maxRemoved = 16;

/**
 * What may mend all there is: to leave out a bracket, or to put in a partner at the end of its line, on the lines
 * of the first mistake that is left, of what that is part of, and of what has no partner.
 */
function single(given: Given, best: Attempt): readonly Repair[] {
  const { source } = given;
  const [first] = best.errors;
  if (first === undefined) return [];
  const toSource = toSourceOf(best.repairs);
  const mistake = toSource(first);
  const suspects = [mistake, ...best.repairs.map(({ told }) => told)];
  for (let node: SyntaxNode | null = best.tree.resolve(first, 1); node; node = node.parent) {
    if (/^(Block|EdgeBody|SourceFile)$/.test(node.name)) break;
    suspects.push(toSource(node.from));
  }
  const starts = new Set(suspects.map((offset) => lineStart(source, offset)));
  const lines = [...starts].map((start) => bracketsOfLine(given, start));
  const removed = lines
    .flat()
    .sort((a, b) => Math.abs(a - mistake) - Math.abs(b - mistake))
    .map((at): Repair => ({ at, insert: "", told: at }));
  const closed = lines.flatMap((line) => leftOpenOn(line, given));
  return [...removed.slice(0, maxRemoved), ...closed];
}

/** Offsets of the brackets of a line; without its brace a mistake in a text would be text. */
function bracketsOfLine({ tree, source }: Given, start: number): readonly number[] {
  const line = source.slice(start, lineEnd(source, start));
  const places = [...line.matchAll(/[()[\]{}]/g)].map(({ index }) => start + index);
  return places.filter((at) => !isInText(tree, at));
}

/** The partner of the last bracket that is open at the end of a line, put in there. */
function leftOpenOn(brackets: readonly number[], { tree, source }: Given): readonly Repair[] {
  const open: number[] = [];
  for (const at of brackets) {
    if (Object.hasOwn(partners, source[at] ?? "")) open.push(at);
    else open.pop();
  }
  const told = open[open.length - 1];
  if (told === undefined) return [];
  const at = codeEndBefore(tree, source, lineEnd(source, told));
  return at > told + 1 ? [{ at, insert: partners[source[told] ?? ""] ?? "", told }] : [];
}

function isInText(tree: Tree, at: number): boolean {
  for (let node: SyntaxNode | null = tree.resolveInner(at, 1); node; node = node.parent) {
    if (node.name === "String" || node.name.endsWith("Comment")) return true;
  }
  return false;
}

function othersFor({ at, insert, told }: Repair, { tree, source }: Given): readonly Repair[] {
  const text = source[told] ?? "";
  if (Object.hasOwn(partners, text) && insert !== "") {
    return [...beforeBlock({ tree, source }, told), { at: told, insert: "", told }];
  }
  const open = openings[text];
  if (open === undefined || insert !== "") return [];
  // The head of what the closer ends: the line before that is indented as much.
  const column = columnOf(source, at);
  for (let start = lineStart(source, at); start > 0; ) {
    const end = codeEndBefore(tree, source, start);
    start = lineStart(source, end);
    if (end === 0) break;
    if (columnOf(source, end) > column) continue;
    return columnOf(source, end) === column ? [{ at: end, insert: ` ${open}`, told: end - 1 }] : [];
  }
  return [];
}

/** The partner of a bracket whose line opens a block at its end, put in before that. */
function beforeBlock({ tree, source }: Given, told: number): readonly Repair[] {
  const at = codeEndBefore(tree, source, lineEnd(source, told)) - 1;
  if (at <= told || source[at] !== "{" || source[told] === "{") return [];
  return [{ at, insert: `${partners[source[told] ?? ""]} `, told }];
}

/** The indentation of the line that an offset is on. */
function columnOf(source: string, offset: number): number {
  const start = lineStart(source, offset);
  return source.slice(start, lineEnd(source, offset)).search(/\S|$/);
}

function apply(source: string, repairs: readonly Repair[]): { tree: Tree; text: string } {
  let text = "";
  let behind = 0;
  for (const { at, insert } of repairs) {
    text += source.slice(behind, at) + (insert || " ");
    behind = insert === "" ? at + 1 : at;
  }
  text += source.slice(behind);
  return { tree: parse(text).tree, text };
}

function toSourceOf(repairs: readonly Repair[]): (offset: number) => number {
  return (offset) => {
    let inserted = 0;
    for (const { at, insert } of repairs) {
      if (insert === "") continue;
      if (at + inserted >= offset) break;
      inserted += Math.min(insert.length, offset - at - inserted);
    }
    return offset - inserted;
  };
}
