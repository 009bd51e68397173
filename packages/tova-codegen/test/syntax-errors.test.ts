// What the stage says about texts that are no Tova programs: code, place, and what to do.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, read } from "tova-parser";
import { syntaxErrors } from "../src/analyse/syntax-errors";
import type { Finding } from "../src/diagnostics/diagnostic";

const seed = readFileSync(join(__dirname, "../../../apps/pipeline/pipeline.tova"), "utf8");

const check = (source: string) => syntaxErrors(parse(source).tree, source);

/** Code and marked text of each finding. */
const marks = (source: string) =>
  check(source).map(({ code, range }) => `${code} ${source.slice(range.from, range.to)}`);

test.each([
  ["a value", "x = // 😀\n", "E007 ="],
  ["a brace", "fn f() // 😀\n  print(1)\n}", "E001 )"],
  ["a brace behind two comments", "if a /* b */ // c\n  print(1)\n}", "E001 a"],
])("%s is missing before the comment at the end of its line", (_name, source, mark) => {
  expect(marks(source)).toEqual([mark]);
});

describe("texts without mistakes", () => {
  test.each([
    ["the seed", seed],
    ["nothing", ""],
    ["CRLF", seed.replaceAll("\n", "\r\n")],
    ["a byte order mark", "\ufeffx = 1"],
    ["a label behind a byte order mark", "\ufeffouter: for x in [1] { break outer }"],
    ["a line separator before a word", "x = 1\u2028y => y"],
    [
      "what another module exports by default",
      'pub { default } from "a"\npub { default as b } from "c"',
    ],
    ["contextual words", "edge = 1 route(2) kv.get(3)\nconst = 1 new(2) typeof = 3"],
    ["an apostrophe in text that is kept", "browser { <p>don't</p> }"],
    ["a division behind a call", 'x = f() / 2 y = "/"'],
    ["a brace in a regular expression", "x = /[{(]/"],
    ["strings over lines", 'x = "a\nb {c}"\ny = """\n{d}\n"""'],
    ["strings in interpolations", 'x = "{f(\'}\', "}", r"}")}"'],
    ["an if without else as the body of a lambda", "f(fn(x) if x { g() })"],
  ])("%s", (_name, source) => {
    expect(check(source)).toEqual([]);
  });
});

describe("one mistake is one finding, at its place", () => {
  test.each([
    ["x = )", "E001 )"],
    ["x = 1 2 }", "E001 }"],
    ["x = 5.\ny = 3", "E004 5."],
    ["x = 5.\na.b = 3\nprint(x)", "E004 5."],
    ["x: Int = 5", "E001 :"],
    ["var x: Int = 5", "E001 : Int"],
    ["var x", "E001 var x"],
    ["a, b = 1", "E001 a, b = 1"],
    ["print(a = 1)", "E001 ="],
    ["while (a += 1) < 3 { }", "E001 +="],
    ["f() = 1", "E001 f()"],
    ["1 += x", "E001 1"],
    ["a?.b = 1", "E001 a?.b"],
    ["fn if() { }", "E001 if"],
    ["for = 1", "E001 for"],
    ["server = 1", "E001 server"],
    ["{ type } = x", "E001 type"],
    ["fn f(...a, b) { }", "E001 ...a"],
    ["{ a: { b } } = x", "E001 {"],
    ["x = if a { 1 }", "E001 if"],
    ["match x { 1 => return 2 }", "E001 return"],
    ["loop {\n match x {\n  1 => { y = 1 }\n  _ => break\n }\n}\nz = 1", "E001 break"],
    ['match x {\n 1 "one"\n _ => 2\n}', 'E001 "'],
    ["match x {\n (true, 2) true\n (_, 3) => false\n}", "E001 true"],
    ["match x { 1 => return\n 2 => 3 }", "E001 return"],
    ["f = fn(x) return x", "E001 return"],
    ["f = x => return x", "E001 return"],
    ["match x {\n y if y > 1 -> 2\n}", "E001 ->"],
    ["match x {\n y if y > 1: 2\n}", "E001 :"],
    ["if x > 1:\n  f(x)\ng(x)", "E001 :"],
    ["type = 5\nf(type)", "E001 type"],
    ["fn f(from, to) { to }\nf(1, 2)", "E001 from"],
    ["match x { 1 => y = 2, 2 => fn() z = 3 }", "E001 ="],
    ["match x {\n 1 => y -= 2\n 2 => 3\n}", "E001 -="],
    ["match x { 1 -> 2 }", "E001 ->"],
    ["match x { Int y => 2, _ => 3 }", "E001 y"],
    ["match x { Ok(y) if y: 2 }", "E001 :"],
    ['match x { "a{y}" => 1 }', "E001 {y}"],
    ['match x { "a{y}" ++ rest => 1 }', "E001 {y}"],
    ["done: if a { }", "E001 :"],
    ["items: [Int] = []", "E001 :"],
    ["pub { default }", "E001 default"],
    ["type T = A(Float) | B(Float)", "E001 ("],
    ["type T =\n  A(r: Float)\n  | B(s: Float)\n  | C", "E001 ("],
    ["fn f(...a = 1) { }", "E001 ...a = 1"],
    ["try { }", "E001 }"],
    ['import "m"', 'E001 "'],
    ["type T { a: Int? }", "E001 ?"],
    ["type T { a: Int, B }", "E001 B"],
    ["type T { fn a() }", "E001 fn"],
    ["type T { a: Int } derive Eq", "E001 Eq"],
    ["x = f'a {y}'", "E001 f'"],
    ['x = b"a"', 'E001 b"'],
    ["x = '''a'''", "E001 '"],
    ['x = "a""b"', 'E001 "'],
    ['x = "{y:02}"', "E001 :"],
    ["x = /a(/", "E001 /a(/"],
    ["x = .y", "E001 .y"],
    ["f\n  (1)\ng(a\n(b))", "E001 ("],
    ["edge api { }", "E001 api"],
    ['edge { route "/x" => f }', 'E001 "'],
    ['edge { secret X = "a" }', "E001 ="],
    ['x = "a', 'E002 "'],
    ["x = 'a", "E002 '"],
    ['x = r"a', 'E002 r"'],
    ['x = """a', 'E002 """'],
    ["x = [1, 2", "E003 ["],
    ["f(1\ny = 2", "E003 ("],
    ["x = 1abc", "E004 1abc"],
    ["x = 0x", "E004 0x"],
    ["x = 5.", "E004 5."],
    ["x = 5.\nprint(x)", "E004 5."],
    ["x = .5", "E004 .5"],
    ["x = 012", "E004 012"],
    ["x = a.1b", "E004 1b"],
    ["x = 1.2.3", "E004 1.2.3"],
    ["x = # 1", "E005 #"],
    ["x = `a`", "E005 `"],
    ["x = a × b", "E005 ×"],
    ["x = 1\0", "E005 \0"],
    ["x = 1 /* a /* b */", "E006 /*"],
    ["x =", "E007 ="],
    ["x = ()", "E007 )"],
    ["[1,,2]", "E007 ,"],
    ['x = "{}"', "E007 {}"],
    ["a === b", "E009 ==="],
    ["a !== b", "E009 !=="],
    ["i++", "E009 ++"],
    ["i++\nj", "E009 ++"],
    ["i--\nj", "E009 --"],
    ["x %= 2", "E009 %="],
    ["x = a ? b : c", "E009 ?"],
    ["x = a\n  ? b\n  : c", "E009 ?"],
    ["1..2..3", "E009 .."],
    ["a in b in c", "E009 in"],
  ])("%s", (source, expected) => {
    expect(marks(source)).toEqual([expected]);
  });
});

test.each([
  ["const x = 1", "x = value"],
  ["let x = 1", "name = value"],
  ["function f() { }", "fn name"],
  ["x = new Foo()", "Name.new"],
  ["typeof x", "type_of"],
  ["delete x.y", "omit"],
  ["class A { }", "type Name"],
  ["for (x of xs) { }", "for item in items"],
  ["x = a ? b : c", "if condition"],
  ["x = `a`", "double quotes"],
])("%s is answered with the Tova form", (source, form) => {
  const [finding, ...others] = check(source);
  expect(others).toEqual([]);
  expect(finding?.help).toContain(form);
});

describe("delimiters", () => {
  test("a missing brace is reported at the opener that the indentation shows", () => {
    const source = "fn f() {\n  if a {\n    b\n\n  c\n}\nfn g() {\n  d\n}\n";
    const [finding, ...others] = check(source);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: "E003", range: { from: source.indexOf("{\n    b") } });
  });

  test("a missing quote is reported at the string that runs over its line", () => {
    const source = 'x = "a\ny = "b"\nz = "c"\n';
    expect(check(source)).toMatchObject([{ code: "E002", range: { from: 4, to: 5 } }]);
  });

  test("one closing bracket too many is reported alone", () => {
    expect(marks("f({ a: 1 } })")).toEqual(["E001 }"]);
    expect(marks("fn f() {\n  a\n  }\n}\nb = 1")).toEqual(["E001 }"]);
  });
});

describe("limits", () => {
  test("nesting beyond 200 brackets and 64 interpolations is refused", () => {
    expect(check("(".repeat(201))).toMatchObject([{ code: "E010", range: { from: 200 } }]);
    expect(check(`${'"{'.repeat(65)}x${'}"'.repeat(65)}`)).toMatchObject([{ code: "E010" }]);
    expect(check(`${'"{'.repeat(64)}x${'}"'.repeat(64)}`)).toEqual([]);
  });

  test("a chain that the parser breaks off is refused as too deep", () => {
    expect(check(`a${" |> f()".repeat(5_000)}`)).toMatchObject([{ code: "E010" }]);
  });

  test("a file has at most 50 findings", () => {
    expect(check("fn f() { }\nx = 1abc\n".repeat(200))).toHaveLength(50);
  });

  test("a binary file is answered with its first strange byte", () => {
    const bytes = Array.from({ length: 20_000 }, (_, i) => String.fromCharCode((i * 7919) % 256));
    expect(check(bytes.join(""))[0]).toMatchObject({ code: "E005" });
  });
});

const words = /\/\/[^\n]*|"[^"]*"|[\p{L}\p{N}_]+|=>|[^\s\p{L}\p{N}_]/gu;

/** Every text that the seed becomes when one token is missing. */
const deletions = [...seed.matchAll(words)]
  .filter(([token]) => !token.startsWith("//"))
  .map(({ index, 0: token }) => {
    return [seed.slice(0, index) + seed.slice(index + token.length), token] as const;
  });

const isMissing = (value: unknown): boolean => {
  if (typeof value !== "object" || value === null) return false;
  return (value as { kind?: string }).kind === "Missing" || Object.values(value).some(isMissing);
};

function hasErrorMark(source: string): boolean {
  let found = false;
  parse(source).tree.iterate({
    enter(node) {
      found ||= node.type.isError;
    },
  });
  return found;
}

describe("the seed with one token missing", () => {
  const results = deletions.map(([source, token]) => ({ source, token, findings: check(source) }));

  test("gives an error wherever the tree has a gap", () => {
    const silent = results.filter(({ findings }) => findings.length === 0);
    const withGaps = silent.filter(({ source }) => {
      return hasErrorMark(source) || isMissing(read(parse(source).tree, source));
    });
    expect(silent.length).toBeGreaterThan(0);
    expect(withGaps.map(({ source }) => source)).toEqual([]);
  });

  test("gives one finding in all but a few cases", () => {
    const several = results.filter(({ findings }) => findings.length > 1);
    expect(several.length).toBeLessThan(results.length / 50);
  });

  test("gives one or two findings for a bracket that closes", () => {
    const closing = results.filter(({ token }) => /^[)\]}]$/.test(token));
    const counts = closing.map(({ findings }) => findings.length);
    expect(Math.min(...counts)).toBe(1);
    expect(Math.max(...counts)).toBeLessThan(3);
  });

  test("every finding has a sentence, a help and a range in the text", () => {
    const all = results.flatMap(({ source, findings }) =>
      findings.map((f) => [source, f] as const),
    );
    const bad = all.filter(([source, f]) => !isWellFormed(source, f));
    expect(bad).toEqual([]);
  });
});

function isWellFormed(source: string, { message, help = "", range }: Finding): boolean {
  const placed = range.from >= 0 && range.from < range.to && range.to <= source.length;
  return placed && /^[\p{Lu}`].*\.$/su.test(message) && /\.$/s.test(help);
}
