// A manifest and the states of all that it stands on in; a seal by which a graph may take its word, out.
import { realpathSync } from "node:fs";
import { join, posix } from "node:path";
import type { Bundle, BundleStates } from "./bundle-state";
import type { Reading } from "./compiler";
import { compiler } from "./compiler-build";
import { type FileStates, fingerprint } from "./file-state";
import { type Manifest, type ManifestBlock, withoutSeal } from "./manifest";
import { isInstalled, isRelative, packageOf, resolveRelative } from "./specifier";

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
const coveredPaths = ({ path }: Program, { files }: Manifest): string[] =>
  files === undefined ? [migrationsOf(path)] : [migrationsOf(path), ...Object.keys(files)].sort();

/** The Tova files of a program. */
const modulesOf = ({ path }: Program, { files = {} }: Manifest): string[] => [
  path,
  ...Object.keys(files).filter((file) => file.endsWith(".tova")),
];

/**
 * Seals a manifest. One seal covers every entry: of a manifest that was merged or mended by hand no
 * seal holds, whatever its parts are.
 * @param stateOf tells the state of a path that the program stands on
 * @returns null when a script or package in its workers cannot be covered
 */
export function sealOf(
  manifest: Manifest,
  program: Program,
  stateOf: (path: string) => string | undefined,
  bundles: BundleStates,
): string | null {
  const { blocks, bundle } = manifest;
  const bundled =
    bundle === undefined ? undefined : bundles.of(bundle, modulesOf(program, manifest));
  if (bundled === null) return null;
  const entries: [key: string, entry: unknown][] = [];
  for (const key in blocks) entries.push([key, withoutSeal(blocks[key] as ManifestBlock)]);
  const covered = coveredPaths(program, manifest).map((path) => [path, stateOf(path)]);
  const others = { ...manifest, blocks: undefined };
  const covers = [format, compiler.build, program.own, covered, others, entries, bundled];
  return fingerprint([JSON.stringify(covers)]);
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

const isBundle = (value: Partial<Bundle>): value is Bundle =>
  [value?.files, value?.packages].every(
    (list) => Array.isArray(list) && list.every((one) => typeof one === "string"),
  );

/** True when one of a manifest's seals holds: it says of the program what the compiler would. */
export function isSealed(
  manifest: Manifest,
  program: Program,
  { states, bundles, workspaceRoot }: Reading,
): boolean {
  const seals = new Set(Object.values(manifest.blocks).map(({ seal }) => seal));
  seals.delete(undefined);
  if (seals.size === 0) return false;
  if (manifest.bundle !== undefined && !isBundle(manifest.bundle)) return false;
  const seal = sealOf(manifest, program, states.current, bundles);
  if (seal === null || !seals.has(seal)) return false;
  const imported = Object.keys(manifest.files ?? {});
  // What a link leads to has imports of its own folder.
  return (
    (imported.length === 0 && manifest.bundle === undefined) ||
    [program.path, ...imported].every((path) => isPlain(workspaceRoot, path))
  );
}

/** What is known of a program's imports, by path. */
export type FindSpecifiers = (path: string) => readonly string[] | undefined;

const isPlatform = (specifier: string): boolean => /^(node|cloudflare|workerd):/.test(specifier);

/** Of the paths that a program stands on, those that its bundle speaks for. */
const isOfBundle = (path: string, states: FileStates): boolean =>
  isInstalled(path) ||
  states[path] === "absent" ||
  posix.basename(path) === "package.json" ||
  !/\.(tova|json)$/.test(path);

/** True when a specifier leads to something that is covered; an import that leads elsewhere goes through a link. */
function isCovered(from: string, specifier: string, covered: ReadonlySet<string>, bundle: Bundle) {
  if (isPlatform(specifier)) return true;
  if (!isRelative(specifier)) return bundle.packages.includes(packageOf(specifier));
  const has = (path: string) => covered.has(path);
  return has(resolveRelative(specifier, posix.dirname(from), has));
}

/**
 * The Tova and JSON files that a program imports, each with its own imports, when its manifest can be
 * sealed; else null.
 * @param states of all that the compiler has found to decide over the program
 */
export function sealedFiles(
  path: string,
  states: FileStates,
  bundle: Bundle,
  specifiersOf: FindSpecifiers,
): Readonly<Record<string, readonly string[]>> | null {
  // Modules of packages may import others by a bundler's rules and Tova's; what lies elsewhere, as the
  // archives of Yarn do, has another path on every machine.
  if (bundle.files.some((file) => file.endsWith(".tova") || file.startsWith("../"))) return null;
  const paths = Object.keys(states)
    .filter((file) => file !== migrationsOf(path) && file !== path)
    .filter((file) => bundle.files.length === 0 || !isOfBundle(file, states));
  const files: Record<string, readonly string[]> = {};
  for (const file of paths.sort()) {
    const isText = /\.(tova|json)$/.test(file) && !/(^|\/)(\.\.|node_modules)\//.test(file);
    const specifiers = file.endsWith(".json") ? [] : specifiersOf(file);
    if (!isText || specifiers === undefined) return null;
    files[file] = specifiers;
  }
  const covered = new Set([...paths, ...bundle.files]);
  const imports = [...paths, path].flatMap((from) =>
    (files[from] ?? specifiersOf(from) ?? []).map((specifier) => ({ from, specifier })),
  );
  return imports.every(({ from, specifier }) => isCovered(from, specifier, covered, bundle))
    ? files
    : null;
}
