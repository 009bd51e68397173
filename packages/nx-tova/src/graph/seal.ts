// A manifest and the states of all that it stands on in; a seal by which a graph may take its word, out.
import { realpathSync } from "node:fs";
import { join, posix } from "node:path";
import { compiler } from "./compiler-build";
import { type FileStateReader, type FileStates, fingerprint } from "./file-state";
import { type Manifest, withoutSeal } from "./manifest";

/** Of the rules of this file. */
const format = "1";

/** The program of a manifest. */
export interface Program {
  /** From the workspace's root. */
  readonly path: string;
  /** Of its path, its text and its deploy file. */
  readonly own: string;
}

/** Whose names decide over `migrations_dir`. */
const migrationsOf = (path: string): string => posix.join(posix.dirname(path), "migrations");

/** What a seal covers beside the manifest, the program and its deploy file. */
const coveredPaths = ({ path }: Program, { files = {} }: Manifest): string[] =>
  [migrationsOf(path), ...Object.keys(files)].sort();

/**
 * Seals a manifest. One seal covers every entry: of a manifest that was merged or mended by hand no
 * seal holds, whatever its parts are.
 * @param states of all that the program stands on
 */
export function sealOf(manifest: Manifest, program: Program, states: FileStates): string {
  const { blocks, ...rest } = manifest;
  const entries = Object.entries(blocks).map(([key, entry]) => [key, withoutSeal(entry)]);
  const covered = coveredPaths(program, manifest).map((path) => [path, states[path]]);
  const parts = [covered, rest, entries].map((part) => JSON.stringify(part));
  return fingerprint([format, compiler.build, program.own, ...parts]);
}

/** True where the path is no link, and nothing above it in the workspace. */
function isPlain(workspaceRoot: string, path: string): boolean {
  try {
    return realpathSync(join(workspaceRoot, path)) === join(realpathSync(workspaceRoot), path);
  } catch {
    return false;
  }
}

/** False also where nothing of the machine may be kept, and where the user wants none of it. */
export const usesSeals = (): boolean =>
  compiler.build !== null && process.env.NX_TOVA_SEALS !== "false";

/** True when one of a manifest's seals holds: it says of the program what the compiler would. */
export function isSealed(
  manifest: Manifest,
  program: Program,
  { states, workspaceRoot }: { readonly states: FileStateReader; readonly workspaceRoot: string },
): boolean {
  const seals = new Set(Object.values(manifest.blocks).map(({ seal }) => seal));
  seals.delete(undefined);
  if (seals.size === 0) return false;
  const current = states.current(coveredPaths(program, manifest));
  if (!seals.has(sealOf(manifest, program, current))) return false;
  const imported = Object.keys(manifest.files ?? {});
  // What a link leads to has imports of its own folder.
  return (
    imported.length === 0 ||
    [program.path, ...imported].every((path) => isPlain(workspaceRoot, path))
  );
}

/** What is known of a program's imports, by path. */
export type FindSpecifiers = (path: string) => readonly string[] | undefined;

const isRelative = (specifier: string): boolean => /^\.{1,2}\//.test(specifier);
const isPlatform = (specifier: string): boolean => /^(node|cloudflare|workerd):/.test(specifier);

/** The file that an import of Tova or JSON means. */
const pathOf = (from: string, specifier: string): string => {
  const path = posix.join(posix.dirname(from), specifier);
  return /\.(tova|json)$/.test(path) ? path : `${path}.tova`;
};

/**
 * The files that a program imports, each with its own imports, when its manifest can be sealed; else
 * null. Scripts and packages cannot be: what a bundler makes of them hangs on more than their text.
 * @param states of all that the compiler has found to decide over the program
 */
export function sealedFiles(
  path: string,
  states: FileStates,
  specifiersOf: FindSpecifiers,
): Readonly<Record<string, readonly string[]>> | null {
  const paths = Object.keys(states).filter((file) => file !== migrationsOf(path) && file !== path);
  const files: Record<string, readonly string[]> = {};
  for (const file of paths.sort()) {
    const isCovered = /\.(tova|json)$/.test(file) && !/(^|\/)(\.\.|node_modules)\//.test(file);
    const specifiers = file.endsWith(".json") ? [] : specifiersOf(file);
    if (!isCovered || specifiers === undefined) return null;
    files[file] = specifiers;
  }
  const imports = [...paths, path].flatMap((from) =>
    (files[from] ?? specifiersOf(from) ?? []).map((specifier) => ({ from, specifier })),
  );
  const isKnown = ({ from, specifier }: { from: string; specifier: string }) =>
    isPlatform(specifier) ||
    (isRelative(specifier) && Object.hasOwn(files, pathOf(from, specifier)));
  // An import that leads elsewhere goes through a link.
  return imports.every(isKnown) ? files : null;
}
