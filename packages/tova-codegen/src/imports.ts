// Source text → its imports; what a bundler found of them → diagnostics.
import { type Parsed, parse, read } from "tova-parser";
import { importsOf, messageOfBundle } from "./analyse/modules";
import { analyseProgram } from "./analyse/program";
import { type Diagnostic, Findings } from "./diagnostics/diagnostic";
import { locate } from "./diagnostics/locate";
import type { BundleProblem, ModuleImport } from "./model/modules";

/**
 * The imports of a file, as far as it can be parsed, in source order. Never throws.
 * @param text the file, or what `parse` made of it
 */
export function readImports(text: string | Parsed): readonly ModuleImport[] {
  // Most files import nothing, and parsing is most of the work.
  if (!/\bfrom\b/.test(typeof text === "string" ? text : text.source)) return [];
  const { source, tree } = typeof text === "string" ? parse(text) : text;
  const program = analyseProgram(read(tree, source), source).value;
  // Where the text is broken there may be none.
  return importsOf(program).filter(({ specifier }) => specifier !== "");
}

/** Places what a bundler found of imports. Never throws. */
export function locateBundleProblems(
  found: readonly { readonly at: ModuleImport; readonly problem: BundleProblem }[],
  source: string,
  fileName: string,
): readonly Diagnostic[] {
  const findings = new Findings();
  for (const { at, problem } of found) findings.report(at.range, messageOfBundle(problem));
  return locate(findings.list, source, fileName);
}
