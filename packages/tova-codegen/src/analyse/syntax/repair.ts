// A text whose brackets or strings have no partners → the text as it was probably meant, and what was put in
// for that: the indentation tells where a block should end, the lines of code in it that a string is not closed.
import { parse, type SourceRange, type Tree } from "tova-parser";
import { openings, partners } from "./brackets";
import { planBrackets } from "./repair-brackets";
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
const maxLength = 100_000;

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

/** A bracket may be one too many instead, or its partner missing: what leaves the fewest mistakes is taken. */
function bestOf(given: Given, planned: readonly Repair[]): Attempt {
  const { source } = given;
  let best = attempt(source, inOrder(planned));
  for (const one of planned.slice(0, maxTried)) {
    for (const other of othersFor(one, given)) {
      const replaced = best.repairs.map((repair) => (repair === one ? other : repair));
      const tried = attempt(source, inOrder(replaced));
      if (tried.errors.length >= best.errors.length) continue;
      best = tried;
      break;
    }
  }
  return (planned.length <= maxPlanned && oneTooMany(source, best)) || best;
}

/** What a single bracket too many is planned to be mended by, and brackets that are tried as it. */
const maxPlanned = 2;
const maxBrackets = 16;

/**
 * A bracket on the line of the first mistake that is left, or of what has no partner, without which there
 * is no mistake at all.
 */
function oneTooMany(source: string, { repairs, errors }: Attempt): Attempt | null {
  const [first] = errors;
  if (first === undefined) return null;
  const places = new Set<number>();
  for (const offset of [toSourceOf(repairs)(first), ...repairs.map(({ told }) => told)]) {
    const start = lineStart(source, offset);
    const line = source.slice(start, lineEnd(source, start));
    // Without its brace a mistake in a text would be text.
    if (/["']/.test(line)) continue;
    for (const { index } of line.matchAll(/[()[\]{}]/g)) places.add(start + index);
  }
  for (const at of [...places].slice(0, maxBrackets)) {
    const removed = attempt(source, [{ at, insert: "", told: at }]);
    if (removed.errors.length === 0) return removed;
  }
  return null;
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
