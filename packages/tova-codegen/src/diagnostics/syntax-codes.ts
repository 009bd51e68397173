// Codes of the text itself: characters, tokens, delimiters, statements that are none (E001-E010).
import { define } from "./define";

/** Sentences made where the mistake is known. */
export interface Sentences {
  /** What is wrong. */
  readonly problem: string;
  /** What to do. */
  readonly help: string;
}

const problem = ({ problem }: Sentences) => problem;
const help = ({ help }: { readonly help: string }) => help;

export const syntaxCodes = {
  unexpected: define<Sentences>("E001", "error", problem, help),
  unterminatedString: define<{ quote: string; braceBeforeEscape: boolean }>(
    "E002",
    "error",
    () => "This string is not closed.",
    ({ quote, braceBeforeEscape }) =>
      braceBeforeEscape
        ? "Write `\\{` for a brace that is text: in the expression that `{` opens, quotes have no backslash."
        : `Close it with \`${quote}\`; write \`\\${quote[0]}\` for the character itself.`,
  ),
  unclosed: define<{ open: string; close: string }>(
    "E003",
    "error",
    ({ open, close }) => `This \`${open}\` has no matching \`${close}\`.`,
    ({ close }) => `Add \`${close}\` where it ends.`,
  ),
  badNumber: define<{ text: string; help: string }>(
    "E004",
    "error",
    ({ text }) => `\`${text}\` is not a number.`,
    help,
  ),
  badCharacter: define<{ text: string; help: string }>(
    "E005",
    "error",
    ({ text }) => `\`${text}\` cannot stand here.`,
    help,
  ),
  unterminatedComment: define<object>(
    "E006",
    "error",
    () => "This comment is not closed.",
    "Close it with `*/`; comments nest, so each `/*` inside needs its own.",
  ),
  expressionExpected: define<Sentences>("E007", "error", problem, help),
  badOperator: define<{ text: string; help: string }>(
    "E009",
    "error",
    ({ text }) => `\`${text}\` is not an operator of Tova.`,
    help,
  ),
  notAssociative: define<{ text: string }>(
    "E009",
    "error",
    ({ text }) => `\`${text}\` cannot be chained.`,
    "Put one of the two in parentheses.",
  ),
  tooDeep: define<object>(
    "E010",
    "error",
    () => "The text is nested too deeply here.",
    "Split it: at most 200 brackets or 64 interpolations may nest, and some 300 operators or 150 calls follow one another.",
  ),
};
