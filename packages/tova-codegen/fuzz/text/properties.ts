// Any text → the first way in which the compiler breaks a promise on it, or null.
import {
  type CompileOptions,
  compile,
  type Outline,
  outline,
  readImports,
  renderMermaid,
  renderSvg,
  renderTree,
  type TargetName,
  topologyOf,
} from "../../src";
import { wrongDiagnostic } from "./diagnostics";
import { wrongEdit } from "./edits";
import { firstOf, wrongOutput } from "./outputs";

export interface Limits {
  /** Milliseconds of processor time one call may take. */
  readonly milliseconds: number;
}

const fileName = "fuzz.tova";

const elsewhere: readonly TargetName[] = ["deno", "vercel", "lambda", "bun"];

/** Runs everything that reads a text; says which promise was broken, or gives null. */
export function brokenPromise(source: string, limits: Limits): string | null {
  return (
    wrongCompilation(source, limits) ??
    wrongOutlining(source, limits) ??
    // One of them by chance: thousands of texts are for each.
    wrongFor(elsewhere[source.length % elsewhere.length] ?? "deno", source, limits)
  );
}

/** Runs code; `slow` says so where it took more than it may. */
export function timed<T>(
  { milliseconds }: Limits,
  run: () => T,
): { readonly value: T; readonly slow: string | null } {
  const start = process.cpuUsage();
  const value = run();
  const { user } = process.cpuUsage(start);
  return { value, slow: user > milliseconds * 1000 ? `took ${Math.round(user / 1000)} ms` : null };
}

function wrongCompilation(
  source: string,
  limits: Limits,
  options: Partial<CompileOptions> = {},
): string | null {
  const { value, slow } = timed(limits, () => {
    const result = compile(source, { fileName, ...options });
    return { result, seen: options.as ? null : outline(source, { fileName }) };
  });
  const { result, seen } = value;
  const found = [...result.diagnostics, ...(seen?.diagnostics ?? [])];
  return (
    slow ??
    wrongOutput(result, seen) ??
    firstOf(found, (diagnostic) => wrongDiagnostic(diagnostic, source))
  );
}

/** What is drawn of an outline, and the edits that stand on one. */
function wrongOutlining(source: string, limits: Limits): string | null {
  const { value, slow } = timed(limits, () => {
    readImports(source);
    const seen = outline(source, { fileName });
    return { wrong: wrongEdit(source, seen), drawn: wrongDrawing(seen) };
  });
  return slow ?? value.wrong ?? value.drawn;
}

function wrongDrawing(seen: Outline): string | null {
  const topology = topologyOf(seen);
  const drawn = [renderTree(topology), renderSvg(topology), renderMermaid(topology)];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no format may have these.
  const wrong = drawn.find((text) => /[\u0000-\u0008\u000B-\u001F\u007F\uFFFE\uFFFF]/.test(text));
  return wrong === undefined ? null : `is drawn with control characters:\n${JSON.stringify(wrong)}`;
}

/** The same for another target: its edge blocks, or what a worker there may import of it. */
function wrongFor(target: TargetName, source: string, limits: Limits): string | null {
  const module = wrongCompilation(source, limits, { as: "module", target });
  const text = forTarget(source, target);
  const wrong = module ?? (text === source ? null : wrongCompilation(text, limits));
  return wrong && `for ${target}: ${wrong}`;
}

/** The text with its edge blocks for a target. */
function forTarget(source: string, target: TargetName): string {
  const named = source.replace(/\btarget\s*:\s*"[^"\n]*"/g, `target: "${target}"`);
  if (named !== source) return named;
  return source.replace(/\bedge(\s+"[^"\n]*")?\s*\{/g, `$& target: "${target}" `);
}
