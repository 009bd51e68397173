// A worker or program and the files around it in; the code of each, with no more than is needed, out.
import { compile, type ModuleNeed, type TargetName } from "tova-codegen";
import type { ModuleGraph } from "./graph";
import type { MappedCode } from "./plugin";

/** What is bundled: a worker, or a program outside workers. */
export interface Entry extends MappedCode {
  /** Of the output. */
  readonly fileName: string;
  /** Null outside workers. */
  readonly target: TargetName | null;
  readonly imports: readonly ModuleNeed[];
}

/** What is needed of a file. */
interface Want {
  /** Exported names; null for all. */
  readonly names: ReadonlySet<string> | null;
  /** Exported types that bodies are checked against. */
  readonly bodies: ReadonlySet<string>;
}

type Wanted = Map<string, Want>;

const nothing: Want = { names: new Set(), bodies: new Set() };

function want(wanted: Wanted, files: ReadonlyMap<string, string>, needs: readonly ModuleNeed[]) {
  for (const { specifier, names, bodies = [] } of needs) {
    const path = files.get(specifier);
    if (path === undefined) continue;
    const before = wanted.get(path) ?? nothing;
    const all = names === null || before.names === null;
    wanted.set(path, {
      names: all ? null : new Set([...(before.names ?? []), ...names]),
      bodies: new Set([...before.bodies, ...bodies]),
    });
  }
}

/**
 * Compiles each module for one entry. A bundler leaves unused functions out by itself, but not what
 * has an effect, such as the methods of a record that nobody uses.
 */
export function codesOf(
  { root, modules }: ModuleGraph,
  entry: Entry,
): ReadonlyMap<string, MappedCode> {
  const codes = new Map<string, MappedCode>([[root.path, entry]]);
  const wanted: Wanted = new Map();
  want(wanted, root.files, entry.imports);
  // A module stands behind those that it imports, so that backwards its importers come first.
  for (const { path, name, parsed, files, links } of [...modules.values()].reverse()) {
    const need = wanted.get(path);
    if (need === undefined || parsed === null) continue;
    const keep = need.names === null ? {} : { keep: [...need.names] };
    const options = {
      fileName: name,
      modules: links,
      as: "module" as const,
      target: entry.target,
      bodies: [...need.bodies],
      ...keep,
    };
    const { program, needs } = compile(parsed, options);
    if (program === null) continue;
    codes.set(path, program);
    want(wanted, files, needs);
  }
  return codes;
}
