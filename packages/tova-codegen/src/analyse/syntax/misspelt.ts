// A word that is a statement of its own where a keyword should stand → the keyword that was probably meant.
import type { SyntaxNode } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import { nearestOf } from "../../diagnostics/nearest";
import { codes } from "../../diagnostics/registry";
import { foreignWords } from "./foreign";
import { constructs } from "./names";
import { lineEnd } from "./text";

const statements =
  "if for fn var return elif else while match type import export pub break continue try catch finally async " +
  "await guard interface impl trait defer loop extern with throw";
const blocks = "edge shared security";
const members =
  "route routes schedule consume middleware health cors on_error kv sql storage queue env secret";

const nearestStatement = nearestOf(() => statements.split(" "));
const nearestAtTop = nearestOf(() => `${statements} ${blocks}`.split(" "));
const nearestMember = nearestOf(() => `${statements} ${members}`.split(" "));
const nearestOfAll = nearestOf(() => `${statements} ${blocks} ${members}`.split(" "));

/** What goes on behind a name that is no statement of its own. */
const endsStatement = /^(?:[ \t\r]*(?:$|[;)\]},]|\/[/*])|[^ \t"'{])/;

/** The keyword that a word is close to, wherever that may stand; null for none. */
export const keywordMeant = nearestOfAll;

/** `fi x > 2 { … }`: a name alone does nothing, and something follows it on its line. */
export function misspeltKeyword(node: SyntaxNode, source: string, findings: Findings): void {
  const name = node.firstChild;
  if (name?.name !== "VariableName" || name.nextSibling) return;
  // The parser gives the last node of a statement the blanks behind it.
  const word = source.slice(name.from, name.to).trimEnd();
  const to = name.from + word.length;
  if (endsStatement.test(source.slice(to, lineEnd(source, to)))) return;
  if (Object.hasOwn(foreignWords, word) || Object.hasOwn(constructs, word)) return;
  const holder = node.parent?.name;
  const nearest =
    holder === "EdgeBody"
      ? nearestMember
      : holder === "SourceFile"
        ? nearestAtTop
        : nearestStatement;
  const meant = nearest(word);
  if (meant === null) return;
  const problem = `\`${word}\` is not a keyword of Tova.`;
  const message = codes.unexpected({ problem, help: `Write \`${meant}\`.` });
  findings.report({ from: name.from, to }, message);
}
