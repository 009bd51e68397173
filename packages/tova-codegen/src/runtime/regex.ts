// A text and a pattern (a regex, or a string that is one) → what matches (spec 14).

/** One place that matches. */
export interface Found {
  readonly match: string;
  readonly index: number;
  /** What the brackets matched, in order; null where one took no part. */
  readonly groups: readonly (string | null)[];
}

/** The pattern with the flags given beside its own. */
function patternOf(pattern: RegExp | string, flags: string): RegExp {
  if (typeof pattern === "string") return new RegExp(pattern, flags);
  return new RegExp(pattern, [...new Set(pattern.flags + flags)].join(""));
}

function foundIn(match: RegExpMatchArray): Found {
  const groups = match.slice(1).map((group) => group ?? null);
  return { match: match[0] ?? "", index: match.index ?? 0, groups };
}

/** Whether the pattern matches anywhere. */
export function regexTest(text: string, pattern: RegExp | string, flags = ""): boolean {
  return text.search(patternOf(pattern, flags)) >= 0;
}

/** The first match, or null. */
export function regexMatch(text: string, pattern: RegExp | string, flags = ""): Found | null {
  const [match] = text.matchAll(patternOf(pattern, `${flags}g`));
  return match ? foundIn(match) : null;
}

/** All matches. */
export function regexFindAll(text: string, pattern: RegExp | string, flags = ""): Found[] {
  return Array.from(text.matchAll(patternOf(pattern, `${flags}g`)), foundIn);
}

/** Every match replaced; `$1` and `$<name>` stand for groups. */
export function regexReplace(
  text: string,
  pattern: RegExp | string,
  by: string | ((match: string, ...groups: string[]) => string),
  flags = "",
): string {
  return text.replace(patternOf(pattern, `${flags}g`), by as string);
}

/** The parts between matches. */
export function regexSplit(text: string, pattern: RegExp | string, flags = ""): string[] {
  return text.split(patternOf(pattern, flags));
}

/** The named groups of the first match, or null. */
export function regexCapture(
  text: string,
  pattern: RegExp | string,
  flags = "",
): Record<string, string> | null {
  const [match] = text.matchAll(patternOf(pattern, `${flags}g`));
  return match ? { ...match.groups } : null;
}
