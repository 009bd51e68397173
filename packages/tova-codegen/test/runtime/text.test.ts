// Strings of the library.
import * as text from "../../src/runtime/text";

test("case and blanks", () => {
  expect([text.upper("aß"), text.lower("ÀB")]).toEqual(["ASS", "àb"]);
  expect([text.trim(" a "), text.trimStart(" a "), text.trimEnd(" a ")]).toEqual(["a", "a ", " a"]);
});

test("split and join", () => {
  expect([text.split("a,b", ","), text.split("a1b", /\d/)]).toEqual([
    ["a", "b"],
    ["a", "b"],
  ]);
  expect([text.join(["a", 1, null]), text.join(["a", "b"], "-"), text.join(new Set("ab"))]).toEqual(
    ["a1", "a-b", "ab"],
  );
});

test("replace takes texts literally and regexes by their flags", () => {
  expect(text.replace("a.a.", ".", "$&")).toBe("a$&a$&");
  expect(text.replace("aaa", /a/, "b")).toBe("baa");
  expect(text.replace("aaa", /(a)/g, "$1$1")).toBe("aaaaaa");
  expect(text.replace("ab", "a", (found) => found.toUpperCase())).toBe("Ab");
  expect(text.replaceFirst("aa", "a", "$$")).toBe("$$a");
  expect(text.replaceFirst("aa", /a/, "b")).toBe("ba");
});

test("start, end, repeat and padding", () => {
  expect([text.startsWith("abc", "ab"), text.endsWith("abc", "ab")]).toEqual([true, false]);
  expect([text.repeat("ab", 2), text.repeat("ab", -1)]).toEqual(["abab", ""]);
  expect([text.padStart(7, 3, "0"), text.padEnd("a", 3), text.padStart("long", 2)]).toEqual([
    "007",
    "a  ",
    "long",
  ]);
});

test("parts by place", () => {
  expect([
    text.substr("hello", 1, 3),
    text.substr("hello", -2),
    text.substr("hello", 1, null),
  ]).toEqual(["el", "lo", "ello"]);
  expect([text.charAt("abc", 0), text.charAt("abc", -1), text.charAt("abc", 9)]).toEqual([
    "a",
    "c",
    null,
  ]);
});

test("chars, words and lines", () => {
  expect(text.chars("a😀")).toEqual(["a", "😀"]);
  expect([text.words("  two  words\n"), text.words("")]).toEqual([["two", "words"], []]);
  expect(text.lines("a\r\nb\n")).toEqual(["a", "b", ""]);
});

test("capitalize, title_case and truncate", () => {
  expect([text.capitalize("éa B"), text.capitalize(""), text.capitalize("ǆa")]).toEqual([
    "Éa B",
    "",
    "Ǆa",
  ]);
  expect(text.titleCase("hello WORLD-wide")).toBe("Hello World-Wide");
  expect([
    text.truncate("hello", 5),
    text.truncate("hello!", 5),
    text.truncate("hello", 2),
  ]).toEqual(["hello", "he...", ".."]);
  expect(text.truncate("hello", 3, "…")).toBe("he…");
});

test.each([
  ["Crème brûlée!", "creme-brulee"],
  ["  --a  b_c-- ", "a-b-c"],
  ["日本 語", "日本-語"],
  ["!?", ""],
])("slugify(%p)", (given, slug) => expect(text.slugify(given)).toBe(slug));

test.each([
  ["two words", "two_words", "two-words", "twoWords"],
  ["XMLHttpRequest", "xml_http_request", "xml-http-request", "xmlHttpRequest"],
  ["user_id2-name", "user_id2_name", "user-id2-name", "userId2Name"],
  ["v2", "v2", "v2", "v2"],
  ["", "", "", ""],
])("%p in other spellings", (given, snake, kebab, camel) => {
  expect(text.snakeCase(given)).toBe(snake);
  expect(text.kebabCase(given)).toBe(kebab);
  expect(text.camelCase(given)).toBe(camel);
});
