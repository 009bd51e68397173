// Code with marks of where it comes from → JavaScript text and its source map.
import { encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";

/**
 * JavaScript text under construction: a string is text, a number the offset in the source that the
 * text behind it comes from, and a list is its parts in order. Line breaks stand only as the
 * `newline`, `indent` and `dedent` marks, or inside text made elsewhere (the runtime's helpers).
 */
export type Code = string | number | readonly Code[];

/** Starts a new line at the current indentation. */
export const newline = "\n";
/** Indents the lines that follow by one more level. */
export const indent = "\u0001";
/** Ends what {@link indent} began. */
export const dedent = "\u0002";

/** Joins codes by a separator. */
export function join(codes: readonly Code[], separator: string): Code {
  const parts: Code[] = [];
  for (const code of codes) {
    if (parts.length > 0) parts.push(separator);
    parts.push(code);
  }
  return parts;
}

/** Separates by commas. */
export function list(codes: readonly Code[]): Code {
  return join(codes, ", ");
}

/** `{ … }` with a statement a line; `{}` without any. */
export function braces(statements: readonly Code[]): Code {
  if (statements.length === 0) return "{}";
  const parts: Code[] = ["{", indent];
  for (const statement of statements) parts.push(newline, statement);
  parts.push(dedent, newline, "}");
  return parts;
}

export interface Output {
  readonly code: string;
  /** Source map v3 as JSON, with `sourcesContent`; made when asked for, as each holds the source. */
  readonly map: string;
}

/** The source as maps need it; one for all workers of a file. */
export interface SourceText {
  /** As the map gives it. */
  readonly name: string;
  readonly text: string;
  /** The same in JSON, made when first asked for: each map holds it. */
  readonly json: string;
  /** Offsets where its lines begin. */
  readonly starts: readonly number[];
}

/** Made once for a file, since finding its lines takes time. */
export function sourceText(name: string, text: string): SourceText {
  let json: string | null = null;
  return {
    name,
    text,
    get json() {
      json ??= JSON.stringify(text);
      return json;
    },
    starts: lineStarts(text),
  };
}

/** Offsets where the lines of a text begin. */
function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

/**
 * Text as it is written, and marks of where it comes from: by twos, where the mark stands in the
 * text and the offset in the source. The map is made from them when asked for.
 */
class Writer {
  readonly marks: number[] = [];
  private readonly texts: string[] = [];
  private length = 0;
  private level = 0;

  write(codes: readonly Code[]): void {
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as Code;
      if (typeof code === "string") this.put(code);
      else if (typeof code === "number") this.mark(code);
      else this.write(code);
    }
  }

  /** Of several marks at one place the last counts, that of the innermost part. */
  private mark(offset: number): void {
    const { marks } = this;
    if (marks.length > 0 && marks[marks.length - 2] === this.length) {
      marks[marks.length - 1] = offset;
    } else marks.push(this.length, offset);
  }

  /** What is written, as one piece: a string that grew by `+=` holds all it was made of. */
  text(): string {
    return this.texts.join("");
  }

  private put(text: string): void {
    // What is not text is a single character.
    if (text.length !== 1) this.add(text);
    else if (text === indent) this.level++;
    else if (text === dedent) this.level--;
    else this.add(text === newline ? lineBreak(this.level) : text);
  }

  private add(text: string): void {
    this.texts.push(text);
    this.length += text.length;
  }
}

const lineBreaks: readonly string[] = Array.from({ length: 32 }, (_, i) => `\n${"\t".repeat(i)}`);
const lineBreak = (level: number): string => lineBreaks[level] ?? `\n${"\t".repeat(level)}`;

/** The segments of each line of the code. */
function segmentsOf(marks: Int32Array, code: string, { starts }: SourceText) {
  const lines: SourceMapSegment[][] = [[]];
  let segments = lines[0] as SourceMapSegment[];
  let start = 0;
  let next = lineAfter(code, 0);
  let line = 0;
  for (let i = 0; i < marks.length; i += 2) {
    const at = marks[i] as number;
    const offset = marks[i + 1] as number;
    while (at >= next) {
      start = next;
      next = lineAfter(code, start);
      segments = [];
      lines.push(segments);
    }
    line = lineOf(starts, offset, line);
    segments.push([at - start, 0, line, offset - (starts[line] ?? 0)]);
  }
  return lines;
}

function lineAfter(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at < 0 ? Number.POSITIVE_INFINITY : at + 1;
}

/** The line of an offset, looked for near another first: code stands mostly in the order of its source. */
function lineOf(starts: readonly number[], offset: number, near: number): number {
  let line = near;
  for (let steps = 0; steps < 8; steps++) {
    if (offset < (starts[line] ?? 0)) line--;
    else if (line + 1 < starts.length && (starts[line + 1] ?? 0) <= offset) line++;
    else return line;
  }
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** What ends a comment. */
const endsComment = /[\n\r\u2028\u2029]/g;

/**
 * Writes code as text that ends with its `sourceMappingURL` comment.
 * @param fileName the generated file's name, without folders
 */
export function write(code: Code, fileName: string, source: SourceText): Output {
  const writer = new Writer();
  writer.write([
    code,
    newline,
    `//# sourceMappingURL=${fileName.replace(endsComment, encodeURIComponent)}.map`,
    newline,
  ]);
  const text = writer.text();
  const marks = new Int32Array(writer.marks);
  return {
    code: text,
    get map() {
      const sources = JSON.stringify([source.name]);
      const mappings = JSON.stringify(encode(segmentsOf(marks, text, source)));
      const head = `{"version":3,"file":${JSON.stringify(fileName)},"sources":${sources}`;
      return `${head},"sourcesContent":[${source.json}],"names":[],"mappings":${mappings}}`;
    },
  };
}
