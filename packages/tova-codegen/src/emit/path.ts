// The path of a route → the JavaScript that tests for it, and that reads its parameters.
import type { Segment } from "../model/program";

/** Code that reads `path`, as `pathOf` of the runtime gives it. */
export interface PathCode {
  /** All true for a path of the route; they assign `places`, and call the helper `isPart`. */
  readonly tests: readonly string[];
  /** Variables that the test assigns; `params` read them. */
  readonly places: readonly string[];
  /** By parameter: where its text begins and, unless that is the end of the path, ends. */
  readonly params: readonly { readonly name: string; readonly value: string }[];
}

const text = JSON.stringify;

/** A literal part as it stands in `pathOf`. */
export const normalPart = (part: string): string => part.replace(/[%/]/g, encodeURIComponent);

/** Where a text of a path begins: so far from its start, or from where a part ended. */
interface Place {
  readonly end: string | null;
  readonly offset: number;
}

const placeText = ({ end, offset }: Place): string => {
  if (end === null) return String(offset);
  return offset === 0 ? end : `${end} + ${offset}`;
};

const advance = ({ end, offset }: Place, by: number): Place => ({ end, offset: offset + by });

/** The test for literal text in the middle of a path; a slash that must be there has none. */
function testText(literal: string, place: Place): readonly string[] {
  if (literal === "/") return [];
  const at = place.end === null ? "" : `, ${placeText(place)}`;
  return [`path.startsWith(${text(literal)}${at})`];
}

/** The test for literal text that a path ends with. */
function testEnd(literal: string, place: Place): string {
  if (place.end === null) return `path === ${text(literal)}`;
  return `path.slice(${placeText(place)}) === ${text(literal)}`;
}

/**
 * Makes the code of one path.
 * @param helper the name of the runtime's `isPart`, asked for when it is used
 */
export function pathCode(segments: readonly Segment[], helper: () => string): PathCode {
  const tests: string[] = [];
  const places: string[] = [];
  const params: { name: string; value: string }[] = [];
  let place: Place = { end: null, offset: 0 };
  let literal = "";
  segments.forEach((segment, i) => {
    literal += "/";
    if (segment.kind === "literal") {
      literal += normalPart(segment.text);
      return;
    }
    tests.push(...testText(literal, place));
    place = advance(place, literal.length);
    literal = "";
    const start = placeText(place);
    if (segment.kind === "param" && i < segments.length - 1) {
      const end = `end${places.length + 1}`;
      places.push(end);
      tests.push(`(${end} = path.indexOf("/", ${start})) > ${start}`);
      params.push({ name: segment.name, value: `${start}, ${end}` });
      place = { end, offset: 0 };
    } else {
      if (segment.kind === "param") tests.push(`${helper()}(path, ${start})`);
      params.push({ name: segment.name, value: start });
    }
  });
  if (literal !== "") tests.push(testEnd(literal, place));
  return { tests, places, params };
}

/** Whether one path can be of both routes. */
export function overlap(one: readonly Segment[], other: readonly Segment[]): boolean {
  const open = [one, other].map((segments) => segments.at(-1)?.kind === "wildcard");
  if (!open[0] && (open[1] ? one.length < other.length : one.length !== other.length)) return false;
  if (open[0] && !open[1] && other.length < one.length) return false;
  return one.every((segment, i) => {
    const beside = other[i];
    if (!beside || segment.kind === "wildcard" || beside.kind === "wildcard") return true;
    if (segment.kind === "param") return beside.kind === "param" || beside.text !== "";
    return beside.kind === "param" ? segment.text !== "" : beside.text === segment.text;
  });
}
