// Takes the paths of source files, gives what the graph needs of each; compiles nothing when cached.
import { readFileSync, statSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import type { BlockOutline, ModuleImport } from "tova-codegen";
import { type FileStateReader, type FileStates, fingerprint, openFileStates } from "./file-state";
import { manifestPath, parseManifest } from "./manifest";
import { openOutlineCache } from "./outline-cache";

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

/** Versions of the packages that make workers, as manifests name them. */
export function compilerVersions(): Readonly<Record<string, string>> {
  const versionOf = (name: string): string =>
    JSON.parse(readFileSync(require.resolve(`${name}/package.json`), "utf8")).version;
  return { "tova-codegen": versionOf("tova-codegen"), "tova-cli": versionOf("tova-cli") };
}

/** What reads the sources: the packages of the compiler, or none in a workspace yet to build them. */
interface Compiler {
  /** Part of every fingerprint. */
  readonly version: string;
  /** Differs with every build of the compiler; null when nothing of this run may be kept. */
  readonly build: string | null;
}

function findCompiler(): Compiler {
  try {
    const version = JSON.stringify(compilerVersions());
    const files = [require.resolve("tova-codegen"), require.resolve("tova-cli"), __filename];
    const built = files.map((file) => {
      const { mtimeMs, size } = statSync(file);
      return `${mtimeMs} ${size}`;
    });
    return { version, build: fingerprint([version, ...built]) };
  } catch {
    return { version: "", build: null };
  }
}

/** Of the code that is loaded: Nx's daemon goes on with it while another is built. */
const compiler = findCompiler();

/** As the compiler gets it: without a byte order mark. */
function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return null;
  }
}

/** What one run of the plugin reads with. */
interface Reading {
  readonly workspaceRoot: string;
  readonly states: FileStateReader;
}

interface Texts {
  readonly path: string;
  readonly text: string;
  readonly deploy: string | null;
}

/** Loading the compiler takes longer than all else here, so it waits until a file has changed. */
async function inspectAnew(texts: Texts, { workspaceRoot, states }: Reading) {
  const since = Date.now();
  const { inspect } = await import("tova-cli");
  const { blocks, imports, hasErrors, fingerprints, files } = await inspect({
    ...texts,
    path: join(workspaceRoot, texts.path),
    cwd: workspaceRoot,
    compiler: compiler.version,
  });
  const outline: FileOutline = {
    blocks: blocks.map((block, index) => toGraphBlock(block, fingerprints?.[index] ?? null)),
    imports: imports.map(({ specifier, blocks }) => ({ specifier, blocks })),
    hasErrors,
  };
  const paths = files?.map((file) => relative(workspaceRoot, file).split(sep).join("/"));
  return { outline, files: paths === undefined ? null : states.read(paths, since) };
}

function toGraphBlock(block: BlockOutline, fingerprint: string | null): GraphBlock {
  const { name, projectName, workerName, accountId, target, main, configFile } = block;
  const { kv, sql, storage } = block;
  const { produces, consumes, routes, health, crons, env, secrets } = block;
  const resources = { kv, sql, storage, produces, consumes };
  const code = { routes, health, crons, env, secrets };
  const names = { name, projectName, workerName, accountId, target, main, configFile };
  return { ...names, ...resources, ...code, fingerprint };
}

/** Reads one file anew. A compiler that fails is described, and leaves the file its project. */
async function readAnew(texts: Texts, reading: Reading) {
  try {
    return { ...(await inspectAnew(texts, reading)), problem: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    const outline: FileOutline = { blocks: [], imports: [], hasErrors: true };
    const problem = `${texts.path} cannot be read by tova-cli: ${reason}`;
    return { outline, files: null, problem };
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
  const files: SourceFile[] = [];
  const problems: string[] = [];
  for (const path of [...paths].sort()) {
    const place = { path, folder: posix.dirname(path), stem: posix.basename(path, ".tova") };
    const text = readIfPresent(join(workspaceRoot, path));
    if (text === null) {
      problems.push(`${path} cannot be read as a file; it has no projects.`);
      continue;
    }
    if (text.trim() === "") problems.push(`${path} is empty; it has no projects.`);
    const deployPath = posix.join(place.folder, deployFileName(place.stem));
    const deploy = readIfPresent(join(workspaceRoot, deployPath));
    const { manifest, problem } = readManifest(workspaceRoot, path);
    if (problem !== null) problems.push(problem);
    const key = compiler.build === null ? null : fingerprint([compiler.build, path, text, deploy]);
    const kept = key === null ? undefined : cache.get(key);
    if (kept !== undefined && reading.states.holds(kept.files)) {
      files.push({ ...place, outline: kept.outline, manifest });
      continue;
    }
    const read = await readAnew({ path, text, deploy }, reading);
    if (read.problem !== null) problems.push(read.problem);
    if (key !== null && read.files !== null) {
      cache.set(key, { outline: read.outline, files: read.files });
    }
    files.push({ ...place, outline: read.outline, manifest });
  }
  cache.save();
  return { files, problems };
}
