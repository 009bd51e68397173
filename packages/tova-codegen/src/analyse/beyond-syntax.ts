// A text with syntax errors → what is certainly wrong in the rest of it, so that all is shown at once.
import { type ast, read, type SourceRange } from "tova-parser";
import type { Finding, Message } from "../diagnostics/diagnostic";
import { linesOf } from "../diagnostics/lines";
import type { ModuleLinks } from "../model/modules";
import { checkProgram } from "./checks";
import { analyseProgram } from "./program";
import { awayFrom, furthestEnd } from "./syntax/certain";
import { checkDelimiters, isBalanced } from "./syntax/delimiters";
import { foreignWords } from "./syntax/foreign";
import { foreignBodies } from "./syntax/foreign-bodies";
import { constructs } from "./syntax/names";
import { doubtfulPlaces, findingsInSource, hasDoubtfulNames } from "./syntax/repair-findings";
import { endBefore, lineEnd, lineStart, reservedWords } from "./syntax/text";
import type { SyntaxCheck } from "./syntax-errors";
import { checkedProgram, checkedUnit, resolveBlock, resolveProgram } from "./unit";

/** Mistakes that leave it open where a part of the program ends. */
const structural = new Set(["E002", "E003", "E006", "E010"]);

/** What an unread part of the program may be the cause of. */
const dependent = new Set(
  (
    "E105 E301 E305 W208 W200 W205 W207 W300 W301 W302 W_UNKNOWN_FIELD W_VARIANT_UNKNOWN_PROP " +
    "W_EDGE_NO_HANDLERS W_CONSUME_UNKNOWN_QUEUE W_PROTECT_WITHOUT_AUTH W_UNDEFINED_ROLE E_AUTH_SECRET"
  ).split(" "),
);

/** Takes the tree, its text and its syntax errors, at least one. Never throws. */
export function findBeyondSyntax(
  tree: Parameters<typeof read>[0],
  source: string,
  { findings, repaired }: SyntaxCheck,
  modules: ModuleLinks,
): readonly Finding[] {
  if (repaired === null) return lookFurther({ tree, source, syntax: findings, gaps: [] }, modules);
  if (hasDoubtfulNames(repaired)) return [];
  const { text, told } = repaired;
  const found = { tree: repaired.tree, source: text, syntax: repaired.findings, gaps: told };
  const further = findingsInSource(lookFurther(found, modules), repaired, source);
  return awayFrom(doubtfulPlaces(repaired), further, source);
}

/** A tree, its text and what is wrong with it. */
interface Broken {
  readonly tree: Parameters<typeof read>[0];
  readonly source: string;
  readonly syntax: readonly Finding[];
  /** Places of brackets and quotes that had no partner. */
  readonly gaps: readonly SourceRange[];
}

function lookFurther(
  { tree, source, syntax, gaps: repaired }: Broken,
  modules: ModuleLinks,
): readonly Finding[] {
  if (syntax.some(({ code }) => structural.has(code)) || !isBalanced(tree, source)) return [];
  const lines = linesOf(source);
  const lineOf = (offset: number) => lines.at(Math.min(offset, source.length)).line;
  const { gaps, whole } = gapsOf(tree);
  const told = syntax.map(({ range }) => range);
  const broken = new Set(
    [...told, ...gaps, ...repaired].flatMap(({ from, to }) => {
      const [first, last] = [lineOf(from), lineOf(to)];
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    }),
  );
  const { ends, spoiled } = checkDelimiters(tree, source);
  const bodies = foreignBodies(syntax, ends, source);
  const unread = new Set([
    ...[...broken].flatMap((line) => wordsOf(lines.text(line))),
    ...bodies.flatMap(({ from, to }) => wordsOf(source.slice(from, to))),
  ]);
  // Behind a bracket that stands where none can, or has another partner in the tree than in the text,
  // blocks end early and their names are elsewhere.
  const brackets = told
    .map(({ from }) => from)
    .filter((at) => /[([{]/.test(source[at] ?? "") && !whole.has(at));
  // There may be more of them than a call has arguments.
  const lost = [...brackets, ...spoiled.map(({ from }) => from)].reduce(
    (first, at) => Math.min(first, at),
    Number.POSITIVE_INFINITY,
  );
  const isPython = syntax.some(({ range }) =>
    /:[ \t\r]*$/.test(source.slice(range.from, lineEnd(source, range.from))),
  );
  const bodyBefore = furthestEnd(bodies);
  return findingsOf(read(tree, source), source, modules).filter((finding) => {
    const { from: at } = finding.range;
    if (bodyBefore(at - 1) > at) return false;
    const isWord = finding.code === "E200" || finding.code === "W_UNKNOWN_EDGE_CONFIG";
    if (isWord && isKeyword(source.slice(at, finding.range.to))) return false;
    // What stands behind a `return` on its line may be the rest of its value, not understood.
    if (finding.code === "W201" && (isPython || followsOnLine(at, source))) return false;
    // So may what is before it be no statement that leaves, or a loop that a part of it leaves.
    const behind = finding.code === "W201" ? endBefore(source, at) : at;
    if (behind < at && (source[behind - 1] === "}" || broken.has(lineOf(behind)))) return false;
    if (dependent.has(finding.code) || broken.has(lineOf(finding.range.from))) return false;
    if (isAboutName(finding) && finding.range.from > lost) return false;
    if (isAboutCall(finding) && calledIn(lines.text(lineOf(at))).some((word) => unread.has(word))) {
      return false;
    }
    // A name that a broken line may define is not judged.
    return !wordsOf(source.slice(finding.range.from, finding.range.to)).some((word) =>
      isAboutName(finding) ? unread.has(word) : false,
    );
  });
}

interface Gaps {
  /** Where the tree lacks something or has too much, also where that follows from a mistake told before. */
  readonly gaps: readonly SourceRange[];
  /** Where brackets open that stand where none can, and yet have their partners. */
  readonly whole: ReadonlySet<number>;
}

/** Nodes that are read, brackets and all, and refused. */
const refused = new Set(["LooseBlock", "ForeignPattern", "MissingArrow"]);

function gapsOf(tree: Parameters<typeof read>[0]): Gaps {
  const gaps: SourceRange[] = [];
  const whole = new Set<number>();
  tree.iterate({
    enter({ type, name, from, to }) {
      if (type.isError) gaps.push({ from, to });
      else if (refused.has(name)) whole.add(from);
    },
  });
  return { gaps, whole };
}

/** Words that a parser which lost its way takes for names. */
const isKeyword = (word: string): boolean =>
  reservedWords.has(word) ||
  Object.hasOwn(foreignWords, word) ||
  Object.hasOwn(constructs, word) ||
  /^(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|cron|then|begin|end)$/.test(word);

const followsOnLine = (at: number, source: string): boolean =>
  source.slice(lineStart(source, at), at).trim() !== "";

const isAboutName = ({ code }: Message): boolean =>
  /^(E200|E201|E202|E600|E601|E_NODE_ONLY|W101)$/.test(code);

/** What depends on the parameters or fields of what is called, or taken apart. */
const isAboutCall = ({ code }: Message): boolean => /^(E100|E103|E500|W_MISSING_AWAIT)$/.test(code);

const calledIn = (line: string): readonly string[] =>
  line.match(/[\p{L}_$][\p{L}\p{N}_$]*(?=[ \t]*\()/gu) ?? [];

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [];

function findingsOf(
  file: ast.SourceFile,
  source: string,
  modules: ModuleLinks,
): readonly Finding[] {
  const { value: program, findings } = analyseProgram(file, source);
  const units = program.blocks.map((block) =>
    checkedUnit(block, resolveBlock(program, block, modules)),
  );
  if (units.length === 0) {
    units.push(checkedProgram(resolveProgram(program, modules).resolution));
  }
  const checked = checkProgram(program, units, { isModule: false, hasErrors: true });
  return [...findings, ...units.flatMap(({ resolution }) => resolution.findings), ...checked];
}
