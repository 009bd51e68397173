// A text with strings that swallow code → where a quote is missing.
import { parse, type SourceRange, type Tree } from "tova-parser";
import { openings, partners } from "./brackets";
import { quoteAt, scanText } from "./delimiters";
import type { Repair } from "./repairs";
import { endBefore, lineEnd, lineStart } from "./text";

/** Quotes that are put in, strings that may lack one, and places for it. */
const maxQuotes = 12;
const maxStrings = 3;
const maxPlaces = 8;
/** Characters that are parsed for all of it. */
const maxParsed = 1_000_000;
/** Longer lines are closed at their end. */
const maxLine = 300;

/** What a line of code begins with, and hardly any text. */
const codeLine = new RegExp(
  [
    "^[ \\t]*(?:[}\\])]",
    "(?:fn|async fn|pub|if|elif|else|for|while|loop|match|return|guard|try|var|type|impl|trait|import|defer|throw)\\b",
    '(?:edge|shared|security|route|routes|middleware|schedule|consume|on_error|health|cors|csp|role|protect|auth)\\b(?=.*[{("])',
    "(?:kv|sql|queue|storage|secret|env) [A-Z]",
    "await ",
    "[{[][\\w, :]+[}\\]] = ",
    "[\\w.\\[\\]]+ (?:[-+*/]?=) ",
    "\\w+(?:\\.\\w+)*\\(",
    "\\w+(?:\\([^()]*\\))? => ",
    "\\w+: ",
    "\\|> |\\.\\w+\\(",
    "//)",
  ].join("|"),
);

/** A text with a quote more, and how good that looks. */
interface Attempt {
  readonly repair: Repair;
  readonly text: string;
  readonly state: Swallowed;
  readonly errors: number;
}

/** Sorted by place; empty where no string holds code. */
export function planQuotes(tree: Tree, source: string): readonly Repair[] {
  const made: Repair[] = [];
  const errors = errorPlaces(tree).length;
  let now = { text: source, state: swallowed(tree, source), errors };
  const isOdd = now.state.open;
  if (!isOdd && !now.state.strings.some(({ to }) => opensText.test(source.slice(to, to + 1))))
    return [];
  let budget = maxParsed;
  while (made.length < maxQuotes && now.state.strings.length > 0) {
    const attempts: Attempt[] = [];
    for (const { from } of now.state.strings.slice(0, maxStrings)) {
      for (const at of placesFor(now.text, from)) {
        budget -= now.text.length;
        if (budget > 0) attempts.push(attempt(now.text, at, from));
      }
      if (attempts.some((one) => one.state.cost === 0)) break;
    }
    const [best] = attempts.sort((a, b) => a.state.cost - b.state.cost || a.errors - b.errors);
    if (!best || best.state.cost >= now.state.cost) break;
    made.push(best.repair);
    now = best;
  }
  // Texts of several lines may hold code: where each is closed, only what explains more is believed.
  return isOdd || now.errors < errors ? inSource(made) : [];
}

/** Behind a quote that closes a string none of these stands. */
const opensText = /[\w{"/*%<$#@]/;

/** What the parser reads of a bracket that stands where none can. */
const misplaced = new Set(["LooseBlock", "ForeignPattern"]);

/** Where the marks of mistakes in a tree are, in their order. */
export function errorPlaces(tree: Tree): readonly number[] {
  const places: number[] = [];
  tree.iterate({
    enter({ type, name, from }) {
      if (type.isError || misplaced.has(name)) places.push(from);
    },
  });
  return places;
}

function attempt(source: string, at: number, swallowing: number): Attempt {
  const insert = quoteAt(source, swallowing).slice(-1);
  const text = source.slice(0, at) + insert + source.slice(at);
  const { tree } = parse(text);
  const repair = { at, insert, told: lonelyQuote(text, at) ?? swallowing };
  return { repair, text, state: swallowed(tree, text), errors: errorPlaces(tree).length };
}

/** Where in the text before it the partner stands of a quote that was put in at an offset. */
function lonelyQuote(text: string, at: number): number | null {
  const start = lineStart(text, at);
  const end = lineEnd(text, at);
  if (end - start > maxLine) return null;
  for (const { 0: string, index } of text.slice(start, end).matchAll(quoted)) {
    const from = start + index;
    const last = from + string.length - 1;
    if (last === at) return from;
    if (from === at) return last - 1;
  }
  return null;
}

/** Each repair was made to the text with those before it in it. */
function inSource(made: readonly Repair[]): readonly Repair[] {
  const back = (offset: number, count: number): number => {
    let at = offset;
    for (let i = count - 1; i >= 0; i--) if ((made[i] as Repair).at < at) at--;
    return at;
  };
  return made
    .map(({ at, insert, told }, i) => ({ at: back(at, i), insert, told: back(told, i) }))
    .sort((a, b) => a.at - b.at);
}

interface Swallowed {
  /** Strings with lines of code in them, in order. */
  readonly strings: readonly SourceRange[];
  /** Lines of code in strings, and more for a string that is open at the end. */
  readonly cost: number;
  /** Whether one is open at the end. */
  readonly open: boolean;
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
    const begins = lines.filter((line) => line.trim() !== "").slice(0, 2);
    if (!isOpen && !begins.some((line) => codeLine.test(line))) continue;
    strings.push(string);
    cost += code + (isOpen ? 1 : 0);
  }
  return { strings, cost, open: openString !== null };
}

/** Where on the line of a string that is not closed a quote may be missing, the likeliest first. */
function placesFor(text: string, from: number): readonly number[] {
  const start = lineStart(text, from);
  const end = endBefore(text, lineEnd(text, from));
  if (end - start > maxLine) return [end];
  const line = text.slice(start, end);
  const quote = quoteAt(text, from).slice(-1);
  const isHead = indentAt(text, lineEnd(text, from) + 1) > indentAt(text, start);
  const places: { at: number; badness: number }[] = [];
  for (let at = line.length; at > indentAt(text, start); at--) {
    if (at < line.length && !isBoundary(line[at - 1] ?? "", line[at] ?? "")) continue;
    const badness = badnessOf(line.slice(0, at) + quote + line.slice(at), isHead);
    if (badness !== null) places.push({ at: start + at, badness });
  }
  const sorted = places.sort((a, b) => a.badness - b.badness);
  return (sorted.length > 0 ? sorted.map(({ at }) => at) : [end]).slice(0, maxPlaces);
}

/** A quote stands between a word and what is none, not beside a blank inside the text. */
const isBoundary = (before: string, behind: string): boolean =>
  /[\s)\]},([{=:"']/.test(behind) !== /[\s)\]},([{=:"']/.test(before) ||
  (/[([{]/.test(before) && /[^\s]/.test(behind));

const quoted = /f?"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g;

/** How far a line is from one whose brackets fit the next line; null where a string is open at its end. */
function badnessOf(line: string, isHead: boolean): number | null {
  const bare = line.replace(quoted, "_");
  if (/["']/.test(bare)) return null;
  const open: string[] = [];
  let stray = 0;
  for (const char of bare.replace(/^\s*[)\]}]+/, "")) {
    if (Object.hasOwn(partners, char)) open.push(char);
    else if (Object.hasOwn(openings, char) && open.pop() !== openings[char]) stray++;
  }
  const wanted = isHead ? 1 : 0;
  const glued = /_\w|[\w)\]]_/.test(bare) ? 1 : 0;
  return Math.abs(open.length - wanted) + stray + glued;
}

function indentAt(text: string, start: number): number {
  let at = start;
  while (text[at] === " " || text[at] === "\t") at++;
  return at - start;
}
