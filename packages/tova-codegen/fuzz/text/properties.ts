// Any text → the first way in which the compiler breaks a promise on it, or null.
import { parse } from "acorn";
import { compile, type Diagnostic, outline } from "../../src";

export interface Limits {
  /** Milliseconds of processor time one call may take. */
  readonly milliseconds: number;
}

const fileName = "fuzz.tova";

/** Runs `compile` and `outline` on a text; says which promise they broke, or gives null. */
export function brokenPromise(source: string, { milliseconds }: Limits): string | null {
  const start = process.cpuUsage();
  const { diagnostics, program, workers } = compile(source, { fileName });
  const seen = outline(source, { fileName });
  const { user } = process.cpuUsage(start);
  if (user > milliseconds * 1000) return `took ${Math.round(user / 1000)} ms`;
  const modules = [...(program ? [program] : []), ...workers];
  const failed = diagnostics.some(({ severity }) => severity === "error");
  if (failed && modules.length > 0) return "has output in spite of an error";
  if (!failed && modules.length === 0) return "has neither output nor an error";
  for (const diagnostic of [...diagnostics, ...seen.diagnostics]) {
    const wrong = wrongDiagnostic(diagnostic, source);
    if (wrong) return `${diagnostic.code} ${wrong}`;
  }
  for (const { code } of modules) {
    const wrong = loadError(code);
    if (wrong) return `emits code that does not load: ${wrong}\n${code}`;
  }
  return null;
}

function wrongDiagnostic(diagnostic: Diagnostic, source: string): string | null {
  const { range, line, column, message, help } = diagnostic;
  if (!message || !help) return "explains nothing";
  if (range.from < 0 || range.to < range.from || range.to > source.length) {
    return `stands at ${range.from}-${range.to} of ${source.length}`;
  }
  const place = placeOf(source, range.from);
  if (line === place.line && column === place.column) return null;
  return `says ${line}:${column} for ${place.line}:${place.column}`;
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

/** What keeps an engine from loading the module, early errors included; null when nothing does. */
function loadError(code: string): string | null {
  try {
    parse(code, { ecmaVersion: 2024, sourceType: "module" });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
