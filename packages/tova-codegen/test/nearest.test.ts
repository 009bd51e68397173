// A misspelt word → the known one that is suggested.
import { nearest, nearestOf } from "../src/diagnostics/nearest";

test("two letters in the wrong order are one mistake", () => {
  expect(nearest("shwon", ["show", "shown"])).toBe("shown");
  expect(nearest("shown", ["shown", "shows"])).toBe("shows");
});

test.each([
  ["lenght", ["length", "lengths"], "length"],
  ["LENGTH", ["length"], "length"],
  ["ab", ["cd", "ac"], "ac"],
  ["ab", ["cd"], null],
  ["abc", ["bcd", "abd", "acb"], "abd"],
  ["abc", ["ab", "abcd", "abd"], "ab"],
  ["colour", ["color", "colours", "collar"], "color"],
  ["abcdef", ["badcfe"], null],
  ["abcdefghi", ["badcfeghi", "abcdefxyz"], "badcfeghi"],
  ["a", ["b"], null],
  ["x".repeat(41), ["x".repeat(40)], null],
])("%s among %j is %j", (word, known, meant) => {
  expect(nearest(word, known)).toBe(meant);
});

test("the known words are collected for the first word alone", () => {
  const known = jest.fn(() => ["value", "valid"]);
  const close = nearestOf(known);
  expect(known).not.toHaveBeenCalled();
  expect(["valeu", "vaild", "other"].map(close)).toEqual(["value", "valid", null]);
  expect(known).toHaveBeenCalledTimes(1);
});
