// What a compilation made of a text → the first output that nothing can load or read, or null.
import { isDeepStrictEqual } from "node:util";
import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";
import type { CompileResult, Outline, Worker } from "../../src";
import { loadError } from "./load-error";

/** Gives the first of some values' faults. */
export function firstOf<T>(
  values: readonly T[],
  check: (value: T) => string | null,
): string | null {
  for (const value of values) {
    const wrong = check(value);
    if (wrong !== null) return wrong;
  }
  return null;
}

/** Says what is wrong with the code and the files; `seen` is the outline of the same text. */
export function wrongOutput(result: CompileResult, seen: Outline | null): string | null {
  const { diagnostics, program, workers } = result;
  const modules = [...(program ? [program] : []), ...workers];
  const failed = diagnostics.some(({ severity }) => severity === "error");
  if (failed && modules.length > 0) return "has output in spite of an error";
  if (!failed && modules.length === 0) return "has neither output nor an error";
  const unloadable = firstOf(modules, ({ code }) => {
    const wrong = loadError(code);
    return wrong && `emits code that does not load: ${wrong}\n${code}`;
  });
  return unloadable ?? firstOf(workers, wrongFiles) ?? (seen && wrongOutline(result, seen));
}

/** Tools must be able to read what is written for them, and Wrangler to find the worker by it. */
function wrongFiles(worker: Worker): string | null {
  const { config, files } = worker;
  return firstOf(config ? [config, ...files] : files, ({ fileName, text }) => {
    try {
      return wrongFile(worker, fileName, text);
    } catch (error) {
      return `has a file ${fileName} that nobody can read: ${String(error)}\n${text}`;
    }
  });
}

/** @throws Error of the parser of the file's format */
function wrongFile(worker: Worker, fileName: string, text: string): string | null {
  if (fileName.endsWith(".json")) JSON.parse(text);
  if (/\.ya?ml$/.test(fileName)) parseYaml(text, { logLevel: "error" });
  if (/\.[cm]?js$/.test(fileName)) return loadError(text);
  if (!fileName.endsWith(".toml")) return null;
  const read = parseToml(text);
  const { fileName: main, outline: block } = worker;
  const same = read.main === main && read.name === block.workerName && read.compatibility_date;
  return same ? null : `has a config that says\n${text}`;
}

/** The graph of projects must know the workers that are built, as they are built. */
function wrongOutline({ workers }: CompileResult, { blocks }: Outline): string | null {
  if (workers.length === 0) return null;
  const built = workers.map((worker) => worker.outline);
  return isDeepStrictEqual(blocks, built)
    ? null
    : `is outlined as\n${JSON.stringify(blocks)}\nand built as\n${JSON.stringify(built)}`;
}
