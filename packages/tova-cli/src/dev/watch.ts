// A program's file in, a call after each burst of changes to it or to what lies beside it out.
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { deployPathOf, type Source } from "../source";

/** Editors write a file in several steps; one build is enough for all. */
const quietMs = 60;

function isBeside(path: string, source: Source): boolean {
  const { folder } = source;
  const migrations = join(folder, "migrations");
  if (path === folder || path === migrations || path === source.path) return true;
  if (dirname(path) === migrations) return path.endsWith(".sql");
  const name = basename(path);
  const isVariables = name === ".dev.vars" || name.startsWith(".dev.vars.");
  return path === deployPathOf(source.path) || (dirname(path) === folder && isVariables);
}

/** Whether anything was saved after a time, as a start takes its time. */
async function isSavedSince(time: number, source: Source, imported: readonly string[]) {
  const folders = [source.folder, join(source.folder, "migrations")];
  const inFolders = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(folder).catch(() => []);
      return names.map((name) => join(folder, name));
    }),
  );
  const paths = [...inFolders.flat().filter((path) => isBeside(path, source)), ...imported];
  const times = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return times.some((saved) => saved > time);
}

/** From when on, and who is told. */
export interface WatchRequest {
  /** Milliseconds since 1970: what was saved after that counts as a change. */
  readonly since: number;
  changed(): void;
  /** Called once for each code of an error: something cannot be watched, but the rest is. */
  failed(error: NodeJS.ErrnoException): void;
}

/** A watch that goes on until it is closed. */
export interface ProgramWatch {
  /** Watches these files from now on, and no others outside what lies beside the program. */
  follow(files: readonly string[]): void;
  close(): Promise<void>;
}

/**
 * Watches the source, the deploy file, `.dev.vars` and the migrations, also those that are yet to
 * be made, by way of their folder: many editors replace a file rather than write to it.
 * @param imported absolute paths of imported files, watched likewise
 */
export async function watchProgram(
  source: Source,
  imported: readonly string[],
  { since, changed, failed }: WatchRequest,
): Promise<ProgramWatch> {
  let timer: NodeJS.Timeout | undefined;
  let files = new Set<string>();
  let folders = new Set<string>();
  // Only what goes on running needs it.
  const { watch } = await import("chokidar");
  const watcher = watch(source.folder, {
    depth: 1,
    ignoreInitial: true,
    ignored: (path) => !isBeside(path, source) && !files.has(path) && !folders.has(path),
  });
  let isClosed = false;
  const follow = (next: readonly string[]): void => {
    // A closed watcher that is given more would watch again.
    if (isClosed) return;
    files = new Set(next);
    const around = new Set(next.map((path) => dirname(path)));
    const added = [...around].filter((folder) => !folders.has(folder));
    folders = around;
    if (added.length > 0) watcher.add(added);
  };
  const soon = (): void => {
    clearTimeout(timer);
    if (!isClosed) timer = setTimeout(changed, quietMs);
  };
  const told = new Set<string | undefined>();
  watcher.on("all", soon).on("error", (error) => {
    const { code } = error as NodeJS.ErrnoException;
    if (!told.has(code)) failed(error as NodeJS.ErrnoException);
    told.add(code);
  });
  follow(imported);
  await new Promise<void>((resolve) => watcher.once("ready", resolve));
  if (await isSavedSince(since, source, imported)) soon();
  return {
    follow,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
