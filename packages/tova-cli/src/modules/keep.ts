// A worker and the files around its program in; the code of each, with no more than is needed, out.
import { compile, type ModuleNeed, type Worker } from "tova-codegen";
import type { ModuleGraph } from "./graph";
import type { MappedCode } from "./plugin";

/** Exported names that are needed of a file; null for all. */
type Wanted = Map<string, ReadonlySet<string> | null>;

function want(wanted: Wanted, files: ReadonlyMap<string, string>, needs: readonly ModuleNeed[]) {
  for (const { specifier, names } of needs) {
    const path = files.get(specifier);
    if (path === undefined) continue;
    const before = wanted.get(path);
    const all = names === null || before === null;
    wanted.set(path, all ? null : new Set([...(before ?? []), ...names]));
  }
}

/**
 * Compiles each module for one worker. A bundler leaves unused functions out by itself, but not what
 * has an effect, such as the methods of a record that nobody uses.
 */
export function codesOf(
  { root, modules }: ModuleGraph,
  worker: Worker,
): ReadonlyMap<string, MappedCode> {
  const codes = new Map<string, MappedCode>([[root.path, worker]]);
  const wanted: Wanted = new Map();
  want(wanted, root.files, worker.imports);
  // A module stands behind those that it imports, so that backwards its importers come first.
  for (const { path, name, parsed, files, links } of [...modules.values()].reverse()) {
    const names = wanted.get(path);
    if (names === undefined || parsed === null) continue;
    const keep = names === null ? {} : { keep: [...names] };
    const options = {
      fileName: name,
      modules: links,
      as: "module" as const,
      target: worker.target,
      ...keep,
    };
    const { program, needs } = compile(parsed, options);
    if (program === null) continue;
    codes.set(path, program);
    want(wanted, files, needs);
  }
  return codes;
}
