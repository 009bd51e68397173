// Takes the paths of source files, gives what the graph needs of each; compiles nothing when cached.
import { readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import type { BlockOutline, ModuleImport, Outline } from "tova-codegen";
import { fingerprint, openOutlineCache } from "./outline-cache";

/** What the graph needs of one edge block. */
export type GraphBlock = Pick<
  BlockOutline,
  | "name"
  | "projectName"
  | "target"
  | "main"
  | "configFile"
  | "kv"
  | "sql"
  | "storage"
  | "produces"
  | "consumes"
  | "crons"
  | "secrets"
>;

/** What the graph needs of one source file; plain data, as it is cached. */
export interface FileOutline {
  readonly blocks: readonly GraphBlock[];
  /** Modules that it imports, each with the blocks that need it. */
  readonly imports: readonly Pick<ModuleImport, "specifier" | "blocks">[];
  /** True when building the file would report an error. */
  readonly hasErrors: boolean;
}

/** A source file and its outline, or why it has none. */
export interface SourceFile {
  /** From the workspace's root, with forward slashes. */
  readonly path: string;
  /** `pipeline` of `apps/pipeline/pipeline.tova`. */
  readonly stem: string;
  /** Folder of the file from the workspace's root; `.` for the root. */
  readonly folder: string;
  readonly outline: FileOutline;
}

/** Reads a file's outline; `tova-codegen` in production, anything in a test. */
export type ReadOutline = (
  source: string,
  options: { fileName: string; deploy?: { fileName: string; text: string } },
) => Outline | Promise<Outline>;

/** Loading the compiler takes longer than all else here, so it waits until a file has changed. */
const readWithCompiler: ReadOutline = async (source, options) => {
  const { outline } = await import("tova-codegen");
  return outline(source, options);
};

/**
 * Changes with every release, and in a workspace that builds the compiler with every build.
 * @throws when the compiler is not there, as in a workspace that has yet to build it
 */
function compilerFingerprint(): string {
  const built = [require.resolve("tova-codegen"), __filename].map((file) => {
    const { mtimeMs, size } = statSync(file);
    return `${mtimeMs} ${size}`;
  });
  return fingerprint([readIfPresent(require.resolve("tova-codegen/package.json")), ...built]);
}

/** As the compiler gets it: without a byte order mark. */
function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return null;
  }
}

function toFileOutline({ blocks, imports, diagnostics }: Outline): FileOutline {
  return {
    imports: imports.map(({ specifier, blocks }) => ({ specifier, blocks })),
    blocks: blocks.map((block) => ({
      name: block.name,
      projectName: block.projectName,
      target: block.target,
      main: block.main,
      configFile: block.configFile,
      kv: block.kv,
      sql: block.sql,
      storage: block.storage,
      produces: block.produces,
      consumes: block.consumes,
      crons: block.crons,
      secrets: block.secrets,
    })),
    hasErrors: diagnostics.some(({ severity }) => severity === "error"),
  };
}

/** Name of the file of resource ids beside a source, from the stem of the source. */
export const deployFileName = (stem: string): string => `${stem}.deploy.toml`;

/** Reads one file anew. A compiler that fails is described, and leaves the file its project. */
async function readAnew(
  source: string,
  options: Parameters<ReadOutline>[1],
  readOutline: ReadOutline,
): Promise<{ outline: FileOutline; problem: string | null }> {
  try {
    return { outline: toFileOutline(await readOutline(source, options)), problem: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    const outline = { blocks: [], imports: [], hasErrors: true };
    return { outline, problem: `${options.fileName} cannot be read by tova-codegen: ${reason}` };
  }
}

/** A key that differs whenever the outline may; null when nothing of this run may be kept. */
function openKeys(): (parts: readonly (string | null)[]) => string | null {
  try {
    const compiler = compilerFingerprint();
    return (parts) => fingerprint([compiler, ...parts]);
  } catch {
    return () => null;
  }
}

/**
 * Reads all files, in the order of their paths. A file that cannot be read (a folder, a broken link,
 * removed in the meantime) is left out and described in `problems`.
 */
export async function readSourceFiles(
  paths: readonly string[],
  workspaceRoot: string,
  readOutline: ReadOutline = readWithCompiler,
): Promise<{ files: SourceFile[]; problems: string[] }> {
  const cache = openOutlineCache(workspaceRoot);
  const keyOf = openKeys();
  const files: SourceFile[] = [];
  const problems: string[] = [];
  for (const path of [...paths].sort()) {
    const place = { path, folder: posix.dirname(path), stem: posix.basename(path, ".tova") };
    const source = readIfPresent(join(workspaceRoot, path));
    if (source === null) {
      problems.push(`${path} cannot be read as a file; it has no projects.`);
      continue;
    }
    const fileName = posix.join(place.folder, deployFileName(place.stem));
    const text = readIfPresent(join(workspaceRoot, fileName));
    const key = keyOf([path, source, text]);
    const kept = key === null ? undefined : cache.get(key);
    if (kept !== undefined) {
      files.push({ ...place, outline: kept });
      continue;
    }
    const deploy = text === null ? {} : { deploy: { fileName, text } };
    const read = await readAnew(source, { fileName: path, ...deploy }, readOutline);
    if (read.problem !== null) problems.push(read.problem);
    else if (key !== null) cache.set(key, read.outline);
    files.push({ ...place, outline: read.outline });
  }
  cache.save();
  return { files, problems };
}
