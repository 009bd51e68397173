// A tree node without an error mark → what the language still refuses about it.
import type { SyntaxNode, SyntaxNodeRef } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import { checkAssignment, checkDeclaration, checkUpdate, endsInError } from "./assignment";
import { misspeltKeyword } from "./misspelt";
import { checkDefinition, checkIdentifier, checkUse, checkVariantName } from "./names";
import { resultBehindArrow } from "./place";
import {
  foreignHead,
  foreignPattern,
  functionOfNames,
  handlerOfErrors,
  looseBlock,
  missingArrow,
  missingBrace,
  pathOfHealth,
  routeArrow,
  valueOfBinding,
} from "./refused";
import { lineStart, tokenAt } from "./text";
import { fieldsInBraces, fieldsOrVariants, fieldsWithoutColon } from "./type-bodies";

/** Checks a node. To make a `SyntaxNode` of one costs more than most checks. */
export type Rule = (node: SyntaxNodeRef, source: string, findings: Findings) => void;

/** A rule for nodes of which it looks at more than the text. */
const onNode =
  (...checks: readonly ((node: SyntaxNode, source: string, findings: Findings) => void)[]): Rule =>
  (ref, source, findings) => {
    const { node } = ref;
    for (const check of checks) check(node, source, findings);
  };

/** By the name of a node's type. */
export const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>(
  Object.entries({
    VariableName: checkUse,
    VariableDefinition: checkDefinition,
    TypeDefinition: checkDefinition,
    TypeName: checkIdentifier,
    PropertyName: checkDefinition,
    FieldName: checkIdentifier,
    VariantName: checkVariantName,
    ArgumentName: checkIdentifier,
    ConfigKey: checkIdentifier,
    LabelName: checkDefinition,
    NamePattern: checkDefinition,
    Assignment: onNode(checkAssignment),
    CompoundAssignment: onNode(checkUpdate),
    VarDeclaration: onNode(checkDeclaration),
    ForeignDeclaration: onNode(foreignDeclaration),
    ExpressionStatement: onNode(
      quoteBehindQuote,
      misspeltKeyword,
      valueOfBinding,
      pathOfHealth,
      functionOfNames,
    ),
    ReturnStatement: onNode(notAsBody),
    BreakStatement: onNode(notAsBody),
    ContinueStatement: onNode(notAsBody),
    LooseBlock: looseBlock,
    ForeignHead: foreignHead,
    ForeignPattern: foreignPattern,
    MissingBrace: missingBrace,
    MissingArrow: missingArrow,
    RouteDeclaration: onNode(routeArrow),
    OnErrorDeclaration: onNode(handlerOfErrors),
    Number: number,
    TupleIndex: (ref, source, findings) => {
      number(ref, source, findings);
      secondDot(ref.node, source, findings);
    },
    RegExp: regularExpression,
    ExportDeclaration: onNode(declarationOnly),
    LiteralPattern: onNode(plainText),
    PrefixPattern: onNode(plainText),
    RangePattern: onNode(numbersOnly),
    TypeDeclaration: onNode(fieldsInBraces),
    TypeBody: onNode(fieldsOrVariants, fieldsWithoutColon),
    RangeExpression: onNode(notChained),
    IsExpression: onNode(notChained, oneTypeName),
    BinaryExpression: onNode(membership, doubledSign),
    IfExpression: onNode(elseExpected, notTooMany),
    MatchBody: onNode(notTooMany),
    MatchArm: onNode(otherArrow),
    ImplicitMember: onNode(implicitMember),
    ParamList: onNode(restLast),
    Parameter: onNode(restAlone),
    ArrayPattern: onNode(restLast),
    TuplePattern: onNode(restLast),
    ObjectPattern: onNode(restLast),
    ListPattern: onNode(oneRest),
    VariantPattern: onNode(restLast),
  }),
);

/**
 * `f'…'`, `b"…"` and three single quotes: nothing need stand between statements, yet nobody means two
 * here.
 */
function quoteBehindQuote(node: SyntaxNode, source: string, findings: Findings): void {
  if (node.firstChild?.name !== "String") return;
  const before = source.slice(Math.max(0, node.from - 2), node.from);
  const prefix = /(?<![\p{L}\p{N}_$])[a-z$]$/iu.exec(before)?.[0];
  if (!prefix && !/["']$/.test(before)) return;
  const problem = prefix
    ? `No text begins with \`${prefix}${source[node.from]}\`.`
    : "A text stands right behind a text.";
  const help = prefix
    ? 'Write `"…"`, which interpolates, or `r"…"`, which takes the text as it is.'
    : 'Write `"""…"""` for several lines, or join texts with `++`.';
  const from = node.from - (prefix?.length ?? 0);
  findings.report({ from, to: node.from + 1 }, codes.unexpected({ problem, help }));
}

/** The body of an arm or a function without braces is an expression (spec sections 4 and 7). */
function notAsBody(node: SyntaxNode, _source: string, findings: Findings): void {
  const word = node.firstChild;
  const holder = node.parent?.name;
  if (!word || (holder !== "MatchArm" && holder !== "LambdaExpression")) return;
  const what = holder === "MatchArm" ? "an arm" : "a function";
  const problem = `\`${word.name}\` is a statement, and ${what} without braces holds an expression.`;
  const isResult = holder === "LambdaExpression" && word.name === "return";
  const help = isResult
    ? "Leave `return` out: the expression is the result."
    : `Write \`${holder === "MatchArm" ? "=>" : "fn()"} { ${word.name} … }\`.`;
  findings.report(word, codes.unexpected({ problem, help }));
}

function otherArrow(node: SyntaxNode, _source: string, findings: Findings): void {
  const arrow = node.getChild("ThinArrow") ?? node.getChild(":");
  // Behind a pattern that was broken off, the sign belongs to the pattern.
  if (arrow?.prevSibling && !endsInError(arrow.prevSibling))
    findings.report(arrow, codes.unexpected(resultBehindArrow));
}

/** Branches become an `else if` each, which JavaScript engines read by recursion. */
const maxBranches = 1000;

function notTooMany(node: SyntaxNode, _source: string, findings: Findings): void {
  // An array of the children would cost each of the many small nodes more than the check.
  let count = 0;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== "ElifClause" && child.name !== "MatchArm") continue;
    if (++count <= maxBranches) continue;
    findings.report({ from: child.from, to: child.from + 1 }, codes.tooDeep({}));
    return;
  }
}

function foreignDeclaration(node: SyntaxNode, source: string, findings: Findings): void {
  const word = source.slice(node.from, node.firstChild?.to ?? node.to);
  const problem = `\`${word}\` is not used in Tova.`;
  const help = "Write `name = value`, or `var name = value` if it changes later.";
  findings.report(node.firstChild ?? node, codes.unexpected({ problem, help }));
}

/**
 * A number ends before a letter, and not with a dot; `0x_` has no digit; a leading zero is not allowed in JavaScript
 * modules.
 */
function number(node: SyntaxNodeRef, source: string, findings: Findings): void {
  // Most numbers are a single digit with no word behind it.
  if (node.to - node.from === 1 && !/[\p{L}\d_$.]/u.test(source[node.to] ?? "")) return;
  if (node.name === "Number" && /^\.\s/.test(source.slice(node.to, node.to + 2))) {
    const text = source.slice(node.from, node.to + 1);
    const range = { from: node.from, to: node.to + 1 };
    findings.report(range, codes.badNumber({ text, help: `Write \`${text}0\`.` }));
    return;
  }
  const { text, to } = tokenAt(source, node.from);
  const digits = source.slice(node.from, node.to);
  const attached = to > node.to && /[\p{L}\d_$]/u.test(source[node.to] ?? "");
  if (!attached && !/^0_*\d/.test(digits) && !/^0[xbo]_*$/i.test(digits)) return;
  const help =
    node.name === "TupleIndex"
      ? "An index of a tuple is a plain number: `pair.0`."
      : "Write `12`, `1_000`, `1.5`, `2e3`, `0xFF`, `0b101` or `0o17`, and a blank before a word.";
  findings.report({ from: node.from, to: Math.max(to, node.to) }, codes.badNumber({ text, help }));
}

function regularExpression(node: SyntaxNodeRef, source: string, findings: Findings): void {
  const text = source.slice(node.from, node.to);
  const end = text.lastIndexOf("/");
  try {
    new RegExp(text.slice(1, end), text.slice(end + 1));
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^.*: /s, "") : "";
    const problem = `This regular expression is not valid: ${reason.toLowerCase()}.`;
    const help = "Correct it; the flags are `dgimsuvy`, and a division needs a value before it.";
    findings.report(node, codes.unexpected({ problem, help }));
  }
}

/** Something stands between the braces of an interpolation. */
export function checkInterpolation(node: SyntaxNode, findings: Findings): void {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.type.is("Expression") || child.type.isError) return;
  }
  const problem = "An interpolation without an expression.";
  const help = "Write the expression between the braces, or `\\{\\}` for braces that are text.";
  findings.report(node, codes.expressionExpected({ problem, help }));
}

const declarations =
  /^(Export.+|Assignment|.+Declaration|OpaqueStatement|Expression|default|pub|export|\*|String)$/;

/** `pub` stands before a declaration, a list of names or what another module exports. */
function declarationOnly(node: SyntaxNode, source: string, findings: Findings): void {
  const child = node.lastChild;
  if (!child || declarations.test(child.name) || node.getChild("default")) return;
  if (child.type.isError || node.getChild("⚠") || node.getChild("from")) return;
  // `export async function` is about the word behind it.
  if (source.slice(child.from, child.to).trim() === "async") return;
  const problem = "`pub` and `export` stand before a declaration.";
  const help = "Write `pub fn`, `pub type`, `pub name = value` or `pub { name }`.";
  findings.report(child, codes.unexpected({ problem, help }));
}

/** `1.2.3` would be the member `3` of a number. */
function secondDot(node: SyntaxNode, source: string, findings: Findings): void {
  const object = node.parent?.firstChild;
  if (object?.name !== "Number") return;
  const text = source.slice(object.from, node.to);
  const help = `A number has one dot; write a version as text: \`"${text}"\`.`;
  findings.report({ from: object.from, to: node.to }, codes.badNumber({ text, help }));
}

/** Spec section 7: a text in a pattern is a literal. */
function plainText(node: SyntaxNode, _source: string, findings: Findings): void {
  const interpolation = node.getChild("String")?.getChild("Interpolation");
  if (!interpolation) return;
  const problem = "A text in a pattern has no interpolation.";
  const help = 'Write a guard: `text if text == "…{name}…" =>`.';
  findings.report(interpolation, codes.unexpected({ problem, help }));
}

/** Spec section 7: a range matches numbers. */
function numbersOnly(node: SyntaxNode, _source: string, findings: Findings): void {
  const end = ["String", "Boolean", "Nil"].flatMap((name) => node.getChildren(name))[0];
  if (!end) return;
  const problem = "A range in a pattern goes from a number to a number.";
  findings.report(end, codes.unexpected({ problem, help: 'Write a guard: `x if x >= "a" =>`.' }));
}

/** Spec section 2: ranges, `in` and `is` do not associate. */
function notChained(node: SyntaxNode, source: string, findings: Findings): void {
  const operator = node.firstChild?.nextSibling;
  if (operator && node.firstChild?.name === node.name) reportChain(operator, source, findings);
}

const memberships = new Set(["in", "NotIn"]);

function membership(node: SyntaxNode, source: string, findings: Findings): void {
  const left = node.firstChild;
  const operator = left?.nextSibling;
  if (!left || !operator || !memberships.has(operator.name)) return;
  const inner = left.name === "BinaryExpression" ? left.firstChild?.nextSibling : null;
  if (left.name === "IsExpression" || (inner && memberships.has(inner.name))) {
    reportChain(operator, source, findings);
  }
}

function reportChain({ from, to }: SyntaxNode, source: string, findings: Findings): void {
  findings.report({ from, to }, codes.notAssociative({ text: source.slice(from, to) }));
}

/** `i++` or `i--` before a line break and `++i` after one are read as `i ++ j` and `i - -j`. */
function doubledSign(node: SyntaxNode, source: string, findings: Findings): void {
  const left = node.firstChild;
  const operator = left?.nextSibling;
  const right = operator?.nextSibling;
  if (!left || !operator || !right) return;
  const text = source.slice(operator.from, operator.from + 2);
  if (text !== "++" && text !== "--") return;
  const to = operator.from + 2;
  const behind = operator.from === left.to;
  const before = source.slice(lineStart(source, operator.from), operator.from).trim() === "";
  const attached = text === "++" ? right.from === to : right.firstChild?.nextSibling?.from === to;
  // On one line, or behind what cannot be assigned, `a++ b` can only join two texts.
  const counts = /^(VariableName|MemberExpression|IndexExpression)$/.test(left.name);
  const joins = text === "++" && !(counts && /[\n;]/.test(source.slice(to, right.from)));
  if (behind ? joins : !before || !attached) return;
  const help = `Write \`x ${text[0]}= 1\` on a \`var x\`.`;
  findings.report({ from: operator.from, to }, codes.badOperator({ text, help }));
}

/** Where the value of an `if` is dropped or may be nothing, it needs no `else` (spec section 4). */
const mayHaveNoElse = new Set(["LambdaExpression", "MatchArm", "DeferStatement"]);
const statementHolders = new Set(["SourceFile", "Block", "LooseBlock", "MemberBody", "EdgeBody"]);

function elseExpected(node: SyntaxNode, _source: string, findings: Findings): void {
  const parent = node.parent?.name ?? "";
  if (mayHaveNoElse.has(parent) || statementHolders.has(parent)) return;
  if (node.getChild("ElseClause") || node.getChild("⚠")) return;
  const problem = "An `if` that is a value needs an `else`.";
  const help = "Add `else { … }`, or write the `if` as a statement.";
  findings.report(node.firstChild ?? node, codes.unexpected({ problem, help }));
}

const chains = new Set([
  "MemberExpression",
  "CallExpression",
  "IndexExpression",
  "SliceExpression",
  "PropagateExpression",
]);

/** `.name` begins the right side of a pipe, or is a column in an argument (spec 5.4, 5.7). */
function implicitMember(node: SyntaxNode, source: string, findings: Findings): void {
  if (node.getChild("⚠")) return;
  if (
    /^\s*import\s+[\p{L}\p{N}_.]+$/u.test(source.slice(lineStart(source, node.from), node.from))
  ) {
    const problem = "An import says what it takes, and of which module.";
    const help = 'Write `import { name } from "./module"`.';
    return findings.report(node, codes.unexpected({ problem, help }));
  }
  let top = node;
  while (top.parent && chains.has(top.parent.name) && top.parent.from === node.from)
    top = top.parent;
  if (top.parent?.name === "PipeExpression" && top.parent.firstChild?.from !== top.from) return;
  while (top.parent && top.name !== "ArgList" && !functions.has(top.name)) top = top.parent;
  if (top.name === "ArgList") return;
  const problem = "A member without an object.";
  const help = "Write what it belongs to; `.name` alone stands right of `|>` and in arguments.";
  findings.report(node, codes.unexpected({ problem, help }));
}

const functions = new Set(["LambdaExpression", "FunctionDeclaration", "Method"]);

/** Spec section 2: one name stands right of `is`; `x is A.B` would be a member of the answer. */
function oneTypeName(node: SyntaxNode, source: string, findings: Findings): void {
  const { parent, lastChild } = node;
  if (!parent || !lastChild || !chains.has(parent.name) || parent.from !== node.from) return;
  const token = tokenAt(source, node.to);
  const problem = "One type's name stands right of `is`.";
  const help = "Write the variant's own name, `x is Circle`, or parentheses round the test.";
  findings.report({ from: token.from, to: token.to }, codes.unexpected({ problem, help }));
}

const isRest = (node: SyntaxNode) => node.name === "RestPattern" || node.firstChild?.name === "...";

function restLast(node: SyntaxNode, _source: string, findings: Findings): void {
  let rest: SyntaxNode | null = null;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.is("Pattern") && !/Entry$|^Parameter$|Pattern$/.test(child.name)) continue;
    if (rest) {
      const problem = "A `...rest` takes all that is left, so nothing can follow it.";
      findings.report(rest, codes.unexpected({ problem, help: "Move it to the end." }));
      return;
    }
    if (isRest(child)) rest = child;
  }
}

/** What is left is a list, also an empty one. */
function restAlone(node: SyntaxNode, _source: string, findings: Findings): void {
  if (!isRest(node) || !node.getChild("=")) return;
  const problem = "A `...rest` parameter has no default.";
  const help = "Leave the default out: without arguments the rest is the empty list.";
  findings.report(node, codes.unexpected({ problem, help }));
}

/** In a list pattern the rest may stand anywhere, since what follows counts from the end. */
function oneRest(node: SyntaxNode, _source: string, findings: Findings): void {
  const second = node.getChildren("RestPattern")[1];
  if (!second) return;
  const problem = "A list has one `...rest`: nothing tells where a second would begin.";
  findings.report(second, codes.unexpected({ problem, help: "Keep one of them." }));
}
