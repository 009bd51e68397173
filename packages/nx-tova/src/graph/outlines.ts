// Takes the paths of source files, gives what the graph needs of each; compiles nothing when cached.
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { BlockOutline, ModuleImport } from "tova-codegen";
import { compiler, outlineAnew, type Reading, type Texts, unreadable } from "./compiler";
import { type FileStates, fingerprint, openFileStates } from "./file-state";
import { manifestPath, parseManifest } from "./manifest";
import { type OutlineCache, openOutlineCache } from "./outline-cache";

/** What the graph needs of one edge block. */
export interface GraphBlock
  extends Pick<
    BlockOutline,
    | "name"
    | "projectName"
    | "workerName"
    | "accountId"
    | "target"
    | "main"
    | "configFile"
    | "kv"
    | "sql"
    | "storage"
    | "produces"
    | "consumes"
    | "routes"
    | "health"
    | "crons"
    | "env"
    | "secrets"
  > {
  /** Differs whenever the worker's code or config does; null in a program with errors. */
  readonly fingerprint: string | null;
}

/** What the graph needs of one source file; plain data, as it is cached. */
export interface FileOutline {
  readonly blocks: readonly GraphBlock[];
  /** Modules that it imports, each with the blocks that need it. */
  readonly imports: readonly Pick<ModuleImport, "specifier" | "blocks">[];
  /** True when building the file would report an error. */
  readonly hasErrors: boolean;
}

/** An outline, and the states of the files beside the source that it stands on. */
export interface CachedOutline {
  readonly outline: FileOutline;
  readonly files: FileStates;
}

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
}

/** Name of the file of resource ids beside a source, from the stem of the source. */
export const deployFileName = (stem: string): string => `${stem}.deploy.toml`;

/** As the compiler gets it: without a byte order mark. */
function readIfPresent(path: string): string | null {
  try {
    // Most files that may be there are not, and an error costs more than the question.
    return existsSync(path) ? readFileSync(path, "utf8").replace(/^\uFEFF/, "") : null;
  } catch {
    return null;
  }
}

/** Keys of the blocks in a file's manifest, and what is wrong with it. */
function readManifest(workspaceRoot: string, sourcePath: string) {
  const path = manifestPath(sourcePath);
  const text = readIfPresent(join(workspaceRoot, path));
  if (text === null) return { manifest: [], problem: null };
  const parsed = parseManifest(text, path);
  return parsed.kind === "problem"
    ? { manifest: [], problem: parsed.problem }
    : { manifest: Object.keys(parsed.manifest.blocks), problem: null };
}

/** A file as it was read, and its outline as far as it is known from an earlier run. */
interface ReadFile extends Texts {
  readonly kept: CachedOutline | null;
  /** Of its content and of the compiler; null when nothing of this run may be kept. */
  readonly key: string | null;
  readonly manifest: readonly string[];
  readonly problem: string | null;
}

function readFile(path: string, reading: Reading, cache: OutlineCache): ReadFile | null {
  const { workspaceRoot, states } = reading;
  const text = readIfPresent(join(workspaceRoot, path));
  if (text === null) return null;
  const deployPath = posix.join(posix.dirname(path), deployFileName(posix.basename(path, ".tova")));
  const deploy = readIfPresent(join(workspaceRoot, deployPath));
  const key = compiler.build === null ? null : fingerprint([compiler.build, path, text, deploy]);
  const known = key === null ? undefined : cache.get(key);
  const kept = known !== undefined && states.holds(known.files) ? known : null;
  return { path, text, deploy, key, kept, ...readManifest(workspaceRoot, path) };
}

/**
 * Reads all files, in the order of their paths. A file that cannot be read (a folder, a broken link,
 * removed in the meantime) is left out and described in `problems`.
 */
export async function readSourceFiles(
  paths: readonly string[],
  workspaceRoot: string,
): Promise<{ files: SourceFile[]; problems: string[] }> {
  const cache = openOutlineCache(workspaceRoot);
  const reading = { workspaceRoot, states: openFileStates(workspaceRoot) };
  const problems: string[] = [];
  const read = [...paths].sort().flatMap((path): ReadFile[] => {
    const file = readFile(path, reading, cache);
    if (file === null) problems.push(`${path} cannot be read as a file; it has no projects.`);
    if (file?.text.trim() === "") problems.push(`${path} is empty; it has no projects.`);
    if (file?.problem) problems.push(file.problem);
    return file === null ? [] : [file];
  });
  const stale = read.filter(({ kept }) => kept === null);
  const outlined = new Map(
    (await outlineAnew(stale, reading)).map((anew, at) => [stale[at], anew] as const),
  );
  const files = read.map((file): SourceFile => {
    const { path, key, kept, manifest } = file;
    const anew = outlined.get(file);
    if (anew?.problem) problems.push(anew.problem);
    if (anew?.files && key !== null) cache.set(key, { outline: anew.outline, files: anew.files });
    const outline = kept?.outline ?? anew?.outline ?? unreadable;
    const place = { path, folder: posix.dirname(path), stem: posix.basename(path, ".tova") };
    return { ...place, outline, manifest };
  });
  cache.save();
  return { files, problems };
}
