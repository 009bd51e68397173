// Where the parser stopped, and a message put at the token it could not use.
import type { SourceRange, SyntaxNode } from "tova-parser";
import type { Message } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import { codeEndBefore, sameLine, show, type Token } from "./text";

/** A message and its place. */
export interface Described {
  readonly range: SourceRange;
  readonly message: Message;
}

export interface Place {
  readonly node: SyntaxNode;
  readonly source: string;
  /** The token the parser could not use. */
  readonly token: Token;
  /** The word or character before it. */
  readonly before: string;
  readonly parent: string;
}

/** What describes a place, or null for one that it does not know. */
export type Describe = (place: Place) => Described | null;

/** The range of the unusable token; the end of the text before it if that is on another line. */
export function at({ node, source, token }: Place, message: Message): Described {
  if (token.kind !== "end" && sameLine(source, node.from, token.from)) {
    return { range: token, message };
  }
  const end = codeEndBefore(node, source, node.from);
  return { range: { from: Math.max(0, end - 1), to: end }, message };
}

export function unexpected({ token }: Place, help: string): Message {
  return codes.unexpected({ problem: `${capital(show(token))} is not expected here.`, help });
}

const capital = (text: string) => text[0]?.toUpperCase() + text.slice(1);

/** Of a function that has neither `fn` nor an arrow. */
export const namesAlone = {
  problem: "A list of names in parentheses is no function.",
  help: "Write `fn(x) { … }`, or `(x) => { … }`.",
};

/** Of a consumer whose `fn` is missing. */
export const handlerIsFunction = {
  problem: "What takes the messages of a queue is a function.",
  help: "Write `consume QUEUE fn(messages) { … }`.",
};

/** Of an arm with another sign than `=>`. */
export const resultBehindArrow = {
  problem: "An arm's result stands after `=>`.",
  help: "Write `pattern => result`, and `_ => result` for every other value.",
};
