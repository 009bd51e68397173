// An error node of the Lezer tree → the one sentence that says what the text lacks there.
import type { SyntaxNode } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import { expectations, helpForRule } from "./expectations";
import { characterHelp, foreignOperators } from "./foreign";
import { foreignForm } from "./foreign-forms";
import { fieldsInBraces } from "./part-forms";
import {
  at,
  type Describe,
  type Described,
  handlerIsFunction,
  namesAlone,
  type Place,
  unexpected,
} from "./place";
import {
  endBefore,
  lineStart,
  operatorAround,
  printable,
  reservedProblem,
  reservedWords,
  sameLine,
  show,
  type Token,
  tokenAt,
  wordBefore,
} from "./text";

const punctuation = "()[]{},\"'@;";

/** Describes the error node; every error node gets a description. */
export function describeError(node: SyntaxNode, source: string): Described {
  const token = tokenAt(source, node.from);
  const before = wordBefore(source, endOfCode(node));
  const place: Place = { node, source, token, before, parent: parentName(node) };
  for (const describe of descriptions) {
    const found = describe(place);
    if (found) return found;
  }
  return at(place, unexpected(place, `Remove it, or complete what stands before it.`));
}

/** Where the code before ends, comments left out. */
function endOfCode(node: SyntaxNode): number {
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    let previous = at.prevSibling;
    if (previous && !previous.name.endsWith("Comment")) return node.from;
    while (previous?.name.endsWith("Comment")) previous = previous.prevSibling;
    if (previous) return previous.to;
  }
  return 0;
}

const subscripts = new Set(["IndexExpression", "SliceExpression"]);

/** The parser may have made up a call, an index or a text; the mistake is then in what holds it. */
function parentName(node: SyntaxNode): string {
  const { parent } = node;
  if (!parent) return "";
  if (parent.name === "ArgList" && node.prevSibling === null) {
    return parent.parent?.parent?.name ?? "";
  }
  const madeUp =
    (subscripts.has(parent.name) && parent.getChild("[") === null) ||
    (parent.name === "String" && node.prevSibling === null);
  return (madeUp ? parent.parent?.name : parent.name) ?? "";
}

/** In order: the first that recognises the place describes it. */
const descriptions: readonly Describe[] = [
  strangeCharacter,
  strayNumber,
  foreignForm,
  ternary,
  foreignOperator,
  reservedName,
  misplacedAssignment,
  bracketOnNewLine,
  wordOf,
  annotation,
  insideInterpolation,
  handlerOfQueue,
  fieldsBelow,
  assignedBlock,
  missingHead,
  missingExpression,
  missingPart,
];

function strangeCharacter(place: Place): Described | null {
  const { token } = place;
  if (token.kind !== "character" || punctuation.includes(token.text)) return null;
  const help = characterHelp(token.text);
  return at(place, codes.badCharacter({ text: printable(token.text), help }));
}

function strayNumber({ node, source, token, before, parent }: Place): Described | null {
  const left = node.prevSibling;
  if (before === "." && token.kind === "number" && left?.name === "." && left.to === token.from) {
    const range = { from: left.from, to: token.to };
    const text = source.slice(range.from, range.to);
    return { range, message: codes.badNumber({ text, help: `Write \`0${text}\`.` }) };
  }
  const number = node.parent?.firstChild;
  if (parent !== "MemberExpression" || number?.name !== "Number") return null;
  const range = { from: number.from, to: number.to + 1 };
  const text = source.slice(range.from, range.to);
  return { range, message: codes.badNumber({ text, help: `Write \`${text}0\`.` }) };
}

/** `test ? a : b` where a value is wanted: the parser stops behind the `?`. */
function ternary({ source, token, before, node }: Place): Described | null {
  const isSplit =
    token.text === "?" && source.slice(lineStart(source, token.from), token.from).trim() === "";
  if (isSplit && /^\?[^?]*\n?[^?\n]*:/.test(source.slice(token.from, token.from + 200)))
    return operatorMessage(token, "?:");
  const asked = token.text === ":" ? askedOnLine(source, token.from) : -1;
  if (asked >= 0) return operatorMessage({ ...token, from: asked, to: asked + 1 }, "?:");
  if (before !== "?" || !/^[^?\n]*:/.test(source.slice(token.from, token.from + 200))) return null;
  const to = endBefore(source, node.from);
  return operatorMessage({ from: to - 1, to, text: "?", kind: "operator" }, "?:");
}

/** Where `?` stands before a `:` on its line, as in `(a) ? (b) : (c)`, where it is read as a call of `a?`. */
function askedOnLine(source: string, colon: number): number {
  const start = lineStart(source, colon);
  const asked = /\s\?\s*\([^?:]*$/.exec(source.slice(start, colon));
  return asked ? start + asked.index + asked[0].indexOf("?") : -1;
}

function foreignOperator({ node, source, token, parent, before }: Place): Described | null {
  // `i++` as the last statement of a block asks for an operand that is none.
  if (before === "++" || before === "--") {
    const end = endBefore(source, node.from);
    return operatorMessage({ ...token, from: end - 2, to: end }, before);
  }
  const run = operatorAround(source, token.kind === "operator" ? token.from : node.from);
  if (Object.hasOwn(foreignOperators, run.text)) return operatorMessage(run, run.text);
  if (run.text !== ":" || parent !== "ExpressionStatement") return null;
  const previous = node.parent?.prevSibling;
  if (!previous || !sameLine(source, previous.from, run.from)) return null;
  const end = endBefore(source, previous.to);
  const asked = source[end - 1] === "?";
  return asked ? operatorMessage({ ...run, from: end - 1, to: end }, "?:") : null;
}

function operatorMessage({ from, to }: Token, text: string): Described {
  const help = foreignOperators[text] ?? "";
  return { range: { from, to }, message: codes.badOperator({ text, help }) };
}

const introducesName = new Set(["fn", "var", "let", "mut", "type", "for", "catch", "as", "trait"]);
const holdsNames = new Set([
  "ParamList",
  "ArrayPattern",
  "TuplePattern",
  "ForBinding",
  "TypeParams",
]);

function reservedName(place: Place): Described | null {
  const { source, token, before, parent, node } = place;
  const help = "Choose another name.";
  const assigned = /^[ \t]*=(?![=>])/.test(source.slice(token.to, token.to + 20));
  const isNamed = introducesName.has(before) || holdsNames.has(parent) || assigned;
  if (reservedWords.has(token.text) && isNamed) {
    return at(place, codes.unexpected({ problem: reservedProblem(token.text), help }));
  }
  if (token.text !== "=" || !reservedWords.has(before)) return null;
  const end = endBefore(source, node.from);
  const range = { from: end - before.length, to: end };
  return { range, message: codes.unexpected({ problem: reservedProblem(before), help }) };
}

const valueOnly = new Set([
  "ArgList",
  "ParenthesizedExpression",
  "ArrayExpression",
  "TupleExpression",
]);

function misplacedAssignment(place: Place): Described | null {
  const { token, parent } = place;
  if (!/^(?:[-+*/&|^]|<<|>>)?=$/.test(token.text)) return null;
  const isPlain = token.text === "=";
  if (isPlain && (parent === "Assignment" || parent === "EdgeBody")) return missingPart(place);
  const isTest = /Expression$|^(While|Guard)Statement$/.test(parent);
  if (!valueOnly.has(parent) && !(isPlain && isTest)) return null;
  const problem = "An assignment is a statement and cannot be part of an expression.";
  const help = isPlain
    ? "Compare with `==`; name an argument with `name: value`."
    : "Change the variable in a statement of its own.";
  return at(place, codes.unexpected({ problem, help }));
}

function bracketOnNewLine(place: Place): Described | null {
  const { node, source, token } = place;
  if (token.text !== "(" && token.text !== "[") return null;
  if (sameLine(source, endBefore(source, node.from), token.from)) return null;
  const what = token.text === "(" ? "call" : "index";
  const help = `A \`${token.text}\` that starts a line makes no ${what}: put it on the line before.`;
  return { range: token, message: unexpected(place, help) };
}

function wordOf(place: Place): Described | null {
  if (place.token.text !== "of") return null;
  return at(place, unexpected(place, "Write `for item in items { … }`."));
}

function annotation(place: Place): Described | null {
  const { token, parent, node } = place;
  if (token.text !== ":" || parent !== "ExpressionStatement") return null;
  if (node.prevSibling?.name !== "VariableName") return null;
  const help = "Write `name = value`; types stand in parameters and type declarations.";
  return at(place, codes.unexpected({ problem: "A binding has no type annotation.", help }));
}

function insideInterpolation(place: Place): Described | null {
  const { node, token, parent } = place;
  if (parent !== "Interpolation" || node.prevSibling === null) return null;
  const help = token.text.startsWith(":")
    ? "Format the value with a function; write `\\{` for a brace that is text."
    : "Write `\\{` for a brace that is text.";
  const problem = `An interpolation holds one expression; ${show(token)} follows it here.`;
  return at(place, codes.unexpected({ problem, help }));
}

/** `consume QUEUE { … }`: the body is read as the settings of the consumer. */
function handlerOfQueue({ node, source }: Place): Described | null {
  const settings = node.parent?.name === "ConfigEntry" ? node.parent.parent : node.parent;
  if (settings?.name !== "ConfigBody" || settings.parent?.name !== "ConsumeDeclaration")
    return null;
  const { from, prevSibling: queue } = settings;
  if (!queue || source[from] !== "{") return null;
  return { range: { from, to: from + 1 }, message: codes.unexpected(handlerIsFunction) };
}

/** A type whose fields stand below it, indented as in Python. */
function fieldsBelow({ node, source, token }: Place): Described | null {
  const { parent: body } = node;
  if (body?.name !== "TypeBody" || node.prevSibling !== null || body.getChild("{")) return null;
  const end = endBefore(source, token.from);
  return { range: { from: end - 1, to: end }, message: codes.unexpected(fieldsInBraces) };
}

/** `edge = { route … }`: the body is read as an object. */
function assignedBlock({ node, source }: Place): Described | null {
  let object = node.parent;
  if (object?.name === "Property") object = object.parent;
  const sign = object?.prevSibling;
  const block = sign?.prevSibling;
  if (object?.name !== "ObjectExpression" || sign?.name !== "=" || !block || block.prevSibling) {
    return null;
  }
  const word = source.slice(block.from, block.to);
  if (!/^(edge|shared|security)$/.test(word)) return null;
  const problem = "No `=` stands between the word of a block and its `{`.";
  return { range: sign, message: codes.unexpected({ problem, help: "Leave it out." }) };
}

/** `if { … }`, `(a) { … }`: the block was read as the object that a value could be. */
function missingHead({ node, source }: Place): Described | null {
  let object = node.parent;
  if (object?.name === "Property") object = object.parent;
  if (object?.name !== "ObjectExpression") return null;
  const line = source.slice(lineStart(source, object.from), object.from);
  if (/=>?\s*\([\p{L}\p{N}_, ]*\)\s*$/u.test(line)) {
    const open = { from: object.from, to: object.from + 1 };
    return { range: open, message: codes.unexpected(namesAlone) };
  }
  const word = wordBefore(source, object.from);
  if (!/^(if|elif|while|match|guard|in|when)$/.test(word)) return null;
  const problem = `An expression is expected after \`${word}\`; found \`{\`.`;
  const help = "Write the missing value before the block.";
  const range = { from: object.from, to: object.from + 1 };
  return { range, message: codes.expressionExpected({ problem, help }) };
}

const wantsValue = new RegExp(
  `^(?:[=+\\-*/%&|^~<>!?:.]+|[([{,]|${[
    ...["and", "or", "not", "in", "await", "return", "if", "elif", "while", "match", "when"],
    ...["guard", "defer", "with", "default"],
  ].join("|")})$`,
);

function missingExpression(place: Place): Described | null {
  const { token, before, parent } = place;
  if (!wantsValue.test(before) || before.endsWith(".") !== before.endsWith("..")) return null;
  if (noExpression.has(parent)) return null;
  if (token.text.startsWith("/")) {
    const help = "Close it with `/`; a division needs a value before it.";
    const problem = "A regular expression is not closed on its line.";
    return at(place, codes.expressionExpected({ problem, help }));
  }
  const end = endBefore(place.source, place.node.from);
  if (before === "!" && /[\p{L}\p{N}_)\]]/u.test(place.source[end - 2] ?? "")) {
    const problem = "No `!` stands behind a value.";
    const help = "Leave it out: no value is checked for nil; `??` gives another for nil.";
    return { range: { from: end - 1, to: end }, message: codes.unexpected({ problem, help }) };
  }
  const problem = `An expression is expected after \`${before}\`; found ${show(token)}.`;
  const help = "Write the missing value, or remove what asks for it.";
  return at(place, codes.expressionExpected({ problem, help }));
}

/** Nodes in which the places after `(`, `,`, `:` or `=` hold something other than an expression. */
const noExpression = new Set([
  ...["ParamList", "ObjectPattern", "ObjectPatternEntry", "ArrayPattern", "TuplePattern"],
  ...["TypeBody", "Field", "Variant", "VariantField", "TypeDeclaration", "TypeParams", "TypeArgs"],
  ...[
    "TypeAnnotation",
    "TupleType",
    "ArrayType",
    "UnionType",
    "NamedType",
    "ImplBody",
    "TraitBody",
  ],
  ...["MatchBody", "ListPattern", "VariantPattern", "ImportClause", "ExportClause", "Deriving"],
  ...["EdgeBody", "SecurityBody", "ConfigBody", "HealthBody", "ForBinding", "IsExpression"],
  ...["ImportDeclaration", "NamePattern"],
  ...["ScheduleDeclaration", "ForStatement", "SourceFile", "Block", "MemberBody"],
]);

/** What is told at the end of its line where the next one does not go on with it. */
const endsItsLine = new Set(["Assignment", "ImportDeclaration", "TryStatement"]);

function missingPart(place: Place): Described | null {
  const sentence = expectations[expectationName(place)];
  if (sentence === undefined) return null;
  const [expected, usual] = sentence;
  const help = place.parent === "SecurityRule" ? helpForRule(ruleAround(place)) : usual;
  const problem = `${expected}; found ${show(place.token)}.`;
  const message = codes.unexpected({ problem, help });
  const end = endBefore(place.source, place.token.from);
  const isBelow = endsItsLine.has(place.parent) && !sameLine(place.source, end, place.token.from);
  return isBelow ? { range: { from: end - 1, to: end }, message } : at(place, message);
}

/** The word that the rule of a security block begins with. */
function ruleAround({ node, source }: Place): string {
  let rule = node.parent;
  while (rule && rule.name !== "SecurityRule") rule = rule.parent;
  const word = rule?.getChild("SecurityKind");
  return word ? source.slice(word.from, word.to) : "";
}

/** Which expectation fits: mostly the parent's, sometimes that of a complete node before. */
function expectationName({ node, parent, token }: Place): string {
  if (parent === "EdgeBody" && token.text === "=") return node.prevSibling?.name ?? parent;
  if (parent === "Assignment" && !node.parent?.getChild("=")) {
    const isCondition = node.parent?.parent?.parent?.name === "Refinement";
    return isCondition ? "Refinement" : "Assignment without =";
  }
  return parent;
}
