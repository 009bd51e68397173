// Patterns in texts.
import * as regex from "../../src/runtime/regex";

test("patterns are regexes or strings, with flags beside their own", () => {
  expect([
    regex.regexTest("abc", /B/i),
    regex.regexTest("abc", "B"),
    regex.regexTest("abc", "B", "i"),
  ]).toEqual([true, false, true]);
  expect(regex.regexTest("abc", /B/g, "gi")).toBe(true);
  expect(() => regex.regexTest("a", "(")).toThrow(SyntaxError);
});

test("a regex with g keeps no place between calls", () => {
  const pattern = /a/g;
  expect([regex.regexTest("a", pattern), regex.regexTest("a", pattern)]).toEqual([true, true]);
  expect([regex.regexMatch("ba", pattern)?.index, regex.regexMatch("ba", pattern)?.index]).toEqual([
    1, 1,
  ]);
});

test("matches", () => {
  expect(regex.regexMatch("x12 y3", /([a-z])(\d+)(!)?/)).toEqual({
    match: "x12",
    index: 0,
    groups: ["x", "12", null],
  });
  expect(regex.regexMatch("x", /y/)).toBeNull();
  // The rest is not looked at: `(a|a)*c` would try every way to read it.
  expect(regex.regexMatch(`b${"a".repeat(40)}`, /b|(a|a)*c/)?.match).toBe("b");
  expect(regex.regexFindAll("a1b22", "\\d+").map(({ match, index }) => [match, index])).toEqual([
    ["1", 1],
    ["22", 3],
  ]);
  expect(regex.regexFindAll("x", /y/)).toEqual([]);
});

test("replace, split and capture", () => {
  expect(regex.regexReplace("a1b2", /(\d)/, "<$1>")).toBe("a<1>b<2>");
  expect(regex.regexReplace("ab", "[a-z]", (found) => found.toUpperCase())).toBe("AB");
  expect(regex.regexSplit("a1b22c", /\d+/)).toEqual(["a", "b", "c"]);
  expect(regex.regexCapture("2024-05", /(?<year>\d+)-(?<month>\d+)/)).toEqual({
    year: "2024",
    month: "05",
  });
  expect([regex.regexCapture("x", /y/), regex.regexCapture("x", /x/)]).toEqual([null, {}]);
});
