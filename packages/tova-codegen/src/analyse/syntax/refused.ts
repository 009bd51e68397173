// A node that the parser reads and the language refuses → what was meant, with all that follows read as it is.
import type { SyntaxNode, SyntaxNodeRef } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import { handlerIsFunction, namesAlone } from "./place";
import { codeEndBefore, lineEnd, lineStart, sameLine, show, tokenAt } from "./text";

/** `for (let i = 0; i < n; i++) { … }`, `for (x in xs) { … }` */
export function foreignHead(ref: SyntaxNodeRef, source: string, findings: Findings): void {
  const problem = "The head of a `for` stands without parentheses, and goes over values.";
  const help = "Write `for item in items { … }`, or `for i in 0..n { … }` to count.";
  findings.report(tokenAt(source, ref.from + 1), codes.unexpected({ problem, help }));
}

/** `{ ok: true } => …` */
export function foreignPattern(ref: SyntaxNodeRef, _source: string, findings: Findings): void {
  const problem = "There are no object patterns.";
  const help = "Write `Ok(answer) if answer.ok => …`, with a name for the whole.";
  const range = { from: ref.from, to: ref.from + 1 };
  findings.report(range, codes.unexpected({ problem, help }));
}

export function missingBrace(ref: SyntaxNodeRef, source: string, findings: Findings): void {
  reportMissingOpen(codeEndBefore(ref.node, source, ref.from), "{", findings);
}

/** @param to where the line ends that should end with the bracket */
export function reportMissingOpen(to: number, open: string, findings: Findings): void {
  const problem = open === "{" ? "A block begins with `{`." : `A \`${open}\` is missing.`;
  const help = `Write \`${open}\` at the end of this line.`;
  findings.report({ from: to - 1, to }, codes.unexpected({ problem, help }));
}

export function missingArrow(ref: SyntaxNodeRef, source: string, findings: Findings): void {
  const token = tokenAt(source, ref.from);
  const problem = `\`=>\` and a result are expected; found ${show(token)}.`;
  findings.report(token, codes.unexpected({ problem, help: "Write `pattern => result`." }));
}

/** `route GET "/" -> fn() 1` and `route GET "/" fn() 1` */
export function routeArrow(node: SyntaxNode, _source: string, findings: Findings): void {
  const handler = node.getChild("LambdaExpression");
  if (!handler || node.getChild("Arrow")) return;
  const problem = "The handler of a route stands after `=>`.";
  const help = 'Write `route GET "/path" => handler`; `-> Type` before it says what it gives.';
  findings.report(handler.firstChild ?? handler, codes.unexpected({ problem, help }));
}

const literals = new Set(["String", "Number", "Boolean"]);

/** `env PAGE "25"`: a value alone does nothing, and this one was to be the default. */
export function valueOfBinding(node: SyntaxNode, source: string, findings: Findings): void {
  const { firstChild: value, prevSibling: env } = node;
  if (env?.name !== "EnvDeclaration" || !value || !literals.has(value.name)) return;
  if (env.getChild("=") || !sameLine(source, env.from, value.from)) return;
  const problem = "The default of an env variable stands behind `=`.";
  findings.report(value, codes.unexpected({ problem, help: 'Write `env NAME = "default"`.' }));
}

/** `health /live`: a division alone does nothing. */
export function pathOfHealth(node: SyntaxNode, source: string, findings: Findings): void {
  // Most statements begin otherwise, and nodes cost more than a look at the text.
  if (!source.startsWith("health", node.from)) return;
  if (!/^health[ \t]+\/\S/.test(source.slice(node.from, node.from + 20))) return;
  const { firstChild: division, parent } = node;
  if (parent?.name !== "EdgeBody" || division?.name !== "BinaryExpression") return;
  const problem = "The path of a health check is a text.";
  const slash = node.from + source.slice(node.from).indexOf("/");
  const message = codes.unexpected({ problem, help: 'Write `health "/path"`.' });
  findings.report({ from: slash, to: slash + 1 }, message);
}

/** `f = (a) { a }`: what stands in the braces is read as an object that nothing takes. */
export function functionOfNames(node: SyntaxNode, source: string, findings: Findings): void {
  if (source[node.from] !== "{") return;
  const before = source.slice(Math.max(0, node.from - 200), node.from);
  if (!/=[ \t]*\([\p{L}_][\p{L}\p{N}_]*\)[ \t]*$/u.test(before)) return;
  findings.report({ from: node.from, to: node.from + 1 }, codes.unexpected(namesAlone));
}

/** `on_error(err, req) { … }`: what stands in the parentheses is read as the handler. */
export function handlerOfErrors(node: SyntaxNode, source: string, findings: Findings): void {
  const handler = node.lastChild;
  if (!/^(TupleExpression|ParenthesizedExpression)$/.test(handler?.name ?? "")) return;
  if (!handler || !/^[ \t]*\{/.test(source.slice(handler.to, lineEnd(source, handler.to)))) return;
  const problem = "What handles errors is a function.";
  const message = codes.unexpected({ problem, help: "Write `on_error fn(err, req) { … }`." });
  findings.report({ from: handler.from, to: handler.from + 1 }, message);
}

/** What is written before a block that belongs to nothing, and what to say of it. */
const headsOfBlocks: readonly (readonly [before: RegExp, problem: string, help: string])[] = [
  [
    /\bfn\s+[\p{L}\p{N}_]+\s*\([^)]*\)\s*(->.*)?$/u,
    "A type holds fields; its functions stand beside it.",
    "Write `impl Name { fn method(self) { … } }`.",
  ],
  [/=>\s*\([^()]*\)\s*$/, namesAlone.problem, namesAlone.help],
  [/[=(,]\s*\([\p{L}\p{N}_, ]*\)\s*$/u, namesAlone.problem, namesAlone.help],
  [
    /\bconsume\s*\(?[\p{L}\p{N}_]+\)?\s*(?:\([^()]*\))?\s*$/u,
    handlerIsFunction.problem,
    handlerIsFunction.help,
  ],
  [
    /\broute\s+\w+\s+"[^"]*"\s*$/,
    "The handler of a route is a function behind `=>`.",
    'Write `route GET "/path" => fn(req) { … }`.',
  ],
  [
    /\bfor\s+[\p{L}\p{N}_.]+(?:\([^()]*\))?\s*$/u,
    "A `for` names each value that it goes over.",
    "Write `for item in items { … }`.",
  ],
  [
    /\bmiddleware\s*\([^()]*\)\s*$/,
    "A middleware is a named function.",
    "Write `middleware fn name(req, next) { … }`.",
  ],
];
const nothing = [
  null,
  "This block belongs to nothing.",
  "Write `if`, `for`, `fn name()` or the like before it, or leave the braces out.",
] as const;

/** Characters of a line that are looked at for the head of a block. */
const maxHead = 500;

/** What stands before it on its line is no head, and mostly told of already. */
export function looseBlock(ref: SyntaxNodeRef, source: string, findings: Findings): void {
  const before = source.slice(Math.max(lineStart(source, ref.from), ref.from - maxHead), ref.from);
  // The body of a type whose `{` is missing holds all that follows it.
  const { parent } = ref.node;
  if (parent?.name === "Variant" && !parent.parent?.getChild("{")) return;
  if (ref.node.prevSibling?.type.isError && before.trim() !== "") return;
  const head = headsOfBlocks.find(([pattern]) => pattern.test(before));
  const [, problem, help] = head ?? nothing;
  const range = { from: ref.from, to: ref.from + 1 };
  findings.report(range, codes.unexpected({ problem, help }));
}
