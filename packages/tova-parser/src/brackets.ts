// Which of its meanings an open bracket, `?`, `-` or `>` has where the grammar alone allows several.
import type { InputStream, Stack } from "@lezer/lr";
import { contextAt } from "./context";
import * as terms from "./generated/parser.terms";
import {
  colonFollows,
  isDigit,
  isSpace,
  isWordPart,
  isWordStart,
  Lookahead,
  loopFollows,
  quotedLength,
} from "./lookahead";

/** `(`, `[`, `{`, `?`, `>` and `-`. */
const decided: ReadonlySet<number> = new Set([40, 91, 123, 63, 62, 45]);

/** The meaning of the bracket or sign under the cursor; null for the grammar's own token. */
export function bracketTerm(input: InputStream, stack: Stack): number | null {
  if (!decided.has(input.next)) return null;
  const may = (term: number) => stack.canShift(term);
  switch (input.next) {
    case 40:
      if (!contextAt(stack).newline && may(terms.callOpen)) return terms.callOpen;
      if (may(terms.ForeignHead)) return isForeignHead(input) ? terms.ForeignHead : null;
      if (may(terms.arrowParen) && !contextAt(stack).inGuard && startsArrow(input))
        return terms.arrowParen;
      return may(terms.patternParen) && isBound(input) ? terms.patternParen : null;
    case 91:
      if (!contextAt(stack).newline && may(terms.indexOpen)) return terms.indexOpen;
      return may(terms.patternBracket) && isBound(input) ? terms.patternBracket : null;
    case 123:
      return braceTerm(input, may);
    case 63:
      return propagates(input, stack) ? terms.propagate : null;
    case 62:
      return may(terms.typeClose) ? terms.typeClose : null;
    case 45:
      if (may(terms.returnArrow) && isReturnType(input)) return terms.returnArrow;
      return contextAt(stack).newline && isNegativeArm(input) && may(terms.patternMinus)
        ? terms.patternMinus
        : null;
    default:
      return null;
  }
}

function propagates(input: InputStream, stack: Stack): boolean {
  const after = input.peek(1);
  if (after === 63 || (after === 46 && input.peek(2) !== 46)) return false;
  return !contextAt(stack).newline && stack.canShift(terms.propagate);
}

/** What the text behind a `{` can be: certainly an object, perhaps one, or only a block. */
function braceContent(input: InputStream): "object" | "maybe" | "block" {
  const ahead = new Lookahead(input, 1);
  ahead.skipSpace();
  if (ahead.eat("...")) return "object";
  if (ahead.char === 125) return "maybe";
  if (ahead.char === 91) return ahead.skipBalanced() && colonFollows(ahead) ? "object" : "block";
  if (ahead.char === 34 || ahead.char === 39) return quotedKey(input, ahead) ? "object" : "block";
  if (isDigit(ahead.char)) {
    while (isWordPart(ahead.char)) ahead.at++;
    return colonFollows(ahead) ? "object" : "block";
  }
  if (ahead.word() === "") return "block";
  ahead.skipSpace();
  if (ahead.char === 125) return "maybe";
  if (ahead.char === 44) return endsNamesAsObject(ahead) ? "object" : "maybe";
  if (!colonFollows(ahead)) return "block";
  const { at } = ahead;
  if (loopFollows(ahead)) return "block";
  ahead.at = at + 1;
  return typedBinding(ahead) ? "block" : "object";
}

/**
 * Behind `name:` does `Type =` or `=` follow? No property has it: the name was to be bound, with the
 * type of another language or by `:=`. Of functions, which are properties, the parameters have
 * defaults, and the body may be an assignment.
 */
function typedBinding(ahead: Lookahead): boolean {
  while (ahead.char === 32) ahead.at++;
  const { at } = ahead;
  if (/^(fn|async)$/.test(ahead.word())) return false;
  ahead.at = at;
  let inList = 0;
  for (let last = 0; ; last = ahead.char, ahead.at++) {
    const { char } = ahead;
    if (char === 61) {
      const next = ahead.peek(1);
      return inList === 0 && last !== 60 && last !== 62 && next !== 61 && next !== 62;
    }
    if (char === 40 || char === 91) inList++;
    else if (char === 41 || char === 93) inList--;
    const inType = isWordPart(char) || " <>[](),|.?".includes(String.fromCharCode(char));
    if (!inType && !(char === 45 && ahead.peek(1) === 62)) return false;
  }
}

/** Behind `{ a` at a comma: `a, b }`, `a, b: 1` and `a, ...b` are objects, `a, b = b, a` a block. */
function endsNamesAsObject(ahead: Lookahead): boolean {
  while (ahead.eat(",")) {
    ahead.skipSpace();
    if (ahead.char === 125 || ahead.eat("...")) return true;
    if (ahead.word() === "") return false;
    ahead.skipSpace();
  }
  if (ahead.char === 125) return true;
  if (!colonFollows(ahead)) return false;
  ahead.at++;
  return !typedBinding(ahead);
}

function braceTerm(input: InputStream, may: (term: number) => boolean): number | null {
  if (may(terms.exportOpen)) {
    return may(terms.patternBrace) && isBound(input) ? terms.patternBrace : terms.exportOpen;
  }
  if (may(terms.memberOpen)) {
    return may(terms.patternBrace) && isBound(input) ? terms.patternBrace : terms.memberOpen;
  }
  if (may(terms.patternBrace) && isBound(input)) return terms.patternBrace;
  if (may(terms.comprehensionOpen) && isComprehension(input)) return terms.comprehensionOpen;
  if (may(terms.arrowBlockOpen)) {
    return braceContent(input) === "block" ? terms.arrowBlockOpen : terms.objectOpen;
  }
  if (may(terms.blockOpen)) {
    const object = may(terms.objectOpen) && braceContent(input) === "object";
    return object ? terms.objectOpen : terms.blockOpen;
  }
  if (!may(terms.objectOpen)) {
    if (may(terms.looseOpen)) return terms.looseOpen;
    return may(terms.ForeignPattern) ? terms.ForeignPattern : null;
  }
  const loose = may(terms.looseOpen) && startsStatement(input);
  return loose ? terms.looseOpen : terms.objectOpen;
}

/** Words that begin a statement here or in other languages. */
const statementWords = new Set(
  (
    "return if for while loop match try throw await guard var let const fn async yield defer with " +
    "break continue case switch function not new del"
  ).split(" "),
);

/** At a `{` that begins a statement: does one stand in it, so that it is no broken object? */
function startsStatement(input: InputStream): boolean {
  if (braceContent(input) !== "block") return false;
  const ahead = new Lookahead(input, 1);
  ahead.skipSpace();
  const word = ahead.word();
  if (word === "") return false;
  if (statementWords.has(word)) return true;
  while (ahead.char === 32) ahead.at++;
  return "(.=+-*/|?".includes(String.fromCharCode(ahead.char));
}

/**
 * Words that go on with the line before, so that no statement begins with them, or with what is
 * around it: a trait lists functions that need no block.
 */
const goesOn = new Set(
  "and or in is not as when else elif if for catch finally fn async".split(" "),
);

/** A head without `{` ends with a name, a number, a text or a bracket. */
const endsHead = (char: number): boolean =>
  isWordPart(char) || char === 41 || char === 93 || char === 34 || char === 39;

/**
 * At the first word of a line: the indentation of the line before, where this one is indented more
 * and that one may be the head of a block without `{`; else null.
 */
export function headBefore(input: InputStream): number | null {
  let start = 0;
  while (input.peek(start - 1) === 32 || input.peek(start - 1) === 9) start--;
  // In a line there may be many words, and all of it would be read back for each.
  if (start === 0 || input.peek(start - 1) !== 10) return null;
  const end = codeBefore(input, start - 1);
  if (!endsHead(input.peek(end))) return null;
  const head = indentAt(input, lineStart(input, end));
  return head < -start ? head : null;
}

/** From an offset back to the last character of a line that is no blank and in no `//` comment. */
function codeBefore(input: InputStream, offset: number): number {
  let end = offset;
  for (;;) {
    while (isSpace(input.peek(end))) end--;
    const comment = lineComment(input, lineStart(input, end), end);
    if (comment === null) return end;
    end = comment - 1;
  }
}

/** Where a comment begins between two offsets of a line; quotes are those of whole texts. */
function lineComment(input: InputStream, from: number, to: number): number | null {
  let quote = 0;
  for (let at = from; at < to; at++) {
    const char = input.peek(at);
    if (quote !== 0) {
      if (char === 92) at++;
      else if (char === quote) quote = 0;
    } else if (char === 34 || char === 39) quote = char;
    else if (char === 47 && input.peek(at + 1) === 47) return at;
  }
  return null;
}

/**
 * At the first word behind a head without `{`: is it the first of a block, as the next line that is
 * not indented more begins with `}` right below the head?
 * @param head its indentation
 */
export function missesBrace(input: InputStream, head: number): boolean {
  // A `{` on a line of its own is the brace, unless it takes a value apart.
  if (input.next === 123 && !isBound(input)) return false;
  if (goesOn.has(new Lookahead(input).word())) return false;
  for (let at = 0; at < maxBlock; at++) {
    if (input.peek(at) < 0) return false;
    if (input.peek(at) !== 10) continue;
    const indent = indentAt(input, at + 1);
    const first = input.peek(at + 1 + indent);
    if (first === 10 || first === 13 || indent > head) continue;
    return indent === head && first === 125;
  }
  return false;
}

/** Characters that a block without `{` is looked through for its end. */
const maxBlock = 20_000;

function lineStart(input: InputStream, offset: number): number {
  let at = offset;
  while (input.peek(at - 1) >= 0 && input.peek(at - 1) !== 10) at--;
  return at;
}

function indentAt(input: InputStream, start: number): number {
  let at = start;
  while (input.peek(at) === 32 || input.peek(at) === 9) at++;
  return at - start;
}

/** Words that go on with a pattern or its guard. */
const goesOnArm = new Set(["if", "and", "or", "in", "not", "is"]);

/**
 * Behind a pattern or its guard, on its line: does a result follow, and no `=>` that they go on to?
 */
export function missesArrow(input: InputStream): boolean {
  if (goesOnArm.has(new Lookahead(input).word())) return false;
  for (let at = 0; at < maxArm; at++) {
    const char = input.peek(at);
    if (char < 0 || char === 10) return true;
    if (char === 61 && input.peek(at + 1) === 62) return false;
  }
  return false;
}

/** Characters of a line that an arm is looked through for its `=>`. */
const maxArm = 1_000;

/** At the `{` of an object or block: does `key: value for` follow (spec 5.5)? */
function isComprehension(input: InputStream): boolean {
  const ahead = new Lookahead(input, 1);
  ahead.skipSpace();
  // A key is on one line, so that of a block no more than its first line is looked at.
  if (!reaches(ahead, ":") || typedBinding(new Lookahead(input, ahead.at + 1))) return false;
  return !loopFollows(ahead) && reaches(ahead, "for");
}

/**
 * Moves on through a key to its `:`, or through a value to behind `for`: over brackets, strings and
 * comments. False where something else tells that there is none.
 */
function reaches(ahead: Lookahead, end: ":" | "for"): boolean {
  const inKey = end === ":";
  for (let behind = ahead.at; ; behind = ahead.at) {
    const { char } = ahead;
    if (char < 0 || char === 44 || char === 125 || (inKey && char === 61)) return false;
    if (inKey && char === 58) return true;
    if (isWordStart(char)) {
      if (ahead.word() === "for") return !inKey;
    } else if (isSpace(char) || ahead.atComment) {
      if (ahead.skipSpace() && inKey) return false;
      if (ahead.startsRegExp(behind)) ahead.skipRegExp();
    } else if (char === 40 || char === 91 || char === 123) {
      if (!ahead.skipBalanced()) return false;
    } else if (char === 34 || char === 39) ahead.skipString();
    else if (!ahead.startsRegExp(behind) || !ahead.skipRegExp()) {
      ahead.at++;
      // Behind a dot any word is a member's name.
      if (char === 46) ahead.word();
    }
  }
}

/** At a bracket that starts a statement: is the bracketed text followed by `=`? */
function isBound(input: InputStream): boolean {
  const ahead = new Lookahead(input);
  if (!ahead.skipBalanced()) return false;
  ahead.skipSpace();
  return ahead.char === 61 && ahead.peek(1) !== 61 && ahead.peek(1) !== 62;
}

/** At `(` behind `for`: is it the whole head, as in `for (let i = 0; i < n; i++) {`? */
function isForeignHead(input: InputStream): boolean {
  const ahead = new Lookahead(input);
  if (!ahead.skipBalanced()) return false;
  ahead.skipSpace();
  return ahead.char === 123;
}

/** The length of what a term of {@link bracketTerm} stands for. */
export function termLength(input: InputStream, term: number): number {
  if (term !== terms.ForeignHead && term !== terms.ForeignPattern)
    return term === terms.returnArrow ? 2 : 1;
  const ahead = new Lookahead(input);
  ahead.skipBalanced();
  return ahead.at;
}

/** At `(`: is it the parameter list of an arrow function? Rejects on the first token it can. */
function startsArrow(input: InputStream): boolean {
  const ahead = new Lookahead(input, 1);
  ahead.skipSpace();
  if (isWordStart(ahead.char)) {
    ahead.word();
    ahead.skipSpace();
    const plain = ahead.char === 44 || ahead.char === 41 || ahead.char === 58;
    if (!plain && !(ahead.char === 61 && ahead.peek(1) !== 61)) return false;
  } else if (![41, 91, 123, 46].includes(ahead.char)) return false;
  const whole = new Lookahead(input);
  if (!whole.skipBalanced()) return false;
  whole.skipSpace();
  return whole.eat("=>") || (whole.char === 45 && whole.peek(1) === 62);
}

/**
 * At the `->` behind parameters: does a type follow, and then `=>`? In `(x) -> y => z` the name
 * `y` is the parameter of another lambda, so a type is what has capitalised names only.
 */
function isReturnType(input: InputStream): boolean {
  if (input.peek(1) !== 62) return false;
  const ahead = new Lookahead(input, 2);
  let open = 0;
  for (;;) {
    ahead.skipSpace();
    if (ahead.eat("=>")) return ahead.at > 4;
    // What closes a bracket around the lambda ends it: the `=>` behind is of a match arm.
    if (")]".includes(String.fromCharCode(ahead.char)) && open-- === 0) return false;
    if ("([".includes(String.fromCharCode(ahead.char))) open++;
    const word = ahead.word();
    if (word !== "") {
      if (word !== "nil" && !/^\p{Lu}/u.test(word)) return false;
    } else if (ahead.eat("->")) continue;
    else if ("<>[](),|".includes(String.fromCharCode(ahead.char))) ahead.at++;
    else return false;
  }
}

/**
 * At a `-` that begins a line: does a number follow that is the pattern of an arm, alone, as the
 * start of a range, with a guard or first of alternatives? `-1 | 2` goes on with the line before.
 */
function isNegativeArm(input: InputStream): boolean {
  const ahead = new Lookahead(input);
  do {
    ahead.skipSpace();
    if (ahead.eat("-")) ahead.skipSpace();
    if (ahead.char === 34 || ahead.char === 39) ahead.skipString();
    else if (!isWordPart(ahead.char)) return false;
    while (isWordPart(ahead.char) || (ahead.char === 46 && isDigit(ahead.peek(1)))) ahead.at++;
    if (ahead.eat("..")) return true;
    ahead.skipSpace();
  } while (ahead.eat("|"));
  return ahead.eat("=>") || ahead.word() === "if";
}

function quotedKey(input: InputStream, ahead: Lookahead): boolean {
  const length = quotedLength(input, ahead.at, ahead.char);
  ahead.at += length;
  return length > 1 && colonFollows(ahead);
}
