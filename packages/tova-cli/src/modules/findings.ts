// What the bundler found, in files of all kinds, in; diagnostics at the imports that brought it out.
import { dirname, resolve } from "node:path";
import type { Metafile } from "esbuild";
import {
  type BundleProblem,
  type Diagnostic,
  locateBundleProblems,
  type ModuleImport,
  readImports,
} from "tova-codegen";
import type { LoadedModule, ModuleGraph } from "./graph";
import { packageOf } from "./resolve";

/** One thing found. */
export interface Found {
  /** Relative to the program's folder; null when the bundler names none. */
  readonly file: string | null;
  /** The import meant, in quotes somewhere in this text; empty when unknown. */
  readonly line: string;
  /** Makes the problem, from the name of what is imported. */
  readonly problem: (name: string) => BundleProblem;
}

interface Anchor {
  readonly module: LoadedModule;
  readonly at: ModuleImport;
}

/** Imports of the program and its modules that lead out of the Tova files. */
function outsideImports({ modules }: ModuleGraph): readonly Anchor[] {
  return [...modules.values()].flatMap((module) =>
    (module.parsed === null ? [] : readImports(module.parsed))
      .filter(({ specifier }) => !modules.has(module.files.get(specifier) ?? ""))
      .map((at) => ({ module, at })),
  );
}

/** Packages whose folder a file lies in, the innermost first. */
export function packagesOf(file: string): string[] {
  const [, ...parts] = file.split("node_modules/");
  return parts.map(packageOf).reverse();
}

/** The import in a Tova file that a finding belongs to: the file's own, or that of its package. */
function anchorOf(graph: ModuleGraph, { file, line }: Found): Anchor | null {
  const outside = outsideImports(graph);
  const path = file === null ? null : resolve(dirname(graph.root.path), file);
  const module = path === null ? undefined : graph.modules.get(path);
  const named = (anchor: Anchor) => line.includes(JSON.stringify(anchor.at.specifier));
  const own = outside.filter((anchor) => anchor.module === module);
  const packages = packagesOf(file ?? "");
  const byPackage = packages.flatMap((name) =>
    outside.filter(({ at }) => packageOf(at.specifier) === name),
  );
  const [first] = readImports(graph.root.text);
  const root = first ? { module: graph.root, at: first } : null;
  return own.find(named) ?? own[0] ?? byPackage[0] ?? outside[0] ?? root;
}

/** Places findings in the Tova files, each once. */
export function bundleDiagnostics(
  graph: ModuleGraph,
  found: readonly Found[],
): readonly Diagnostic[] {
  const byModule = new Map<LoadedModule, { at: ModuleImport; problem: BundleProblem }[]>();
  for (const one of found) {
    const anchor = anchorOf(graph, one);
    if (anchor === null) continue;
    const { module, at } = anchor;
    const list = byModule.get(module) ?? [];
    byModule.set(module, [...list, { at, problem: one.problem(at.specifier) }]);
  }
  return [...byModule].flatMap(([{ text, name }, list]) => locateBundleProblems(list, text, name));
}

/**
 * The files through which the program comes to import a module, the importing one first, each
 * with the specifier written in it.
 */
export function trailTo(metafile: Metafile, target: string): { file: string; line: string } | null {
  const importers = new Map<string, { file: string; specifier: string }[]>();
  for (const [file, { imports }] of Object.entries(metafile.inputs)) {
    for (const { path, original } of imports) {
      const list = importers.get(path) ?? [];
      importers.set(path, [...list, { file, specifier: original ?? path }]);
    }
  }
  const seen = new Set<string>();
  let level = importers.get(target) ?? [];
  while (level.length > 0) {
    const tova = level.find(({ file }) => file.endsWith(".tova"));
    if (tova) return { file: tova.file, line: JSON.stringify(tova.specifier) };
    const next = level.filter(({ file }) => !seen.has(file)).map(({ file }) => file);
    for (const file of next) seen.add(file);
    level = next.flatMap((file) => importers.get(file) ?? []);
  }
  return null;
}
