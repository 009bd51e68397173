// Layout, counts and formatted values.
import * as text from "../../src/runtime/text-more";

test("places and counts", () => {
  expect([text.lastIndexOf("abab", "b"), text.lastIndexOf("a", "z")]).toEqual([3, null]);
  expect([text.countOf("aaaa", "aa"), text.countOf("a", "b"), text.countOf("a", "")]).toEqual([
    2, 0, 0,
  ]);
  expect(text.reverseStr("a😀b")).toBe("b😀a");
});

test("center", () => {
  expect([text.center("ab", 6), text.center("ab", 5, "*"), text.center("abc", 2)]).toEqual([
    "  ab  ",
    "*ab**",
    "abc",
  ]);
});

test("word_wrap", () => {
  expect(text.wordWrap("one two three", 7)).toBe("one two\nthree");
  expect(text.wordWrap("extraordinary a b", 3)).toBe("extraordinary\na b");
  expect(text.wordWrap("", 3)).toBe("");
});

test("dedent and indent_str", () => {
  expect(text.dedent("    a\n\n      b")).toBe("a\n\n  b");
  expect([text.dedent(""), text.dedent("a\n b")]).toEqual(["", "a\n b"]);
  expect(text.dedent("  a\n".repeat(200_000))).toBe("a\n".repeat(200_000));
  expect(text.indentStr("a\n\nb", 3)).toBe("   a\n\n   b");
  expect(text.indentStr("a")).toBe("  a");
});

test("format_number", () => {
  expect([
    text.formatNumber(1234567.891),
    text.formatNumber(1234.5, 2),
    text.formatNumber(-0.5, 0),
  ]).toEqual(["1,234,567.891", "1,234.50", "-1"]);
});

test("fmt", () => {
  expect(text.fmt("{} of {}", 1, 2)).toBe("1 of 2");
  expect(text.fmt("{1}{0}{1}", "a", "b")).toBe("bab");
  expect(text.fmt("{} {} {x}", "$&")).toBe("$& {} {x}");
});
