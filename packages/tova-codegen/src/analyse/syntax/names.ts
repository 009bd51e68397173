// Names in the tree → those no program may use or define, and keywords of other languages.
import type { SyntaxNode, SyntaxNodeRef } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import { memberForms } from "../member-forms";
import { characterHelp, foreignWords } from "./foreign";
import {
  identifier,
  lineEnd,
  printable,
  reservedProblem,
  reservedWords,
  show,
  tokenAt,
  undefinableWords,
} from "./text";

/** The tokenizer takes any character beyond ASCII into a name; the language only letters. */
export function checkIdentifier(ref: SyntaxNodeRef, source: string, findings: Findings): void {
  checkCharacters(ref, source.slice(ref.from, ref.to), findings);
}

const ascii = /^[A-Za-z_$][\w$]*$/;

function checkCharacters(ref: SyntaxNodeRef, text: string, findings: Findings): void {
  if (ascii.test(text) || identifier.test(text) || /[ \t\r\n]/.test(text)) return;
  if (ref.node.getChild("⚠")) return;
  let at = ref.from;
  for (const char of text) {
    if (!identifier.test(at === ref.from ? char : `a${char}`)) {
      const message = codes.badCharacter({ text: printable(char), help: characterHelp(char) });
      findings.report({ from: at, to: at + char.length }, message);
      return;
    }
    at += char.length;
  }
}

/** Spec section 1.3: reserved words cannot be defined, not even by a shorthand. */
export function checkDefinition(ref: SyntaxNodeRef, source: string, findings: Findings): void {
  const text = source.slice(ref.from, ref.to);
  checkCharacters(ref, text, findings);
  if (!definedWords.has(text)) return;
  if (words.has(text)) checkWord(ref.node, text, source, findings);
  if (Object.hasOwn(constructs, text)) arrowConstruct(ref.node, text, findings);
}

/** Reserved words may name fields, but no values: a variant is one. */
export function checkVariantName(ref: SyntaxNodeRef, source: string, findings: Findings): void {
  const name = source.slice(ref.from, ref.to);
  checkCharacters(ref, name, findings);
  const variant = ref.node.parent;
  if (!reservedWords.has(name) || variant?.name !== "Variant") return;
  // A body whose `{` is missing holds all that follows it.
  if (!variant.parent?.getChild("{")) return;
  const isFunction = name === "fn" || name === "async";
  const problem = isFunction
    ? "A type holds fields; its functions stand beside it."
    : reservedProblem(name);
  const help = isFunction
    ? "Write `impl Name { fn method(self) { … } }`."
    : "Choose another name; a field is `name: Type`.";
  findings.report(ref, codes.unexpected({ problem, help }));
}

/** `on_error => handler` as a member of an edge block would be a function that nobody calls. */
function arrowConstruct(node: SyntaxNode, text: string, findings: Findings): void {
  const lambda = node.parent?.parent?.parent;
  if (lambda?.name !== "LambdaExpression" || lambda.from !== node.from) return;
  const statement = lambda.parent;
  if (statement?.name !== "ExpressionStatement" || statement.parent?.name !== "EdgeBody") return;
  const problem = `\`=>\` is not expected after \`${text}\`.`;
  findings.report(node, codes.unexpected({ problem, help: constructs[text] ?? "" }));
}

/** Words that are no names, at least not where a name is defined. */
const words: ReadonlySet<string> = new Set([...reservedWords, ...undefinableWords]);

function checkWord(node: SyntaxNode, text: string, source: string, findings: Findings): void {
  if (node.name === "PropertyName" && !isShorthand(node, text)) return;
  const message = { problem: reservedProblem(text), help: otherName(node, text, source) };
  findings.report(node, codes.unexpected(message));
}

function otherName(node: SyntaxNode, text: string, source: string): string {
  if (node.name === "PropertyName") return `Give it a name: ${renamed(node, text)}.`;
  if (text === "from" && /^[ \t]+\S+[ \t]+import\b/.test(source.slice(node.to, node.to + 200)))
    return 'Write `import { name } from "module"`.';
  const isArm = /^(default|else)$/.test(text) && tokenAt(source, node.to).text === "=>";
  return isArm ? "Write `_ => …` for every other value." : "Choose another name.";
}

const importOrExport = new Set(["ImportName", "ExportName"]);

/** A key that is a name as well: `{ a }` in an object, a pattern, an import or an export. */
function isShorthand(node: SyntaxNode, text: string): boolean {
  const parent = node.parent?.name ?? "";
  if (node.parent?.nextSibling?.type.isError) return false;
  const alone = node.nextSibling === null || node.nextSibling.name === "=";
  // What another module exports under a reserved word gets no name here.
  if (parent === "ExportName") {
    return node.prevSibling === null && !node.parent?.parent?.parent?.getChild("from");
  }
  if (parent === "Property") return alone && reservedWords.has(text);
  return alone && (parent === "ObjectPatternEntry" || parent === "ImportName");
}

function renamed(node: SyntaxNode, text: string): string {
  return importOrExport.has(node.parent?.name ?? "") ? `\`${text} as name\`` : `\`${text}: name\``;
}

const asMember = (word: string): string => `Write \`${memberForms.get(word)}\` in an edge block.`;

/** Words that open a construct which the parser did not recognise behind them. */
export const constructs: Readonly<Record<string, string>> = {
  edge: 'Write `edge "name" { … }` at the top level; the name is a string.',
  shared: "Write `shared { … }` at the top level.",
  security: "Write `security { … }` at the top level.",
  server: "Write `server { … }` at the top level.",
  browser: "Write `browser { … }` at the top level.",
  client: "Write `client { … }` at the top level.",
  derive: "Write `derive [Eq, Show, JSON]` behind the type.",
  route: asMember("route"),
  routes: 'Write `routes "/prefix" { … }` in an edge block.',
  schedule: asMember("schedule"),
  consume: asMember("consume"),
  middleware: asMember("middleware"),
  health: asMember("health"),
  cors: "Write `cors { … }` in an edge block.",
  on_error: "Write `on_error fn(error, req) { … }` in an edge block.",
  kv: asMember("kv"),
  sql: asMember("sql"),
  storage: asMember("storage"),
  queue: asMember("queue"),
  env: 'Write `env NAME` or `env NAME = "default"` in an edge block.',
  secret: asMember("secret"),
};

/** Words of which a definition may be a mistake. */
const definedWords: ReadonlySet<string> = new Set([...words, ...Object.keys(constructs)]);

/** Those that stand at the top level themselves. */
const blocks = new Set(["edge", "shared", "security", "server", "browser", "client", "derive"]);

/** A name used as a value: is it a keyword, of another language or of a construct not recognised? */
export function checkUse(ref: SyntaxNodeRef, source: string, findings: Findings): void {
  const text = source.slice(ref.from, ref.to);
  checkCharacters(ref, text, findings);
  if (!usedWords.has(text)) return;
  const { node } = ref;
  if (Object.hasOwn(foreignWords, text)) foreignWord(node, text, source, findings);
  else if (Object.hasOwn(constructs, text)) brokenConstruct(node, text, source, findings);
  if (undefinableWords.has(text) && isTarget(node)) checkWord(node, text, source, findings);
}

/** Words of which a use may be a mistake. */
const usedWords: ReadonlySet<string> = new Set([
  ...[...Object.keys(foreignWords), ...Object.keys(constructs)],
  ...undefinableWords,
]);

function isTarget(node: SyntaxNode): boolean {
  if (node.parent?.name !== "Assignment") return false;
  const equals = node.parent.getChild("=");
  return equals !== null && node.to <= equals.from;
}

/** Words that go on with a value, so that the one before them is a name: `class is String`. */
const continuesValue = /^[ \t]+(?:is|in|not|and|or|as|when|for|if|else)\b/;

const endsHead = /^(Block|MatchBody|ArgList|SourceFile|EdgeBody)$/;
const hasHead = /^(IfExpression|MatchExpression|ForStatement|WhileStatement|GuardStatement)$/;

/** Whether a name stands between a keyword and the `{` of its body: `if func(1) { … }` calls it. */
function isInHead({ parent }: SyntaxNode): boolean {
  for (let up = parent; up && !endsHead.test(up.name); up = up.parent) {
    if (hasHead.test(up.name)) return true;
  }
  return false;
}

/** Whether the code around has the word for a name: `fn f(public)`, `new = 1`, `{ n: static }`. */
function isNamed({ from, to }: SyntaxNode, word: string, source: string): boolean {
  const around = source.slice(Math.max(0, from - 2000), to + 2000);
  const named = `${word}(?<=(?<![\\p{L}\\p{N}_$.])${word})\\s*(?:=(?![=>])|[,)\\]}])`;
  return new RegExp(named, "u").test(around);
}

function foreignWord(node: SyntaxNode, text: string, source: string, findings: Findings): void {
  const word = foreignWords[text];
  const rest = source.slice(node.to, Math.min(lineEnd(source, node.to), node.to + 200));
  if (!word?.follows.test(rest) || continuesValue.test(rest)) return;
  if (word.begins && node.parent?.name !== "ExpressionStatement") return;
  if (/^[ \t]*\(/.test(rest) && isInHead(node)) return;
  if (isNamed(node, text, source)) return;
  const { problem = `\`${text}\` is not a keyword of Tova.`, help } = word;
  findings.report(node, codes.unexpected({ problem, help }));
}

/** `edge("api") { }`: a call that is a whole statement, and a brace behind it on its line. */
function isCalledBlock({ parent: call, from }: SyntaxNode, source: string): boolean {
  const isCall = call?.name === "CallExpression" && call.from === from;
  if (!isCall || call.parent?.name !== "ExpressionStatement") return false;
  return /^[ \t]*\{/.test(source.slice(call.to, lineEnd(source, call.to)));
}

/** `edge api { }`: the word stands alone as a statement and something follows on its line. */
function brokenConstruct(node: SyntaxNode, text: string, source: string, findings: Findings): void {
  const statement = node.parent;
  if (blocks.has(text) && isCalledBlock(node, source)) {
    const problem = `The name of a block stands without parentheses.`;
    findings.report(node, codes.unexpected({ problem, help: constructs[text] ?? "" }));
    return;
  }
  if (statement?.name !== "ExpressionStatement" || statement.to !== node.to) return;
  const rest = source.slice(node.to, lineEnd(source, node.to));
  const next = statement.nextSibling;
  if (!next || !/^[ \t]+[^\s;/})]/.test(rest)) return;
  const help = constructs[text] ?? "";
  if (!blocks.has(text) && statement.parent?.name !== "EdgeBody") {
    findings.report(node, codes.outsideEdge({ word: text, help }));
    return;
  }
  const token = tokenAt(source, node.to);
  const problem = `${show(token)} is not expected after \`${text}\`.`;
  findings.report(token, codes.unexpected({ problem, help }));
}
