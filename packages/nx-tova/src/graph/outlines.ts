// Takes the paths of source files, gives what the graph needs of each; compiles nothing when cached.
import { hash } from "node:crypto";
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { type FileOutline, readBlocks } from "./block";
import { noBundle, openBundleStates } from "./bundle-state";
import { outlineAnew, type Reading, type Texts, unreadable } from "./compiler";
import { compiler } from "./compiler-build";
import { type FileStates, fingerprint, openFileStates, withoutCarriageReturns } from "./file-state";
import { describeUnreadable } from "./links";
import { type Manifest, manifestPath, parseManifest } from "./manifest";
import { openOutlineCache } from "./outline-cache";
import { isSealed, type Program, usesSeals } from "./seal";

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

/** Null when it cannot be read. */
function readBytes(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

/** As the compiler gets it: without a byte order mark. */
const decode = (bytes: Buffer): string => bytes.toString("utf8").replace(/^\uFEFF/, "");

/** The same with either kind of line breaks. */
const digestOf = (bytes: Buffer): string =>
  hash("sha256", bytes.includes("\r\n") ? withoutCarriageReturns(`${bytes}`) : bytes, "hex");

/** The text of a file that is mostly not there: an error costs more than the question. */
function readIfPresent(path: string): string | null {
  const bytes = existsSync(path) ? readBytes(path) : null;
  return bytes === null ? null : decode(bytes);
}

/** What a manifest whose seal holds says: of its program, and what the files that it imports do. */
interface Sealed {
  readonly outline: FileOutline;
  readonly files: NonNullable<Manifest["files"]>;
}

/** A file as it was read. */
interface ReadFile extends Omit<SourceFile, "outline" | "standsOn"> {
  readonly sealed: Sealed | null;
  /** Null with a seal that holds: the texts of a thousand programs are much for the collector. */
  readonly texts: Texts | null;
  /** Where the deploy file should be is something else, a folder for example: no build gets by it. */
  readonly isBlocked: boolean;
  readonly problems: readonly string[];
}

function readManifest(sourcePath: string, { workspaceRoot }: Reading) {
  const path = manifestPath(sourcePath);
  const text = readIfPresent(`${workspaceRoot}/${path}`);
  if (text === null) return { manifest: null, problem: null };
  const parsed = parseManifest(text, path);
  return parsed.kind === "problem"
    ? { manifest: null, problem: parsed.problem }
    : { manifest: parsed.manifest, problem: null };
}

function readSeal(manifest: Manifest, program: Program, reading: Reading): Sealed | null {
  if (!usesSeals() || !isSealed(manifest, program, reading)) return null;
  const { bundle = noBundle, files = {} } = manifest;
  return { outline: { ...readBlocks(manifest), hasErrors: false, bundle }, files };
}

function readFile(path: string, reading: Reading): ReadFile | null {
  const bytes = readBytes(`${reading.workspaceRoot}/${path}`);
  if (bytes === null) return null;
  const folder = posix.dirname(path);
  const stem = posix.basename(path, ".tova");
  const deployPath = `${reading.workspaceRoot}/${folder}/${deployFileName(stem)}`;
  const deploy = readIfPresent(deployPath);
  const isBlocked =
    deploy === null && lstatSync(deployPath, { throwIfNoEntry: false }) !== undefined;
  // No text for it yet: those of a thousand sealed programs are much for the collector.
  const own = fingerprint([path, digestOf(bytes), deploy && withoutCarriageReturns(deploy)]);
  const { manifest, problem } = readManifest(path, reading);
  const sealed = manifest === null ? null : readSeal(manifest, { path, own }, reading);
  const text = sealed === null ? decode(bytes) : null;
  const empty = text?.trim() === "" ? [`${path} is empty; it has no projects.`] : [];
  return {
    ...{ path, folder, stem, own, sealed, isBlocked },
    manifest: manifest === null ? [] : Object.keys(manifest.blocks),
    texts: text === null ? null : { path, text, deploy },
    problems: problem === null ? empty : [...empty, problem],
  };
}

function readAll(paths: readonly string[], reading: Reading) {
  const problems: string[] = [];
  const read = [...paths].sort().flatMap((path): ReadFile[] => {
    const file = readFile(path, reading);
    if (file !== null) problems.push(...file.problems);
    else problems.push(describeUnreadable(reading.workspaceRoot, path));
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
const isModule = ({ manifest, texts }: ReadFile): boolean =>
  manifest.length === 0 && texts?.deploy === null && !/\bedge\b/.test(texts.text);

/** What sealed manifests say: of their own programs, and of the modules that those import. */
function readSealed(read: readonly ReadFile[]): Map<string, Known> {
  const known = new Map<string, Known>();
  const modules = new Map<string, readonly string[]>();
  for (const { path, sealed } of read) {
    if (sealed === null) continue;
    known.set(path, { outline: sealed.outline, standsOn: null });
    for (const [file, imports] of Object.entries(sealed.files)) modules.set(file, imports);
  }
  for (const file of modules.size > 0 ? read : []) {
    const specifiers = modules.get(file.path);
    if (specifiers === undefined || !isModule(file)) continue;
    const imports = specifiers.map((specifier) => ({ specifier, blocks: [] }));
    const outline = { blocks: [], imports, hasErrors: false, bundle: noBundle };
    known.set(file.path, { outline, standsOn: null });
  }
  return known;
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
  const outlined = await outlineAnew(
    stale.flatMap(({ texts }) => texts ?? []),
    reading,
  );
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

/** A program that does not build: what was built of it before is not its build. */
function withoutFingerprints(outline: FileOutline): FileOutline {
  const blocks = outline.blocks.map((block) => ({ ...block, fingerprint: null }));
  return { ...outline, blocks };
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
  const { read, problems } = readAll(paths, reading);
  const sealed = readSealed(read);
  const unsealed = await readUnsealed(
    read.filter(({ path }) => !sealed.has(path)),
    reading,
    options,
  );
  const files = read.map(({ path, folder, stem, own, manifest, isBlocked }): SourceFile => {
    const { outline: known, standsOn } = sealed.get(path) ??
      unsealed.known.get(path) ?? { outline: unreadable, standsOn: null };
    const outline = isBlocked ? withoutFingerprints(known) : known;
    return { path, folder, stem, own, manifest, outline, standsOn };
  });
  return { files, problems: [...problems, ...unsealed.problems] };
}
