// Where each character of a decoded string stands in the source: escapes, indentation, interpolation.
import { parse, read, textRuns } from "../src";
import type { StringLiteral } from "../src/ast";

function stringIn(source: string): StringLiteral {
  const [statement] = read(parse(source).tree, source).items;
  if (statement?.kind !== "ExpressionStatement" || statement.expression.kind !== "String") {
    throw new Error(`no string: ${source}`);
  }
  return statement.expression;
}

/** The source character that each character of the text is said to stand at; null where unknown. */
function placed(source: string): readonly [string, string][] | null {
  const node = stringIn(source);
  const all = textRuns(node, source);
  const pairs: [string, string][] = [];
  for (const [i, part] of node.parts.entries()) {
    if (typeof part !== "string") continue;
    const runs = all[i];
    if (!runs) return null;
    for (let at = 0; at < part.length; at++) {
      const run = runs.findLast((one) => one.at <= at);
      const from = (run?.from ?? 0) + at - (run?.at ?? 0);
      const isEscape = source[from] === "\\" && part[at] !== "\\";
      pairs.push([part[at] ?? "", source.slice(from, from + (isEscape ? 2 : 1))]);
    }
  }
  return pairs;
}

const escaped: Record<string, string> = { "\n": "\\n", "\t": "\\t", "\r": "\\r" };

test.each([
  ["plain", '"select 1"'],
  ["single quotes", "'select \"a\"'"],
  ["escapes", '"a\\n\\tb\\"c\\"\\{d\\}"'],
  ["escapes in single quotes", "'it\\'s\\n x'"],
  ["unknown escapes stay", '"a\\qb\\n"'],
  ["raw", 'r"a\\nb"'],
  ["triple, indented", '"""\n    select *\n      from t\n\n    where a\n  """'],
  ["triple, CR LF", '"""\r\n    select *\r\n      from t\r\n  """'],
  ["CR LF, also behind a backslash", '"select\r\n\\\r\n\\n x"'],
  ["raw, CR LF", 'r"select\r\n\\d x"'],
  ["triple with text on its first line", '"""select *\n   from t"""'],
  ["triple with escapes", '"""\n  a\\n\\t b\n   c\\{d\n"""'],
  ["triple of one line break", '"""\n"""'],
  ["triple with tabs", '"""\n\t\tselect\n\t\t\tx\n\t"""'],
  ["characters beyond ASCII", '"“ä” 😀 \\n 漢字"'],
  ["an interpolation", '"select {a} from {b(1)} where \\n c"'],
  [
    "an interpolation in a triple string",
    '"""\n    select {a}\n      from {b}\n    where\n    """',
  ],
  ["interpolations alone", '"""\n  {a}\n  {b}\n"""'],
])("%s", (_, source) => {
  const pairs = placed(source);
  expect(pairs).not.toBeNull();
  for (const [character, found] of pairs ?? []) {
    const ways = [character, escaped[character], `\\${character}`];
    expect(found === "\r" ? ["\n"] : ways).toContain(found === "\r" ? character : found);
  }
});

test("a text of a megabyte has runs for its lines, not for its characters", () => {
  const source = `"""\n${"  select 1 as one;\n".repeat(60_000)}"""`;
  expect(textRuns(stringIn(source), source)[0]?.length).toBe(60_000);
});
