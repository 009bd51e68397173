// TOML text → where each key stands, so that findings about parsed values have a place.
import type { SourceRange } from "tova-parser";
import { readKeys } from "./keys";

/** Finds keys by their path; gives the closest enclosing one that the text spells out. */
export type KeyLocator = (path: readonly string[]) => SourceRange;

/** Takes valid TOML. */
export function keyRanges(text: string): KeyLocator {
  const ranges = new Map<string, SourceRange>();
  for (const { path, range } of readKeys(text)) {
    for (let length = 1; length <= path.length; length++) {
      const name = JSON.stringify(path.slice(0, length));
      if (length === path.length || !ranges.has(name)) ranges.set(name, range);
    }
  }
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const found = ranges.get(JSON.stringify(path.slice(0, length)));
      if (found) return found;
    }
    return { from: 0, to: 0 };
  };
}
