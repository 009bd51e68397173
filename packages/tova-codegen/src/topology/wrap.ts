// A name and a width in columns → the lines it takes, cut only where it would need too many.
import stringWidth from "string-width";
import { printable } from "../diagnostics/printable";

let segmenter: Intl.Segmenter | null = null;

/** Made for the first name: a segmenter takes milliseconds, and most commands draw nothing. */
const graphemes = (): Intl.Segmenter => {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter;
};

/** Lines may end after these: names of all kinds are parts joined by one of them. */
const joints = new Set(["-", "_", "/", ".", " ", ":"]);

interface Piece {
  readonly text: string;
  readonly rest: readonly string[];
}

/** As much as fits, ended after the last joint in its second half, or anywhere without one. */
function takeLine(characters: readonly string[], columns: number): Piece {
  let width = 0;
  let end = 0;
  let joint = 0;
  for (const character of characters) {
    width += stringWidth(character);
    if (width > columns) break;
    end++;
    if (joints.has(character)) joint = end;
  }
  if (end === characters.length) return { text: characters.join(""), rest: [] };
  const cut = joint * 2 >= end && joint > 0 ? joint : Math.max(1, end);
  return { text: characters.slice(0, cut).join(""), rest: characters.slice(cut) };
}

/**
 * Breaks a name into lines of at most `columns` columns; what does not fit into `maxLines` of them
 * ends with an ellipsis. A single character wider than a line still gets one.
 */
export function wrap(name: string, columns: number, maxLines: number): string[] {
  let rest: readonly string[] = Array.from(
    graphemes().segment(printable(name)),
    ({ segment }) => segment,
  );
  const lines: string[] = [];
  while (rest.length > 0) {
    const last = lines.length === maxLines - 1;
    const line = takeLine(rest, columns);
    if (last && line.rest.length > 0) {
      return [...lines, `${takeLine(rest, columns - 1).text}…`];
    }
    lines.push(line.text);
    rest = line.rest;
  }
  return lines.length > 0 ? lines : [""];
}
