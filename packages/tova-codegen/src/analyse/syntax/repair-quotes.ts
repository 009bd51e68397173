// A text with strings that swallow code → where their quotes are missing.
import type { SourceRange, Tree } from "tova-parser";
import { openings, partners } from "./brackets";
import { quoteAt, scanText } from "./delimiters";
import type { Repair } from "./repair";
import { endBefore, lineEnd, lineStart } from "./text";

/** Quotes that are put in, and places that are tried for each. */
const maxQuotes = 12;
const maxTried = 4;

/** What a line of code begins with, and hardly any text. */
const codeLine = new RegExp(
  "^[ \\t]*(?:[}\\])]|(?:fn|async fn|pub|if|elif|else|for|while|match|return|guard|try|var|type|impl|import|edge|shared|" +
    "security|route|middleware|schedule|consume|on_error|kv|sql|queue|storage|secret|env|defer|throw)\\b(?=.*[\\w{(\"])|" +
    "await |[\\w.\\[\\]]+ (?:[-+*/]?=) |\\w+(?:\\.\\w+)*\\(|\\w+(?:\\([^()]*\\))? => |\\w+: |//)",
);

/** Sorted by place; empty where no string holds code. */
export function planQuotes(tree: Tree, source: string): readonly Repair[] {
  const repairs: Repair[] = [];
  let text = source;
  let state = swallowed(tree, text);
  while (repairs.length < maxQuotes && state.strings.length > 0) {
    let best: { found: Repair; text: string; state: Swallowed } | null = null;
    for (const { from } of state.strings.slice(0, maxTried)) {
      const at = closingPlace(text, from);
      const quote = quoteAt(text, from).replace(/^[fr]/, "");
      const tried = text.slice(0, at) + quote + text.slice(at);
      const next = swallowed(tree, tried);
      if (next.cost >= (best?.state.cost ?? state.cost)) continue;
      best = { found: { at, insert: quote, told: from }, text: tried, state: next };
      if (next.cost === 0) break;
    }
    if (best === null) return repairs.length > 0 ? inSource(repairs) : [];
    repairs.push(best.found);
    ({ text, state } = best);
  }
  return inSource(repairs);
}

/** Each repair was made to the text with those before it in it. */
function inSource(made: readonly Repair[]): readonly Repair[] {
  const back = (offset: number, count: number) =>
    offset - made.slice(0, count).filter(({ at }) => at < offset).length;
  return made
    .map(({ at, insert, told }, i) => ({ at: back(at, i), insert, told: back(told, i) }))
    .sort((a, b) => a.at - b.at);
}

interface Swallowed {
  /** Strings with lines of code in them, in order. */
  readonly strings: readonly SourceRange[];
  /** Lines of code in strings, and more for a string that is open at the end. */
  readonly cost: number;
}

function swallowed(tree: Tree, text: string): Swallowed {
  const { openString, spanning } = scanText(tree, text);
  const open = openString === null ? [] : [{ from: openString, to: text.length }];
  const strings: SourceRange[] = [];
  let cost = 0;
  for (const string of [...spanning, ...open].sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (quoteAt(text, string.from).endsWith('"""')) continue;
    const isOpen = string.from === openString;
    const lines = text.slice(string.from, string.to).split("\n").slice(1);
    const code = lines.filter((line) => codeLine.test(line)).length;
    if (!isOpen && (code === 0 || !codeLine.test(lines.find((line) => line.trim() !== "") ?? ""))) continue;
    strings.push(string);
    cost += code + (isOpen ? 1 : 0);
  }
  return { strings, cost };
}

/** Where on its line a string that starts at an offset should have been closed. */
function closingPlace(text: string, from: number): number {
  const start = lineStart(text, from);
  const end = endBefore(text, lineEnd(text, from));
  const open = openIn(text.slice(start, from), []);
  const inner = from + quoteAt(text, from).length;
  const rest = text.slice(inner, end);
  const isHead = indentAt(text, lineEnd(text, from) + 1) > indentAt(text, start);
  let best = end;
  let least = Number.POSITIVE_INFINITY;
  for (let at = end; at >= Math.max(inner, end - 200); at--) {
    if (at < end && !/[\s)\]},]/.test(text[at] ?? "")) continue;
    if (at < end && /\s/.test(text[at - 1] ?? "")) continue;
    const tail = text.slice(at, end);
    const left = openIn(tail, open);
    let badness = Math.abs(left.length - (isHead && tail.endsWith("{") ? 1 : 0));
    if (isHead && !/[{([>]$/.test(tail)) badness += 2;
    if (rest.includes(" => ") && !tail.includes(" => ")) badness += 2;
    if (badness < least) [best, least] = [at, badness];
  }
  return best;
}

/** The brackets open behind a piece of code; a closer without partner counts as one, too. */
function openIn(code: string, before: readonly string[]): readonly string[] {
  const open = [...before];
  const bare = code.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, "");
  for (const char of bare) {
    if (Object.hasOwn(partners, char)) open.push(char);
    else if (Object.hasOwn(openings, char)) {
      if (open[open.length - 1] === openings[char]) open.pop();
      else open.push(char);
    }
  }
  return open;
}

function indentAt(text: string, start: number): number {
  let at = start;
  while (text[at] === " " || text[at] === "\t") at++;
  return at - start;
}
