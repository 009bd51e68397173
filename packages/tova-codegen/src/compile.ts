// Source text and options → diagnostics, and the code and configuration of each worker.
import { type ast, parser, read } from "tova-parser";
import { analyseProgram } from "./analyse/program";
import { syntaxErrors } from "./analyse/syntax-errors";
import { resolveProgram } from "./analyse/unit";
import { type Finding, Findings } from "./diagnostics/diagnostic";
import { emitProgram } from "./emit/program";
import type { CompileOptions, CompileResult } from "./model/result";

export function compile(source: string, options: CompileOptions): CompileResult {
  const tree = parser.parse(source);
  const syntax = syntaxErrors(tree, source);
  const base = { program: null, workers: [], environments: [], accountId: null };
  const place = (list: readonly Finding[]) => list.map((f) => {
    const before = source.slice(0, f.range.from).split("\n");
    return { ...f, fileName: options.fileName, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  });
  if (syntax.some(({ severity }) => severity === "error")) return { ...base, diagnostics: place(syntax) };
  const { value, findings } = analyseProgram(read(tree, source), source);
  const unit = resolveProgram(value);
  const emitted = new Findings();
  const program = emitProgram({ ...unit, fileName: "p.js", source: { name: options.fileName, text: source }, findings: emitted });
  const all = [...findings, ...unit.resolution.findings, ...emitted.list];
  if (all.some(({ severity }) => severity === "error")) return { ...base, diagnostics: place(all) };
  return { ...base, program, diagnostics: place(all) };
}
