// Looking ahead in the input without consuming it: what follows a word or an open bracket.
import type { InputStream } from "@lezer/lr";

/** Nesting (spec section 15, E010) beyond which a lookahead gives up. */
const maxLookaheadDepth = 200;

/**
 * Characters read in vain for regular expressions in one parse, beyond which none is looked for: a
 * broken line is not read again from each `/` in it.
 */
const maxVainRegExp = 2_000_000;
const vainRegExp = new WeakMap<InputStream, number>();

const code = (text: string) => text.charCodeAt(0);
const slash = code("/");
const star = code("*");
const newline = 10;

/** What ends a line for JavaScript, so that no regular expression may hold it. */
const lineTerminators = new Set([-1, 10, 13, 0x2028, 0x2029]);

/** Words that a value follows, so that a `/` behind them starts a regular expression. */
const beforeValue = new Set(
  "return and or not in if elif match when await yield from throw guard defer while".split(" "),
);

/** True for a code unit that may start an identifier (spec 1.3). */
export function isWordStart(char: number): boolean {
  return (
    (char >= 65 && char <= 90) ||
    (char >= 97 && char <= 122) ||
    char === 95 ||
    char === 36 ||
    (char >= 0xa1 && char !== 0xfeff && !isLineSeparator(char))
  );
}

/** True for a decimal digit. */
export function isDigit(char: number): boolean {
  return char >= 48 && char <= 57;
}

/** True for a code unit that may continue an identifier. */
export function isWordPart(char: number): boolean {
  return isWordStart(char) || isDigit(char);
}

/** True for a blank, a line break or `;`, all of which only separate tokens (spec 1.1). */
export function isSpace(char: number): boolean {
  return (
    char === 32 ||
    (char >= 9 && char <= 13) ||
    char === 59 ||
    char === 0xa0 ||
    char === 0xfeff ||
    isLineSeparator(char)
  );
}

const isLineSeparator = (char: number) => char === 0x2028 || char === 0x2029;

/**
 * Where each bracket that a lookahead passed ends; for one without a partner how far it was looked
 * for, below 0. A bracket is scanned once a parse, however often the parser asks.
 */
const bracketEnds = new WeakMap<InputStream, Map<number, number>>();

function endsOf(input: InputStream): Map<number, number> {
  const known = bracketEnds.get(input);
  if (known) return known;
  const ends = new Map<number, number>();
  bracketEnds.set(input, ends);
  return ends;
}

const isOpening = (char: number) => char === 40 || char === 91 || char === 123;
const isClosing = (char: number) => char === 41 || char === 93 || char === 125;

/** A cursor over the input that never moves the input itself. Offsets are relative to its position. */
export class Lookahead {
  /** Whether the last block comment skipped was left open at the end of the text. */
  open = false;
  /** Strings around the cursor that interpolate. */
  private strings = 0;

  constructor(
    private readonly input: InputStream,
    public at = 0,
  ) {}

  /** The code unit under the cursor, -1 at the end of the text. */
  get char(): number {
    return this.input.peek(this.at);
  }

  /** The code unit `offset` places after the cursor. */
  peek(offset: number): number {
    return this.input.peek(this.at + offset);
  }

  /** Reads a word; "" when there is none. */
  word(): string {
    let text = "";
    if (!isWordStart(this.char)) return text;
    while (isWordPart(this.char)) {
      text += String.fromCharCode(this.char);
      this.at++;
    }
    return text;
  }

  /** True at a comment. */
  get atComment(): boolean {
    return this.char === slash && (this.peek(1) === slash || this.peek(1) === star);
  }

  /** Skips blanks and comments; true if a line break (or `;`) was among them. */
  skipSpace(): boolean {
    let broken = false;
    for (;;) {
      const { char } = this;
      if (isSpace(char)) {
        if (char === newline || char === 59 || isLineSeparator(char)) broken = true;
        this.at++;
      } else if (char === slash && this.peek(1) === slash) this.skipLine();
      else if (char === slash && this.peek(1) === star) broken = this.skipBlockComment() || broken;
      else return broken;
    }
  }

  /** Tells whether `text` stands at the cursor, and if so moves behind it. */
  eat(text: string): boolean {
    for (let i = 0; i < text.length; i++) if (this.peek(i) !== text.charCodeAt(i)) return false;
    this.at += text.length;
    return true;
  }

  /**
   * From an open bracket to behind its partner, over strings, comments and nested brackets.
   * Returns false, where it stopped, at the end of the text or when nested too deeply.
   */
  skipBalanced(): boolean {
    const { pos } = this.input;
    const ends = endsOf(this.input);
    const open: number[] = [];
    /** Behind the last token. */
    let behind = this.at;
    do {
      const { char } = this;
      if (isOpening(char)) {
        const end = ends.get(pos + this.at);
        if (end === undefined && open.length < maxLookaheadDepth) open.push(pos + this.at++);
        else if (end === undefined) return this.giveUp(open, ends);
        else {
          this.at = Math.abs(end) - pos;
          // The input takes note of how far a token depends on the text behind it.
          this.input.peek(this.at - 1);
          if (end < 0) return this.giveUp(open, ends);
        }
      } else if (isClosing(char)) {
        this.at++;
        ends.set(open.pop() ?? 0, pos + this.at);
      } else if (char < 0) return this.giveUp(open, ends);
      else if (char === 34 || char === 39) this.skipString();
      else if (isSpace(char) || this.atComment) {
        this.skipSpace();
        continue;
      } else if (!this.startsRegExp(behind) || !this.skipRegExp()) this.at++;
      behind = this.at;
    } while (open.length > 0);
    return true;
  }

  /** At a `/` that divides nothing, as the token that ends at an offset ends no value (spec 1.6). */
  startsRegExp(behind: number): boolean {
    return this.char === slash && !this.atComment && !this.endsValue(behind);
  }

  /** Whether the token that ends at an offset ends a value. */
  endsValue(behind: number): boolean {
    const last = this.input.peek(behind - 1);
    if (!isWordPart(last)) return isClosing(last) || last === 34 || last === 39 || last === 63;
    let text = "";
    let at = behind - 1;
    for (; isWordPart(this.input.peek(at)); at--) {
      text = String.fromCharCode(this.input.peek(at)) + text;
    }
    return this.input.peek(at) === 46 || !beforeValue.has(text);
  }

  /** From a `/` to behind the regular expression that it starts; false, unmoved, if it starts none. */
  skipRegExp(): boolean {
    const vain = vainRegExp.get(this.input) ?? 0;
    if (vain > maxVainRegExp) return false;
    const start = this.at++;
    for (let inClass = false; inClass || this.char !== slash; this.at++) {
      const { char } = this;
      if (lineTerminators.has(char)) {
        vainRegExp.set(this.input, vain + this.at - start);
        this.at = start;
        return false;
      }
      if (char === 92 && !lineTerminators.has(this.peek(1))) this.at++;
      else if (char === 91) inClass = true;
      else if (char === 93) inClass = false;
    }
    this.at++;
    while (isWordPart(this.char)) this.at++;
    return true;
  }

  private giveUp(open: readonly number[], ends: Map<number, number>): boolean {
    for (const from of open) ends.set(from, -this.input.pos - this.at);
    return false;
  }

  private skipLine(): void {
    while (this.char >= 0 && this.char !== newline) this.at++;
  }

  /** From a block comment's opening to behind it (they nest); true if it spans lines. */
  skipBlockComment(): boolean {
    let depth = 0;
    let broken = false;
    do {
      if (this.eat("/*")) depth++;
      else if (this.eat("*/")) depth--;
      else if (this.char < 0) break;
      else {
        broken = broken || this.char === newline;
        this.at++;
      }
    } while (depth > 0);
    this.open = depth > 0;
    return broken;
  }

  /** From an opening quote of either kind to behind the string, interpolations included. */
  skipString(): void {
    if (this.char === 39) this.skipQuoted();
    else this.skipInterpolated();
  }

  private skipQuoted(): void {
    const start = this.at++;
    while (this.char >= 0 && this.char !== 39) this.at += this.char === 92 ? 2 : 1;
    if (this.char < 0) this.at = start;
    this.at++;
  }

  private skipInterpolated(): void {
    if (this.strings === maxLookaheadDepth) {
      while (this.char >= 0) this.at++;
      return;
    }
    this.strings++;
    this.skipInterpolation();
    this.strings--;
  }

  private skipInterpolation(): void {
    const raw = this.peek(-1) === code("r") && !isWordPart(this.peek(-2));
    const triple = !raw && this.peek(1) === 34 && this.peek(2) === 34;
    this.at += triple ? 3 : 1;
    while (this.char >= 0) {
      if (triple ? this.eat('"""') : this.eat('"')) return;
      if (!raw && this.char === 92) this.at += 2;
      // The end of a style is text; its `/` starts no regular expression.
      else if (!raw && this.eat("{/}")) continue;
      else if (!raw && this.char === 123) {
        if (!this.skipBalanced()) return;
      } else this.at++;
    }
  }
}

/** Behind a word: does a single colon follow? */
export function colonFollows(ahead: Lookahead): boolean {
  ahead.skipSpace();
  return ahead.char === 58 && ahead.peek(1) !== 58;
}

/** Behind `name` at a colon: is it a loop label (spec 8)? */
export function loopFollows(ahead: Lookahead): boolean {
  ahead.at++;
  ahead.skipSpace();
  const word = ahead.word();
  if (word === "async") {
    ahead.skipSpace();
    return ahead.word() === "for";
  }
  return word === "for" || word === "while" || word === "loop";
}

/** Length of the quoted text at `from` if it closes on its line, else 1. */
export function quotedLength(input: InputStream, from: number, quote: number): number {
  for (let at = from + 1; ; at++) {
    const char = input.peek(at);
    if (char < 0 || char === newline) return 1;
    if (char === 92) at++;
    else if (char === quote) return at - from + 1;
  }
}
