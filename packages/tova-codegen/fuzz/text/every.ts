// The real programs → each of them cut off at each offset, and with each token deleted, doubled or
// exchanged with the next: every text there is, in a fixed order.
import { realPrograms } from "./corpus";
import { brokenPromise, type Limits } from "./properties";
import { tokensOf } from "./texts";

/** How a program is broken at a place. */
interface Edit {
  readonly program: string;
  make(): string;
}

function* cutOff(program: string): Generator<Edit> {
  for (let at = 0; at <= program.length; at++) yield { program, make: () => program.slice(0, at) };
}

function* edited(program: string): Generator<Edit> {
  const tokens = tokensOf(program);
  const joined = (from: number, count: number, between: readonly string[]) => () =>
    [...tokens.slice(0, from), ...between, ...tokens.slice(from + count)].join("");
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

const kinds: Readonly<Record<string, (program: string) => Generator<Edit>>> = {
  "each offset": cutOff,
  "each token": edited,
};

/** Names of what {@link runEvery} runs. */
export const everyKind = Object.keys(kinds);

const lists = new Map<string, readonly Edit[]>();

function listOf(kind: string): readonly Edit[] {
  const known = lists.get(kind);
  if (known) return known;
  const programs = [...new Set(realPrograms())];
  const list = programs.flatMap((program) => [...(kinds[kind]?.(program) ?? [])]);
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
export function runEvery(kind: string, { total, from, runs, ...limits }: Part): number {
  const list = listOf(kind);
  const step = Math.max(1, list.length / total);
  for (let i = from; i < from + runs && i * step < list.length; i++) {
    const text = list[Math.floor(i * step)]?.make() ?? "";
    const broken = brokenPromise(text, limits);
    if (broken) throw new Error(`${kind} ${i}: ${broken}\n${text}`);
  }
  return list.length;
}
