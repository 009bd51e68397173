// The text of a program in; the outline and fingerprint of each worker, nothing written, out.
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { hasErrors, type Outline, outline, strictly, type Worker } from "tova-codegen";
import { type Diagnosed, diagnoseSource } from "./compiled";
import { outputFolder, placeSource, type Source } from "./source";

/** A program as a tool has read it. */
export interface InspectOptions {
  /** Absolute, of a file that is there. */
  readonly path: string;
  readonly text: string;
  /** Text of the deploy file beside it, null without one. */
  readonly deploy: string | null;
  readonly cwd: string;
  /** The compiler's version, which is part of each fingerprint. */
  readonly compiler: string;
}

/** What is known of a program before it is built. */
export interface Inspection extends Pick<Outline, "blocks" | "imports"> {
  /** True when building its workers would report an error, in their SQL excepted. */
  readonly hasErrors: boolean;
  /**
   * What each worker is made of, by block and in the order of `blocks`; null on an error. Two builds
   * of one fingerprint, into one folder, write the same code, types and config; so do two strict ones,
   * or neither writes anything.
   */
  readonly fingerprints: readonly string[] | null;
  /**
   * Absolute paths, present or not, of all that this stands on beside the given texts; null when they
   * cannot be told, as a worker cannot be bundled.
   */
  readonly files: readonly string[] | null;
  /** What of it has gone through the bundler's own resolution; null when it cannot be told. */
  readonly bundle: Bundle | null;
}

/** Scripts and packages in the workers of a program. */
export interface Bundle {
  /** Absolute paths of all files but Tova's own, present or not. */
  readonly files: readonly string[];
  /** Names of packages by which it was looked for modules. */
  readonly packages: readonly string[];
}

/**
 * Takes exactly what is written, so that nothing that changes a worker can be missed and nothing else
 * counts. Maps hold the source with its comments; they carry it along and are right for their worker.
 * @param isRefused whether a strict build would write nothing, which one from a cache must not hide
 */
function fingerprintOf(
  { code, types, config, files }: Worker,
  { compiler, isRefused }: { readonly compiler: string; readonly isRefused: boolean },
): string {
  const others = [...(files.length === 0 ? [] : [files]), ...(isRefused ? ["refused"] : [])];
  const texts = [compiler, code, types?.text ?? null, config?.text ?? null, ...others];
  const parts = JSON.stringify(texts);
  return createHash("sha256").update(parts).digest("hex").slice(0, 32);
}

/** Written by every installation of npm, pnpm and yarn. */
const markers = [".package-lock.json", ".modules.yaml", ".yarn-state.yml", ".yarn-integrity"];

/** Of packages: what is bundled, what says where a package's code is, and the marks of an installation. */
function installedFiles(paths: readonly string[]): string[] {
  const found = new Set<string>();
  for (const path of paths) {
    // The outermost folder has the marks, the innermost the package: pnpm keeps it in one of its own.
    const [modules = ""] = /^.*?[\\/]node_modules(?=[\\/])/.exec(path) ?? [];
    const [name = ""] = /^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(path) ?? [];
    for (const marker of markers) found.add(join(modules, marker));
    found.add(join(name, "package.json")).add(path);
  }
  return [...found];
}

const isScript = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path);

/** A folder and all around it. */
function foldersAbove(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}

/**
 * Scripts find each other by the names in their folders, which a new file may change, and by what a
 * package.json around them says: `imports`, `browser`, `sideEffects`.
 */
function aroundScripts(paths: readonly string[]): string[] {
  const folders = [...new Set(paths.filter(isScript).map(dirname))];
  const manifests = folders.flatMap(foldersAbove).map((folder) => join(folder, "package.json"));
  return [...folders.flatMap((folder) => [folder, dirname(folder)]), ...manifests];
}

function filesOf({ source, files, installed }: Diagnosed): string[] | null {
  if (installed === null) return null;
  const own = join(source.folder, "migrations");
  return [...new Set([own, ...files, ...aroundScripts(files), ...installedFiles(installed)])];
}

function bundleOf({ files, installed, packages }: Diagnosed): Bundle | null {
  if (installed === null || packages === null) return null;
  // Modules of Tova find each other and JSON by rules of Tova's own.
  if (installed.length === 0 && !files.some(isScript)) return { files: [], packages: [] };
  // Folders in which there might be a package are told by its name.
  const others = files.filter((path) => !/\.tova$|[\\/]node_modules[\\/]/.test(path));
  return { files: [...new Set([...others, ...installed])].sort(), packages };
}

function outlineOf({ text, name, deploy }: Source): Outline {
  return outline(text, { fileName: name, ...(deploy === null ? {} : { deploy }) });
}

/** Compiles and bundles a program in memory. Shows nothing. */
export async function inspect(options: InspectOptions): Promise<Inspection> {
  const { path, cwd, compiler } = options;
  const source = await placeSource(path, options, cwd);
  const outDir = outputFolder(source, undefined, cwd);
  // No worker changes with its migrations, and SQLite takes longer than all else here. What is outside
  // workers has no fingerprint, so that nobody waits for its bundle.
  const diagnosed = await diagnoseSource(source, { outDir, cwd, sql: false, program: false });
  const files = filesOf(diagnosed);
  const bundle = bundleOf(diagnosed);
  if (hasErrors(diagnosed.diagnostics)) {
    const { blocks, imports } = outlineOf(source);
    return { blocks, imports, hasErrors: true, fingerprints: null, files, bundle };
  }
  const { workers, imports } = diagnosed.result;
  const isRefused = hasErrors(strictly(diagnosed.diagnostics));
  return {
    blocks: workers.map((worker) => worker.outline),
    imports,
    hasErrors: false,
    fingerprints: workers.map((worker) => fingerprintOf(worker, { compiler, isRefused })),
    files,
    bundle,
  };
}
