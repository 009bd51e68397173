// A text of SQL that a program hands to its database in, what is wrong with it out.
import type { SqlBind, SqlText } from "tova-codegen";
import { type Context, classify, type FoundInText, type Place } from "./classify";
import { refusedIn } from "./refused";
import type { Schema } from "./schema";
import { type Compiled, type CompiledText, compileText, type Refused } from "./statements";
import type { Token } from "./tokens";

/** What a text is held against. */
export interface CheckContext {
  readonly schema: Schema;
  readonly migrationFor: (table: string) => string;
}

/** Something found, in the text or in the values bound to it. */
export type Found =
  | { readonly in: "text"; readonly found: FoundInText }
  | { readonly in: "source"; readonly found: FoundInText };

/** Checks a text; the places of what is in the source are places there. */
export function checkText(text: SqlText, context: CheckContext): readonly Found[] {
  if (text.kind === "prepare") return checkPiece(text, { from: 0, text: text.text }, context);
  return linesOf(text.text).flatMap((piece) => checkPiece(text, piece, context));
}

/** What is run at once: a text, or a line of `exec`, and where it begins. */
interface Piece {
  readonly from: number;
  readonly text: string;
}

/** `exec` runs each line on its own, and leaves empty ones out (as measured in workerd). */
function linesOf(text: string): readonly Piece[] {
  const lines = text.split("\n");
  let from = 0;
  const pieces = lines.map((line) => {
    const piece = { from, text: line };
    from += line.length + 1;
    return piece;
  });
  const filled = pieces.filter((piece) => piece.text.trim() !== "");
  return filled.length === 0 ? [{ from: 0, text }] : filled;
}

const inText = (range: Place, problem: FoundInText["problem"]): FoundInText => ({
  range,
  problem,
});

function checkPiece(text: SqlText, piece: Piece, context: CheckContext): readonly Found[] {
  const shifted = ({ range, problem }: FoundInText): Found => {
    const moved = { from: range.from + piece.from, to: range.to + piece.from };
    return { in: "text", found: { range: moved, problem } };
  };
  const zero = piece.text.indexOf("\0");
  if (zero !== -1) {
    const reason = "SQLite reads no further than this NUL character";
    const range = { from: zero, to: zero + 1 };
    return [shifted(inText(range, { kind: "syntax", reason, isLine: false }))];
  }
  const { database } = context.schema;
  const compiled = compileText(database, piece.text);
  const [refused] = compiled.refused;
  if (refused) return refusal(text, piece, refused, context).map(shifted);
  const isExec = text.kind === "exec";
  const quoted = quotedText(piece.text, context);
  return [
    ...[...statementProblems(compiled, piece.text, isExec), ...quoted].map(shifted),
    ...bindProblems(text, compiled).map(({ in: place, found }) =>
      place === "text" ? shifted(found) : ({ in: place, found } as const),
    ),
  ];
}

/** Statements that make what is there already may be for a database where it is not. */
const isThere = /already exists$|^there is already|^duplicate column name/;

function refusal(
  { kind }: SqlText,
  piece: Piece,
  refused: Refused,
  { schema, migrationFor }: CheckContext,
): readonly FoundInText[] {
  const { database, isCertain, isKnown } = schema;
  const { tokens } = refused;
  if (isThere.test(refused.reason)) return refusedIn(tokens);
  const isLine = kind === "exec";
  const context: Context = { database, text: piece.text, tokens, isCertain, isLine, migrationFor };
  const found = classify(refused, context);
  return found && (isKnown || found.problem.kind === "syntax") ? [found] : [];
}

/** The first parameter of a statement that is not the last. */
const earlyParameter = ({ statements }: CompiledText): Token | undefined =>
  statements
    .slice(0, -1)
    .flatMap(({ tokens }) => tokens)
    .find(({ kind }) => kind === "parameter");

function statementProblems(
  compiled: CompiledText,
  text: string,
  isExec: boolean,
): readonly FoundInText[] {
  const { statements, rest } = compiled;
  const found = statements.flatMap(({ tokens }) => refusedIn(tokens));
  const last = statements.at(-1);
  if (last === undefined) return [inText({ from: 0, to: text.length }, { kind: "empty" })];
  const parameter = earlyParameter(compiled);
  if (parameter) found.push(inText(parameter, { kind: "earlierParameters" }));
  else if (rest !== null) {
    const semicolon = last.tokens.at(-1);
    found.push(inText(semicolon ?? { from: rest, to: rest + 1 }, { kind: "rest" }));
  } else if (statements.length > 1 && !isExec) {
    const [first] = last.tokens;
    const count = statements.length;
    found.push(inText(first ?? { from: 0, to: 1 }, { kind: "several", count }));
  }
  return found;
}

/** A name in double quotes that is no column counts as a text (sqlite.org/quirks.html, 8). */
function quotedText(text: string, { schema }: CheckContext): readonly FoundInText[] {
  if (!text.includes('"')) return [];
  const { database } = schema;
  database.takeQuotedNamesAsTexts(false);
  const { refused } = compileText(database, text);
  database.takeQuotedNamesAsTexts(true);
  const [first] = refused;
  const token = first?.tokens.find(({ from }) => from === first.at);
  if (token?.kind !== "quoted" || !first?.reason.startsWith("no such column")) return [];
  return [inText(token, { kind: "quoted", name: token.value })];
}

function bindProblems({ kind, binds }: SqlText, compiled: CompiledText): readonly Found[] {
  const last = compiled.statements.at(-1);
  if (!last?.parameters || earlyParameter(compiled)) return [];
  const given: readonly SqlBind[] = kind === "exec" ? [{ values: [] }] : binds;
  const { length: parameters } = last.parameters;
  const wrong = given.filter(({ values }) => values.length !== parameters);
  return wrong.map((bind) => bindProblem(bind, last, kind === "exec"));
}

function bindProblem({ values }: SqlBind, statement: Compiled, isExec: boolean): Found {
  const parameters = statement.parameters?.length ?? 0;
  const problem = { kind: "binds", parameters, values: values.length, isExec } as const;
  const extra = values[parameters];
  if (extra) return { in: "source", found: { range: extra, problem } };
  const range = parameterAt(statement, values.length) ?? statement;
  return { in: "text", found: { range, problem } };
}

/** The token of the parameter with this index, or of the highest one. */
function parameterAt({ tokens }: Compiled, index: number): Token | null {
  let highest = 0;
  const byName = new Map<string, number>();
  for (const token of tokens) {
    if (token.kind !== "parameter") continue;
    const numbered = /^\?(\d+)$/.exec(token.value)?.[1];
    const known = token.value === "?" ? undefined : byName.get(token.value);
    const number = numbered === undefined ? (known ?? highest + 1) : Number(numbered);
    byName.set(token.value, number);
    highest = Math.max(highest, number);
    if (number > index) return token;
  }
  return null;
}
