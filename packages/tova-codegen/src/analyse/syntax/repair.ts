// A text whose brackets or strings have no partners → the text as it was probably meant, and what was put in
// for that: the indentation tells where a block should end, the lines of code in it that a string is not closed.
import { parse, type SourceRange, type Tree } from "tova-parser";
import { planBrackets } from "./repair-brackets";
import { planQuotes } from "./repair-quotes";

/** One change to a text. */
export interface Repair {
  /** Offset in the text as it was given. */
  readonly at: number;
  /** What is put in there; nothing where the character there is left out. */
  readonly insert: string;
  /** What has no partner: the bracket or quote that is told of. */
  readonly told: number;
}

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
const maxLength = 300_000;

/** Null where nothing is wrong with brackets and strings, or nothing tells what was meant. */
export function repair(tree: Tree, source: string): Repaired | null {
  if (source.length > maxLength) return null;
  const quotes = planQuotes(tree, source);
  const quoted = quotes.length === 0 ? { tree, text: source } : apply(source, quotes);
  const toSource = mapping(quotes);
  const brackets = planBrackets(quoted.tree, quoted.text);
  if (brackets === null) return null;
  const repairs = [
    ...quotes,
    ...brackets.map(({ at, insert, told }) => {
      return { at: toSource(at), insert, told: toSource(told) };
    }),
  ].sort((a, b) => a.at - b.at);
  if (repairs.length === 0) return null;
  const told = repairs.map(({ told }) => {
    const from = repairs.reduce((sum, { at, insert }) => (at <= told ? sum + insert.length : sum), told);
    return { from, to: from + 1 };
  });
  return { ...apply(source, repairs), repairs, told, toSource: mapping(repairs) };
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

function mapping(repairs: readonly Repair[]): (offset: number) => number {
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
