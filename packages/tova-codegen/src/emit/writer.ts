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
  codes.forEach((code, i) => {
    if (i > 0) parts.push(separator);
    parts.push(code);
  });
  return parts;
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
  /** Offsets where its lines begin. */
  readonly starts: readonly number[];
}

/** Made once for a file, since finding its lines takes time. */
export function sourceText(name: string, text: string): SourceText {
  return { name, text, starts: lineStarts(text) };
}

/** Offsets where the lines of a text begin. */
function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

/** Text, position and mappings advance together, so that the map cannot drift from the text. */
class Writer {
  code = "";
  private readonly lines: SourceMapSegment[][] = [[]];
  private column = 0;
  private level = 0;
  private line = 0;

  constructor(private readonly starts: readonly number[]) {}

  write(code: Code): void {
    if (typeof code === "string") this.text(code);
    else if (typeof code === "number") this.mark(code);
    else for (const part of code) this.write(part);
  }

  private text(text: string): void {
    if (text === indent) this.level++;
    else if (text === dedent) this.level--;
    else if (text === newline) {
      this.code += `\n${"\t".repeat(this.level)}`;
      this.lines.push([]);
      this.column = this.level;
    } else this.plain(text);
  }

  private plain(text: string): void {
    this.code += text;
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      this.lines.push([]);
      this.column = 0;
      from = at + 1;
    }
    this.column += text.length - from;
  }

  private mark(offset: number): void {
    const { starts } = this;
    let line = offset < (starts[this.line] ?? 0) ? 0 : this.line;
    if (offset - (starts[line] ?? 0) > 20_000) line = this.search(offset);
    while (line + 1 < starts.length && (starts[line + 1] ?? 0) <= offset) line++;
    this.line = line;
    const segments = this.lines[this.lines.length - 1] as SourceMapSegment[];
    if (segments[segments.length - 1]?.[0] === this.column) segments.pop();
    segments.push([this.column, 0, line, offset - (starts[line] ?? 0)]);
  }

  private search(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  get mappings(): string {
    return encode(this.lines);
  }
}

/**
 * Writes code as text that ends with its `sourceMappingURL` comment.
 * @param fileName the generated file's name, without folders
 */
export function write(code: Code, fileName: string, source: SourceText): Output {
  const writer = new Writer(source.starts);
  writer.write(code);
  writer.write([newline, `//# sourceMappingURL=${fileName}.map`, newline]);
  const { mappings } = writer;
  return {
    code: writer.code,
    get map() {
      const sourcesContent = [source.text];
      const sources = [source.name];
      return JSON.stringify({
        version: 3,
        file: fileName,
        sources,
        sourcesContent,
        names: [],
        mappings,
      });
    },
  };
}
