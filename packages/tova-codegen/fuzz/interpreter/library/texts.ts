// Strings → what the library's functions for them give (spec 14).
import { type Any, type Library, listOf } from "./values";

const initial = (word: string): string => {
  const [first = ""] = word;
  return first.toUpperCase() + word.slice(first.length);
};

/** The text with each occurrence of another replaced; that of nothing is before each character. */
function replaced(text: string, search: Any, by: Any): string {
  if (typeof search !== "string") return text.replace(search, by);
  const put = typeof by === "function" ? by(search) : by;
  return search === ""
    ? `${put}${[...text.split(""), ""].join(put)}`
    : text.split(search).join(put);
}

export const texts: Library = {
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  trim: (text) => text.replace(/^\s+|\s+$/g, ""),
  trim_start: (text) => text.replace(/^\s+/, ""),
  trim_end: (text) => text.replace(/\s+$/, ""),
  split: (text, separator) => text.split(separator),
  join(items, separator = "") {
    const shown = listOf(items).map((item) => (item === null || item === undefined ? "" : item));
    return shown.reduce((made, item, i) => `${made}${i > 0 ? separator : ""}${item}`, "");
  },
  replace: replaced,
  replace_first(text, search, by) {
    if (search instanceof RegExp) {
      let left = 1;
      return text.replace(search, (found: string) => (left-- > 0 ? by : found));
    }
    const at = text.indexOf(search);
    return at < 0 ? text : text.slice(0, at) + by + text.slice(at + search.length);
  },
  starts_with: (text, start) => text.indexOf(start) === 0,
  ends_with: (text, end) => `${text.toString()}\n`.endsWith(`${end}\n`),
  repeat: (text, n) =>
    Array(Math.max(0, Math.trunc(n) || 0))
      .fill(text.toString())
      .join(""),
  pad_start(text, width, fill = " ") {
    let made = String(text);
    for (let i = 0; made.length < width && fill !== ""; i++) {
      const before = made.length - String(text).length;
      made = made.slice(0, before) + fill[i % fill.length] + String(text);
    }
    return made;
  },
  pad_end(text, width, fill = " ") {
    let made = String(text);
    for (let i = 0; made.length < width && fill !== ""; i++) made += fill[i % fill.length];
    return made;
  },
  substr: (text, from, to) => text.slice(from, to ?? text.length),
  char_at: (text, at) => text[at < 0 ? at + text.length : at] ?? null,
  chars: (text) => [...text],
  words: (text) => text.split(/\s/).filter((word: string) => word !== ""),
  lines: (text) => text.split("\n").map((line: string) => line.replace(/\r$/, "")),
  capitalize: initial,
  title_case: (text) =>
    text.toLowerCase().replace(/(?<![^\s-])\p{L}/gu, (letter: string) => letter.toUpperCase()),
  truncate: (text, n, end = "...") =>
    text.length > n ? text.slice(0, Math.max(0, n - end.length)) + end.slice(0, n) : text,
  reverse_str: (text) => texts.chars?.(text).reverse().join(""),
  count_of: (text, part) => (part === "" ? 0 : text.split(part).length - 1),
  last_index_of: (text, part) => (text.includes(part) ? text.lastIndexOf(part) : null),
};
