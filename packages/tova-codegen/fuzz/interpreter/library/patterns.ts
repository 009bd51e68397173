// Texts and regular expressions → what the library's functions for them give (spec 14).
import type { Any, Library } from "./values";

/** The matches one after the other, by `exec`. */
function matchesOf(text: Any, pattern: Any, flags = "", once = false): RegExpExecArray[] {
  const own = pattern instanceof RegExp ? pattern.flags : "";
  const source = pattern instanceof RegExp ? pattern.source : pattern;
  const search = new RegExp(source, [...new Set(`${own}${flags}g`)].join(""));
  if (typeof text !== "string") throw new TypeError("no text");
  const found: RegExpExecArray[] = [];
  for (let match = search.exec(text); match; match = search.exec(text)) {
    found.push(match);
    if (once) return found;
    if (match[0] === "") search.lastIndex++;
  }
  return found;
}

const foundIn = (match: RegExpExecArray): Any => ({
  match: match[0],
  index: match.index,
  groups: [...match].slice(1).map((group) => group ?? null),
});

export const patterns: Library = {
  regex_test: (text, pattern, flags) => matchesOf(text, pattern, flags, true).length > 0,
  regex_match(text, pattern, flags) {
    const [first] = matchesOf(text, pattern, flags);
    return first ? foundIn(first) : null;
  },
  regex_find_all: (text, pattern, flags) => matchesOf(text, pattern, flags).map(foundIn),
  regex_replace(text, pattern, by, flags) {
    let made = "";
    let at = 0;
    for (const match of matchesOf(text, pattern, flags)) {
      made += text.slice(at, match.index);
      made += typeof by === "function" ? by(...match) : by;
      at = match.index + match[0].length;
    }
    return made + text.slice(at);
  },
  regex_split(text, pattern, flags) {
    if (typeof pattern === "string") return text.split(new RegExp(pattern, flags));
    return text.split(pattern);
  },
  regex_capture(text, pattern, flags) {
    const [first] = matchesOf(text, pattern, flags);
    return first ? { ...first.groups } : null;
  },
};
