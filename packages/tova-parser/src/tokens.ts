// External tokenizers and the context tracker: everything about Tova's tokens that depends on line
// breaks, on the parse state, or on more than one token of lookahead.
import { ContextTracker, ExternalTokenizer, type InputStream, type Stack } from "@lezer/lr";
import * as terms from "./generated/parser.terms";
import { isDigit, isSpace, isWordPart, isWordStart, Lookahead } from "./lookahead";

const newlineChar = 10;

/** Whether a line break precedes the next token, and the brackets open inside a match guard. */
class LineContext {
  constructor(
    readonly newline: boolean,
    /** One number per guard being read: how many brackets are open inside it. */
    readonly guards: readonly number[],
  ) {}

  get hash(): number {
    return (this.newline ? 1 : 0) + this.guards.reduce((sum, depth) => sum * 31 + depth + 1, 0) * 2;
  }

  /** In a guard outside brackets an arrow ends the guard, so `ok =>` is no lambda there. */
  get inGuard(): boolean {
    return this.guards[this.guards.length - 1] === 0;
  }
}

const noGuards: readonly number[] = [];
const sameLine = new LineContext(false, noGuards);
const newLine = new LineContext(true, noGuards);

const lineBreaks = new Set([terms.newline, terms.semicolon, terms.MultilineComment]);
const transparent = new Set([
  terms.spaces,
  terms.LineComment,
  terms.DocComment,
  terms.BlockComment,
  terms.valueFollows,
  terms.labelFollows,
]);
const openers = new Set([
  terms.callOpen,
  terms.indexOpen,
  terms.blockOpen,
  terms.arrowBlockOpen,
  terms.objectOpen,
  terms.memberOpen,
  terms.comprehensionOpen,
  terms.arrowParen,
  terms.parenOpen,
  terms.bracketOpen,
  terms.braceOpen,
  terms.interpolationStart,
  terms.tripleInterpolationStart,
]);
const closers = new Set([terms.parenClose, terms.bracketClose, terms.braceClose]);

function nextGuards(guards: readonly number[], term: number): readonly number[] {
  if (term === terms.guardIf) return [...guards, 0];
  const depth = guards[guards.length - 1];
  if (depth === undefined) return guards;
  const outer = guards.slice(0, -1);
  if (depth === 0 && (term === terms.Arrow || closers.has(term))) return outer;
  if (openers.has(term)) return [...outer, depth + 1];
  if (closers.has(term)) return [...outer, depth - 1];
  return guards;
}

/** Tracks the facts of {@link LineContext} over every token, skipped ones included. */
export const trackLines = new ContextTracker<LineContext>({
  start: newLine,
  shift(context, term) {
    if (transparent.has(term)) return context;
    const newline = lineBreaks.has(term);
    const guards = nextGuards(context.guards, term);
    if (guards.length === 0) return newline ? newLine : sameLine;
    return new LineContext(newline, guards);
  },
  hash: (context) => context.hash,
  strict: false,
});

const context = (stack: Stack): LineContext => stack.context as LineContext;

/** Block comments nest (spec 1.2); one that spans lines counts as a line break. */
export const commentTokens = new ExternalTokenizer((input) => {
  if (input.next !== 47 || input.peek(1) !== 42) return;
  const ahead = new Lookahead(input);
  const broken = ahead.skipBlockComment();
  if (ahead.open) accept(input, terms.UnterminatedComment, ahead.at);
  else accept(input, broken ? terms.MultilineComment : terms.BlockComment, ahead.at);
});

/** The body of a block this toolchain does not compile: any header, then balanced braces. */
export const opaqueTokens = new ExternalTokenizer(
  (input, stack) => {
    if (!stack.canShift(terms.opaqueBody) || isSpace(input.next)) return;
    const ahead = new Lookahead(input);
    while (ahead.char >= 0 && ahead.char !== 123) {
      if (ahead.char === 34 || ahead.char === 40) ahead.skipBalanced();
      else ahead.at++;
    }
    const closed = skipForeignBlock(input, ahead);
    accept(input, closed ? terms.opaqueBody : terms.opaqueUnclosed, ahead.at);
  },
  { contextual: true },
);

/**
 * Moves behind the block under the cursor. Its content may be markup, where an apostrophe is text:
 * a quote opens a string only if it closes on its line.
 */
function skipForeignBlock(input: InputStream, ahead: Lookahead): boolean {
  let depth = 0;
  do {
    const { char } = ahead;
    if (char < 0) return false;
    if (char === 123) depth++;
    else if (char === 125) depth--;
    else if (char === 34 || char === 39) {
      ahead.at += quotedLength(input, ahead.at, char);
      continue;
    } else if (char === 47 && (ahead.peek(1) === 47 || ahead.peek(1) === 42)) {
      if (ahead.peek(1) === 42 || ahead.peek(-1) !== 58) {
        ahead.skipSpace();
        continue;
      }
    }
    ahead.at++;
  } while (depth > 0);
  return true;
}

function quotedLength(input: InputStream, from: number, quote: number): number {
  for (let at = from + 1; ; at++) {
    const char = input.peek(at);
    if (char < 0 || char === newlineChar) return 1;
    if (char === 92) at++;
    else if (char === quote) return at - from + 1;
  }
}

/** Marks that `return` or `yield` has a value, `break` or `continue` a label, on its own line. */
export const zeroWidth = new ExternalTokenizer(
  (input, stack) => {
    const { next } = input;
    if (next < 0 || isSpace(next) || context(stack).newline) return;
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

/** Chooses what an open bracket, `?` or `-` means where the grammar alone would allow several. */
export const brackets = new ExternalTokenizer(
  (input, stack) => {
    const term = bracketTerm(input, stack);
    if (term !== null) input.acceptToken(term, 1);
  },
  { contextual: true },
);

function bracketTerm(input: InputStream, stack: Stack): number | null {
  const may = (term: number) => stack.canShift(term);
  switch (input.next) {
    case 40:
      if (!context(stack).newline && may(terms.callOpen)) return terms.callOpen;
      if (may(terms.arrowParen) && startsArrow(input)) return terms.arrowParen;
      return may(terms.patternParen) && isBound(input) ? terms.patternParen : null;
    case 91:
      if (!context(stack).newline && may(terms.indexOpen)) return terms.indexOpen;
      return may(terms.patternBracket) && isBound(input) ? terms.patternBracket : null;
    case 123:
      return braceTerm(input, may);
    case 63:
      return propagates(input, stack) ? terms.propagate : null;
    case 62:
      return may(terms.typeClose) ? terms.typeClose : null;
    case 45:
      return may(terms.patternMinus) && context(stack).newline && isNegativeArm(input)
        ? terms.patternMinus
        : null;
    default:
      return null;
  }
}

function propagates(input: InputStream, stack: Stack): boolean {
  const after = input.peek(1);
  if (after === 63 || (after === 46 && input.peek(2) !== 46)) return false;
  return !context(stack).newline && stack.canShift(terms.propagate);
}

/** What the text behind a `{` can be: certainly an object, perhaps one, or only a block. */
function braceContent(input: InputStream): "object" | "maybe" | "block" {
  const ahead = new Lookahead(input, 1);
  ahead.skipSpace();
  if (ahead.eat("...")) return "object";
  if (ahead.char === 125) return "maybe";
  if (ahead.char === 91) return ahead.skipBalanced() && colonFollows(ahead) ? "maybe" : "block";
  if (ahead.char === 34 || ahead.char === 39) return quotedKey(input, ahead) ? "object" : "block";
  if (isDigit(ahead.char)) {
    while (isWordPart(ahead.char)) ahead.at++;
    return colonFollows(ahead) ? "object" : "block";
  }
  if (ahead.word() === "") return "block";
  ahead.skipSpace();
  if (ahead.char === 44 || ahead.char === 125) return "maybe";
  return colonFollows(ahead) && !loopFollows(ahead) ? "object" : "block";
}

function colonFollows(ahead: Lookahead): boolean {
  ahead.skipSpace();
  return ahead.char === 58 && ahead.peek(1) !== 58;
}

function quotedKey(input: InputStream, ahead: Lookahead): boolean {
  const length = quotedLength(input, ahead.at, ahead.char);
  ahead.at += length;
  return length > 1 && colonFollows(ahead);
}

/** Behind `name` at a colon: is it a loop label (spec 8)? */
function loopFollows(ahead: Lookahead): boolean {
  ahead.at++;
  ahead.skipSpace();
  const word = ahead.word();
  if (word === "async") {
    ahead.skipSpace();
    return ahead.word() === "for";
  }
  return word === "for" || word === "while" || word === "loop";
}

function braceTerm(input: InputStream, may: (term: number) => boolean): number | null {
  if (may(terms.exportOpen)) return terms.exportOpen;
  if (may(terms.memberOpen)) {
    return may(terms.patternBrace) && isBound(input) ? terms.patternBrace : terms.memberOpen;
  }
  if (may(terms.arrowBlockOpen)) {
    return braceContent(input) === "block" ? terms.arrowBlockOpen : terms.objectOpen;
  }
  if (may(terms.blockOpen)) {
    const object = may(terms.objectOpen) && braceContent(input) === "object";
    return object ? terms.objectOpen : terms.blockOpen;
  }
  if (may(terms.patternBrace) && isBound(input)) return terms.patternBrace;
  if (may(terms.comprehensionOpen) && isComprehension(input)) return terms.comprehensionOpen;
  return may(terms.objectOpen) ? terms.objectOpen : null;
}

/** At the `{` of an object: does `key: value for` follow (spec 5.5)? */
function isComprehension(input: InputStream): boolean {
  const ahead = new Lookahead(input, 1);
  let colon = false;
  for (;;) {
    const { char } = ahead;
    if (char < 0 || char === 44 || char === 125) return false;
    if (isWordStart(char)) {
      const found = ahead.word() === "for";
      if (found) return colon;
      continue;
    }
    if (char === 58) colon = true;
    else if (char === 40 || char === 91 || char === 123) {
      if (!ahead.skipBalanced()) return false;
      continue;
    } else if (char === 34 || char === 39) {
      ahead.skipString();
      continue;
    } else if (char === 47 && (ahead.peek(1) === 47 || ahead.peek(1) === 42)) {
      ahead.skipSpace();
      continue;
    }
    ahead.at++;
  }
}

/** At a bracket that starts a statement: is the bracketed text followed by `=`? */
function isBound(input: InputStream): boolean {
  const ahead = new Lookahead(input);
  if (!ahead.skipBalanced()) return false;
  ahead.skipSpace();
  return ahead.char === 61 && ahead.peek(1) !== 61 && ahead.peek(1) !== 62;
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

function isNegativeArm(input: InputStream): boolean {
  const ahead = new Lookahead(input, 1);
  if (!isDigit(ahead.char)) return false;
  while (isWordPart(ahead.char) || (ahead.char === 46 && isDigit(ahead.peek(1)))) ahead.at++;
  if (ahead.eat("..")) return true;
  ahead.skipSpace();
  return ahead.eat("=>");
}

type Follows = (ahead: Lookahead) => boolean;

const string: Follows = (ahead) => {
  ahead.skipSpace();
  return ahead.char === 34 || ahead.char === 39;
};
const name: Follows = (ahead) => !ahead.skipSpace() && isWordStart(ahead.char);
const brace: Follows = (ahead) => {
  ahead.skipSpace();
  return ahead.char === 123;
};
const nameThen =
  (then: Follows): Follows =>
  (ahead) =>
    name(ahead) && ahead.word() !== "" && then(ahead);
const braceOrNamed: Follows = (ahead) => {
  if (string(ahead)) ahead.skipString();
  return brace(ahead);
};
const word =
  (...words: string[]): Follows =>
  (ahead) => {
    ahead.skipSpace();
    return words.includes(ahead.word());
  };
const colon: Follows = (ahead) => colonFollows(ahead);
const equals: Follows = (ahead) => {
  ahead.skipSpace();
  return ahead.char === 61 && ahead.peek(1) !== 61;
};
const paren: Follows = (ahead) => {
  ahead.skipSpace();
  return ahead.char === 40;
};
const always: Follows = () => true;

/** Words with a meaning only where their construct may stand, and what must follow them there. */
const contextualWords: Record<string, readonly (readonly [term: number, follows: Follows])[]> = {};

function contextual(term: number, follows: Follows, ...words: string[]): void {
  for (const text of words) {
    contextualWords[text] = [...(contextualWords[text] ?? []), [term, follows]];
  }
}

contextual(terms.sharedKeyword, braceOrNamed, "shared");
contextual(terms.edgeKeyword, braceOrNamed, "edge");
contextual(terms.securityKeyword, brace, "security");
contextual(
  terms.opaqueKeyword,
  braceOrNamed,
  ...["server", "browser", "client", "data", "cli", "deploy", "theme", "auth", "test", "bench"],
);
contextual(terms.opaqueStatementKeyword, brace, "effect", "select", "concurrent");
contextual(terms.opaqueStatementKeyword, nameThen(brace), "store", "concurrent", "form");
contextual(
  terms.opaqueStatementKeyword,
  nameThen((ahead) => brace(ahead) || paren(ahead)),
  "component",
);
contextual(terms.reactiveKeyword, nameThen(equals), "state", "computed");
contextual(terms.bindingKeyword, name, "kv", "sql", "storage", "queue");
contextual(terms.envKeyword, name, "env");
contextual(terms.secretKeyword, name, "secret");
contextual(terms.corsKeyword, brace, "cors");
contextual(terms.healthKeyword, string, "health");
contextual(
  terms.onErrorKeyword,
  (ahead) => {
    ahead.skipSpace();
    return ahead.char === 40 || isWordStart(ahead.char);
  },
  "on_error",
);
contextual(terms.middlewareKeyword, word("fn", "async"), "middleware");
contextual(terms.routeKeyword, nameThen(string), "route");
contextual(terms.routesKeyword, string, "routes");
contextual(terms.scheduleKeyword, string, "schedule");
contextual(terms.cronKeyword, paren, "cron");
contextual(terms.consumeKeyword, name, "consume");
contextual(terms.bodyKeyword, colon, "body");
contextual(
  terms.throwKeyword,
  (ahead) => {
    if (ahead.skipSpace()) return false;
    const text = String.fromCharCode(ahead.char);
    return isWordStart(ahead.char) || isDigit(ahead.char) || "\"'({[".includes(text);
  },
  "throw",
);
contextual(terms.whereKeyword, brace, "where");
contextual(
  terms.deriveKeyword,
  (ahead) => {
    ahead.skipSpace();
    return ahead.char === 91;
  },
  "derive",
);
contextual(terms.notIn, word("in"), "not");
contextual(terms.guardIf, always, "if");
contextual(terms.statementIf, always, "if");
contextual(terms.statementMatch, always, "match");
contextual(terms.elseIf, word("if"), "else");

/** Tokens that span their lookahead word too: `not in`, `else if`. */
const spanning = new Set<number>([terms.notIn, terms.elseIf]);

/** Contextual words, keys before a colon, and the parameter of `x => …`. */
export const words = new ExternalTokenizer(
  (input, stack) => {
    if (!isWordStart(input.next)) return;
    const ahead = new Lookahead(input);
    const text = ahead.word();
    const end = ahead.at;
    for (const [term, follows] of Object.hasOwn(contextualWords, text)
      ? contextualWords[text]!
      : []) {
      if (!stack.canShift(term)) continue;
      const rest = new Lookahead(input, end);
      if (follows(rest)) return accept(input, term, spanning.has(term) ? rest.at : end);
    }
    const term = keyTerm(input, stack, end);
    if (term !== null) accept(input, term, end);
  },
  { contextual: true },
);

function accept(input: InputStream, term: number, length: number): void {
  for (let i = 0; i < length; i++) input.advance();
  input.acceptToken(term);
}

function keyTerm(input: InputStream, stack: Stack, end: number): number | null {
  const ahead = new Lookahead(input, end);
  if (colonFollows(ahead)) {
    if (stack.canShift(terms.configKey) && !loopFollows(ahead)) return terms.configKey;
    if (stack.canShift(terms.argumentName)) return terms.argumentName;
    const behind = new Lookahead(input, end);
    const label = stack.canShift(terms.labelName) && colonFollows(behind) && loopFollows(behind);
    return label ? terms.labelName : null;
  }
  const arrow = (ahead.char === 61 || ahead.char === 45) && ahead.peek(1) === 62;
  if (!arrow || context(stack).inGuard || !stack.canShift(terms.arrowName)) return null;
  return terms.arrowName;
}

/** A regular expression stands where no division can (spec 1.6). */
export const regex = new ExternalTokenizer(
  (input, stack) => {
    const after = input.peek(1);
    if (input.next !== 47 || after === 47 || after === 42) return;
    if (!stack.canShift(terms.RegExp) || stack.canShift(terms.TimesOp)) return;
    const ahead = new Lookahead(input, 1);
    for (let inClass = false; inClass || ahead.char !== 47; ahead.at++) {
      if (ahead.char < 0 || ahead.char === newlineChar) return;
      if (ahead.char === 92) ahead.at++;
      else if (ahead.char === 91) inClass = true;
      else if (ahead.char === 93) inClass = false;
    }
    ahead.at++;
    while (isWordPart(ahead.char)) ahead.at++;
    accept(input, terms.RegExp, ahead.at);
  },
  { contextual: true },
);
