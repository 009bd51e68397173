// A diagnostic and its text → how it stands in the wrong place, explains nothing or is shown wrongly, or null.
import { stripVTControlCharacters } from "node:util";
import { type Diagnostic, linesOf, renderDiagnostic, renderSummary } from "../../src";

/** Says what is wrong with a diagnostic of a text; null where nothing is. */
export const wrongDiagnostic = (diagnostic: Diagnostic, source: string): string | null =>
  wrongPlace(diagnostic, source) ?? wrongRendering(diagnostic, source);

function wrongPlace(diagnostic: Diagnostic, source: string): string | null {
  const { code, range, line, column, message, help } = diagnostic;
  if (!message || !help) return `${code} explains nothing`;
  if (range.from < 0 || range.to < range.from || range.to > source.length) {
    return `${code} stands at ${range.from}-${range.to} of ${source.length}`;
  }
  const place = placeOf(source, range.from);
  if (line === place.line && column === place.column) return null;
  return `${code} says ${line}:${column} for ${place.line}:${place.column}`;
}

/** Counted here on its own: lines end at LF, CR LF or CR, a byte order mark takes no column. */
function placeOf(source: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = source.startsWith("\uFEFF") ? 1 : 0;
  for (let i = 0; i < offset; i++) {
    const ends = source[i] === "\n" || (source[i] === "\r" && source[i + 1] !== "\n");
    if (!ends) continue;
    line++;
    start = i + 1;
  }
  return { line, column: Math.max(0, offset - start) + 1 };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal obeys these.
const control = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/;

/** What a terminal shows must be text alone, the same without colours, and point at a place. */
function wrongRendering(diagnostic: Diagnostic, source: string): string | null {
  const { code, line, column, fileName } = diagnostic;
  const shown = renderDiagnostic(diagnostic, { [fileName]: source });
  const colored = renderDiagnostic(diagnostic, { [fileName]: source }, { color: true });
  if (control.test(shown)) return `${code} shows a control character: ${JSON.stringify(shown)}`;
  if (stripVTControlCharacters(colored) !== shown) return `${code} differs in colour:\n${colored}`;
  const [head = "", place = ""] = shown.split("\n");
  if (!head.includes(`[${code}]`) || !place.endsWith(`${fileName}:${line}:${column}`)) {
    return `${code} is shown as\n${shown}`;
  }
  if (linesOf(source).text(line).trim() && !shown.includes("^")) return `has no caret:\n${shown}`;
  return renderSummary([diagnostic]) === `1 ${diagnostic.severity}` ? null : "is not counted";
}
