// Strings → their layout, counts and formatted values (spec 14).
import { lines, words } from "./text";

/** The place of the last occurrence, or null. */
export function lastIndexOf(text: string, search: string): number | null {
  const at = text.lastIndexOf(search);
  return at < 0 ? null : at;
}

/** How often a text occurs, without overlaps; 0 for the empty text. */
export function countOf(text: string, search: string): number {
  return search === "" ? 0 : text.split(search).length - 1;
}

/** Backwards, by code points. */
export function reverseStr(text: string): string {
  return [...text].reverse().join("");
}

/** In the middle of a width, one more to the right when it does not come out even. */
export function center(text: string, width: number, fill = " "): string {
  const left = Math.floor((text.length + Math.max(width, text.length)) / 2);
  return text.padStart(left, fill).padEnd(width, fill);
}

/** Words in lines of at most `width` characters; longer words have a line of their own. */
export function wordWrap(text: string, width = 80): string {
  const wrapped: string[] = [];
  for (const word of words(text)) {
    const line = wrapped.at(-1);
    if (line !== undefined && line.length + word.length < width) {
      wrapped[wrapped.length - 1] = `${line} ${word}`;
    } else wrapped.push(word);
  }
  return wrapped.join("\n");
}

/** Without the indentation that all lines share; blank lines do not count. */
export function dedent(text: string): string {
  const all = lines(text);
  const margins = all.filter((line) => line.trim()).map((line) => line.search(/\S/));
  const margin = margins.reduce((least, one) => Math.min(least, one), margins[0] ?? 0);
  return all.map((line) => line.slice(margin)).join("\n");
}

/** Every line that is not empty with so many blanks before it. */
export function indentStr(text: string, n = 2): string {
  return text.replace(/^(?=.)/gm, " ".repeat(Math.max(0, n)));
}

/** How {@link formatNumber} rounds. */
interface NumberForm {
  /** @default as many as the number has */
  readonly decimals?: number;
}

/** With commas between thousands, and so many decimals when given, `decimals: 2` or just `2`. */
export function formatNumber(value: number, form?: number | NumberForm): string {
  const decimals = typeof form === "object" ? form?.decimals : form;
  const digits =
    typeof decimals === "number"
      ? { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
      : { maximumFractionDigits: 20 };
  return new Intl.NumberFormat("en-US", digits).format(value);
}

/** Each `{}` replaced by the next value, `{2}` by the value at that place; others stay. */
export function fmt(template: string, ...values: unknown[]): string {
  let next = 0;
  return template.replace(/\{(\d*)\}/g, (whole, place: string) => {
    const index = place === "" ? next++ : Number(place);
    return index < values.length ? String(values[index]) : whole;
  });
}
