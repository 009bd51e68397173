// A name in, the right to be the only process on this machine that works under it out.
import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
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
/** A lock from another machine, on a shared disk, cannot be asked whether its process lives. */
const staleMs = 30 * 60_000;

async function holderOf(path: string): Promise<Holder | null> {
  const text = await readFile(path, "utf8").catch(() => null);
  return text === null ? null : (JSON.parse(text) as Holder);
}

async function isStale(path: string, { pid, host }: Holder): Promise<boolean> {
  if (host === hostname()) return !isAlive(pid);
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > staleMs;
}

/**
 * Takes away the lock of a process that is gone. Of several that find it only one moves it; who
 * moved a living lock instead, taken in between, puts it back.
 */
async function removeStale(path: string, found: Holder): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const moved = await holderOf(aside);
  if (moved?.pid !== found.pid || moved.since !== found.since)
    await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

/** A link is made whole or not at all: no one ever reads half a lock. */
async function take(path: string): Promise<boolean> {
  const own = `${path}.${randomUUID()}`;
  const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  await writeFile(own, JSON.stringify(holder));
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(own, { force: true });
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
    const holder = await holderOf(path);
    if (holder === null) continue;
    if (await isStale(path, holder)) {
      await removeStale(path, holder);
      continue;
    }
    if (Date.now() >= end) throw new ProblemError(problems.locked({ name, ...holder, path }));
    if (!said) onWait(name, holder);
    said = true;
    await sleep(pollMs);
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
