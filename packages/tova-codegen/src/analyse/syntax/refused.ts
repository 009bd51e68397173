// A node that the parser reads and the language refuses → what was meant, with all that follows read as it is.
import type { SyntaxNode, SyntaxNodeRef } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import { codeEndBefore, lineStart, sameLine, show, tokenAt } from "./text";

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

/** What stands before it on its line is no head, and mostly told of already. */
export function looseBlock(ref: SyntaxNodeRef, source: string, findings: Findings): void {
  const before = source.slice(lineStart(source, ref.from), ref.from);
  if (ref.node.prevSibling?.type.isError && before.trim() !== "") return;
  if (/\bfn\s+[\p{L}\p{N}_]+\s*\([^)]*\)\s*(->.*)?$/u.test(before)) {
    const problem = "A type holds fields; its functions stand beside it.";
    const help = "Write `impl Name { fn method(self) { … } }`.";
    findings.report({ from: ref.from, to: ref.from + 1 }, codes.unexpected({ problem, help }));
    return;
  }
  if (/=>\s*\([^()]*\)\s*$/.test(before)) {
    const problem = "A list of names in parentheses is no function.";
    const help = "Write `fn(x) { … }`, or `(x) => { … }`.";
    findings.report({ from: ref.from, to: ref.from + 1 }, codes.unexpected({ problem, help }));
    return;
  }
  const problem = "This block belongs to nothing.";
  const help = "Write `if`, `for`, `fn name()` or the like before it, or leave the braces out.";
  const range = { from: ref.from, to: ref.from + 1 };
  findings.report(range, codes.unexpected({ problem, help }));
}
