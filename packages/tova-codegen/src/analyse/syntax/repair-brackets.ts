// A text whose brackets have no partners → where the indentation says that one is missing, or one too many.
import type { Tree } from "tova-parser";
import { openings, partners } from "./brackets";
import { bracketsOf } from "./delimiters";
import type { Given, Repair } from "./repairs";
import { codeEndBefore, lineStart } from "./text";

/** A bracket, or the first token of a line. */
interface Item {
  readonly at: number;
  /** Empty for what is no bracket. */
  readonly text: string;
  readonly line: Line;
  /** Whether it begins its line. */
  readonly first: boolean;
}

interface Line {
  readonly start: number;
  readonly column: number;
  /** The indentation of the statement that it belongs to. */
  readonly indent: number;
}

interface State {
  readonly source: string;
  readonly open: Item[];
  readonly repairs: (Repair & { readonly opener: Item | null })[];
  /** The first closer that is indented more than the line of what it closes. */
  early: Item | null;
}

/** Brackets too many that are looked for one after the other. */
const maxExtra = 10;
/** Beyond as many the indentation is no help. */
const maxRepairs = 20;

/** Nothing where every bracket has its partner; null where it cannot be told what is missing. */
export function planBrackets(tree: Tree, source: string): readonly Repair[] | null {
  const { brackets, starts, strings } = bracketsOf(tree, source);
  if (strings) return null;
  if (isBalanced(brackets)) return [];
  const extra: Item[] = [];
  let items = itemsOf({ tree, source }, brackets, starts);
  for (;;) {
    const state = pair(items, source);
    if (state.repairs.length > maxRepairs) return null;
    const { early } = state;
    if (early === null || extra.length >= maxExtra || !state.repairs.some(isRemoval)) {
      return [...extra.map(removal), ...state.repairs].sort((a, b) => a.at - b.at);
    }
    // One closer too many makes those behind it close the blocks around.
    extra.push(early);
    items = items.filter((item) => item !== early);
  }
}

const isRemoval = ({ insert }: Repair) => insert === "";
const removal = ({ at }: Item): Repair => ({ at, insert: "", told: at });

function isBalanced(brackets: readonly { readonly text: string }[]): boolean {
  const open: string[] = [];
  for (const { text } of brackets) {
    if (Object.hasOwn(partners, text)) open.push(text);
    else if (open.pop() !== openings[text]) return false;
  }
  return open.length === 0;
}

/** The closer without which all brackets have their partners, whatever the indentation says; null for none. */
export function strayCloser(tree: Tree, source: string): Repair | null {
  const { brackets } = bracketsOf(tree, source);
  const open: string[] = [];
  for (const one of brackets) {
    if (Object.hasOwn(partners, one.text)) open.push(one.text);
    else if (open.pop() !== openings[one.text]) {
      const others = brackets.filter((other) => other !== one);
      return isBalanced(others) ? { at: one.from, insert: "", told: one.from } : null;
    }
  }
  return null;
}

function itemsOf(
  text: Given,
  brackets: readonly { readonly from: number; readonly text: string }[],
  starts: readonly number[],
): readonly Item[] {
  const { source } = text;
  const items: Item[] = [];
  let line: Line = { start: 0, column: 0, indent: 0 };
  let next = 0;
  const take = (at: number, text: string, first: boolean) => items.push({ at, text, line, first });
  for (const start of [...starts, Number.POSITIVE_INFINITY]) {
    for (let one = brackets[next]; one && one.from < start; one = brackets[++next]) {
      take(one.from, one.text, false);
    }
    if (start === Number.POSITIVE_INFINITY) break;
    // A `{` that is missing belongs to the line before.
    if (brackets[next]?.from === start && source[start] !== brackets[next]?.text) {
      take(start, "{", false);
      next++;
    }
    line = lineOf(text, start, line);
    const bracket = brackets[next]?.from === start ? brackets[next++] : undefined;
    take(start, bracket?.text ?? "", true);
  }
  return items;
}

/** What begins with one of these goes on with the line before. */
const goesOn = /^(?:[.?|+*/%&^=<>,:)\]}]|-[^\d>]|(?:and|or|in|is)\b)/;
/** Behind one of these a line goes on. */
const unfinished = /(?:[^=]=|[-+*/%&|<?:.,]|\b(?:and|or|not|in))$/;

function lineOf({ tree, source }: Given, at: number, before: Line): Line {
  const start = lineStart(source, at);
  const column = at - start;
  const end = codeEndBefore(tree, source, start);
  const isPart =
    column > before.indent &&
    (goesOn.test(source.slice(at, at + 8)) ||
      unfinished.test(source.slice(Math.max(0, end - 8), end)));
  return { start, column, indent: isPart ? before.indent : column };
}

function pair(items: readonly Item[], source: string): State {
  const state: State = { source, open: [], repairs: [], early: null };
  for (const [i, item] of items.entries()) {
    if (state.repairs.length > maxRepairs) return state;
    if (Object.hasOwn(openings, item.text)) close(state, item, items[i + 1]);
    else {
      if (item.first) dedent(state, item);
      if (item.text !== "") state.open.push(item);
    }
  }
  leaveOpen(state, 0, source.length, "\n", "");
  return state;
}

/** At the first token of a line: no block goes on whose head is indented as much. */
function dedent(state: State, { at, line }: Item): void {
  const { source, open } = state;
  const top = open[open.length - 1];
  if (!top || top.line.indent < line.column || top.line.start === line.start) return;
  if (goesOn.test(source.slice(at, at + 8))) return;
  let index = open.length;
  while (index > 0 && (open[index - 1] as Item).line.indent >= line.column) index--;
  leaveOpen(state, index, line.start, "", "\n");
}

/** Closes what is open from an index on; on lines of their own, so that others keep their lines. */
function leaveOpen(
  { open, repairs }: State,
  index: number,
  at: number,
  before = "",
  behind = "",
): void {
  for (const opener of open.splice(index).reverse()) {
    const insert = `${before}${partners[opener.text]}${behind}`;
    repairs.push({ at, insert, told: opener.at, opener });
  }
}

function close(state: State, item: Item, next: Item | undefined): void {
  const { open } = state;
  const { line, text } = item;
  const matches = (opener: Item) => opener.text === openings[text];
  const index = open.findLastIndex(matches);
  const top = open[open.length - 1];
  if (index < 0 || !top) return tooMany(state, item);
  if (!item.first) {
    const opener = open[index] as Item;
    if (opener !== top && opener.line.start !== line.start) return tooMany(state, item);
    leaveOpen(state, index + 1, item.at);
    open.pop();
    // The block ends, and the next line is indented as what stands in it.
    const isWithin = opener.line.indent < line.column && opener.line.start !== line.start;
    if (isWithin && (!next?.first || next.line.column >= line.column)) state.early ??= item;
    noteDeeper(state, item, next);
    return;
  }
  const same = open.findLastIndex(
    (opener) => matches(opener) && opener.line.indent === line.column,
  );
  if (same < 0 && matches(top) && top.line.indent < line.column) state.early ??= item;
  noteDeeper(state, item, next);
  leaveOpen(state, (same < 0 ? index : same) + 1, line.start, "", "\n");
  open.pop();
}

/** A line that is indented more than the one before, which closed a block at its end, may stand in that block. */
function noteDeeper(state: State, item: Item, next: Item | undefined): void {
  if (!next?.first || next.line.column <= item.line.column) return;
  if (!goesOn.test(state.source.slice(next.at, next.at + 8))) state.early ??= item;
}

/** A closer without partner; it may be the one of a block that was closed before for its indentation. */
function tooMany({ repairs }: State, item: Item): void {
  const index = repairs.findLastIndex(({ opener }) => opener?.text === openings[item.text]);
  if (index < 0) repairs.push({ ...removal(item), opener: null });
  else repairs.splice(index, 1);
}
