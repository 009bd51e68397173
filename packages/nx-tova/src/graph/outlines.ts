// Takes the paths of source files, gives what the graph needs of each; compiles nothing when cached.
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { type FileOutline, readBlocks } from "./block";
import { noBundle, openBundleStates } from "./bundle-state";
import { outlineAnew, type Reading, type Texts, unreadable } from "./compiler";
import { compiler } from "./compiler-build";
import { type FileStates, fingerprint, openFileStates } from "./file-state";
import { type Manifest, manifestPath, parseManifest } from "./manifest";
import { openOutlineCache } from "./outline-cache";
import { isSealed, usesSeals } from "./seal";

/** A source file and what is known of it. */
export interface SourceFile {
  /** From the workspace's root, with forward slashes. */
  readonly path: string;
  /** `pipeline` of `apps/pipeline/pipeline.tova`. */
  readonly stem: string;
  /** Folder of the file from the workspace's root; `.` for the root. */
  readonly folder: string;
  readonly outline: FileOutline;
  /** Keys of the blocks that stand in its manifest; empty with no manifest. */
  readonly manifest: readonly string[];
  /** Of its path, its text and its deploy file. */
  readonly own: string;
  /** What the outline stands on beside those; null when it is not known, or taken from the manifest. */
  readonly standsOn: FileStates | null;
}

/** Name of the file of resource ids beside a source, from the stem of the source. */
export const deployFileName = (stem: string): string => `${stem}.deploy.toml`;

/** Of a file that is mostly not there: an error costs more than the question. */
const readIfPresent = (path: string): string | null => (existsSync(path) ? readText(path) : null);

/** As the compiler gets it: without a byte order mark. Null when it cannot be read. */
function readText(path: string): string | null {
  try {
    const text = readFileSync(path, "utf8");
    return text.startsWith("\uFEFF") ? text.slice(1) : text;
  } catch {
    return null;
  }
}

function readManifest(workspaceRoot: string, sourcePath: string) {
  const path = manifestPath(sourcePath);
  const text = readIfPresent(`${workspaceRoot}/${path}`);
  if (text === null) return { manifest: null, problem: null };
  const parsed = parseManifest(text, path);
  return parsed.kind === "problem"
    ? { manifest: null, problem: parsed.problem }
    : { manifest: parsed.manifest, problem: null };
}

/** A file as it was read. */
interface ReadFile extends Texts {
  readonly own: string;
  readonly manifest: Manifest | null;
  readonly problem: string | null;
}

function readFile(path: string, workspaceRoot: string): ReadFile | null {
  const text = readText(`${workspaceRoot}/${path}`);
  if (text === null) return null;
  const deployPath = posix.join(posix.dirname(path), deployFileName(posix.basename(path, ".tova")));
  const deploy = readIfPresent(`${workspaceRoot}/${deployPath}`);
  const own = fingerprint([path, text, deploy]);
  return { path, text, deploy, own, ...readManifest(workspaceRoot, path) };
}

function readAll(paths: readonly string[], workspaceRoot: string) {
  const problems: string[] = [];
  const read = [...paths].sort().flatMap((path): ReadFile[] => {
    const file = readFile(path, workspaceRoot);
    if (file === null) problems.push(`${path} cannot be read as a file; it has no projects.`);
    if (file?.text.trim() === "") problems.push(`${path} is empty; it has no projects.`);
    if (file?.problem) problems.push(file.problem);
    return file === null ? [] : [file];
  });
  return { read, problems };
}

/** What is known of a file, and the states of others that it stands on. */
interface Known {
  readonly outline: FileOutline;
  readonly standsOn: FileStates | null;
}

/** A file that makes no project and has nothing of a program: no more than what others import of it. */
const isModule = ({ text, deploy, manifest }: ReadFile): boolean =>
  manifest === null && deploy === null && !/\bedge\b/.test(text);

/** What sealed manifests say: of their own programs, and of the modules that those import. */
function readSealed(read: readonly ReadFile[], reading: Reading): Map<string, FileOutline> {
  const sealed = new Map<string, FileOutline>();
  const modules = new Map<string, readonly string[]>();
  if (!usesSeals()) return sealed;
  for (const file of read) {
    const { manifest } = file;
    if (manifest === null || !isSealed(manifest, file, reading)) continue;
    const { bundle = noBundle } = manifest;
    sealed.set(file.path, { ...readBlocks(manifest), hasErrors: false, bundle });
    for (const [path, imports] of Object.entries(manifest.files ?? {})) modules.set(path, imports);
  }
  for (const file of read) {
    const specifiers = modules.get(file.path);
    if (specifiers === undefined || !isModule(file)) continue;
    const imports = specifiers.map((specifier) => ({ specifier, blocks: [] }));
    sealed.set(file.path, { blocks: [], imports, hasErrors: false, bundle: noBundle });
  }
  return sealed;
}

/** What earlier runs have kept, and the compiler says of the rest. */
async function readUnsealed(
  read: readonly ReadFile[],
  reading: Reading,
  { keeps }: { readonly keeps: boolean },
): Promise<{ known: Map<string, Known>; problems: string[] }> {
  // The cache of a workspace whose manifests say it all would be parsed for nothing.
  if (read.length === 0) return { known: new Map(), problems: [] };
  const cache = openOutlineCache(reading.workspaceRoot);
  const keyOf = ({ own }: ReadFile) =>
    compiler.build === null ? null : fingerprint([compiler.build, own]);
  const known = new Map<string, Known>();
  const problems: string[] = [];
  const stale = read.filter((file) => {
    const key = keyOf(file);
    const kept = key === null ? undefined : cache.get(key);
    if (kept === undefined || !reading.states.holds(kept.files)) return true;
    known.set(file.path, { outline: kept.outline, standsOn: kept.files });
    return false;
  });
  const outlined = await outlineAnew(stale, reading);
  for (const [at, file] of stale.entries()) {
    const { outline, files, problem } = outlined[at] ?? { outline: unreadable, files: null };
    const key = keyOf(file);
    known.set(file.path, { outline, standsOn: files });
    if (problem) problems.push(problem);
    if (files !== null && key !== null) cache.set(key, { outline, files });
  }
  if (keeps) cache.save();
  return { known, problems };
}

/**
 * Reads all files, in the order of their paths. A file that cannot be read (a folder, a broken link,
 * removed in the meantime) is left out and described in `problems`.
 * @param options with `keeps` false nothing is kept for the next run: for a part of a workspace's files
 */
export async function readSourceFiles(
  paths: readonly string[],
  workspaceRoot: string,
  options: { readonly keeps: boolean } = { keeps: true },
): Promise<{ files: SourceFile[]; problems: string[] }> {
  const states = openFileStates(workspaceRoot);
  const reading = { workspaceRoot, states, bundles: openBundleStates(workspaceRoot) };
  const { read, problems } = readAll(paths, workspaceRoot);
  const sealed = readSealed(read, reading);
  const unsealed = await readUnsealed(
    read.filter(({ path }) => !sealed.has(path)),
    reading,
    options,
  );
  const files = read.map(({ path, own, manifest }): SourceFile => {
    const known = unsealed.known.get(path);
    return {
      ...{ path, own },
      folder: posix.dirname(path),
      stem: posix.basename(path, ".tova"),
      outline: sealed.get(path) ?? known?.outline ?? unreadable,
      manifest: Object.keys(manifest?.blocks ?? {}),
      standsOn: known?.standsOn ?? null,
    };
  });
  return { files, problems: [...problems, ...unsealed.problems] };
}
