// Strings → strings and their parts (spec 14).

/** In capital letters. */
export function upper(text: string): string {
  return text.toUpperCase();
}

/** In small letters. */
export function lower(text: string): string {
  return text.toLowerCase();
}

/** Without blanks at both ends. */
export function trim(text: string): string {
  return text.trim();
}

/** Without blanks at the start. */
export function trimStart(text: string): string {
  return text.trimStart();
}

/** Without blanks at the end. */
export function trimEnd(text: string): string {
  return text.trimEnd();
}

/** The parts between separators. */
export function split(text: string, separator: string | RegExp): string[] {
  return text.split(separator);
}

/** The values as one text, a separator between them. */
export function join(values: Iterable<unknown>, separator = ""): string {
  return [...values].join(separator);
}

type Replacement = string | ((match: string, ...groups: string[]) => string);

/** Every occurrence of a text replaced by exactly the other; for a regex as its flags say. */
export function replace(text: string, search: string | RegExp, by: Replacement): string {
  if (typeof search !== "string") return text.replace(search, by as string);
  return text.replaceAll(search, typeof by === "string" ? () => by : by);
}

/** The first occurrence of a text or pattern replaced. */
export function replaceFirst(text: string, search: string | RegExp, by: Replacement): string {
  const exact = typeof search === "string" && typeof by === "string";
  const one =
    typeof search === "string" ? search : new RegExp(search, search.flags.replace("g", ""));
  return text.replace(one, (exact ? () => by : by) as string);
}

/** Whether the text begins with another. */
export function startsWith(text: string, start: string): boolean {
  return text.startsWith(start);
}

/** Whether the text ends with another. */
export function endsWith(text: string, end: string): boolean {
  return text.endsWith(end);
}

/** The text so many times. */
export function repeat(text: string, times: number): string {
  return text.repeat(Math.max(0, times));
}

/** Filled up at the start to a length. */
export function padStart(text: unknown, length: number, fill = " "): string {
  return String(text).padStart(length, fill);
}

/** Filled up at the end to a length. */
export function padEnd(text: unknown, length: number, fill = " "): string {
  return String(text).padEnd(length, fill);
}

/** The text from one place up to another, negative ones counted from the end. */
export function substr(text: string, start: number, end?: number | null): string {
  return text.slice(start, end ?? undefined);
}

/** The character at a place, negative ones counted from the end; null outside. */
export function charAt(text: string, index: number): string | null {
  return text.at(index) ?? null;
}

/** The characters, each a whole code point. */
export function chars(text: string): string[] {
  return [...text];
}

/** The words between blanks. */
export function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** The lines. */
export function lines(text: string): string[] {
  return text.split(/\r?\n/);
}

/** With a capital first letter. */
export function capitalize(text: string): string {
  const [head = ""] = text;
  return head.toUpperCase() + text.slice(head.length);
}

/** At most `length` characters, the last ones a sign that something was cut. */
export function truncate(text: string, length: number, ending = "..."): string {
  if (text.length <= length) return text;
  return text.slice(0, Math.max(0, length - ending.length)) + ending.slice(0, Math.max(0, length));
}

/** For addresses: small letters and digits, hyphens between. */
export function slugify(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
}

/** The parts of a name in any spelling: `userID2_name` gives user, ID2, name. */
export function nameParts(text: string): string[] {
  return text.match(/\p{Lu}+(?!\p{Ll})\p{N}*|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+\p{N}*|\p{N}+/gu) ?? [];
}

/** `two words` as `two_words`. */
export function snakeCase(text: string): string {
  return nameParts(text).join("_").toLowerCase();
}

/** `two words` as `two-words`. */
export function kebabCase(text: string): string {
  return nameParts(text).join("-").toLowerCase();
}

/** `two words` as `twoWords`. */
export function camelCase(text: string): string {
  const [head = "", ...rest] = nameParts(text).map(lower);
  return head + rest.map(capitalize).join("");
}

/** Every word with a capital first letter, the rest small. */
export function titleCase(text: string): string {
  return text.toLowerCase().replace(/(^|[\s-])(\p{L})/gu, (match) => match.toUpperCase());
}
