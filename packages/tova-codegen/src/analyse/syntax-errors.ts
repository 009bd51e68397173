// A Lezer tree and its text → what is wrong with the text itself, one finding a mistake (E001-E010).
import {
  type SourceRange,
  type SyntaxNode,
  type SyntaxNodeRef,
  survey,
  type Tree,
  type Visitor,
  visitorsOf,
} from "tova-parser";
import { type Finding, Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import { certain, certainNear, furthestEnd, inOrder, onePerLine } from "./syntax/certain";
import { checkDelimiters, type Delimiters, isBalanced } from "./syntax/delimiters";
import { describeError } from "./syntax/error-nodes";
import { type ForeignBody, foreignBodies } from "./syntax/foreign-bodies";
import { type Repaired, repair } from "./syntax/repair";
import { doubtfulPlaces, findingsInSource, repairFindings } from "./syntax/repair-findings";
import { checkInterpolation, rules } from "./syntax/rules";
import { lineEnd, printable, reservedProblem, sameLine, tokenAt } from "./syntax/text";

/** Findings given per file (spec section 15). */
const limit = 50;

/** What is wrong with a text, and the text as it was read for that. */
export interface SyntaxCheck {
  readonly findings: readonly Finding[];
  /** The text as it was probably meant, where brackets or quotes had to be put in or left out. */
  readonly repaired: (Repaired & { readonly findings: readonly Finding[] }) | null;
}

/**
 * Finds what makes `source` no Tova program. Without an error among the findings, `read` gives a
 * tree with no `Missing` node and no text left out. With an E010 the tree is too deep for `read`.
 */
export const syntaxErrors = (tree: Tree, source: string): readonly Finding[] =>
  checkSyntax(tree, source).findings;

/** As {@link syntaxErrors}, with what is needed to look further. */
export function checkSyntax(tree: Tree, source: string): SyntaxCheck {
  const found = checkRules(tree, source);
  if (found.tooDeep !== null) {
    return { findings: reportTooDeep(found.tooDeep, source), repaired: null };
  }
  if (!found.broken && found.refused.length === 0) return { findings: [], repaired: null };
  const repaired = repair(tree, source);
  if (repaired === null) return { findings: findIn(tree, source, found), repaired };
  const findings = findIn(repaired.tree, repaired.text, checkRules(repaired.tree, repaired.text));
  const doubtful = doubtfulPlaces(repaired);
  // What stands outside its block then tells that another bracket was meant.
  if (findings.some(({ code }) => code === "E303")) {
    return { findings: findIn(tree, source, found), repaired: null };
  }
  const told = onePerLine(inOrder(repairFindings(repaired, source)), source);
  const others = findingsInSource(findings, repaired, source);
  const all = inOrder([...told, ...certainNear(doubtful, others, source)]).slice(0, limit);
  return { findings: all, repaired: { ...repaired, findings } };
}

function findIn(tree: Tree, source: string, { refused, broken }: Rules): readonly Finding[] {
  const delimiters = checkDelimiters(tree, source);
  const bodies = foreignBodies(refused, delimiters.ends, source);
  const isOfBody = followsFrom(bodies, source);
  const sure = refused.filter((finding) => !isOfBody(finding));
  if (!broken) return quieten(inOrder(sure), noDelimiters, source).slice(0, limit);
  const read = readErrors(tree, source, { delimiters, bodies, refused });
  // Of a block whose head is wrong.
  const blocks = [...bodies, ...foreignBodies(read, delimiters.ends, source)];
  const isOutside = ({ code, range }: Finding) =>
    code !== "E303" || !blocks.some(({ from, to }) => from < range.from && range.from < to);
  const rest = [...sure.filter(isOutside), ...read];
  const spoiled = [...delimiters.spoiled, ...behindSigns(refused, source)];
  const found = quieten(inOrder(rest), { ...delimiters, spoiled }, source);
  const { findings, stray } = delimiters;
  const explained = [...findings.list, ...found].some(
    ({ range }) => range.from < (stray.list[0]?.range.from ?? 0),
  );
  const ofBrackets = onePerLine(
    inOrder([...findings.list, ...(explained ? [] : stray.list)]),
    source,
  );
  const lines = new Set(ofBrackets.map(({ range }) => lineEnd(source, range.from)));
  // What is left of a head whose bracket is wrong has a block behind it.
  const others = found.filter(
    ({ range: { from } }) => source[from] !== "{" || !lines.has(lineEnd(source, from)),
  );
  const all = inOrder([...ofBrackets, ...others]);
  return (isBalanced(tree, source) ? all : certain(all)).slice(0, limit);
}

/**
 * What a number with a dot at its end takes for a name of its own, and the path `/live/` for a value:
 * the line of the next token.
 */
function behindSigns(refused: readonly Finding[], source: string): readonly SourceRange[] {
  return refused.flatMap(({ code, range: { from, to } }) => {
    const isPath =
      source[from] === "/" && /\S\/[ \t\r]*$/.test(source.slice(to, lineEnd(source, to)));
    if (!isPath && (code !== "E004" || source[to - 1] !== ".")) return [];
    const end = isPath ? lineEnd(source, to) : to;
    return [{ from, to: lineEnd(source, tokenAt(source, end).from) }];
  });
}

/** In a binary file the parser loses count; then the first strange byte says more. */
function reportTooDeep(from: number, source: string): readonly Finding[] {
  const findings = new Findings();
  const strange = controlCharacter(source, from);
  if (strange === null) findings.report({ from, to: from + 1 }, codes.tooDeep({}));
  else {
    const help = "Remove it; a Tova file is text in UTF-8.";
    const text = printable(source[strange] ?? "");
    const range = { from: strange, to: strange + 1 };
    findings.report(range, codes.badCharacter({ text, help }));
  }
  return findings.list;
}

function controlCharacter(source: string, end: number): number | null {
  for (let at = 0; at < end; at++) {
    const char = source.charCodeAt(at);
    if (char < 32 && (char < 9 || char > 13)) return at;
  }
  return null;
}

const noDelimiters = { quiet: [], spoiled: [] };

/** What is wrong in a body that the parser took for something else, too. */
const certainInBodies = new Set(["E004", "E005", "E009"]);

/** What is known of the mistakes that left no error node. */
interface Known {
  readonly delimiters: Delimiters;
  readonly bodies: readonly ForeignBody[];
  readonly refused: readonly Finding[];
}

/** Whether a rule is broken only by the parser's reading of a foreign body. */
function followsFrom(bodies: readonly ForeignBody[], source: string) {
  const bodyAt = furthestEnd(bodies);
  const membersAt = furthestEnd(bodies.filter(({ members }) => members));
  return ({ code, range: { from, to }, message }: Finding): boolean => {
    if (certainInBodies.has(code)) return false;
    // As which a word is read that is a statement of its own.
    const isName = message === reservedProblem(source.slice(from, to));
    const isBrace = source[from] === "{" || isName;
    return (isBrace ? bodyAt : membersAt)(from) > from;
  };
}

/** One finding per error node, in order, those that follow from an earlier one left out. */
function readErrors(
  tree: Tree,
  source: string,
  { delimiters, bodies, refused }: Known,
): readonly Finding[] {
  const findings = new Findings();
  const asNames = reservedAsNames(refused, source);
  const heads = new Set<number>();
  // Bodies of heads that are found on the way.
  let own: readonly ForeignBody[] = [];
  const spoiledAt = furthestEnd(delimiters.spoiled);
  const bodyAt = furthestEnd(bodies);
  let quietUntil = -1;
  tree.iterate({
    enter(ref) {
      if (!ref.type.isError) return;
      const spoiledUntil = spoiledAt(ref.from);
      const bodyEnd = bodyAt(ref.from);
      const previous = endOfPrevious(ref.node);
      if (previous <= quietUntil) return;
      own = own.filter(({ to }) => to >= previous);
      const isOwn = (at: number) => own.some(({ from, to }) => from <= at && at <= to);
      if (isOwn(previous) || isOwn(ref.from)) return;
      if (follows(ref.node, source, asNames, heads)) return;
      const { range, message } = describeError(ref.node, source);
      const near = bodyEnd >= 0 && ref.from - bodyEnd < 200;
      const inBody = near && source.slice(bodyEnd, ref.from).trim() === "";
      if (inBody && !certainInBodies.has(message.code)) return;
      findings.report(range, message);
      for (const word of reservedAsNames([{ ...message, range }], source)) asNames.add(word);
      if (inBody) return;
      own = [...own, ...foreignBodies([{ range }], delimiters.ends, source)];
      const end = endOfMistake(ref.node, source, delimiters.ends);
      quietUntil = Math.max(quietUntil, end, spoiledUntil);
    },
  });
  return findings.list;
}

/** Reserved words that the program takes for names, as the findings say. */
function reservedAsNames(found: readonly Finding[], source: string): Set<string> {
  const words = found.map(({ range: { from, to } }) => source.slice(from, to));
  return new Set(words.filter((word, i) => found[i]?.message === reservedProblem(word)));
}

/** What has a fixed order of parts, so that a wrong one makes the next ones unexpected, too. */
const ordered =
  /^((If|Match|Index|Slice)Expression|(For|While|Loop|Guard|Try|With)Statement|MatchArm|(Elif|Else)Clause)$/;

/** Where an arm has no `=>`, its result is read as the pattern of an arm of its own. */
function isBodyWithoutArrow({ name, from, prevSibling }: SyntaxNode, source: string): boolean {
  if (name !== "MatchArm" || prevSibling?.name !== "MatchArm") return false;
  return prevSibling.lastChild?.type.isError === true && sameLine(source, prevSibling.to, from);
}

/** Whether a mistake comes of a reserved word taken for a name, or of an earlier one of its construct. */
function follows(
  { from, parent }: SyntaxNode,
  source: string,
  asNames: ReadonlySet<string>,
  heads: Set<number>,
): boolean {
  if (!parent) return false;
  if (asNames.has(tokenAt(source, parent.from).text) || asNames.has(tokenAt(source, from).text)) {
    return true;
  }
  if (parent.name === "String" && parent.firstChild?.type.isError) {
    if (parent.firstChild.from !== from) return true;
  }
  if (ordered.test(parent.name) && heads.has(parent.from)) return true;
  if (isBodyWithoutArrow(parent, source)) return true;
  for (let up: SyntaxNode | null = parent; up && !/B(lock|ody)$/.test(up.name); up = up.parent) {
    if (ordered.test(up.name)) heads.add(up.from);
  }
  return false;
}

/** Where the node before ends: the parser notices most mistakes one token too late. */
function endOfPrevious(node: SyntaxNode): number {
  let previous = node.prevSibling;
  while (previous?.name.endsWith("Comment")) previous = previous.prevSibling;
  return previous?.to ?? node.from;
}

/** Lists inside an expression: one mistake makes a muddle of all that follows in them. */
const lists = new Set([
  ...["ArgList", "ArrayExpression", "ObjectExpression", "TupleExpression", "ParamList"],
  ...["ParenthesizedExpression", "Interpolation", "ObjectPattern", "ArrayPattern", "TuplePattern"],
]);

/**
 * How far a security rule that lacks its end may be read; one whose `{` is missing swallows the text, and so does a
 * type's.
 */
function endOfRules({ parent }: SyntaxNode, source: string): number {
  if (parent?.name === "TypeBody" && parent.getChild("{") === null) return parent.to;
  // A text that begins with its mistake is made up, and goes on to the next quote.
  const isMadeUpText = parent?.name === "String" && parent.firstChild?.type.isError;
  if (isMadeUpText && parent.parent?.name === "SecurityRule") return source.length;
  if (parent?.name === "SecurityRule") return parent.parent?.to ?? 0;
  const isMadeUp = parent?.name === "ConfigBody" && parent.getChild("{") === null;
  return isMadeUp && parent.parent?.name === "SecurityRule" ? source.length : 0;
}

/** A mistake spoils its line, the brackets that open on it, and the list it is in. */
function endOfMistake(node: SyntaxNode, source: string, ends: ReadonlyMap<number, number>): number {
  const line = lineEnd(source, node.from);
  let end = Math.max(line, node.to);
  for (let at = node.from; at < line; at++) end = Math.max(end, ends.get(at) ?? 0);
  for (let up = node.parent; up && !up.name.endsWith("Body"); up = up.parent) {
    if (up.name === "Block") break;
    if (lists.has(up.name)) end = Math.max(end, up.to);
  }
  return Math.max(end, endOfRules(node, source));
}

/** Interpolations that may nest (spec section 1.5). */
const maxInterpolations = 64;

/** What one walk over the tree finds. */
interface Walk {
  readonly source: string;
  readonly findings: Findings;
  /** Whether the text goes on to its end where a delimiter is missing. */
  open: boolean;
  /** Where the interpolations end that the walk is in. */
  readonly interpolations: number[];
}

function leftOpen(_node: SyntaxNodeRef, walk: Walk): void {
  walk.open = true;
}

function interpolation(node: SyntaxNodeRef, { interpolations, findings }: Walk): void {
  const { from, to } = node;
  while ((interpolations[interpolations.length - 1] ?? to) <= from) interpolations.pop();
  interpolations.push(to);
  if (interpolations.length === maxInterpolations + 1) {
    findings.report({ from, to: from + 1 }, codes.tooDeep({}));
  }
  checkInterpolation(node.node, findings);
}

const visitors = visitorsOf<Walk>(
  new Map([
    ...[...rules].map(([name, check]): [string, Visitor<Walk>] => [
      name,
      (node, { source, findings }) => check(node, source, findings),
    ]),
    ["UnterminatedString", leftOpen],
    ["UnterminatedComment", leftOpen],
    ["OpaqueUnclosed", leftOpen],
    ["Interpolation", interpolation],
  ]),
);

interface Rules {
  readonly refused: readonly Finding[];
  readonly broken: boolean;
  readonly tooDeep: number | null;
}

/** Checks every node; `broken` tells whether the tree has gaps that are still to be explained. */
function checkRules(tree: Tree, source: string): Rules {
  const findings = new Findings();
  const walk: Walk = { source, findings, open: false, interpolations: [] };
  const { broken, tooDeep } = survey(tree, visitors, walk);
  return { refused: findings.list, broken: broken || walk.open, tooDeep };
}

/**
 * Leaves out what lies in a stretch that a delimiter mistake spoils, and what follows an earlier
 * finding of the same line or of a stretch whose brackets the parser lost track of.
 */
function quieten(
  found: readonly Finding[],
  { quiet, spoiled }: Pick<Delimiters, "quiet" | "spoiled">,
  source: string,
): readonly Finding[] {
  const quietAt = furthestEnd(quiet);
  const spoiledAt = furthestEnd(spoiled);
  let quietUntil = -1;
  return found.filter(({ range: { from } }) => {
    const spoiledUntil = spoiledAt(from);
    if (from <= Math.max(quietUntil, quietAt(from))) return false;
    quietUntil = Math.max(lineEnd(source, from), spoiledUntil);
    return true;
  });
}
