// Random choices → texts: bytes, Unicode, tokens in any order, and mutations of real programs.
import fc from "fast-check";
import { inWorker, realPrograms } from "./corpus";

const words = [
  "var let fn return if elif else for while match type import from export as and or not in true",
  "false nil break continue try catch finally async await guard interface derive pub impl trait",
  "defer mut yield loop when extern default is with server browser client shared edge security",
  "route GET kv sql storage queue env secret schedule cron consume middleware health cors on_error",
  "target it self _ x y f Ok Err Some None print len Point throw where body null class this",
].flatMap((line) => line.split(" "));

const signs = [
  "+ - * / % ** = == != < <= > >= && || ! |> | & ^ ~ << >> >>> ?. ?? ? . .. ..= ... : :: => -> @",
  ", ; ( ) [ ] { } += -= *= /= &= |= ^= <<= >>= ++ === $ ` \\ #",
].flatMap((line) => line.split(" "));

const literals = [
  ...["0", "1", "2.5", "1_000", "0xFF", "1e3", "1e999", "1.", "0b2", "1__0"],
  ...['"a"', '"{x}"', '"{', '"', "'s'", "'", 'r"\\"', '"""', '"""a\n  b"""', 'f"{1}"', '"\\{"'],
  ...["/a/g", "/[/]/", "/(/", "/", "// c\n", "/* c */", "/*", "*/", "\n", "\t", "\r\n", "\r"],
  ...["\u{1D4B3}", "\u2028", "\uFEFF", "\u0000", "\uD800", "e\u0301", "__proto__", "constructor"],
];

const token = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(...signs),
  fc.constantFrom(...literals),
);

const maybeInWorker = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 3, arbitrary: text }, { weight: 1, arbitrary: text.map(inWorker) });

/** Tokens of the language in any order, with or without blanks between them. */
const tokenSoup: fc.Arbitrary<string> = maybeInWorker(
  fc
    .tuple(fc.array(token, { maxLength: 60 }), fc.constantFrom(" ", " ", "\n", ""))
    .map(([tokens, blank]) => tokens.join(blank)),
);

/** Text that need not be of any language. */
const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.string({ unit: fc.constantFrom(..."(){}[]\"'`\\/*.,:;=<>|&?!-+\n _ax0"), maxLength: 200 }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
);

const tokenPattern =
  /\/\/.*|"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[\p{L}_$][\p{L}\p{N}_$]*|[0-9][0-9._a-zA-Z]*|\|>|=>|->|\?\?|\?\.|\*\*|\+\+|\.\.=?|[=!<>]=|&&|\|\||\s+|[\s\S]/gu;

/** A program as tokens and blanks, which together are its text. */
export const tokensOf = (program: string): string[] => program.match(tokenPattern) ?? [];

type Mutation = (tokens: string[], at: number, other: number, inserted: string) => void;

const mutations: readonly Mutation[] = [
  (tokens, at) => tokens.splice(at, 1),
  (tokens, at) => tokens.splice(at, 0, tokens[at] ?? ""),
  (tokens, at, other) => {
    [tokens[at], tokens[other]] = [tokens[other] ?? "", tokens[at] ?? ""];
  },
  (tokens, at, _other, inserted) => tokens.splice(at, 0, inserted),
  (tokens, at, _other, inserted) => tokens.splice(at, 1, inserted),
  (tokens, at, other) => tokens.splice(Math.min(at, other), Math.abs(at - other) % 12),
  (tokens, at, other) => tokens.splice(at, 0, ...tokens.slice(other, other + 12)),
];

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const step = (inserted: fc.Arbitrary<string>) =>
  fc.record({
    mutation: fc.nat({ max: mutations.length - 1 }),
    at: share,
    other: share,
    inserted,
  });

/** Texts with a few tokens deleted, doubled, swapped, put in or replaced. */
export const mutated = (
  originals: readonly string[],
  tokens: fc.Arbitrary<string>,
): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...originals), fc.array(step(tokens), { minLength: 1, maxLength: 4 }))
    .map(([original, steps]) => {
      const parts = tokensOf(original);
      const place = (share: number) => Math.floor(share * parts.length);
      for (const { mutation, at, other, inserted } of steps) {
        mutations[mutation]?.(parts, place(at), place(other), inserted);
      }
      return parts.join("");
    });

/** Texts that end too early. */
const truncated = (originals: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...originals), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([original, share]) => original.slice(0, Math.floor(share * original.length)));

/** Every kind of text, by name. */
export const texts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  "any text": anyText,
  "token soup": tokenSoup,
  "mutated programs": mutated(realPrograms(), token),
  "truncated programs": truncated(realPrograms()),
};

/** Some texts of a kind, the same for the same seed. */
export function sampleTexts(kind: string, count: number, seed: number): readonly string[] {
  const arbitrary = texts[kind];
  if (!arbitrary) throw new Error(`There are no texts of the kind ${kind}.`);
  return fc.sample(arbitrary, { numRuns: count, seed });
}

const jsonToken = fc.constantFrom(
  ...["{", "}", "[", "]", ",", ":", '"', '""', "null", "true", "-1", "1e999", "[]", "{}", "\n"],
  ...['"__proto__"', '"blocks"', '"constructor"', '"version"', "\u0000", "\uFEFF", "<<<<<<< a\n"],
);

/** Some JSON texts with a few mistakes, or with other values; the same for the same seed. */
export function sampleJson(original: string, count: number, seed: number): readonly string[] {
  return fc.sample(mutated([original], jsonToken), { numRuns: count, seed });
}
