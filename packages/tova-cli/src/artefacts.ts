// Finished files in, files on disk out: each is always the old or the new one, never half of one.
import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ProblemError, problems } from "./problems";

/** One file to write, made by `build`. */
export interface Artefact {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** What became of an artefact. */
export interface WrittenArtefact {
  readonly path: string;
  readonly bytes: number;
  /** False when the file already had this text and was left alone. */
  readonly changed: boolean;
}

interface Staged {
  readonly path: string;
  readonly bytes: Buffer;
  /** The temporary file; null when the artefact is already on disk. */
  readonly temporary: string | null;
}

const temporaryName = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${process.pid}-${randomBytes(6).toString("hex")}.tmp`);

/** The process in the name tells leftovers of a killed run from files of a build beside this one. */
const temporaryPattern = /^\..+\.(\d+)-[0-9a-f]{12}\.tmp$/;

/** True when a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** As `mkdir` of Node does with `recursive`, which never ends below a folder like /proc (Node 20 to 24). */
async function makeFolders(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isThere = () =>
      stat(folder).then(
        (entry) => entry.isDirectory(),
        () => false,
      );
    if (code !== "ENOENT" || dirname(folder) === folder) {
      if (await isThere()) return;
      throw error;
    }
    await makeFolders(dirname(folder));
    await mkdir(folder).catch(async (again) => {
      if (!(await isThere())) throw again;
    });
  }
}

/**
 * Makes a folder, and those that it lies in.
 * @throws ProblemError when that cannot be
 */
export async function makeFolder(folder: string): Promise<void> {
  await makeFolders(folder).catch((error) => {
    throw writeProblem(error, folder);
  });
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = temporaryPattern.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

/** The problem behind an error of the file system; any other error as it is. */
export function writeProblem(
  error: unknown,
  path: string,
  shown: (path: string) => string = (one) => one,
): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  if (code === "EEXIST" || code === "ENOTDIR") {
    return new ProblemError(problems.outputIsFile({ path: shown(path) }));
  }
  if (code === "EISDIR" || code === "ENOTEMPTY") {
    return new ProblemError(problems.outputIsFolder({ path: shown(path) }));
  }
  const reasons: Record<string, string> = {
    EACCES: "permission denied",
    EPERM: "operation not permitted",
    EROFS: "the file system is read-only",
    ENOSPC: "no space left on the device",
  };
  return new ProblemError(
    problems.unwritable({ path: shown(path), reason: reasons[code] ?? code }),
  );
}

async function stage({ path, text }: Artefact): Promise<Staged> {
  const bytes = Buffer.from(text);
  const present = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (present?.equals(bytes)) return { path, bytes, temporary: null };
  const temporary = temporaryName(path);
  try {
    // Without `flush` a power cut may leave the new name on an empty file. Handles of Yarn's PnP have no `sync`.
    await writeFile(temporary, bytes, { flag: "wx", flush: true });
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return { path, bytes, temporary };
}

/**
 * Writes artefacts into one folder. All are complete under temporary names before the first gets
 * its own, in the order given: whatever stops this, no file is half-written, and nothing but the
 * renames themselves can leave an old file beside a new one.
 * @param shown how to name a path to the user
 * @throws ProblemError when the folder or a file cannot be written; then nothing has changed
 */
export async function writeArtefacts(
  folder: string,
  artefacts: readonly Artefact[],
  shown: (path: string) => string = (path) => path,
): Promise<readonly WrittenArtefact[]> {
  const staged: Staged[] = [];
  let current = folder;
  try {
    for (const one of new Set([folder, ...artefacts.map(({ path }) => dirname(path))])) {
      current = one;
      await makeFolders(one);
      await removeLeftovers(one);
    }
    for (const artefact of artefacts) {
      current = artefact.path;
      staged.push(await stage(artefact));
    }
    for (const { path, temporary } of staged) {
      current = path;
      if (temporary !== null) await rename(temporary, path);
    }
  } catch (error) {
    for (const { temporary } of staged)
      if (temporary !== null) await rm(temporary, { force: true });
    throw writeProblem(error, current, shown);
  }
  return staged.map(({ path, bytes, temporary }) => {
    return { path, bytes: bytes.length, changed: temporary !== null };
  });
}
