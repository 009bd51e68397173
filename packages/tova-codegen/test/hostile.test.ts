// Texts no one writes on purpose → the compiler ends, with output or a diagnostic, and never throws.
import { compile, outline } from "../src";

const options = { fileName: "hostile.tova" };

function codesOf(source: string): readonly string[] {
  return [...new Set(compile(source, options).diagnostics.map(({ code }) => code))];
}

const manyTimes = 100_000;
const nested = ["(", "[", "{", "({[", "fn f() { ", "match x { ", "if ", '"{', "f("];
const stray = [")", "]", "}", ")]}", "x) ", ", ", "=> ", "| ", "? ", "... ", "else { } "];

test.each(nested)("100,000 × %j is nested too deeply", (text) => {
  expect(codesOf(text.repeat(manyTimes))).toContain("E010");
});

test.each(stray)("100,000 × %j is refused", (text) => {
  const codes = codesOf(text.repeat(manyTimes));
  expect(codes.some((code) => code.startsWith("E"))).toBe(true);
});

const hoisted = " elif match a { 1 => true } { b = 2 b }".repeat(900);

test("900 branches with statements are nested too deeply", () => {
  expect(codesOf(`a = 1 x = if a { b = 1 b }${hoisted} else { 3 }`)).toContain("E010");
});

test.each([
  ["sums", `x = 1${" + 1".repeat(10_000)}`],
  ["pipes", `f = fn(x) x a = 1${" |> f()".repeat(10_000)}`],
  ["calls", `a = Promise.resolve(1)${".then(fn(x) x)".repeat(10_000)}`],
  ["branches", `a = 1 if a == 1 { print(1) }${" elif a == 2 { print(2) }".repeat(10_000)}`],
  ["arms", `print(match 1 {${" 1 => 2\n".repeat(10_000)}})`],
])("10,000 %s are too many", (_name, source) => {
  expect(codesOf(source)).toContain("E010");
});

test("a text that nothing can be made of has an outline", () => {
  for (const text of ["if ", ")", "f("]) {
    expect(outline(text.repeat(manyTimes), options).blocks).toEqual([]);
  }
});

test.each([
  ["a line of 5 MB", `x = "${"abc ".repeat(1_250_000)}"\nprint(x)`],
  ["900 branches", `a = 1 if a == 1 { print(1) }${" elif a == 2 { print(2) }".repeat(900)}`],
  ["900 arms", `print(match 1 {${" 1 => 2\n".repeat(900)}})`],
])("%s compiles", (_name, source) => {
  expect(compile(source, options).program).not.toBeNull();
});
