// Any text → the first way in which the compiler breaks a promise on it, or null.
import { isDeepStrictEqual, stripVTControlCharacters } from "node:util";
import { parse as parseToml } from "smol-toml";
import {
  type CompileResult,
  compile,
  type Diagnostic,
  linesOf,
  outline,
  renderDiagnostic,
  renderSummary,
} from "../../src";
import { loadError } from "./load-error";

export interface Limits {
  /** Milliseconds of processor time one call may take. */
  readonly milliseconds: number;
}

const fileName = "fuzz.tova";

/** Runs everything that reads a text; says which promise was broken, or gives null. */
export function brokenPromise(source: string, { milliseconds }: Limits): string | null {
  const start = process.cpuUsage();
  const result = compile(source, { fileName });
  const seen = outline(source, { fileName });
  const { user } = process.cpuUsage(start);
  if (user > milliseconds * 1000) return `took ${Math.round(user / 1000)} ms`;
  const found = [...result.diagnostics, ...seen.diagnostics];
  return (
    wrongOutput(result) ??
    wrongOutline(result, seen.blocks) ??
    firstOf(found, (diagnostic) => wrongDiagnostic(diagnostic, source)) ??
    firstOf(found, (diagnostic) => wrongRendering(diagnostic, source))
  );
}

function firstOf<T>(values: readonly T[], check: (value: T) => string | null): string | null {
  for (const value of values) {
    const wrong = check(value);
    if (wrong !== null) return wrong;
  }
  return null;
}

function wrongOutput({ diagnostics, program, workers }: CompileResult): string | null {
  const modules = [...(program ? [program] : []), ...workers];
  const failed = diagnostics.some(({ severity }) => severity === "error");
  if (failed && modules.length > 0) return "has output in spite of an error";
  if (!failed && modules.length === 0) return "has neither output nor an error";
  const unloadable = firstOf(modules, ({ code }) => {
    const wrong = loadError(code);
    return wrong && `emits code that does not load: ${wrong}\n${code}`;
  });
  return unloadable ?? firstOf(workers, wrongConfig);
}

/** Wrangler must be able to read the config, and to find the worker by it. */
function wrongConfig({ config, fileName: main, outline: block }: CompileResult["workers"][number]) {
  if (!config) return null;
  try {
    const read = parseToml(config.text);
    const same = read.main === main && read.name === block.workerName && read.compatibility_date;
    return same ? null : `has a config that says\n${config.text}`;
  } catch (error) {
    return `has a config that nobody can read: ${String(error)}\n${config.text}`;
  }
}

/** The graph of projects must know the workers that are built, as they are built. */
function wrongOutline({ workers }: CompileResult, blocks: readonly unknown[]): string | null {
  if (workers.length === 0) return null;
  const built = workers.map((worker) => worker.outline);
  return isDeepStrictEqual(blocks, built)
    ? null
    : `is outlined as\n${JSON.stringify(blocks)}\nand built as\n${JSON.stringify(built)}`;
}

function wrongDiagnostic(diagnostic: Diagnostic, source: string): string | null {
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
  const { code, line, column } = diagnostic;
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
