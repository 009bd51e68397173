// Takes the outlines of all files, gives what each file and block imports, directly and through others.
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { noBundle } from "./bundle-state";
import type { SourceFile } from "./outlines";
import type { Packages } from "./packages";
import { isInstalled, isRelative, packageOf, resolveRelative } from "./specifier";

/** What a worker or a whole program imports. */
export interface Imported {
  /** Files from the workspace's root, present or not; of scripts {@link scriptsPattern} in their folder too. */
  readonly files: readonly string[];
  /** Packages that Nx knows from the lockfile. */
  readonly packages: readonly string[];
  /** The lockfiles, where there are packages that Nx does not know. */
  readonly lockfiles: readonly string[];
}

/** Finds what a block imports; undefined stands for the whole file. */
export type FindImported = (file: SourceFile, block?: string | null) => Imported;

/** Of the scripts in a folder. */
export const scriptsPattern = "**/*.{js,mjs,cjs,ts,mts,json}";

/** What JavaScript imports is known only to bundlers: all of its folder counts. */
const scriptsIn = (path: string): string => posix.join(posix.dirname(path), scriptsPattern);

const none: Imported = { files: [], packages: [], lockfiles: [] };

/** What a file imports, directly and through other Tova files. */
interface Followed {
  /** From the workspace's root, present or not; none outside of it. */
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
}

function follow(
  file: SourceFile,
  specifiers: readonly string[],
  byPath: ReadonlyMap<string, SourceFile>,
  exists: (path: string) => boolean,
): Followed {
  const files = new Set<string>();
  const packages = new Set<string>();
  const pending = [{ from: file, specifiers }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const specifier of next.specifiers) {
      if (!isRelative(specifier)) {
        packages.add(packageOf(specifier));
        continue;
      }
      const path = resolveRelative(specifier, next.from.folder, exists);
      if (path.startsWith("../") || files.has(path)) continue;
      files.add(path);
      const imported = byPath.get(path);
      if (imported) pending.push({ from: imported, specifiers: specifiersOf(imported) });
    }
  }
  files.delete(file.path);
  return { files, packages };
}

/**
 * Makes the function that finds what a file imports. A file that another imports counts with all
 * its own imports; scripts and packages count with all that the bundler has found to be in the
 * program's workers.
 */
export function openImports(
  files: readonly SourceFile[],
  workspaceRoot: string,
  known: Packages,
): FindImported {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const exists = (path: string) => byPath.has(path) || existsSync(join(workspaceRoot, path));
  const isUnknown = (path: string) => isInstalled(path) && !known.hasFile(path);
  // Of paths that were tried, one without an ending is no file.
  const isOwn = (path: string) =>
    !path.startsWith("../") && !isInstalled(path) && posix.extname(path) !== "";
  return (file, block) => {
    const specifiers = specifiersOf(file, block);
    if (specifiers.length === 0) return none;
    const { files, packages } = follow(file, specifiers, byPath, exists);
    const scripts = [...files].filter((path) => !/\.(tova|json)$/.test(path));
    const isBundled = scripts.length > 0 || packages.size > 0;
    const bundle = (isBundled && file.outline.bundle) || noBundle;
    const all = [...files, ...scripts.map(scriptsIn), ...bundle.files.filter(isOwn)];
    return {
      files: [...new Set(all)].sort(),
      packages: [...new Set([...packages, ...bundle.packages])].filter(known.has).sort(),
      lockfiles: bundle.files.some(isUnknown) ? known.lockfiles : [],
    };
  };
}

function specifiersOf({ outline }: SourceFile, block?: string | null): readonly string[] {
  return outline.imports
    .filter(({ blocks }) => block === undefined || blocks.includes(block))
    .map(({ specifier }) => specifier);
}
