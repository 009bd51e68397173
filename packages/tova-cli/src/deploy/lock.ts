// A name in, the right to be the only process on this machine that works under it out.
import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, makeFolder, writeProblem } from "../artefacts";
import type { Logger } from "../logger";
import { ProblemError, problems } from "../problems";
import type { Source } from "../source";

/** Who holds a lock, as it is written into it. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/** Which locks, and how to wait for them. */
export interface LockRequest {
  readonly folder: string;
  /** Taken in the order of their letters, so that no two processes wait for each other. */
  readonly names: readonly string[];
  /** Called once for a lock that another holds. */
  readonly onWait: (name: string, holder: Holder) => void;
  /** Seconds to wait. @default 600 */
  readonly timeout?: number;
}

/** Where the locks of a program are: beside it, wherever it is started from. */
export const lockFolder = ({ folder }: Source): string => join(folder, ".tova-out", "locks");

/** Says who is waited for; `verb` is what that process does, `deploys`. */
export const waitMessage =
  (log: Logger, verb: string): LockRequest["onWait"] =>
  (name, { pid, host, since }) =>
    log.info(`Waiting for process ${pid} on ${host}, which ${verb} ${name} since ${since}`);

const pollMs = 250;
/** Until a lock that was just given back, or is being written, can be seen as what it is. */
const shortMs = 20;
/** A lock from another machine, on a shared disk, cannot be asked whether its process lives. */
const staleMs = 30 * 60_000;

/** A lock that is being written is whole in no time: one that stays unreadable belongs to nobody. */
const halfMs = 5000;

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** The text of a lock, null when there is none. */
async function textOf(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch((error) => {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  });
}

/** Null for a text that is none of a whole lock. */
function holderIn(text: string): Holder | null {
  try {
    const { pid, host, since } = JSON.parse(text) as Partial<Holder>;
    const isWhole = typeof pid === "number" && host !== undefined && since !== undefined;
    return isWhole ? { pid, host, since } : null;
  } catch {
    return null;
  }
}

async function isStale(path: string, holder: Holder | null): Promise<boolean> {
  if (holder?.host === hostname()) return !isAlive(holder.pid);
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > (holder === null ? halfMs : staleMs);
}

/**
 * Takes away the lock of a process that is gone. Of several that find it only one moves it; who
 * moved a living lock instead, taken in between, puts it back.
 */
async function removeStale(path: string, found: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if ((await textOf(aside)) !== found) {
    await copyFile(aside, path, constants.COPYFILE_EXCL).catch(() => undefined);
  }
  await rm(aside, { force: true });
}

/** Only one can make the file; not with a link to a whole one, which some file systems do not have. */
async function take(path: string): Promise<boolean> {
  const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  try {
    await writeFile(path, JSON.stringify(holder), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

async function waitFor(
  path: string,
  name: string,
  { onWait, timeout = 600 }: LockRequest,
): Promise<void> {
  const end = Date.now() + timeout * 1000;
  let said = false;
  while (!(await take(path))) {
    const text = await textOf(path);
    const holder = text === null ? null : holderIn(text);
    if (text !== null && (await isStale(path, holder))) {
      await removeStale(path, text);
      continue;
    }
    if (Date.now() >= end) {
      const reason = "something else of this name is there";
      throw new ProblemError(
        holder === null
          ? problems.unwritable({ path, reason })
          : problems.locked({ name, ...holder, path }),
      );
    }
    if (holder !== null && !said) {
      onWait(name, holder);
      said = true;
    }
    await sleep(holder === null ? shortMs : pollMs);
  }
}

/**
 * Runs something while this process alone holds the locks; a second one waits. The lock of a
 * process that has died is taken over.
 * @throws ProblemError when another still holds one after the time given, or none can be written
 */
export async function withLocks<T>(request: LockRequest, run: () => Promise<T>): Promise<T> {
  await makeFolder(request.folder);
  const taken: string[] = [];
  try {
    for (const name of [...request.names].sort()) {
      const path = join(request.folder, `${name}.lock`);
      await waitFor(path, name, request).catch((error) => {
        throw writeProblem(error, path);
      });
      taken.push(path);
    }
    return await run();
  } finally {
    for (const path of taken) await rm(path, { force: true });
  }
}
