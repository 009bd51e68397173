// A text → its lines: where each starts and what it holds.

/** Made by `linesOf`. */
export interface Lines {
  readonly count: number;
  /** The 1-based line of an offset, and the offset at which that line starts. */
  at(offset: number): { readonly line: number; readonly start: number };
  /** The text of a 1-based line, without its end and without a byte order mark. */
  text(line: number): string;
}

/**
 * Lines end at LF, CR LF or a CR alone, as in the Language Server Protocol (section "Text
 * Documents"). A byte order mark belongs to no line, so that it does not shift the first column.
 */
export function linesOf(source: string): Lines {
  const starts = [source.startsWith("\uFEFF") ? 1 : 0];
  for (const { index, 0: end } of source.matchAll(/\r\n?|\n/g)) starts.push(index + end.length);
  return {
    count: starts.length,
    at(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, start: starts[low] ?? 0 };
    },
    text(line) {
      const start = starts[line - 1];
      if (start === undefined) return "";
      return source.slice(start, starts[line]).replace(/[\r\n]+$/, "");
    },
  };
}
