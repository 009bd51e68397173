// Takes the outlines of all files, gives what each file and block imports, directly and through others.
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { SourceFile } from "./outlines";
import { isRelative, packageOf, resolveRelative } from "./specifier";

/** What a worker or a whole program imports. */
export interface Imported {
  /** Files from the workspace's root, present or not, as the patterns of Nx's inputs take them. */
  readonly files: readonly string[];
  /** Packages that Nx knows from the lockfile. */
  readonly packages: readonly string[];
}

/** Finds what a block imports; undefined stands for the whole file. */
export type FindImported = (file: SourceFile, block?: string | null) => Imported;

/** What JavaScript imports is known only to bundlers: all of its folder counts. */
const scriptsIn = (path: string): string =>
  posix.join(posix.dirname(path), "**/*.{js,mjs,cjs,ts,mts,json}");

const lockfiles = ["package-lock.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"];

/** Nx refuses an input that names a package the lockfile has not. */
function openPackages(workspaceRoot: string): (name: string) => boolean {
  let locked: string | undefined;
  const read = () =>
    lockfiles
      .map((file) => join(workspaceRoot, file))
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path, "utf8"))
      .join("\n");
  return (name) => {
    const folder = join(workspaceRoot, "node_modules", name);
    if (!existsSync(folder) || lstatSync(folder).isSymbolicLink()) return false;
    locked ??= read();
    return locked.includes(`"node_modules/${name}"`) || locked.includes(`${name}@`);
  };
}

const none: Imported = { files: [], packages: [] };

/**
 * Makes the function that finds what a file imports. A file that another imports counts with all
 * its own imports.
 */
export function openImports(files: readonly SourceFile[], workspaceRoot: string): FindImported {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const isPackage = openPackages(workspaceRoot);
  const exists = (path: string) => byPath.has(path) || existsSync(join(workspaceRoot, path));
  return (file, block) => {
    const own = specifiersOf(file, block);
    if (own.length === 0) return none;
    const found = new Set<string>();
    const packages = new Set<string>();
    const pending: { from: SourceFile; specifiers: readonly string[] }[] = [
      { from: file, specifiers: own },
    ];
    for (let next = pending.pop(); next; next = pending.pop()) {
      for (const specifier of next.specifiers) {
        if (!isRelative(specifier)) {
          packages.add(packageOf(specifier));
          continue;
        }
        const path = resolveRelative(specifier, next.from.folder, exists);
        if (path.startsWith("../") || found.has(path)) continue;
        found.add(path);
        const imported = byPath.get(path);
        if (imported) pending.push({ from: imported, specifiers: specifiersOf(imported) });
      }
    }
    found.delete(file.path);
    const patterns = [...found].flatMap((path) =>
      /\.(tova|json)$/.test(path) ? [path] : [path, scriptsIn(path)],
    );
    return {
      files: [...new Set(patterns)].sort(),
      packages: [...packages].filter(isPackage).sort(),
    };
  };
}

function specifiersOf({ outline }: SourceFile, block?: string | null): readonly string[] {
  return outline.imports
    .filter(({ blocks }) => block === undefined || blocks.includes(block))
    .map(({ specifier }) => specifier);
}
