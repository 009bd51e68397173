// The real programs → each of them cut off at each offset, with each token deleted, doubled or
// exchanged with the next, with each bracket too few or too many: every text there is, in a fixed order.
import { compile } from "../../src";
import { realPrograms } from "./corpus";
import { brokenPromise, type Limits } from "./properties";
import { tokensOf } from "./texts";

/** A program broken at a place. */
interface Edit {
  readonly program: string;
  make(): string;
}

function* cutOff(program: string): Generator<Edit> {
  for (let at = 0; at <= program.length; at++) yield { program, make: () => program.slice(0, at) };
}

/** The program with so many tokens exchanged for others. */
const spliced =
  (tokens: readonly string[]) => (from: number, count: number, between: readonly string[]) => () =>
    [...tokens.slice(0, from), ...between, ...tokens.slice(from + count)].join("");

function* edited(program: string): Generator<Edit> {
  const tokens = tokensOf(program);
  const joined = spliced(tokens);
  for (const [i, token] of tokens.entries()) {
    if (token.trim() === "") continue;
    const after = tokens.findIndex((each, at) => at > i && each.trim() !== "");
    yield { program, make: joined(i, 1, []) };
    yield { program, make: joined(i, 1, [token, " ", token]) };
    if (after < 0) continue;
    const swapped = [tokens[after] ?? "", ...tokens.slice(i + 1, after), token];
    yield { program, make: joined(i, after - i + 1, swapped) };
  }
}

const brackets = [..."(){}[]"];

function* bracketed(program: string): Generator<Edit> {
  const tokens = tokensOf(program);
  const joined = spliced(tokens);
  for (const [i, token] of tokens.entries()) {
    const isBracket = brackets.includes(token);
    if (isBracket) yield { program, make: joined(i, 1, []) };
    const inserted = isBracket ? token : brackets[i % brackets.length];
    if (inserted && token.trim() !== "") yield { program, make: joined(i, 0, [inserted]) };
  }
}

const clean = new Map<string, boolean>();

const diagnosticsOf = (text: string) => compile(text, { fileName: "fuzz.tova" }).diagnostics;

/** Whether nothing is told of a program as it is. */
function isClean(program: string): boolean {
  const known = clean.get(program) ?? diagnosticsOf(program).length === 0;
  clean.set(program, known);
  return known;
}

/** One bracket too few or too many is one mistake, perhaps seen from two sides. */
function tellsMuch(text: string, { program }: Edit): string | null {
  if (!isClean(program)) return null;
  const found = diagnosticsOf(text).map(({ code, line, column }) => `${code} ${line}:${column}`);
  return found.length < 3 ? null : `tells ${found.join(", ")}`;
}

interface Kind {
  edits(program: string): Generator<Edit>;
  broken(text: string, limits: Limits, edit: Edit): string | null;
}

const kinds: Readonly<Record<string, Kind>> = {
  "each offset": { edits: cutOff, broken: brokenPromise },
  "each token": { edits: edited, broken: brokenPromise },
  "each bracket": { edits: bracketed, broken: (text, _, edit) => tellsMuch(text, edit) },
};

/** Names of what {@link runEvery} runs. */
export const everyKind = Object.keys(kinds);

const lists = new Map<string, readonly Edit[]>();

function listOf(kind: string, { edits }: Kind): readonly Edit[] {
  const known = lists.get(kind);
  if (known) return known;
  const programs = [...new Set(realPrograms())];
  const list = programs.flatMap((program) => [...edits(program)]);
  lists.set(kind, list);
  return list;
}

/** Which part of all texts to try. */
export interface Part extends Limits {
  /** The whole is tried when there are as many or more, else evenly spread ones. */
  readonly total: number;
  /** The number of the first one. */
  readonly from: number;
  readonly runs: number;
}

/**
 * Tries a part of all texts of a kind.
 * @returns how many there are in all
 * @throws Error with the first text that breaks a promise
 */
export function runEvery(name: string, { total, from, runs, ...limits }: Part): number {
  const kind = kinds[name];
  if (!kind) throw new Error(`There are no texts of the kind ${name}.`);
  const list = listOf(name, kind);
  const step = Math.max(1, list.length / total);
  for (let i = from; i < from + runs && i * step < list.length; i++) {
    const edit = list[Math.floor(i * step)];
    const text = edit?.make() ?? "";
    const broken = edit && kind.broken(text, limits, edit);
    if (broken) throw new Error(`${name} ${i}: ${broken}\n${text}`);
  }
  return list.length;
}
