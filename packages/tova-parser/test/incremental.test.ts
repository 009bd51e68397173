// Parsing an edited text with the tree of the text before it: the same tree as from nothing, sooner.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tree } from "@lezer/common";
import fc from "fast-check";
import { firstTooDeep, type Parsed, parse } from "../src";
import { type Parsers, parseBy, parsers, parsersWith } from "../src/parse";

const seed = readFileSync(join(__dirname, "../../../apps/pipeline/pipeline.tova"), "utf8");
const folder = join(__dirname, "cases");

/** Whether a text parses without a mistake. */
function isSound(text: string): boolean {
  const { recovered, tree } = parse(text);
  return !recovered && firstTooDeep(tree) === null;
}

/** The language, all of it: the programs of the tree cases. */
const cases = readdirSync(folder)
  .filter((file) => file !== "recovery.txt")
  .flatMap((file) => readFileSync(join(folder, file), "utf8").split(/^# /m))
  .map((text) => text.slice(text.indexOf("\n") + 1).split(/^==>$/m)[0] as string)
  .filter((text) => isSound(text));

/** Parts of the trees of real files are larger; here even short programs have many. */
const finely = parsersWith({ bufferLength: 8 });

function dump(tree: Tree): string {
  const lines: string[] = [];
  tree.iterate({
    enter: ({ type, from, to }) => void lines.push(`${type.id} ${type.name} ${from} ${to}`),
  });
  return lines.join("\n");
}

/** How many parts of the tree are parts of the other, too. */
function shared(tree: Tree, other: Tree): number {
  const parts = (of: Tree): Tree[] => [
    of,
    ...of.children.flatMap((child) => ("children" in child ? parts(child) : [])),
  ];
  const known = new Set(parts(other));
  return parts(tree).filter((part) => known.has(part)).length;
}

const tokens = [
  ...[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    '"""',
    "`",
    "{x}",
    "/*",
    "*/",
    "// c\n",
    "\n",
    ";",
    " ",
  ],
  ...[
    "a",
    "b = ",
    "x",
    "1",
    "-",
    "+ ",
    ".a",
    ", ",
    ": ",
    "=> ",
    "-> ",
    "|> ",
    "? ",
    "...",
    "= ",
    "/",
  ],
  ...[
    "if a ",
    "else ",
    "fn(x) ",
    "fn f() ",
    "return ",
    "match x ",
    "for i in x ",
    "async ",
    "await ",
  ],
  ...[
    'edge "e" ',
    "shared ",
    "route GET ",
    "kv K ",
    "security ",
    "server ",
    "where ",
    "type T ",
    "!",
  ],
  ...[
    "{ a: 1 }",
    "{ f() }",
    "(a)\n",
    "\n(a) => b\n",
    "\n[a] = b\n",
    "pub ",
    "guard a else { return }",
  ],
];
const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const typed = fc.record({
  at: share,
  removed: fc.oneof(fc.constant(0), fc.nat({ max: 3 }), fc.nat({ max: 200 })),
  inserted: fc.oneof(
    fc.constant(""),
    fc.constantFrom(...tokens),
    fc.tuple(fc.constantFrom(...cases), share, share).map(([text, a, b]) => {
      const [from, to] = [a * text.length, b * text.length].sort((x, y) => x - y);
      return text.slice(from, to);
    }),
  ),
});

/** What may stand before a `{` that is then read in another way, its content too. */
const headers = [
  ...[
    'edge "e" ',
    "shared ",
    "security ",
    "cors ",
    "fn f() ",
    "match x ",
    "if a ",
    "loop ",
    "x = ",
  ],
  ...["x = fn() ", "x = () => ", "x = y => ", "type T ", "impl T ", "trait T ", "for a in b ", "{"],
  ...["if a {} else ", "match x { _ if ", "import ", "server ", "f(", "defer ", 'routes "/r" '],
];
const headed = fc.record({ at: share, header: fc.constantFrom(...headers) });
const edit = fc.oneof(typed, headed);
type Edit = typeof typed extends fc.Arbitrary<infer T> ? T : never;
type Heading = typeof headed extends fc.Arbitrary<infer T> ? T : never;

function apply(text: string, one: Edit | Heading): string {
  if ("header" in one) return applyHeader(text, one);
  const from = Math.floor(one.at * text.length);
  return text.slice(0, from) + one.inserted + text.slice(from + one.removed);
}

/** Puts another header on its line before one of the text's braces. */
function applyHeader(text: string, { at, header }: Heading): string {
  const braces = [...text.matchAll(/^.*?(?=\{)/gm)];
  const brace = braces[Math.floor(at * braces.length)];
  if (!brace) return text;
  return text.slice(0, brace.index) + header + text.slice(brace.index + brace[0].length);
}

/** Makes the edits one after the other; gives the texts whose tree is not the one from nothing. */
function differences(by: Parsers, start: string, edits: readonly (Edit | Heading)[]) {
  const wrong: string[] = [];
  let reused = 0;
  let last = parseBy(by, start);
  for (const one of edits) {
    const text = apply(last.source, one);
    const next: Parsed = parseBy(by, text, last);
    if (dump(next.tree) !== dump(parseBy(by, text).tree)) wrong.push(text);
    reused += shared(next.tree, last.tree);
    last = next;
  }
  return { wrong, reused };
}

/** Lines that mean one thing in one block and another in the next. */
const ambiguous = [
  ...["kv A", "{ a }", "{ a: b }", "x", "env B", "-1", "(a)", "[a]", "-1 => 2", "a => b", "a: 1"],
  ...[
    "f(x)",
    "return",
    "secret S",
    "x if y => z",
    "x -> { a }",
    "{ x } = y",
    "target: 1",
    "fn g() {}",
  ],
];
const pad = `// ${"-".repeat(40)}\n`;
const muddles = fc
  .array(fc.constantFrom(...ambiguous, pad, pad), { minLength: 1, maxLength: 8 })
  .map((lines) => `{\n${pad}${lines.join("\n")}\n}\n`);
const blocks = fc
  .array(fc.tuple(fc.constantFrom(...headers), muddles), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.map(([header, muddle]) => header + muddle).join(""))
  .filter((text) => isSound(text));

const programs = fc
  .array(fc.constantFrom(...cases), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join("\n"))
  .filter((text) => isSound(text));

const runs = Number(process.env.TOVA_EDITS ?? 60);

test.each([
  ["the seed", fc.constant(seed), parsers],
  ["the seed in fine parts", fc.constant(seed), finely],
  ["programs", programs, finely],
  ["blocks whose head tells what their lines mean", blocks, finely],
] as const)("edits of %s give the tree of the whole text", (_name, start, by) => {
  let reused = 0;
  fc.assert(
    fc.property(start, fc.array(edit, { minLength: 1, maxLength: 4 }), (text, edits) => {
      const found = differences(by, text, edits);
      reused += found.reused;
      expect(found.wrong).toEqual([]);
    }),
    { numRuns: runs, seed: Number(process.env.TOVA_SEED ?? 20_260_101) },
  );
  expect(reused).toBeGreaterThan(runs);
});
