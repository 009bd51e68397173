// External tokenizers: all that depends on line breaks, the parse state or more than one token ahead.
import { ExternalTokenizer, type InputStream, type Stack } from "@lezer/lr";
import { bracketTerm, headBefore, missesArrow, missesBrace, termLength } from "./brackets";
import { contextAt, maxOpenBrackets } from "./context";
import * as terms from "./generated/parser.terms";
import { isDigit, isSpace, isWordStart, Lookahead } from "./lookahead";
import { skipOpaqueBlock } from "./opaque";
import { wordTerm } from "./words";

export { trackLines } from "./context";

function accept(input: InputStream, term: number, length: number): void {
  for (let i = 0; i < length; i++) input.advance();
  input.acceptToken(term);
}

/** The body of a block this toolchain does not compile: any header, then balanced braces. */
export const opaqueTokens = new ExternalTokenizer(
  (input, stack) => {
    if (!stack.canShift(terms.opaqueBody) || isSpace(input.next)) return;
    const ahead = new Lookahead(input);
    while (ahead.char >= 0 && ahead.char !== 123) {
      const skipped = (ahead.char === 34 || ahead.char === 40) && ahead.skipBalanced();
      if (!skipped) ahead.at++;
    }
    const closed = skipOpaqueBlock(input, ahead);
    accept(input, closed ? terms.opaqueBody : terms.opaqueUnclosed, ahead.at);
  },
  { contextual: true },
);

/** Marks that `return` or `yield` has a value, `break` or `continue` a label, on its own line. */
export const zeroWidth = new ExternalTokenizer(
  (input, stack) => {
    const { next } = input;
    if (next < 0 || isSpace(next) || contextAt(stack).newline) return;
    if (stack.canShift(terms.labelFollows)) {
      if (isWordStart(next)) input.acceptToken(terms.labelFollows);
      return;
    }
    if (!stack.canShift(terms.valueFollows) || ")]},:|=>".includes(String.fromCharCode(next)))
      return;
    if (next === 47 && (input.peek(1) === 47 || input.peek(1) === 42)) return;
    input.acceptToken(terms.valueFollows);
  },
  { contextual: true },
);

/** Comments, regular expressions, brackets and words: everything decided by its first character. */
export const contextual = new ExternalTokenizer(contextualToken, { contextual: true });

function contextualToken(input: InputStream, stack: Stack): void {
  const { next } = input;
  if (isWordStart(next)) {
    const found = wordTerm(input, stack);
    if (found) accept(input, found[0], found[1]);
  } else if (next === 47) slashToken(input, stack);
  else if (next > 32) {
    if (contextAt(stack).depth > maxOpenBrackets) acceptRest(input);
    const term = bracketTerm(input, stack);
    if (term !== null) input.acceptToken(term, termLength(input, term));
  }
}

/**
 * Takes the place of {@link contextual} for a text with mistakes: knows what is missing, too. A correct
 * text does not pay for looking.
 */
export const forgiving = new ExternalTokenizer(
  (input, stack) => {
    const symbols = (stack as unknown as Symbols).stack.length / 3;
    if (symbols > maxSymbols && input.next >= 0) return acceptRest(input);
    const term = symbols > maxSymbolsAsked ? null : missingTerm(input, stack);
    if (term === null) contextualToken(input, stack);
    else input.acceptToken(term);
  },
  { contextual: true },
);

/** What Lezer's stacks hold besides their public interface: three numbers for each open symbol. */
interface Symbols {
  readonly stack: readonly unknown[];
}

/** Beyond 2,800 open symbols Lezer ends constructs by force, and begins to nest anew. */
const maxSymbols = 2700;

/**
 * To ask a stack what it may shift takes a step for each symbol; Lezer's own recovery makes up nothing for deeper
 * stacks either.
 */
const maxSymbolsAsked = 100;

/** A word, number, text or `{`: behind a pattern none of them goes on with it. */
const startsResult = (char: number): boolean =>
  isWordStart(char) || isDigit(char) || char === 34 || char === 123;

/** The `{` of a block or the arrow of an arm, where it may stand and is missing. */
function missingTerm(input: InputStream, stack: Stack): number | null {
  const { next } = input;
  if (contextAt(stack).newline) {
    const starts = isWordStart(next) || next === 91 || next === 123;
    const head = starts ? headBefore(input) : null;
    if (head === null || !stack.canShift(terms.MissingBrace)) return null;
    return missesBrace(input, head) ? terms.MissingBrace : null;
  }
  if (!startsResult(next) || !stack.canShift(terms.MissingArrow)) return null;
  return missesArrow(input) ? terms.MissingArrow : null;
}

/** Nothing of what is nested too deeply is parsed: neither parser nor tree must overflow. */
function acceptRest(input: InputStream): void {
  while (input.next >= 0) input.advance();
  input.acceptToken(terms.TooDeep);
}

/** Block comments nest (spec 1.2); one that spans lines counts as a line break. */
function slashToken(input: InputStream, stack: Stack): void {
  const after = input.peek(1);
  if (after === 47) return;
  if (after !== 42) {
    regularExpression(input, stack);
    return;
  }
  const ahead = new Lookahead(input);
  const broken = ahead.skipBlockComment();
  if (ahead.open) accept(input, terms.UnterminatedComment, ahead.at);
  else accept(input, broken ? terms.MultilineComment : terms.BlockComment, ahead.at);
}

/** A regular expression stands where no division can (spec 1.6). */
function regularExpression(input: InputStream, stack: Stack): void {
  if (!stack.canShift(terms.RegExp) || stack.canShift(terms.TimesOp)) return;
  const ahead = new Lookahead(input);
  if (ahead.skipRegExp()) accept(input, terms.RegExp, ahead.at);
}
