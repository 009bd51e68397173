// Contextual words: what each may be, and what must follow it for that (spec section 1.3).
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
} from "./lookahead";

type Follows = (ahead: Lookahead) => boolean;

const string: Follows = (ahead) => {
  ahead.skipSpace();
  return ahead.char === 34 || ahead.char === 39;
};
const name: Follows = (ahead) => !ahead.skipSpace() && isWordStart(ahead.char);
/**
 * Line breaks only separate tokens; yet a word alone on its line may be one that is not finished.
 * @param signs which go on with a statement that the name below begins
 */
const nameOrBelow =
  (signs: string): Follows =>
  (ahead) => {
    if (!ahead.skipSpace()) return isWordStart(ahead.char);
    const text = ahead.word();
    if (text === "" || beginsMember.has(text) || contextualWords.has(text)) return false;
    ahead.skipSpace();
    return !signs.includes(String.fromCharCode(ahead.char));
  };
const beginsMember = new Set(
  (
    "fn async if for while loop match try guard with defer return var let mut type import export pub " +
    "impl trait interface extern target"
  ).split(" "),
);
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
/** Options may stand between the name of a block kept as text and its brace. */
const blockHeader: Follows = (ahead) => {
  const named = string(ahead);
  if (named) ahead.skipString();
  const behind = ahead.at;
  if (brace(ahead) || !named) return brace(ahead);
  ahead.at = behind;
  while (ahead.char >= 0 && ahead.char !== 10 && ahead.char !== 123) ahead.at++;
  return ahead.char === 123;
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
const contextualWords = new Map<string, readonly (readonly [term: number, follows: Follows])[]>();

function contextual(term: number, follows: Follows, ...words: string[]): void {
  for (const text of words) {
    contextualWords.set(text, [...(contextualWords.get(text) ?? []), [term, follows]]);
  }
}

contextual(terms.sharedKeyword, braceOrNamed, "shared");
contextual(terms.edgeKeyword, braceOrNamed, "edge");
contextual(terms.securityKeyword, brace, "security");
contextual(
  terms.opaqueKeyword,
  blockHeader,
  ...["server", "browser", "client", "data", "cli", "deploy", "theme", "auth", "test", "bench"],
);
contextual(terms.opaqueStatementKeyword, brace, "effect", "select", "concurrent");
contextual(terms.opaqueStatementKeyword, nameThen(brace), "store", "form");
contextual(
  terms.opaqueStatementKeyword,
  // A mode may have a value: `concurrent timeout(500) { … }`.
  nameThen((ahead) => brace(ahead) || (ahead.char === 40 && ahead.skipBalanced() && brace(ahead))),
  "concurrent",
);
contextual(
  terms.opaqueStatementKeyword,
  nameThen((ahead) => brace(ahead) || paren(ahead)),
  "component",
);
contextual(terms.reactiveKeyword, nameThen(equals), "state", "computed");
contextual(terms.bindingKeyword, nameOrBelow("(.[="), "kv", "sql", "storage", "queue");
contextual(terms.envKeyword, nameOrBelow("(.["), "env");
contextual(terms.secretKeyword, nameOrBelow("(.[="), "secret");
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
contextual(
  terms.routeKeyword,
  (ahead) => {
    ahead.skipSpace();
    return ahead.word() !== "" && string(ahead);
  },
  "route",
);
contextual(terms.routesKeyword, string, "routes");
contextual(terms.scheduleKeyword, string, "schedule");
contextual(terms.cronKeyword, paren, "cron");
contextual(terms.consumeKeyword, nameOrBelow("(.[="), "consume");
contextual(terms.bodyKeyword, colon, "body");
contextual(
  terms.throwKeyword,
  (ahead) => {
    const start = ahead.at;
    if (ahead.skipSpace()) return false;
    const text = String.fromCharCode(ahead.char);
    if (isWordStart(ahead.char) || isDigit(ahead.char) || "\"'({[".includes(text)) return true;
    // `throw -1`, but not `throw - 1`, which may be about a variable of this name.
    return text === "-" && ahead.at > start && !isSpace(ahead.peek(1));
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

/**
 * Lengths of the contextual words by first letter, as bits: most words are known not to be one
 * before their text is put together.
 */
const lengths = new Uint32Array(128);
for (const text of contextualWords.keys()) {
  const first = text.charCodeAt(0);
  lengths[first] = (lengths[first] ?? 0) | (1 << text.length);
}

function isCandidate(first: number, length: number): boolean {
  return first < 128 && length < 32 && ((lengths[first] ?? 0) & (1 << length)) !== 0;
}

/** What a word is where the parser stands, and where it ends; null for a plain word. */
export function wordTerm(input: InputStream, stack: Stack): [term: number, end: number] | null {
  let end = 1;
  while (isWordPart(input.peek(end))) end++;
  const found = isCandidate(input.next, end) ? contextualTerm(input, stack, end) : null;
  if (found) return found;
  const term = keyTerm(input, stack, end);
  return term === null ? null : [term, end];
}

function contextualTerm(input: InputStream, stack: Stack, end: number): [number, number] | null {
  const text = new Lookahead(input).word();
  for (const [term, follows] of contextualWords.get(text) ?? []) {
    if (!stack.canShift(term)) continue;
    const rest = new Lookahead(input, end);
    if (follows(rest)) return [term, spanning.has(term) ? rest.at : end];
  }
  return null;
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
  if (!arrow || contextAt(stack).inGuard || !stack.canShift(terms.arrowName)) return null;
  return terms.arrowName;
}
