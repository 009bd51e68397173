// A block this toolchain does not compile → where it ends, over the code, markup and styles in it.
import type { InputStream } from "@lezer/lr";
import { isSpace, isWordPart, isWordStart, type Lookahead, quotedLength } from "./lookahead";

/** Elements and braces inside one another beyond which a block is only counted in braces. */
const maxDepth = 100;

/**
 * Characters read in one parse of blocks that turned out to be broken, beyond which braces are
 * counted at once: a block without its end is not read to the end of the text from each place.
 */
const maxVain = 2_000_000;
const vain = new WeakMap<InputStream, number>();

interface Scan {
  readonly input: InputStream;
  readonly ahead: Lookahead;
  /** Whether a `{` in a text between `"` opens an expression, as the language has it. */
  readonly interpolates: boolean;
}

/** Moves from a block's `{` to behind its `}`; false, at the end of the text, if it has none. */
export function skipOpaqueBlock(input: InputStream, ahead: Lookahead): boolean {
  const start = ahead.at;
  // Markup is written by people who know other languages of markup, where `{"{"}` is a brace.
  for (const interpolates of [true, false]) {
    const spent = vain.get(input) ?? 0;
    if (spent > maxVain) break;
    if (skipCode({ input, ahead, interpolates }, 0)) return true;
    vain.set(input, spent + ahead.at - start);
    ahead.at = start;
  }
  return countBraces(input, ahead);
}

/** From a quote to behind the text that it opens. */
function skipText({ input, ahead, interpolates }: Scan): void {
  const closes = interpolates ? 0 : quotedLength(input, ahead.at, ahead.char);
  // Two quotes are an empty text, or begin one of three.
  if (closes > 2) ahead.at += closes;
  else ahead.skipString();
}

/** From a `{` of code to behind its `}`; false where something in it has no end. */
function skipCode(scan: Scan, depth: number): boolean {
  const { ahead } = scan;
  if (depth > maxDepth) return false;
  let open = 0;
  /** Behind the last token, and whether a line broke there. */
  let behind = ahead.at;
  let broken = false;
  do {
    const { char } = ahead;
    if (char < 0) return false;
    if (isSpace(char) || ahead.atComment) {
      broken = ahead.skipSpace();
      continue;
    }
    if (char === 34 || char === 39) skipText(scan);
    else if (char === 60 && startsElement(ahead, behind, broken)) {
      if (!skipElement(scan, depth + 1)) return false;
    } else if (char === 123 && isStyle(ahead, behind)) {
      if (!skipStyles(scan)) return false;
    } else if (char === 47 && ahead.startsRegExp(behind) && ahead.skipRegExp()) {
      // Behind it already.
    } else {
      if (char === 123) open++;
      else if (char === 125) open--;
      ahead.at++;
    }
    behind = ahead.at;
    broken = false;
  } while (open > 0);
  return true;
}

/** At a `<` that compares nothing: a name, `>` or `!--` follows, and no value stands before it. */
function startsElement(ahead: Lookahead, behind: number, broken: boolean): boolean {
  const next = ahead.peek(1);
  if (!(isWordStart(next) || next === 62 || (next === 33 && ahead.peek(2) === 45))) return false;
  const last = ahead.peek(behind - 1 - ahead.at);
  return broken || !ahead.endsValue(behind) || (behind < ahead.at && (last === 41 || last === 125));
}

/** Whether the word before the cursor is `style`, and no member of that name. */
function isStyle(ahead: Lookahead, behind: number): boolean {
  const from = behind - "style".length - ahead.at;
  for (let i = 0; i < "style".length; i++) {
    if (ahead.peek(from + i) !== "style".charCodeAt(i)) return false;
  }
  return !(isWordPart(ahead.peek(from - 1)) || ahead.peek(from - 1) === 46);
}

/** From a `{` of styles to behind its `}`: texts have no interpolation, `//` may be an address. */
function skipStyles({ input, ahead }: Scan): boolean {
  let open = 0;
  do {
    const { char } = ahead;
    if (char < 0) return false;
    if (char === 34 || char === 39) ahead.at += quotedLength(input, ahead.at, char);
    else if (ahead.atComment && (ahead.peek(1) === 42 || isSpace(ahead.peek(-1)))) {
      ahead.skipSpace();
    } else {
      if (char === 123) open++;
      else if (char === 125) open--;
      ahead.at++;
    }
  } while (open > 0);
  return true;
}

/** Elements of HTML that have no end. */
const voidElements = new Set(
  "area base br col embed hr img input link meta source track wbr".split(" "),
);

/** Elements whose content is no markup. */
const rawElements = new Set(["script", "style"]);

/** From the `<` of an element or a comment of markup to behind it; false if it has no end. */
function skipElement(scan: Scan, depth: number): boolean {
  const { ahead } = scan;
  if (depth > maxDepth) return false;
  if (ahead.eat("<!--")) return skipTo(ahead, "-->");
  ahead.at++;
  const name = elementName(ahead);
  const opened = skipAttributes(scan, depth);
  if (opened !== "open") return opened === "whole";
  if (voidElements.has(name)) return true;
  if (rawElements.has(name)) return skipTo(ahead, `</${name}>`);
  while (ahead.char >= 0) {
    const { char } = ahead;
    if (ahead.eat("</")) return elementName(ahead) === name && skipTo(ahead, ">");
    const next = ahead.peek(1);
    if (char === 60 && (isWordStart(next) || next === 62 || next === 33)) {
      if (!skipElement(scan, depth + 1)) return false;
    } else if (char === 123) {
      if (!skipCode(scan, depth + 1)) return false;
    } else ahead.at += char === 92 ? 2 : 1;
  }
  return false;
}

/** Reads `div`, `my-part`, `Kit.Button` or `svg:use`; "" for a fragment. */
function elementName(ahead: Lookahead): string {
  let name = "";
  while (isWordPart(ahead.char) || [45, 46, 58].includes(ahead.char)) {
    name += String.fromCharCode(ahead.char);
    ahead.at++;
  }
  return name;
}

/** From behind an element's name to behind its tag: does it hold others, or is it the whole? */
function skipAttributes(scan: Scan, depth: number): "open" | "whole" | "broken" {
  const { ahead } = scan;
  while (ahead.char >= 0) {
    const { char } = ahead;
    if (ahead.eat("/>")) return "whole";
    if (ahead.eat(">")) return "open";
    if (char === 34 || char === 39) skipText(scan);
    else if (char === 123) {
      if (!skipCode(scan, depth + 1)) return "broken";
    } else if (ahead.atComment && isSpace(ahead.peek(-1))) ahead.skipSpace();
    else ahead.at++;
  }
  return "broken";
}

function skipTo(ahead: Lookahead, text: string): boolean {
  while (ahead.char >= 0) {
    if (ahead.eat(text)) return true;
    ahead.at++;
  }
  return false;
}

/**
 * Moves behind the block under the cursor by its braces, when something in it has no end. A quote
 * opens a string only if it closes on its line, a slash a regular expression only behind what wants a
 * value.
 */
function countBraces(input: InputStream, ahead: Lookahead): boolean {
  let depth = 0;
  do {
    const { char } = ahead;
    if (char < 0) return false;
    if (char === 123) depth++;
    else if (char === 125) depth--;
    else if (char === 34 || char === 39) {
      ahead.at += quotedLength(input, ahead.at, char);
      continue;
    } else if (ahead.atComment) {
      if (ahead.peek(1) === 42 || ahead.peek(-1) !== 58) {
        ahead.skipSpace();
        continue;
      }
    } else if (char === 47 && wantsValue.includes(lastBefore(ahead)) && ahead.skipRegExp()) {
      continue;
    }
    ahead.at++;
  } while (depth > 0);
  return true;
}

/** Characters behind which a value stands, in code; none of them stands before a `/` in markup. */
const wantsValue = [..."(=,:[!&|?{;"].map((char) => char.charCodeAt(0));

/** The last character before the cursor that is no blank; -1 where only blanks are near. */
function lastBefore(ahead: Lookahead): number {
  for (let back = 1; back < 40; back++) {
    const char = ahead.peek(-back);
    if (!isSpace(char)) return char;
  }
  return -1;
}
