// The path of a route → the JavaScript that tests for it, and that reads its parameters.
import type { Segment } from "../model/segment";

/** A condition of a path, or the place of its next slash, which the steps behind it read. */
export interface Step {
  /** The variable for the place; null for a condition. */
  readonly place: string | null;
  /** Whether more than the condition behind it reads the place. */
  readonly kept: boolean;
  readonly code: string;
}

/** Code that reads `path`, as `pathOf` of the runtime gives it. */
export interface PathCode {
  /** All conditions are true for a path of the route; each place has a condition behind it. */
  readonly steps: readonly Step[];
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

/** The condition of literal text in the middle of a path; a slash that must be there has none. */
function testText(literal: string, place: Place): readonly string[] {
  if (literal === "/") return [];
  const at = place.end === null ? "" : `, ${placeText(place)}`;
  return [`path.startsWith(${text(literal)}${at})`];
}

/** The condition of literal text that a path ends with. */
function testEnd(literal: string, place: Place): string {
  if (place.end === null) return `path === ${text(literal)}`;
  return `path.slice(${placeText(place)}) === ${text(literal)}`;
}

/** Makes the code of one path. */
export function pathCode(segments: readonly Segment[]): PathCode {
  const steps: Step[] = [];
  const params: { name: string; value: string }[] = [];
  const test = (code: string) => void steps.push({ place: null, kept: false, code });
  let place: Place = { end: null, offset: 0 };
  let literal = "";
  let slashes = 0;
  segments.forEach((segment, i) => {
    literal += "/";
    if (segment.kind === "literal") {
      literal += normalPart(segment.text);
      return;
    }
    testText(literal, place).forEach(test);
    place = advance(place, literal.length);
    literal = "";
    const start = placeText(place);
    if (segment.kind === "wildcard") {
      params.push({ name: segment.name, value: start });
      return;
    }
    const end = `end${++slashes}`;
    const kept = i < segments.length - 1;
    steps.push({ place: end, kept, code: `path.indexOf("/", ${start})` });
    if (kept) {
      test(`${end} > ${start}`);
      params.push({ name: segment.name, value: `${start}, ${end}` });
      place = { end, offset: 0 };
    } else {
      test(`${end} < 0 && path.length > ${start}`);
      params.push({ name: segment.name, value: start });
    }
  });
  if (literal !== "") test(testEnd(literal, place));
  return { steps, params };
}

/**
 * Steps as one condition, true without any.
 * @returns `places`, the variables that it assigns
 */
export function conditionOf(steps: readonly Step[]): { code: string; places: readonly string[] } {
  const places: string[] = [];
  const codes = steps.flatMap(({ place, code }, i) => {
    const before = steps[i - 1];
    if (place !== null) return [];
    if (!before || before.place === null) return [code];
    if (before.kept) places.push(before.place);
    const found = before.kept ? `(${before.place} = ${before.code})` : before.code;
    // The condition begins with the place.
    return [found + code.slice(before.place.length)];
  });
  return { code: codes.join(" && ") || "true", places };
}

/** The condition that `path` is one of several. */
export function anyOf(paths: readonly (readonly Segment[])[]): ReturnType<typeof conditionOf> {
  const conditions = paths.map((segments) => conditionOf(pathCode(segments).steps));
  const code = conditions.map((each) => each.code).join(" || ") || "false";
  return { code, places: [...new Set(conditions.flatMap(({ places }) => places))] };
}

/** Whether the last part takes whatever follows. */
const isOpen = (segments: readonly Segment[]): boolean => segments.at(-1)?.kind === "wildcard";

/** Whether one path can be of both routes. */
export function overlap(one: readonly Segment[], other: readonly Segment[]): boolean {
  if (one.length < other.length && !isOpen(one)) return false;
  if (other.length < one.length && !isOpen(other)) return false;
  return one.every((segment, i) => {
    const beside = other[i];
    if (!beside || segment.kind === "wildcard" || beside.kind === "wildcard") return true;
    if (segment.kind === "param") return beside.kind === "param" || beside.text !== "";
    return beside.kind === "param" ? segment.text !== "" : beside.text === segment.text;
  });
}
